"""Links as headers and TimeMaps write them (RFC 8288, RFC 6690), and the dates of HTTP. Pure."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from msgspec import Struct

from sourcebook.patterns import pattern

MOST_LINKS = 100_000  # of one TimeMap: a front page that was copied every hour for ten years
_NAME = r"[\w!#$&+.^`|~*-]+"
_VALUE = r"\"[^\"]{0,1024}\"|[^\s\",;]{0,1024}"
# possessive: text that is no link is given up at once, however long it is
_LINK = pattern(rf"\s*+<([^<>]{{1,8192}})>((?:\s*+;\s*+{_NAME}\s*+(?:=\s*+(?:{_VALUE}))?)*+)\s*+,?")
_PARAMETER = pattern(rf";\s*+({_NAME})\s*+(?:=\s*+({_VALUE}))?")


class Link(Struct, frozen=True):
    """Where a link leads, what is there, and of when."""

    url: str
    relations: frozenset[str]
    at: datetime | None = None
    begins: datetime | None = None  # of a part of a TimeMap
    ends: datetime | None = None

    def distance(self, at: datetime) -> float:
        """The seconds between a moment and what is there; 0 within a part that spans it."""
        if self.at is not None:
            return abs((self.at - at).total_seconds())
        begins, ends = self.begins or self.ends or at, self.ends or self.begins or at
        return max((begins - at).total_seconds(), (at - ends).total_seconds(), 0.0)


def read_links(text: str) -> Iterator[Link]:
    """Every link, as far as the text can be read."""
    at = 0
    for _ in range(MOST_LINKS):
        found = _LINK.match(text, at)
        if found is None:
            return
        at = found.end()
        said: dict[str, str] = {}
        for name, value in _PARAMETER.findall(found[2]):
            said.setdefault(name.lower(), value.strip('"'))  # the first counts
        yield Link(
            found[1].strip(),
            frozenset(said.get("rel", "").lower().split()),
            http_date(said.get("datetime", "")),
            http_date(said.get("from", "")),
            http_date(said.get("until", "")),
        )


def http_date(text: str) -> datetime | None:
    """A date as HTTP writes it; None when it is none."""
    try:
        found = parsedate_to_datetime(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def as_http_date(at: datetime) -> str:
    """A moment as HTTP writes it."""
    return format_datetime(at.astimezone(UTC), usegmt=True)
