"""Is this number that number, and what does it count? Pure."""

import math

from sourcebook.facts.numbers import Kind, Number
from sourcebook.facts.words import STOP_WORDS, WORD, plain, stem

_NEAR = 30  # characters in which the word beside a number stands
_SUM = 1_000  # a sum of money this large is often written without its currency


def is_same(value: float, number: Number, other: Number) -> bool:
    """Is a number of a text the value of one of a claim: itself, or what rounds to it as the claim writes it?"""
    return any(_is_same(value, theirs, number, other) for theirs in other.values)


def neighbours(text: str, number: Number) -> frozenset[str]:
    """The words that carry meaning next to a number, before and after it: what it counts, or what it numbers."""
    before = _words(text, max(0, number.words.start - _NEAR), number.words.start)[-1:]
    after = _words(text, number.words.end, number.words.end + _NEAR)[:1]
    return frozenset((*before, *after))


def counted(text: str, number: Number) -> str:
    """The stem of the word that follows a number at once: what it counts; "" where something else follows."""
    after = WORD.search(text, number.words.end, number.words.end + _NEAR)
    between = text[number.words.end : after.start()] if after else "."
    return stem(after[0]) if after and between.strip(" -‑") == "" else ""


def _words(text: str, start: int, end: int) -> list[str]:
    return [stem(word) for word in WORD.findall(text, start, end) if plain(word) not in STOP_WORDS]


def _is_same(ours: float, theirs: float, number: Number, other: Number) -> bool:
    if Kind.SHARE in {number.kind, other.kind} and number.kind is not other.kind:
        return math.isclose(ours, theirs * 100, rel_tol=1e-9) or math.isclose(ours * 100, theirs, rel_tol=1e-9)
    if number.kind is Kind.MONEY and other.kind is not Kind.MONEY and theirs < _SUM:
        return False
    if math.isclose(ours, theirs, rel_tol=1e-9) or _lost_its_power(ours, theirs):
        return True
    if number.kind is Kind.YEAR:
        decade = number.words.quote.endswith("0s")  # holds its years
        return decade and other.kind is Kind.YEAR and ours <= theirs < ours + 10
    if number.loose and number.values[0] > 20:
        return math.isclose(ours, theirs, rel_tol=0.05)
    return _rounds_to(theirs, ours)


def _lost_its_power(ours: float, theirs: float) -> bool:
    """Is a text's 1025 what became of 10²⁵ when its markup was taken off?"""
    power = round(math.log10(ours)) if ours >= 1e15 else 0
    return bool(power) and math.isclose(ours, 10.0**power) and theirs == float(f"10{power}")


def _rounds_to(exact: float, rounded: float) -> bool:
    """Does an exact number become the rounded one at its last digit, of two at least? 1,214 million is 1.2 billion."""
    if rounded < 10 or exact <= rounded * 0.9 or exact >= rounded * 1.1:
        return False
    digits = len(f"{rounded:.15g}".rstrip("0").replace(".", "").split("e")[0])
    if digits < 2 or rounded < 1_000:
        return False
    return f"{exact:.{digits - 1}e}" == f"{rounded:.{digits - 1}e}"
