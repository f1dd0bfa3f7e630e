"""How values are said to readers. Pure, and called by the templates."""

from collections.abc import Iterable
from datetime import date as date_
from datetime import datetime
from functools import lru_cache

from sourcebook.records import CitedBy

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def iso(at: date_ | datetime) -> str:
    """As programs read it."""
    return at.isoformat()


def to_minutes(at: datetime) -> str:
    """The same, without seconds."""
    return at.isoformat(timespec="minutes")


def day(at: datetime) -> str:
    """`Apr 7, 2026`."""
    return f"{_MONTHS[at.month - 1]} {at.day}, {at.year}"


def moment(at: datetime) -> str:
    """`Apr 7, 2026, 09:05 UTC`."""
    return f"{day(at)}, {at:%H:%M} UTC"


def date(text: str) -> str:
    """A date in ISO 8601 to the precision that it has: `Jul 30, 2025`, `Jul 2025`, `2025`; other text as it is."""
    parts = text[:10].split("-")
    if not all(part.isdecimal() for part in parts) or len(parts[0]) != 4:
        return text
    numbers = [int(part) for part in parts]
    if len(numbers) == 1 and len(text) == 4:
        return text
    if len(numbers) == 2 and len(text) == 7 and 1 <= numbers[1] <= 12:
        return f"{_MONTHS[numbers[1] - 1]} {numbers[0]}"
    if len(numbers) == 3 and 1 <= numbers[1] <= 12 and 1 <= numbers[2] <= 31:
        return f"{_MONTHS[numbers[1] - 1]} {numbers[2]}, {numbers[0]}"
    return text


def size(size_bytes: int) -> str:
    """`8 KB`, `2.5 MB`: a thousand bytes to the KB, as file managers count."""
    if size_bytes < 1000:
        return count(size_bytes, "byte")
    if size_bytes < 999_500:
        return f"{size_bytes / 1000:.0f} KB"
    amount, unit = (size_bytes / 1e6, "MB") if size_bytes < 999_500_000 else (size_bytes / 1e9, "GB")
    return (f"{amount:.1f}".removesuffix(".0") if amount < 9.95 else f"{amount:,.0f}") + f" {unit}"


def count(number: int, noun: str = "") -> str:
    """`1,204 pages`, `1 page`; without a noun, the number alone."""
    return f"{number:,}" + (f" {noun}{'' if number == 1 else 's'}" if noun else "")


def percent(part: int, whole: int) -> str:
    """`26%`, and never `0%` of something or `100%` of less than all."""
    if part == 0 or whole == 0:
        return "0%"
    if part == whole:
        return "100%"
    rounded = round(100 * part / whole)
    if rounded == 0:
        return "<1%"
    return ">99%" if rounded == 100 else f"{rounded}%"


@lru_cache(1_000)
def spoken(name: str) -> str:
    """The name of a case as a reader sees it: `soft_gone` is `Soft gone`."""
    return name.replace("_", " ").replace("-", " ").capitalize()


def judge(name: str) -> str:
    """Who says so: a model by its name and prompt, and the judge that is always here without its version."""
    return "the local judge" if name.startswith("local ") else name


def is_web(url: str) -> bool:
    """May this become a link? Only http and https addresses do, whatever was cited or imported."""
    return url[:8].lower().startswith(("http://", "https://"))


def shown_address(url: str) -> str:
    """An address as it reads best: without its scheme and a final slash."""
    return url.partition("://")[2].removesuffix("/") if is_web(url) else url


def places(cited_by: Iterable[CitedBy]) -> int:
    """In how many places pages cite a source."""
    return sum([len(page.places) for page in cited_by])
