"""Does a text have a number that looks as if it had not: in another unit, on another clock, in the figures of another
language? Such a number is held against nobody. Pure."""

import math
import re
from collections.abc import Iterator

from sourcebook.facts.measures import measure
from sourcebook.facts.numbers import Kind, Number
from sourcebook.facts.words import plain
from sourcebook.verify.language import language_of
from sourcebook.verify.reading import Reading

_CLOCK = re.compile(r"\b(?P<hour>[01]?\d|2[0-4])[:.](?P<minute>[0-5]\d)(?:\s?(?P<half>[ap])\.?m\b)?", re.IGNORECASE)
_LONGEST_TIME = 12  # characters
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_UNITS = "first second third fourth fifth sixth seventh eighth ninth".split()
_ORDINAL = re.compile(rf"(?P<tens>{'|'.join(_TENS)})[\s-](?P<unit>{'|'.join(_UNITS)})\b", re.IGNORECASE)
# Figures as they are written outside English: groups of three with stops or spaces, a comma before the decimals.
_FIGURES = re.compile(
    r"(?<![\w.,])(?P<whole>\d{1,3}(?:[. \u00a0\u202f'’]\d{3})+|\d+)(?:,(?P<part>\d+))?(?!\d)"
    r"(?:[ \u00a0\u202f](?P<scale>[^\W\d_]{3,}))?"
)
_SCALES = {
    1e3: "mil mille mila tausend tsd duizend tusen tys",
    1e6: """mio mln million millionen millions millon millones milione milioni milhao milhoes miljoen miljoner milion
        miliony milionow""",
    1e9: """mrd mld milliarde milliarden milliard milliards miliardo miliardi miljard miljarder miliard miliardy
        bilhao bilhoes""",
}
_SCALE = {word: size for size, words in _SCALES.items() for word in words.split()}


def is_said_otherwise(number: Number, claim: str, source: Reading) -> bool:
    """Has the text a number that looks as if it lacked it?"""
    return (
        _in_another_unit(number, claim, source)
        or _at_that_time(number, claim, source.text)
        or _as_an_ordinal(number, claim, source)
        or (_is_foreign(claim, source.text) and _in_other_figures(number, claim, source.text))
    )


def _is_foreign(*texts: str) -> bool:
    return any(language_of(text) not in {"", "en"} for text in texts)


def _in_another_unit(number: Number, claim: str, source: Reading) -> bool:
    ours = measure(claim, number)
    return ours.quantity != "" and any(ours.is_same_amount(measure(source.text, other)) for other in source.numbers)


def _at_that_time(number: Number, claim: str, text: str) -> bool:
    """Is it a time of day that the text has too: 2:30 pm and 14:30?"""
    match = _CLOCK.match(claim, number.words.start, number.words.start + _LONGEST_TIME)
    if match is None:
        return False
    ours = _minutes(match)
    return any(not ours.isdisjoint(_minutes(other)) for other in _CLOCK.finditer(text))


def _minutes(time: re.Match[str]) -> frozenset[int]:
    """Minutes since midnight; without am or pm, those of both where both are meant by some."""
    hour, minute, half = int(time["hour"]), int(time["minute"]), (time["half"] or "").lower()
    if not half:
        return frozenset({hour * 60 + minute})
    return frozenset({(hour % 12 + (12 if half == "p" else 0)) * 60 + minute})


def _as_an_ordinal(number: Number, claim: str, source: Reading) -> bool:
    """ "21st" and "twenty-first"."""
    match = _ORDINAL.match(claim, number.words.start)
    if match is not None:
        value = _ordinal(match)
        return any(other.kind is Kind.ORDINAL and value in other.values for other in source.numbers)
    is_ordinal = number.kind is Kind.ORDINAL
    return is_ordinal and any(_ordinal(other) in number.values for other in _ORDINAL.finditer(source.text))


def _ordinal(match: re.Match[str]) -> float:
    tens, unit = _TENS.index(match["tens"].lower()), _UNITS.index(match["unit"].lower())
    return float((tens + 2) * 10 + unit + 1)


def _in_other_figures(number: Number, claim: str, text: str) -> bool:
    """Figures that are one number in the claim's language, and several in ours: "4 200", "4,2 Millionen"."""
    around = [match for match in _FIGURES.finditer(claim) if match.start() <= number.words.start < match.end()]
    if not around:
        return False
    ours = _value(around[0])
    return any(math.isclose(ours, theirs, rel_tol=1e-9) for theirs in _values(text))


def _values(text: str) -> Iterator[float]:
    yield from (_value(match) for match in _FIGURES.finditer(text))


def _value(match: re.Match[str]) -> float:
    whole = re.sub(r"\D", "", match["whole"])
    return float(f"{whole}.{match['part'] or '0'}") * _SCALE.get(plain(match["scale"] or ""), 1.0)
