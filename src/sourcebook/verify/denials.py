"""Where one of two clauses about the same thing denies what the other says. Pure."""

import re
from collections.abc import Iterator
from itertools import pairwise, product

from msgspec import Struct

from sourcebook.facts.denying import OTHER_NEGATORS, negators
from sourcebook.facts.names import name_words, names
from sourcebook.facts.words import NEGATIONS, STOP_WORDS, WORD, plain, stem
from sourcebook.verify.features import Evidence
from sourcebook.verify.reading import Reading, Sentence

CLAUSE = re.compile(r"[,;:()–—](?!\d)|\s(?:and|but|while|whereas|which|who|whose|where|when|after|before|so)\s")

# Measured on claims that people had called contradicted; docs/adr/0011 has the figures.
_SAME_DENIED = 0.5  # of the claim's clause, for a negation
_SAME_CLAUSE = 0.6  # of the text's clause …
_SAME_AT_ALL = 5  # … or so many words
_SAME_WORDS = 0.85  # of the whole claim, where it is the claim that denies
_LONGEST = 1.4  # times the claim: a longer sentence may be about something else

_ASIDE = re.compile(
    r"\b(?:that|which|whom?)\s+\Z", re.IGNORECASE
)  # "an audit that nobody can read is …": a part of what it is
_SAY_NOTHING = STOP_WORDS | NEGATIONS | {"already", "still"} | OTHER_NEGATORS
_Pair = tuple[str, str]


def _scope(words: int) -> re.Pattern[str]:
    return re.compile(rf"(?:\s+[\w'’-]+){{1,{words}}}")


_SCOPE = _scope(3)
# "In no trial did it", "not a single one was": the rest of the clause, too.
_AUXILIARY = r"\s+[\w'’-]+\s+(?:did|does|do|was|were|is|are|has|have|had|can|could|will|would)\b"
_TURNED = {
    "no": re.compile(_AUXILIARY, re.IGNORECASE),
    "not": re.compile(rf"\s+(?:a\s+single|one){_AUXILIARY}", re.IGNORECASE),
}
_SCOPES = {"no": _scope(1), "nobody": _scope(30), "none": _scope(30), "neither": _scope(30)}


def denial(claim: Reading, source: Reading, found: Evidence, index: int) -> str:
    """What is denied, in words, where one of two clauses that share most of their words denies what the other says."""
    sentence = source.sentences[index]
    theirs = _parts(source.text[sentence.start : sentence.end])
    parts = _parts(claim.text)
    for ours, other in product(parts, theirs):
        if not _is_same_thing(ours, other, claim.words):
            continue
        for pair, denied in _opposed(ours, other):
            if any(part.said.get(pair) is not denied for part in parts if pair in part.said):
                continue  # the claim says both
            if denied and not _is_same_sentence(sentence, found):
                continue  # words that stand together assert nothing by themselves
            if not _says_so(source, pair, denied=denied):
                return "the claim denies what the source says" if denied else "the source denies what the claim says"
    return ""


def _opposed(ours: "_Part", other: "_Part") -> Iterator[tuple[_Pair, bool]]:
    """Every two words that stand next to each other in both and are denied in one of them; and whether in ours."""
    for pair, denied in ours.said.items():
        if pair in other.said and other.said[pair] is not denied:
            yield pair, denied


class _Part(Struct, frozen=True):
    """A clause: its words that carry meaning, and which two of them next to each other are denied."""

    stems: frozenset[str]
    names: frozenset[str]  # the plain words of its names
    said: dict[_Pair, bool]


def _is_same_thing(ours: _Part, other: _Part, words: frozenset[str]) -> bool:
    """Do two clauses share most of their words, and is nobody named in the text's that the claim does not name?"""
    both = len(ours.stems & other.stems)
    if both < _SAME_DENIED * len(ours.stems) or not other.names <= words:
        return False
    return both >= _SAME_CLAUSE * len(other.stems) or both >= _SAME_AT_ALL


def _is_same_sentence(sentence: Sentence, found: Evidence) -> bool:
    alike = found.terms.coverage(sentence.bag) >= _SAME_WORDS
    return alike and len(sentence.stems) <= _LONGEST * len(found.terms.weights)


def _parts(text: str) -> list[_Part]:
    """The clauses of a text."""
    found: list[_Part] = []
    first = 0
    for last, after in (*(match.span() for match in CLAUSE.finditer(text)), (len(text), len(text))):
        part = text[first:last]
        said = _said(part)
        if said:
            named = frozenset(plain(word) for name in names(part) for word in name_words(name.quote))
            found.append(_Part(frozenset(one for pair in said for one in pair), named, said))
        first = after
    return found


def _said(text: str) -> dict[_Pair, bool]:
    """Every two neighbouring words that carry meaning, and whether they are denied. What is said both ways is left
    out."""
    found: dict[_Pair, bool] = {}
    both: set[_Pair] = set()
    words = [word for word in WORD.finditer(text) if plain(word[0]) not in _SAY_NOTHING]
    scopes = list(_scopes(text))
    denied = [any(first <= word.start() < last for first, last in scopes) for word in words]
    for at, (one, two) in enumerate(pairwise(words)):
        pair = stem(one[0]), stem(two[0])
        is_denied = denied[at] or denied[at + 1]
        if found.setdefault(pair, is_denied) is not is_denied:
            both.add(pair)
    return {pair: is_denied for pair, is_denied in found.items() if pair not in both}


def _scopes(text: str) -> Iterator[tuple[int, int]]:
    """What each negator of a text may deny: the next few words."""
    for match in negators(text):
        aside = _ASIDE.search(text, 0, match.start()) is not None
        usual = _SCOPES["nobody"] if _is_turned(text, match) else _SCOPES.get(match[0].lower(), _SCOPE)
        scope = (_SCOPE if aside else usual).match(text, match.end())
        yield match.end(), scope.end() if scope else match.end()


def _is_turned(text: str, negator: re.Match[str]) -> bool:
    turned = _TURNED.get(negator[0].lower())
    return turned is not None and turned.match(text, negator.end()) is not None


def _says_so(source: Reading, pair: _Pair, *, denied: bool) -> bool:
    """Does the text say anywhere of two words what the claim says of them?"""
    return any(
        _said(source.text[sentence.start : sentence.end]).get(pair) is denied
        for sentence in source.sentences
        if sentence.bag.issuperset(pair)
    )
