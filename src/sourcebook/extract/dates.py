"""When it was published and changed, as ISO 8601 to the precision that is known. Pure, and without a clock."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from sourcebook.extract.evidence import Evidence, Found
from sourcebook.types import Confidence

_PUBLISHED = """
    citation_publication_date citation_date citation_online_date article:published_time og:published_time
    article:published datepublished date.issued dc.date.issued dcterms.issued dc.date dcterms.date
    dc.date.created dcterms.created prism.publicationdate parsely-pub-date sailthru.date publish_date
    publish-date publication_date publicationdate pubdate published published_time article_date_original
    originalpublicationdate article.published article.created cxenseparse:recs:publishtime og:pubdate
    release_date displaydate ptime pdate created date_published dateline date
""".split()
_MODIFIED = """
    article:modified_time og:updated_time datemodified dcterms.modified dc.date.modified lastmod last-modified
    revised article.updated modified
""".split()

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio janeiro januari stycznia января",
            "february feb februar février fevrier febrero febbraio fevereiro februari lutego февраля",
            "march mar märz maerz mars marzo março marco maart marca марта",
            "april apr avril abril aprile kwietnia апреля",
            "may mai mayo maggio maio mei maja мая",
            "june jun juni juin junio giugno junho czerwca июня",
            "july jul juli juillet julio luglio julho lipca июля",
            "august aug août aout agosto augustus sierpnia августа",
            "september sep sept septembre septiembre settembre setembro września сентября",
            "october oct oktober octobre octubre ottobre outubro października okt октября",
            "november nov novembre noviembre novembro listopada ноября",
            "december dec dezember dez décembre decembre diciembre dicembre dezembro grudnia декабря",
        ),
        1,
    )
    for name in names.split()
}

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
_YEAR_ONLY = re.compile(r"^\s*(1[5-9]\d{2}|20\d{2})\s*$")
_EPOCH = re.compile(r"^\s*(1\d{9})(?:\d{3})?\s*$")
_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d{2})[/-](\d{1,2})(?:[/-](\d{1,2}))?(?=[/-]|$)|[/-]((?:19|20)\d{2})(\d{2})(\d{2})(?=[/.-]|$)"
)
_MOST = 500  # characters of a text that are searched for a date
_DAY = len("2025-07-30")


def find_published(evidence: Evidence) -> Found | None:
    """When the page says that it was published: tags made for it, then JSON-LD, its markup, and its address."""
    for said in _published(evidence):
        if date := parse_date(said.value):
            return Found(date, said.origin, said.confidence)
    return None


def find_modified(evidence: Evidence) -> Found | None:
    """When the page says that it was last changed."""
    said = [Found(thing.modified, "json-ld") for thing in evidence.things if thing.modified]
    said += [Found(value, name) for name in _MODIFIED for value in evidence.metas.get(name, ())]
    for one in said:
        if date := parse_date(one.value):
            return Found(date, one.origin)
    return None


def _published(evidence: Evidence) -> Iterator[Found]:
    """Everything that may say it, in the order of trust."""
    yield from (Found(thing.published, "json-ld") for thing in evidence.things if thing.published and thing.is_work)
    yield from (Found(value, name) for name in _PUBLISHED for value in evidence.metas.get(name, ()))
    yield from (Found(thing.published, "json-ld") for thing in evidence.things if thing.published)
    for origin in ("itemprop", "time", "address", "byline"):
        if origin == "address":
            yield Found(date_in_address(evidence.url), origin, Confidence.MEDIUM)
        confidence = Confidence.HIGH if origin == "itemprop" else Confidence.MEDIUM
        yield from (Found(mark.words, origin, confidence) for mark in evidence.dates if mark.origin == origin)
    if len(date := parse_date(evidence.after_heading)) >= _DAY:
        yield Found(date, "text", Confidence.LOW)


def date_in_address(url: str) -> str:
    """The date that an address names, `/2025/07/30/`; "" when it names none to the day."""
    found = _IN_ADDRESS.search(url)
    if found is None:
        return ""
    return _iso(*(int(part) for part in found.groups() if part is not None)) if found[3] or found[4] else ""


def parse_date(text: str) -> str:
    """The first date in a short text as ISO 8601; "" when there is none.

    A time is kept when its zone is known and it is not midnight: a day written as midnight is a day.
    """
    text = text.strip()[:_MOST]
    for parse in (_iso_time, _epoch, _numbers, _words):
        if date := parse(text):
            return date
    return ""


def _iso_time(text: str) -> str:
    for found in _ISO.finditer(text):
        date = _iso(int(found[1]), int(found[2]), int(found[3] or 0))
        if not date:
            continue
        hour, minute, second = (int(found[group] or 0) for group in (4, 5, 6))
        if not found[7] or not found[3] or not (hour or minute or second) or hour > 23 or minute > 59 or second > 59:
            return date
        zone = found[7].upper()
        zone = "Z" if zone in ("Z", "UTC", "GMT", "+00:00", "+0000") else f"{zone[:3]}:{zone[-2:]}"
        return f"{date}T{hour:02}:{minute:02}:{second:02}{zone}"
    return ""


def _epoch(text: str) -> str:
    if (found := _EPOCH.match(text)) is None:
        return ""
    return datetime.fromtimestamp(int(found[1]), UTC).date().isoformat()


def _numbers(text: str) -> str:
    for pattern in (_SLASHED, _COMPACT, _CJK):
        if (found := pattern.search(text)) is not None:
            date = _iso(*(int(part) for part in found.groups() if part))
            if date:
                return date
    if (found := _NUMERIC.search(text)) is not None:
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        # Only America writes the month first, and it writes slashes; where both readings hold, slashes decide.
        month_first = second > 12 or (found[2] == "/" and first <= 12)
        return _iso(year, first, second) if month_first else _iso(year, second, first)
    return ""


def _words(text: str) -> str:
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
