"""The dates of a text, to the day, the month or the year, however they are written. Pure."""

import re
from collections.abc import Iterator

from msgspec import Struct

from sourcebook.types.documents import Passage

MONTHS = "january february march april may june july august september october november december".split()
_MONTH = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_NAME = r"(?P<{}>(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?|" + "|".join(MONTHS) + r")\b"
_WRITTEN = re.compile(
    r"(?:\b(?P<before>[0-3]?\d)(?:st|nd|rd|th)?\.?\s+(?:of\s+)?)?\b"
    + _NAME.format("month")
    + r"(?:\s+(?P<after>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|[:.]\d))?(?:,?\s+(?:of\s+)?(?P<year>1\d{3}|20\d\d)\b)?",
    re.IGNORECASE,
)
_ISO = re.compile(r"\b(?P<year>1\d{3}|20\d\d)-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?(?!\d)")
_SLASHED = re.compile(r"\b(?P<one>[0-3]?\d)[/.](?P<two>[0-3]?\d)[/.](?P<year>1\d{3}|20\d\d)\b")

WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
CALENDAR = frozenset((*MONTHS, *WEEKDAYS))
_WEEKDAY = re.compile(r"\b(?:" + "|".join(day.capitalize() for day in WEEKDAYS) + r")\b")
# A month alone that is a word like others is meant as one only after one of these.
_BEFORE_MONTH = re.compile(
    r"\b(?:in|of|since|until|by|last|this|next|late|early|mid|during|from|to|and|through)[\s-]+\Z", re.IGNORECASE
)
_AMBIGUOUS = frozenset("may mar march sep dec jan".split())
_LONGEST_BEFORE = 12


class Date(Struct, frozen=True):
    """A date and where it stands; a part that is not given is None."""

    year: int | None
    month: int
    day: int | None
    words: Passage

    def holds(self, other: "Date") -> bool:
        """Is `other` this date, or does it contain it: the month of a day, the day in any year?"""
        return (
            self.month == other.month
            and (other.year is None or self.year == other.year)
            and (other.day is None or self.day == other.day)
        )


def dates(text: str) -> list[Date]:
    """Every date of a text that names a month. A date in figures is read in both orders where both are dates."""
    return sorted((*_written(text), *_iso(text), *_slashed(text)), key=lambda date: date.words.start)


def days_named(text: str) -> Iterator[tuple[str, int]]:
    """Every month and weekday that a text names, each with the day of the month beside it, or 0."""
    for match in _WEEKDAY.finditer(text):
        yield match[0].lower(), 0
    for date in _iso(text):
        yield MONTHS[date.month - 1], date.day or 0
    for match in _WRITTEN.finditer(text):
        name, day, start = match["month"], match["before"] or match["after"], match.start("month")
        if name[0].isupper() and (day or match["year"] or _is_month(text, name, start)):
            yield MONTHS[_MONTH[name[:3].lower()] - 1], int(day or 0)


def _is_month(text: str, name: str, start: int) -> bool:
    if name.lower().rstrip(".") not in _AMBIGUOUS:
        return True
    return _BEFORE_MONTH.search(text, max(0, start - _LONGEST_BEFORE), start) is not None


def _written(text: str) -> Iterator[Date]:
    for match in _WRITTEN.finditer(text):
        name, year = match["month"], match["year"]
        day = match["before"] or match["after"]
        if not name[0].isupper() or (day is None and year is None):
            continue  # "may", "march"; a month alone is a word like others
        start = match.start("before") if match["before"] else match.start("month")
        yield _date(year, _MONTH[name[:3].lower()], day, Passage(start, match.end(), text[start : match.end()]))


def _iso(text: str) -> Iterator[Date]:
    for match in _ISO.finditer(text):
        yield _date(match["year"], int(match["month"]), match["day"], Passage(*match.span(), match[0]))


def _slashed(text: str) -> Iterator[Date]:
    for match in _SLASHED.finditer(text):
        one, two = int(match["one"]), int(match["two"])
        for day, month in {(one, two), (two, one)}:
            if 1 <= month <= 12 and 1 <= day <= 31:
                yield Date(int(match["year"]), month, day, Passage(*match.span(), match[0]))


def _date(year: str | None, month: int, day: str | None, words: Passage) -> Date:
    return Date(int(year) if year else None, month, int(day) if day else None, words)
