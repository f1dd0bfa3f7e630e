"""What the address of a list of sources asks for, and the addresses of its neighbours. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from sourcebook.errors import UsageError
from sourcebook.store import UNRATED, ListQuery
from sourcebook.types import LinkState, Outcome, SourceType

SORT = "-importance"
ROWS = 50
MOST_ROWS = 200
MOST_PAGE = 1_000_000  # far past any library, and small enough for every database's numbers
MOST_LETTERS = 200  # of a text to look for


@dataclass(frozen=True, slots=True)
class Column:
    """A column to sort by, and the direction that a reader wants first."""

    name: str
    words: str
    first: str  # "" ascending, "-" descending


COLUMNS = (
    Column("title", "Source", ""),
    Column("type", "Type", ""),
    Column("venue", "Venue", ""),
    Column("credibility", "Credibility", "-"),
    Column("importance", "Importance", "-"),
    Column("pages", "Pages", "-"),
    Column("state", "Link", ""),
    Column("captured_at", "Captured", "-"),
    Column("domain", "Domain", ""),
)
_SORTS = {direction + column.name for column in COLUMNS for direction in ("", "-")}
_CHOICES = {
    "type": [str(kind) for kind in SourceType],
    "credibility": ["5", "4", "3", "2", "1", UNRATED],
    "state": [str(state) for state in LinkState],
    "outcome": [str(outcome) for outcome in Outcome],
}
FILTERS = ("words", *_CHOICES, "venue", "domain")


@dataclass(frozen=True, slots=True)
class SourceList:
    """A list of sources as its address describes it."""

    filters: tuple[tuple[str, str], ...] = ()  # in the order of FILTERS, none of them empty
    sort: str = SORT
    page: int = 1
    rows: int = ROWS

    @property
    def query(self) -> ListQuery:
        """The same, as the store understands it."""
        said = dict(self.filters)
        return ListQuery(
            sort=self.sort,
            type=SourceType(said["type"]) if "type" in said else None,
            venue_id=said.get("venue", ""),
            credibility=_credibility(said.get("credibility", "")),
            state=LinkState(said["state"]) if "state" in said else None,
            outcome=Outcome(said["outcome"]) if "outcome" in said else None,
            domain=said.get("domain", ""),
            words=said.get("words", ""),
            offset=(self.page - 1) * self.rows,
            limit=self.rows,
        )

    def chosen(self, name: str) -> str:
        """What a filter is set to; "" when it is not."""
        return dict(self.filters).get(name, "")

    def address(self, path: str = "/sources") -> str:
        """The address of this list; whatever is as usual is left out."""
        said = list(self.filters)
        if self.sort != SORT:
            said.append(("sort", self.sort))
        if self.rows != ROWS:
            said.append(("rows", str(self.rows)))
        if self.page != 1:
            said.append(("page", str(self.page)))
        return f"{path}?{urlencode(said)}" if said else path

    def sorted_by(self, column: Column) -> "SourceList":
        """The same list by a column: in its first direction, or turned round when it is sorted so already."""
        wanted = column.first + column.name
        turned = "" if column.first else "-"
        return replace(self, sort=turned + column.name if self.sort == wanted else wanted, page=1)

    def direction(self, column: Column) -> str:
        """`ascending` or `descending` when the list is sorted by this column, else ""."""
        if self.sort.removeprefix("-") != column.name:
            return ""
        return "descending" if self.sort.startswith("-") else "ascending"

    def at(self, page: int) -> "SourceList":
        """Another page of the same list."""
        return replace(self, page=page)

    def without(self, name: str) -> "SourceList":
        """The same list with one filter lifted."""
        return replace(self, filters=tuple(pair for pair in self.filters if pair[0] != name), page=1)

    def pages(self, total: int) -> int:
        """How many pages a list of `total` sources has; an empty list has one."""
        return max(1, -(-total // self.rows))


def parse_list(said: Mapping[str, str]) -> SourceList:
    """Read the query of an address. Empty values are as good as none, other names are left to others.

    Raises UsageError on a value that no list can have.
    """
    filters = tuple((name, _filter(name, value)) for name in FILTERS if (value := said.get(name, "").strip()))
    sort = said.get("sort") or SORT
    if sort not in _SORTS:
        raise UsageError(
            f"cannot sort sources by {sort!r}", f"sort by one of: {_join(column.name for column in COLUMNS)}"
        )
    return SourceList(
        filters,
        sort,
        _number("page", said.get("page"), 1, MOST_PAGE),
        _number("rows", said.get("rows"), ROWS, MOST_ROWS),
    )


def _credibility(text: str) -> int | str | None:
    return int(text) if text.isdecimal() else text or None


def _filter(name: str, value: str) -> str:
    choices = _CHOICES.get(name)
    if choices is not None and value not in choices:
        raise UsageError(f"no sources have {name} {value!r}", f"{name} is one of: {_join(choices)}")
    if len(value) > MOST_LETTERS:
        raise UsageError(f"{name} is {len(value)} letters long", f"look for at most {MOST_LETTERS} letters")
    if not value.isprintable():
        raise UsageError(f"{name} {value!r} holds characters that cannot be seen", "leave them out")
    return value


def _number(name: str, text: str | None, usual: int, most: int) -> int:
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and 1 <= int(text) <= most):
        raise UsageError(f"{name} {text[:40]!r} is not a number from 1 to {most:,}", f"try {name}={usual}")
    return int(text)


def _join(words: Iterable[str]) -> str:
    return ", ".join(words)
