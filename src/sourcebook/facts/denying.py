"""The words with which a statement is denied. Pure."""

import re
from collections.abc import Iterator

from sourcebook.facts.words import plain

_ELSEWHERE = """nicht kein keine keinen keinem keiner nie niemals niemand pas jamais aucun aucune nunca jamás ningún
    ninguna ninguno nadie non nessun nessuno nessuna não nenhum nenhuma niet geen nooit inte aldrig nigdy не никогда"""
_NEGATOR = re.compile(
    rf"\b(?:not|never|no|nobody|none|neither|nor|cannot|without|{'|'.join(_ELSEWHERE.split())})\b(?!-)|n['’]t\b",
    re.IGNORECASE,
)

_NOT_ONLY = re.compile(r"\s+(?:only|just|merely|least)\b", re.IGNORECASE)

OTHER_NEGATORS = frozenset(map(plain, _ELSEWHERE.split()))  # those of other languages, without accents


def negators(text: str) -> Iterator[re.Match[str]]:
    """Every word that denies something; not that of "not only"."""
    return (match for match in _NEGATOR.finditer(text) if not _NOT_ONLY.match(text, match.end()))
