"""The numbers of a text: as digits, in words, with scales, units, ranges, fractions and scores. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from sourcebook.types.documents import Passage


class Kind(StrEnum):
    """What a number counts; two numbers of different kinds are not the same fact."""

    PLAIN = "plain"
    YEAR = "year"
    MONEY = "money"
    SHARE = "share"  # a percentage
    ORDINAL = "ordinal"


class Number(Struct, frozen=True):
    """A number and where it stands. `values` are what it may mean: "40–50" is two, "1.5 million" 1,500,000."""

    values: tuple[float, ...]
    kind: Kind
    words: Passage
    spelled: bool  # in letters: "two" is often no count at all
    loose: bool  # "about 50", "over 50": another number may bear it out
    also: tuple[float, ...] = ()  # what it means to others: "1.500" is 1,500, "5m" five metres


_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""".split()
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_ORDINALS = """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""".split()
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "mn": 1e6,
    "bn": 1e9, "b": 1e9, "tn": 1e12, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
_SPELLED = {word: float(value) for value, word in enumerate(_UNITS)} | {w: float(v) for w, v in _TENS.items()}
_SPELLED |= {"dozen": 12.0}
_ORDINAL = {word: float(value) for value, word in enumerate(_ORDINALS)}
_FRACTIONS = {"half": 0.5, "halves": 0.5, "third": 1 / 3, "thirds": 1 / 3, "quarter": 0.25, "quarters": 0.25}
_FRACTIONS |= {"fifth": 0.2, "fifths": 0.2, "tenth": 0.1, "tenths": 0.1}
_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}

_LONG_SCALE = "hundred|thousand|million|billion|trillion|lakh|crore"
_WORDS = "|".join(sorted(_SPELLED, key=len, reverse=True))
# Each begins with a digit: what stands before it is looked at only there, which is five times faster.
_DIGITS = re.compile(
    rf"""
      (?<![\w.,/])(?P<first>\d+(?:[,\u00a0\u202f](?=\d{{3}}(?!\d))\d{{3}})*(?:\.\d+)?)(?!\.\d)
      (?:\^\{{?(?P<power>\d{{1,2}})\}}?|(?P<raised>[⁰¹²³⁴-⁹]{{1,2}}))?
      (?P<glyph>[½¼¾⅓⅔])?
      (?:\s?(?:-|–|—|to|and|/|:)\s?[$€£]?(?P<second>\d+(?:,\d{{3}})*(?:\.\d+)?)(?!\.\d|[\d,]*[-/:]\d)
        (?:\^\{{?(?P<power_2>\d{{1,2}})\}}?|(?P<raised_2>[⁰¹²³⁴-⁹]{{1,2}}))?)?
      (?:[\s-]?(?P<scale>{_LONG_SCALE}|(?:k|m|mn|bn|b|tn)\b))?
      (?P<suffix>st|nd|rd|th|s)?(?![\d])
      (?P<share>\s?(?:%|percent\b|per\ cent\b|percentage\ points?\b))?
      (?P<currency>\s(?:US\ )?(?:dollars|euros|pounds|yen|yuan|rupees)\b)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE = re.compile(
    r"""(?P<loose>(?<![\w])(?:about|around|almost|nearly|approximately|approx\.?|roughly|some|over|above|under|below|
        up\ to|at\ least|more\ than|less\ than|fewer\ than|estimated|circa|c\.|~|≈|≥|≤|>|<)\s*)?
      (?P<money>(?:US|A|C|HK|NZ)?[$€£¥₹]|(?<!\w)(?:USD|EUR|GBP))?\s?\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_MOST_BEFORE = 24  # characters of "approximately US$"
_WORD = re.compile(r"[A-Za-z]+")
_LETTERS = re.compile(
    rf"""(?P<run>(?:(?:{_WORDS}|a|{_LONG_SCALE})(?:[\s-](?:and\s)?(?={_WORDS}|{_LONG_SCALE})))*
      (?:{_WORDS}|(?<=[\w-][\s-])(?:{_LONG_SCALE}))\b)
      (?:[\s-](?P<of>half|halves|thirds?|quarters?|fifths?|tenths?)\b)?(?P<share>\s(?:percent|per\ cent)\b)?
      | (?P<part>half|(?:a|one)[\s-](?:half|third|quarter)(?=\s+of\b))\b(?:\sa\s(?P<scale>{_LONG_SCALE}|dozen)\b)?
      | (?P<ordinal>{"|".join(_ORDINALS[1:])})\b""",
    re.VERBOSE | re.IGNORECASE,
)
_RUN = re.compile(r"\d+(?:[.,\u202f\xa0’']\d+)*")
_GROUPED = re.compile(r"\d{1,3}(?:[.,\u202f\xa0’']\d{3})+")
_UNITS_TOO = frozenset("kmb")  # letters that are a scale to some and a unit to others
_BEGINNINGS = frozenset({*_SPELLED, *_ORDINALS, "a", "half"})
_ORDINAL_SUFFIXES = frozenset({"st", "nd", "rd", "th"})


def numbers(text: str) -> list[Number]:
    """Every number of a text, in the order in which it stands."""
    return sorted((*_in_digits(text), *_in_letters(text)), key=lambda number: number.words.start)


def every_number(text: str) -> list[Number]:
    """The same, and every run of digits that is no number by itself: in "F16", in "1.500.000"."""
    found = numbers(text)
    read = {place for number in found for place in range(number.words.start, number.words.end)}
    for run in _RUN.finditer(text):
        if read.isdisjoint(range(*run.span())):
            values = _readings(run[0])
            words = Passage(*run.span(), run[0])
            found.append(Number(values[:1], Kind.PLAIN, words, spelled=False, loose=False, also=values[1:]))
    return sorted(found, key=lambda number: number.words.start)


def _readings(run: str) -> tuple[float, ...]:
    """What figures may stand for: "1.500" is one and a half to some, and fifteen hundred to others."""
    values: set[float] = set()
    if _GROUPED.fullmatch(run):
        values.add(float(re.sub(r"\D", "", run)))
    if "," in run and "." not in run and values:
        return tuple(values)
    if re.fullmatch(r"\d+(?:\.\d+)?", point := run.replace(",", ".")):
        values.add(float(point))
    return tuple(sorted(values)) or tuple(float(part) for part in re.findall(r"\d+", run))


def _in_digits(text: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - _MOST_BEFORE), match.start())
        first = _first(match)
        second = _second(match)
        scale = _SCALES.get((match["scale"] or "").lower(), 1.0)
        values = (first * scale,) if second is None else (first * scale, second * scale)
        if second is not None and scale > 1:
            values = (*values, first)  # "2 to 5 million" may begin with two
        if second is not None and 1000 <= first < 10_000 and first % 100 < second < 100:
            values = (first, first // 100 * 100 + second)  # "1998–99"
        money = before is not None and before["money"] is not None
        start = before.start("money") if before is not None and money else match.start()
        words = text[start : match.end()].rstrip()
        passage = Passage(start, start + len(words), words)
        kind = Kind.MONEY if money else _kind(match, values)
        loose = before is not None and before["loose"] is not None
        yield Number(values, kind, passage, spelled=False, loose=loose, also=_also(text, match, values, scale))


def _also(text: str, match: re.Match[str], values: tuple[float, ...], scale: float) -> tuple[float, ...]:
    """What else a number may mean to whoever wrote it."""
    run = _RUN.match(text, match.start("first"))
    others = {value * scale for value in _readings(run[0])} if run is not None and run[0] != match["first"] else set()
    if "." in match["first"] and _GROUPED.fullmatch(match["first"]):
        others.add(float(re.sub(r"\D", "", match["first"])) * scale)
    if (match["scale"] or "").lower() in _UNITS_TOO:
        others.add(values[0] / scale)
    return tuple(sorted(others.difference(values)))


def _first(match: re.Match[str]) -> float:
    """The first number of a match, with its power or its fraction."""
    value = _value(match["first"])
    return _raised(value, match["power"], match["raised"]) or value + _GLYPHS.get(match["glyph"] or "", 0.0)


def _second(match: re.Match[str]) -> float | None:
    """The number that a range ends with."""
    if match["second"] is None:
        return None
    value = _value(match["second"])
    return _raised(value, match["power_2"], match["raised_2"]) or value


def _raised(value: float, power: str | None, raised: str | None) -> float | None:
    """A power of ten, "10^25" or "10²⁵"; None for every other number, behind which it is the mark of a footnote."""
    power = power or unicodedata.normalize("NFKC", raised or "")
    return float(f"1e{power}") if power and value == 10 else None


def _kind(match: re.Match[str], values: tuple[float, ...]) -> Kind:
    if match["currency"]:
        return Kind.MONEY
    if match["share"]:
        return Kind.SHARE
    if (match["suffix"] or "").lower() in _ORDINAL_SUFFIXES:
        return Kind.ORDINAL
    is_year = re.fullmatch(r"1[0-9]\d\d|20\d\d", match["first"]) and not match["scale"]
    return Kind.YEAR if is_year and all(value < 2100 for value in values) else Kind.PLAIN


def _in_letters(text: str) -> Iterator[Number]:
    end = 0
    for word in _WORD.finditer(text):
        if word[0].lower() not in _BEGINNINGS or word.start() < end:
            continue
        match = _LETTERS.match(text, word.start())
        if match is not None:
            end = match.end()
            value, kind = _spelled(match)
            yield Number((value,), kind, Passage(*match.span(), match[0]), spelled=True, loose=False)


def _spelled(match: re.Match[str]) -> tuple[float, Kind]:
    if match["ordinal"]:
        return _ORDINAL[match["ordinal"].lower()], Kind.ORDINAL
    if match["part"]:
        part = _FRACTIONS[re.split(r"[\s-]", match["part"].lower())[-1]]
        return part * (_count(["a", match["scale"].lower()]) if match["scale"] else 1), Kind.PLAIN
    value = _count(re.split(r"[\s-]+", match["run"].lower()))
    if match["of"]:
        value *= _FRACTIONS[match["of"].lower()]
    return value, Kind.SHARE if match["share"] else Kind.PLAIN


def _count(words: list[str]) -> float:
    """The value of "two hundred and fifty thousand"."""
    total = run = 0.0
    for before, word in pairwise(("", *words)):
        if word in _SPELLED:
            run = 0.0 if before == "a" and word != "dozen" else run  # "a one year term"
            run = (run or 1.0) * 12 if word == "dozen" else run + _SPELLED[word]
        elif word == "hundred":
            run = (run or 1.0) * 100
        elif word in _SCALES:
            total += (run or 1.0) * _SCALES[word]
            run = 0.0
        elif word == "a":
            run = 1.0
    return total + run


def _value(digits: str) -> float:
    return float(re.sub(r"[,\u00a0\u202f]", "", digits))
