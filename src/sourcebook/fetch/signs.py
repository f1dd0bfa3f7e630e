"""Look for the marks of gates, and for the words of paywalls.

Words count only where there is little else on a page: articles about paywalls use the same words.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

from sourcebook.fetch.glance import Glance
from sourcebook.fetch.marks import LITTLE, MARKS, Mark
from sourcebook.patterns import pattern
from sourcebook.types.captures import Outcome

TEASER = 1_500  # characters of prose that a paywall leaves readable

_NOT_FREE = pattern(
    r"[\"']isAccessibleForFree[\"']\s*:\s*[\"']?false\b|itemprop=[\"']isAccessibleForFree[\"'][^>]{0,40}=[\"']false",
    re.IGNORECASE,
)
_JOIN = r"(subscribe|sign up|sign in|register|log in|become a (member|subscriber)|create (a|an|your) (free )?account)"
_PIECE = r"(article|content|story|post)"
_SUBSCRIBE = pattern(
    rf"\b{_JOIN} (now |today |or (log|sign) in |for free )?to (continue|keep|read|unlock|access|view)\b"
    rf"|\bto (continue|keep) reading\b|\b(subscriber|member)s?[- ]only {_PIECE}\b"
    rf"|\bthis {_PIECE} is (exclusively |only )?(reserved )?(for|available to) (pa(id|ying) |our )?(subscrib|memb)ers\b"
    rf"|\b(already|not yet) a subscriber\?|\bunlock (this|the full) {_PIECE}\b|\bthis {_PIECE} is behind a paywall\b"
    r"|\byou['’]ve (reached|used|read) (your|all|the) (of your )?(monthly )?(limit|(last )?free (article|stor))"
    r"|\byou have (reached|used|read) (your|all) .{0,20}free (article|stor)"
    r"|\bjetzt weiterlesen\b|\bweiterlesen mit [\w+]{2,12}\b|\b(artikel|inhalt) (exklusiv )?für abonnent(en|innen)\b"
    r"|\b(dieser|den) (artikel|inhalt) ist (nur )?(für abonnenten|exklusiv)\b"
    r"|\bcet article est réservé (à nos|aux) abonnés\b|\bréservé aux abonnés\b"
    r"|\b(contenido|artículo) (exclusivo )?(solo )?para suscriptores\b|\bsuscríbete para (seguir|continuar) leyendo\b"
    r"|\b(conteúdo|matéria) exclusiv[oa] para assinantes\b|\bcontenuto riservato agli abbonati\b"
    r"|\balleen voor abonnees\b|この記事は(有料)?会員限定|成为会员|开通会员|구독자 전용",
    re.IGNORECASE,
)

Sign = tuple[Outcome, str] | None


def find_gate(status: int, headers: Mapping[str, str], page: Glance) -> Sign:
    """The gate that stands before the source, and its evidence; None when there is none. Header names in lower case."""
    for mark, patterns in _COMPILED if page.prose <= LITTLE else _OVER_ANY_TEXT:
        if mark.header and mark.header not in headers:
            continue
        if (mark.statuses and status not in mark.statuses) or page.prose > mark.most_prose:
            continue
        if (evidence := _seen(mark, patterns, headers, page)) is not None:
            return mark.outcome, f"{mark.whose}: {evidence}"
    return _paywall(page)


def _paywall(page: Glance) -> Sign:
    if page.prose >= TEASER:
        return None
    if found := _NOT_FREE.search(page.source):
        return Outcome.PAYWALLED, f"{found[0][:60]!r} over {page.prose} characters of text"
    if found := _SUBSCRIBE.search(page.text):
        return Outcome.PAYWALLED, f"the page says {found[0][:80]!r}"
    return None


class _Patterns(Struct, frozen=True):
    value: re.Pattern[str]
    title: re.Pattern[str]
    text: re.Pattern[str]


_COMPILED = tuple(
    (mark, _Patterns(*(pattern(one, re.IGNORECASE | re.DOTALL) for one in (mark.value, mark.title, mark.text))))
    for mark in MARKS
)


_OVER_ANY_TEXT = tuple(one for one in _COMPILED if one[0].most_prose > LITTLE)


def _seen(mark: Mark, patterns: _Patterns, headers: Mapping[str, str], page: Glance) -> str | None:
    """The evidence for a mark; None unless all that it asks for is there."""
    evidence = []
    if mark.header:
        value = headers.get(mark.header, "")
        if mark.header not in headers or not patterns.value.search(value):
            return None
        evidence.append(f"header '{mark.header}: {value[:40]}'")
    for wanted, found, words in (
        (mark.title, patterns.title.fullmatch(page.title), "title"),
        (mark.text, patterns.text.search(page.text), "it says"),
    ):
        if wanted and found is None:
            return None
        if wanted and found is not None:
            evidence.append(f"{words} {found[0][:80]!r}")
    if mark.source and mark.source not in page.source:
        return None
    return ", ".join(evidence) or f"{mark.source!r} in the page"
