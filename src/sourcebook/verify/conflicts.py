"""Where a text says something else than a claim about the same thing: another number, another date, a negation. Pure.

Little is called a conflict: the passage must hold most of the claim's other words, and the text must nowhere say what
the claim says.
"""

import re
from dataclasses import dataclass

from sourcebook.facts.counting import counted
from sourcebook.facts.numbers import Kind, Number
from sourcebook.verify.features import Evidence
from sourcebook.verify.passages import Bearing
from sourcebook.verify.reading import Reading

# Measured on claims that people had called contradicted; docs/adr/0011 has the figures.
_SAME_THING = 0.55  # of the claim's wording beside the fact
_SAME_EVENT = 0.65  # for a year, which many sentences about a thing have
_SAME_WORDS = 0.85  # for a negation, which turns the whole sentence
_SAME_PAIRS = 0.5
_LONGEST = 1.4  # times the claim: a longer sentence may negate something else
_LEAST_STEMS = 4
_LOOKED_AT = 3  # passages

_DENIED = re.compile(r"(?<!but )\b(?:not|never|cannot)\b|n['’]t\b")


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the text says instead, in words, and where."""

    words: str
    bearing: Bearing


def conflict(claim: Reading, source: Reading, found: Evidence) -> Conflict | None:
    """The first conflict there is; None when the text may just say nothing."""
    for bearing in found.bearings[:_LOOKED_AT]:
        for index in range(bearing.first, bearing.end):
            words = _number(claim, source, found, index) or _negation(claim, source, found, index)
            if words:
                return Conflict(words, bearing)
    return None


def _number(claim: Reading, source: Reading, found: Evidence, index: int) -> str:
    """What a sentence says in the place of a number that the whole text lacks; "" when it says nothing there."""
    bag = source.sentences[index].bag
    theirs = [number for number, place in zip(source.numbers, source.number_places, strict=True) if place == index]
    lacking = {fact.words.start: fact for fact in found.facts if fact.binding and not fact.found}
    for number in claim.numbers:
        fact = lacking.get(number.words.start)
        if fact is None:
            continue
        rest = found.terms.coverage(bag - fact.stems) / max(0.01, 1 - found.terms.coverage(fact.stems))
        other = _instead(number, theirs, claim, source)
        if other is not None and rest >= (_SAME_EVENT if number.kind is Kind.YEAR else _SAME_THING):
            return f"the claim says {number.words.quote}, the source {other.words.quote}"
    return ""


def _instead(number: Number, theirs: list[Number], claim: Reading, source: Reading) -> Number | None:
    """The number that stands in the place of another: the only year, or the number of the same thing."""
    same = [other for other in theirs if other.kind is number.kind]
    if number.kind in {Kind.YEAR, Kind.SHARE, Kind.MONEY}:  # they say themselves what they count
        return same[0] if len(same) == 1 and not number.loose else None
    if number.loose:
        return None
    ours = counted(claim.text, number)
    alike = [other for other in same if ours and counted(source.text, other) == ours and not other.loose]
    return alike[0] if len(alike) == 1 else None


def _negation(claim: Reading, source: Reading, found: Evidence, index: int) -> str:
    """Does one of two sentences with nearly the same words deny what the other says?"""
    sentence, stems = source.sentences[index], found.terms.weights
    if len(stems) < _LEAST_STEMS or len(sentence.stems) > _LONGEST * len(stems):
        return ""
    if found.terms.coverage(sentence.bag) < _SAME_WORDS or found.terms.pair_coverage(sentence.pairs) < _SAME_PAIRS:
        return ""
    ours, theirs = (bool(_DENIED.search(text)) for text in (claim.text, source.text[sentence.start : sentence.end]))
    if ours == theirs:
        return ""
    return "the claim denies what the source says" if ours else "the source denies what the claim says"
