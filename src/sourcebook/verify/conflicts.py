"""Where a text says something else than a claim about the same thing: another number, another date, a negation. Pure.

Little is called a conflict: the sentence must hold most of what the claim says in the same breath, and the text must
nowhere say what the claim says.
"""

import math
import re

from msgspec import Struct
from msgspec.structs import replace

from sourcebook.facts.counting import counted, is_same
from sourcebook.facts.dates import Date
from sourcebook.facts.numbers import Kind, Number
from sourcebook.facts.words import STOP_WORDS, WORD, background, plain, stem
from sourcebook.verify.denials import CLAUSE, denial
from sourcebook.verify.features import Evidence
from sourcebook.verify.passages import Bearing
from sourcebook.verify.reading import Reading

# Measured on claims that people had called contradicted; docs/adr/0011 has the figures.
_SAME_THING = 0.6  # of the clause's wording beside the fact
_SAME_EVENT = 0.7  # for a year, which many sentences about a thing have
_SAME_CLAIM = 0.22  # of the whole claim's
_SAME_SHARE = 0.75  # of the clause, for a share: many are of one thing
_LEAST_STEMS = 2  # of a clause beside the fact
_LOOKED_AT = 3  # passages
_WINDOW = 40  # characters before and after a number, whose words say what it is of
_ALIKE = 0.8  # of the rarity of those words, or the same unit
_ABOUT_IS = 0.2
_BESIDE = 3  # words of these on each side

_ABOUT = re.compile(r"(?:\b(?:about|around|approximately|roughly|nearly|almost|some|circa|c\.)|~|≈)\Z", re.IGNORECASE)
_BREAK = re.compile(r"[,;:.()–—](?!\d)|\n\s*\n")


_NAMED = re.compile(r"[^\W\d_][-‐‑]\Z")


class Conflict(Struct, frozen=True):
    """What the text says instead, in words, and where."""

    words: str
    bearing: Bearing


def conflict(claim: Reading, source: Reading, found: Evidence) -> Conflict | None:
    """The first conflict there is; None when the text may just say nothing."""
    for bearing in found.bearings[:_LOOKED_AT]:
        for index in range(bearing.first, bearing.end):
            words = (
                _date(claim, source, found, index)
                or _number(claim, source, found, index)
                or denial(claim, source, found, index)
            )
            if words:
                return Conflict(words, bearing)
    return None


# --- dates -------------------------------------------------------------------------------------------


def _date(claim: Reading, source: Reading, found: Evidence, index: int) -> str:
    """What a sentence says in the place of a date that the whole text lacks; "" when it says nothing there."""
    bag = source.sentences[index].bag
    for date in claim.dates:
        if date.year is None or any(other.holds(date) for other in source.dates):
            continue
        words = date.words
        clause = _clause(claim.text, words.start, words.end) - frozenset(_stems(words.quote))
        if len(clause) < _LEAST_STEMS or _share(clause, bag, found) < _SAME_EVENT:
            continue
        dated = zip(source.dates, source.date_places, strict=True)
        here = [other for other, place in dated if place == index and not any(map(other.holds, claim.dates))]
        if len(here) == 1 and _differ_in_one(date, here[0]):
            return f"the claim says {words.quote}, the source {here[0].words.quote}"
    return ""


def _differ_in_one(one: Date, other: Date) -> bool:
    """Are two dates the same but for the year, the month or the day? Others may be of two events."""
    parts = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    known = [ours == theirs for ours, theirs in parts if ours is not None and theirs is not None]
    return len(known) > 1 and known.count(False) == 1


# --- numbers -----------------------------------------------------------------------------------------


def _number(claim: Reading, source: Reading, found: Evidence, index: int) -> str:
    """What a sentence says in the place of a number that the whole text lacks; "" when it says nothing there."""
    bag = source.sentences[index].bag
    lacking = {fact.words.start: fact for fact in found.facts if fact.binding and not fact.found}
    for number in claim.numbers:
        fact = lacking.get(number.words.start)
        if fact is None or not _is_exact(claim.text, number):
            continue
        clause = _clause(claim.text, number.words.start, number.words.end) - fact.stems
        if len(clause) < _LEAST_STEMS or found.terms.coverage(bag) < _SAME_CLAIM * (
            1 - found.terms.coverage(fact.stems)
        ):
            continue
        other = _instead(number, claim, source, index)
        least = {Kind.YEAR: _SAME_EVENT, Kind.SHARE: _SAME_SHARE}.get(number.kind, _SAME_THING)
        if other is not None and not _is_near(number, other) and _share(clause, bag, found) >= least:
            return f"the claim says {number.words.quote}, the source {other.words.quote}"
    return ""


def _is_exact(text: str, number: Number) -> bool:
    """Does a claim say this number and no other? Not "over 50", nor the metres of "50 feet (15 m)"."""
    before = text[: number.words.start].rstrip()
    is_decade = number.words.quote.endswith("0s") or text[number.words.end :].startswith(("'s", "’s"))
    return not is_decade and not before.endswith("(") and (not number.loose or _ABOUT.search(before) is not None)


def _is_near(number: Number, other: Number) -> bool:
    """May "about 50" be what the text says more exactly?"""
    return number.loose and math.isclose(number.values[0], other.values[0], rel_tol=_ABOUT_IS)


def _share(clause: frozenset[str], bag: frozenset[str], found: Evidence) -> float:
    """How much of a clause a sentence has."""
    weights = found.terms.weights
    total = sum(weights.get(one, 0.0) for one in clause) or 1.0
    return sum(weights.get(one, 0.0) for one in clause & bag) / total


def _instead(number: Number, claim: Reading, source: Reading, index: int) -> Number | None:
    """The number that stands in the place of another: of the same kind and the same thing, and none of the claim's."""
    places = zip(source.numbers, source.number_places, strict=True)
    same = [
        other
        for other, place in places
        if place == index and other.kind is number.kind and not _is_claims(other, claim) and _counts(source.text, other)
    ]
    ours = _around(claim.text, number)
    unit = counted(claim.text, number)
    ranked = sorted(
        (
            (_alike(ours, _around(source.text, other), same_unit=unit == counted(source.text, other) != ""), other)
            for other in same
        ),
        key=lambda one: -one[0],
    )
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    alike, other = ranked[0]
    says_what = number.kind in {Kind.YEAR, Kind.SHARE, Kind.MONEY}  # they say themselves what they count
    return other if alike >= _ALIKE or (says_what and len(same) == 1) else None


def _counts(text: str, number: Number) -> bool:
    """Does a number count something, rather than being half of it or the end of a name, "ARRY-142886"?"""
    return max(number.values) >= 1 and not _NAMED.search(text, max(0, number.words.start - 2), number.words.start)


def _is_claims(other: Number, claim: Reading) -> bool:
    return all(
        any(
            is_same(ours, number, replace(other, values=(value,))) for number in claim.numbers for ours in number.values
        )
        for value in other.values
    )


def _alike(ours: frozenset[str], theirs: frozenset[str], *, same_unit: bool) -> float:
    return math.fsum(map(background().rarity, ours & theirs)) + same_unit


def _around(text: str, number: Number) -> frozenset[str]:
    """The words that carry meaning close to a number."""
    before = _stems(_BREAK.split(text[max(0, number.words.start - _WINDOW) : number.words.start])[-1])
    after = _stems(_BREAK.split(text[number.words.end : number.words.end + _WINDOW])[0])
    return frozenset((*before[-_BESIDE:], *after[:_BESIDE]))


def _stems(text: str) -> list[str]:
    return [stem(word) for word in WORD.findall(text) if plain(word) not in STOP_WORDS]


def _clause(text: str, start: int, end: int) -> frozenset[str]:
    """The words that carry meaning in the part of a claim around a place."""
    breaks = [match.span() for match in CLAUSE.finditer(text)]
    first = max((after for _, after in breaks if after <= start), default=0)
    last = min((before for before, _ in breaks if before >= end), default=len(text))
    found = frozenset(_stems(text[first:last]))
    return found if len(found) > _LEAST_STEMS else frozenset(_stems(text))
