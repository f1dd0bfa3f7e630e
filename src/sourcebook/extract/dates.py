"""Dates as people and programs write them, as ISO 8601 to the precision that is given. Pure, and without a clock."""

import re
from datetime import UTC, date, datetime

_MONTH_NAMES = (
    """january jan januar janvier enero gennaio janeiro januari stycznia января січня ocak ianuarie ledna
    tammikuuta január ιανουαρίου يناير""",
    """february feb februar février fevrier febrero febbraio fevereiro februari lutego февраля лютого şubat
    februarie února helmikuuta február φεβρουαρίου فبراير""",
    """march mar märz maerz mars marzo março marco maart maret marca марта березня mart martie března
    maaliskuuta március μαρτίου مارس""",
    """april apr avril abril aprile kwietnia апреля квітня nisan aprilie dubna huhtikuuta április απριλίου أبريل""",
    """may mai maj mayo maggio maio mei maja мая травня mayıs května toukokuuta május μαΐου مايو""",
    """june jun juni juin junio giugno junho czerwca июня червня haziran iunie června kesäkuuta június ιουνίου
    يونيو""",
    """july jul juli juillet julio luglio julho lipca июля липня temmuz iulie července heinäkuuta július ιουλίου
    يوليو""",
    """august aug août aout agosto augustus agustus augusti sierpnia августа серпня ağustos srpna elokuuta
    augusztus αυγούστου أغسطس""",
    """september sep sept septembre septiembre settembre setembro września сентября вересня eylül septembrie
    září syyskuuta szeptember σεπτεμβρίου سبتمبر""",
    """october oct oktober octobre octubre ottobre outubro października okt октября жовтня ekim octombrie října
    lokakuuta október οκτωβρίου أكتوبر""",
    """november nov novembre noviembre novembro listopada ноября листопада kasım noiembrie listopadu marraskuuta
    νοεμβρίου نوفمبر""",
    """december dec dezember dez desember décembre decembre diciembre dicembre dezembro grudnia декабря грудня
    aralık decembrie prosince joulukuuta δεκεμβρίου ديسمبر""",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}

_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?!\d)(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?<!\d)(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?:T?\d{4,6})?(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日일])?")
_MONTH_WORD = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s*(?:de\s+|of\s+|-)?({_MONTH_WORD})\b\.?,?\s*(?:de\s+|-)?(\d{{4}})",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(rf"\b({_MONTH_WORD})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", re.IGNORECASE)
_MONTH_ONLY = re.compile(rf"\b({_MONTH_WORD})\b\.?,?\s+(?:de\s+)?(\d{{4}})\b", re.IGNORECASE)
_CTIME = re.compile(
    rf"\b({_MONTH_WORD})\s+(\d{{1,2}})\s+\d\d:\d\d:\d\d\s+(?:[A-Z]{{3,4}}\s+)?(\d{{4}})\b", re.IGNORECASE
)
_SHORT_YEAR = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{2})(?![\d.])")
_YEAR_ONLY = re.compile(r"^\s*(1[5-9]\d{2}|20\d{2})\s*$")
_EPOCH = re.compile(r"^\s*(1\d{9})(?:\d{3})?\s*$")
_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d{2})[/-](\d{1,2})(?:[/-](\d{1,2}))?(?=[/-]|$)|[/-]((?:19|20)\d{2})(\d{2})(\d{2})(?=[/.-]|$)"
)
_ANY_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\d{4}")
_MOST = 500  # characters of a text that are searched for a date
_DAY = len("2025-07-30")
_CENTURY = 2000  # "28.01.22": nobody wrote so on the web before


def date_in_address(url: str) -> str:
    """The date that an address names, `/2025/07/30/`; "" when it names none to the day."""
    found = _IN_ADDRESS.search(url)
    if found is None:
        return ""
    return _iso(*(int(part) for part in found.groups() if part is not None)) if found[3] or found[4] else ""


def parse_date(text: str, *, day_first: bool = False) -> str:
    """The first date in a short text as ISO 8601; "" when there is none.

    A time is kept when its zone is known and it is not midnight: a day written as midnight is a day. `day_first`: the
    language is one that writes 3/7/2025 for the third of July.
    """
    text = text.strip()[:_MOST]
    if _ANY_DIGIT.search(text) is None:
        return ""  # most texts of a page, and cheaper to see so
    return _iso_time(text) or _epoch(text) or _numbers(text, day_first=day_first) or _words(text)


def is_day(said: str) -> bool:
    """Is this ISO date known to the day?"""
    return len(said) >= _DAY


def same_day(one: str, other: str) -> bool:
    """Are two ISO dates the same, or a day apart as they are where time zones differ? To the precision of both."""
    if not is_day(one) or not is_day(other):
        return bool(one and other) and one[: len(other)] == other[: len(one)]
    return abs((date.fromisoformat(one[:_DAY]) - date.fromisoformat(other[:_DAY])).days) <= 1


def _iso_time(text: str) -> str:
    for found in _ISO.finditer(text):
        day = _iso(int(found[1]), int(found[2]), int(found[3] or 0))
        if not day:
            continue
        hour, minute, second = (int(found[group] or 0) for group in (4, 5, 6))
        if not found[7] or not found[3] or not (hour or minute or second) or hour > 23 or minute > 59 or second > 59:
            return day
        zone = found[7].upper()
        zone = "Z" if zone in ("Z", "UTC", "GMT", "+00:00", "+0000") else f"{zone[:3]}:{zone[-2:]}"
        return f"{day}T{hour:02}:{minute:02}:{second:02}{zone}"
    return ""


def _epoch(text: str) -> str:
    if (found := _EPOCH.match(text)) is None:
        return ""
    return datetime.fromtimestamp(int(found[1]), UTC).date().isoformat()


def _numbers(text: str, *, day_first: bool) -> str:
    for pattern in (_SLASHED, _COMPACT, _CJK):
        if (found := pattern.search(text)) is not None:
            day = _iso(*(int(part) for part in found.groups() if part))
            if day:
                return day
    if (found := _NUMERIC.search(text)) is not None:
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        # Only America writes the month first, and it writes slashes; where both readings hold, slashes decide.
        month_first = second > 12 or (found[2] == "/" and first <= 12 and not day_first)
        return _iso(year, first, second) if month_first else _iso(year, second, first)
    if (found := _SHORT_YEAR.search(text)) is not None:
        first, second, year = int(found[1]), int(found[2]), int(found[3]) + _CENTURY
        return _iso(year, second, first) or _iso(year, first, second)
    return ""


def _words(text: str) -> str:
    if _YEAR.search(text) is None:
        return ""
    if (found := _CTIME.search(text)) is not None:
        return _iso(int(found[3]), _MONTHS[found[1].lower()], int(found[2]))
    if (found := _MONTH_FIRST.search(text)) is not None:
        return _iso(int(found[3]), _MONTHS[found[1].lower()], int(found[2]))
    if (found := _DAY_FIRST.search(text)) is not None:
        return _iso(int(found[3]), _MONTHS[found[2].lower()], int(found[1]))
    if (found := _MONTH_ONLY.search(text)) is not None:
        return _iso(int(found[2]), _MONTHS[found[1].lower()])
    return found[1] if (found := _YEAR_ONLY.match(text)) is not None else ""


def _iso(year: int, month: int = 0, day: int = 0) -> str:
    """The date to the precision given; "" when there is no such day, or no page can be of that year."""
    if not 1500 <= year <= 2100:
        return ""
    try:
        datetime(year, month or 1, day or 1, tzinfo=UTC)
    except ValueError:
        return ""
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part)])
