"""A list as a reader asked for it: read once from an address, and asked of the store. Parsing is pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from msgspec import Struct
from msgspec.structs import replace

from sourcebook.errors import UsageError
from sourcebook.records.catalogues import Catalogue, Column, Filter, Kind
from sourcebook.store import UNRATED, ListQuery, RowQuery
from sourcebook.types.captures import LinkState, Outcome
from sourcebook.types.sources import SourceType

ROWS = 50
ROW_CHOICES = (25, 50, 100, 200)
MOST_ROWS = 200
MOST_PAGE = 1_000_000  # far past any library, and small enough for every database's numbers
MOST_LETTERS = 200  # of a text to look for
_BESIDES = ("sort", "columns", "page", "rows")  # what an address says of a list besides its filters
MOST_FOUND = 1_000  # rows with words that many hold, as a reader turns the pages; a list that is taken away has all


class View(Struct, frozen=True):
    """A list with its filters, order, columns and place: what its address says."""

    of: Catalogue
    filters: tuple[tuple[str, str], ...] = ()  # in the order of the catalogue, none of them empty
    sort: str = ""
    columns: tuple[str, ...] = ()  # empty: the usual ones
    page: int = 1
    rows: int = ROWS
    whole: bool = False  # to its end, also where many rows hold the words that are looked for

    @property
    def most(self) -> int:
        """How many rows of those that hold the words; 0 for all."""
        return 0 if self.whole else MOST_FOUND

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.page - 1) * self.rows

    @property
    def sorting(self) -> str:
        """The sort that counts."""
        return self.sort or self.of.sort

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns that are shown, in the order of the catalogue."""
        if not self.columns:
            return tuple(column for column in self.of.columns if column.usual)
        return tuple(column for column in self.of.columns if column.name in self.columns)

    def chosen(self, name: str) -> str:
        """What a filter is set to; "" when it is not."""
        return dict(self.filters).get(name, "")

    def address(self, path: str = "") -> str:
        """The address of this list; whatever is as usual is left out."""
        said = list(self.filters)
        if self.sorting != self.of.sort:
            said.append(("sort", self.sort))
        if self.columns:
            said.append(("columns", ",".join(self.columns)))
        if self.rows != ROWS:
            said.append(("rows", str(self.rows)))
        if self.page != 1:
            said.append(("page", str(self.page)))
        path = path or self.of.path
        return f"{path}?{urlencode(said, safe=',')}" if said else path

    def sorted_by(self, column: Column) -> "View":
        """The same list by a column: in its first direction, or turned round when it is sorted so already."""
        wanted = column.first + column.name
        turned = "" if column.first else "-"
        return replace(self, sort=turned + column.name if self.sorting == wanted else wanted, page=1)

    def direction(self, column: Column) -> str:
        """`ascending` or `descending` when the list is sorted by this column, else ""."""
        if self.sorting.removeprefix("-") != column.name:
            return ""
        return "descending" if self.sorting.startswith("-") else "ascending"

    def at(self, page: int) -> "View":
        """Another page of the same list."""
        return replace(self, page=page)

    def with_rows(self, rows: int) -> "View":
        """The same list with so many rows on a page."""
        return replace(self, rows=rows, page=1)

    def without(self, name: str) -> "View":
        """The same list with one filter lifted."""
        return replace(self, filters=tuple(pair for pair in self.filters if pair[0] != name), page=1)

    def pages(self, total: int) -> int:
        """How many pages a list of `total` rows has; an empty list has one."""
        return max(1, -(-total // self.rows))


def parse_view(of: Catalogue, said: Iterable[tuple[str, str]]) -> View:
    """Read the query of an address. Empty values are as good as none, other names are left to others.

    Raises UsageError on a value that no list can have.
    """
    pairs = [(name, value.strip()) for name, value in said if value.strip()]
    last = dict(pairs)
    filters = tuple((one.name, _checked(of, one, last[one.name])) for one in of.filters if one.name in last)
    sorts = [column.name for column in of.columns]
    sort = last.get("sort", "")
    if sort and sort.removeprefix("-") not in sorts:
        raise UsageError(f"cannot sort {of.name} by {sort!r}", f"sort by one of: {', '.join(sorts)}")
    named = [name for key, value in pairs if key == "columns" for name in value.split(",")]
    if unknown := [name for name in named if name not in sorts]:
        raise UsageError(f"{of.name} have no column {unknown[0]!r}", f"columns are: {', '.join(sorts)}")
    return View(
        of,
        filters,
        "" if sort == of.sort else sort,
        _chosen(of, named),
        _number("page", last.get("page"), 1, MOST_PAGE),
        _number("rows", last.get("rows"), ROWS, MOST_ROWS),
    )


def parse_exact_view(of: Catalogue, said: Iterable[tuple[str, str]]) -> View:
    """The same for programs, which do not see that a filter with a slip in its name filters nothing.

    Raises UsageError on a name that the list does not know, too.
    """
    pairs = list(said)
    names = [*(one.name for one in of.filters), *_BESIDES]
    if unknown := [name for name, _ in pairs if name not in names]:
        raise UsageError(f"{of.name} have no filter {unknown[0][:MOST_LETTERS]!r}", f"there are: {', '.join(names)}")
    return parse_view(of, pairs)


def _chosen(of: Catalogue, named: Sequence[str]) -> tuple[str, ...]:
    """In the order of the catalogue, with its first column always; empty when they are the usual ones."""
    wanted = {*named, of.columns[0].name} if named else set()
    chosen = tuple(column.name for column in of.columns if column.name in wanted)
    return () if chosen == tuple(column.name for column in of.columns if column.usual) else chosen


def _checked(of: Catalogue, one: Filter, value: str) -> str:
    if one.kind is Kind.CHOICE and value not in one.choices:
        hint = f"{one.name} is one of: {', '.join(one.choices)}"
        raise UsageError(f"no {of.name} have {one.name} {value!r}", hint)
    if one.kind is Kind.DATE:
        _day(one.name, value)
    if len(value) > MOST_LETTERS:
        raise UsageError(f"{one.name} is {len(value)} letters long", f"look for at most {MOST_LETTERS} letters")
    if not value.isprintable():
        raise UsageError(f"{one.name} {value!r} holds characters that cannot be seen", "leave them out")
    if one.name == "status":
        _number("status", value, 0, 999)
    return value


def _number(name: str, text: str | None, usual: int, most: int) -> int:
    if not text:
        return usual
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and 1 <= int(text) <= most):
        raise UsageError(f"{name} {text[:40]!r} is not a number from 1 to {most:,}", f"try {name}={usual or 200}")
    return int(text)


def _day(name: str, text: str) -> datetime:
    """The beginning of a day. Raises UsageError for what is none."""
    try:
        found = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year <= 9000:
        raise UsageError(f"{name} {text[:40]!r} is not a day", f"write it as {name}=2026-04-07")
    return datetime.combine(found, time(), UTC)


# --- what is asked of the store -------------------------------------------------------------------------


def sources_query(view: View) -> ListQuery:
    """A list of sources, as the store understands it."""
    said = dict(view.filters)
    since, before = _span(said)
    return ListQuery(
        sort=view.sorting,
        type=SourceType(said["type"]) if "type" in said else None,
        venue_id=said.get("venue", ""),
        credibility=_credibility(said["credibility"]) if "credibility" in said else None,
        state=LinkState(said["state"]) if "state" in said else None,
        outcome=Outcome(said["outcome"]) if "outcome" in said else None,
        domain=said.get("domain", ""),
        words=said.get("words", ""),
        offset=view.offset,
        limit=view.rows,
        tag=said.get("tag", ""),
        page_id=said.get("cited_by", ""),
        verdict=said.get("verdict", ""),
        captured={"yes": True, "no": False}.get(said.get("captured", "")),
        since=since,
        before=before,
        most=view.most,
    )


_AS_SAID = ("verdict", "reason", "state", "type", "outcome", "origin", "media_type", "with")
_WHERE: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "credibility": ("credibility", lambda said: None if said == UNRATED else int(said)),
    "venue": ("venue_id", str),
    "review": ("review", lambda said: "" if said == "none" else said),
    "quote": ("quote_altered", lambda said: said == "altered"),
    "status": ("status", int),
    **{name: (name, str) for name in _AS_SAID},
}
_AMONG = {"cited_by": "page", "source": "source", "tag": "tag"}


def rows_query(view: View) -> RowQuery:
    """Any other list, as the store understands it."""
    where: list[tuple[str, Any]] = []
    among: list[tuple[str, Any]] = []
    for name, value in view.filters:
        if name in _AMONG:
            among.append((_AMONG[name], value))
        elif name in _WHERE:
            column, read = _WHERE[name]
            where.append((column, read(value)))
    since, before = _span(dict(view.filters))
    words = view.chosen("words")
    span = (words, since, before, view.offset, view.rows)
    return RowQuery(view.sorting, tuple(where), tuple(among), *span, most=view.most)


def _credibility(said: str) -> int | str:
    return said if said == UNRATED else int(said)


def _span(said: Mapping[str, str]) -> tuple[datetime | None, datetime | None]:
    """From the beginning of one day to the end of another."""
    since = _day("since", said["since"]) if "since" in said else None
    until = _day("until", said["until"]) + timedelta(days=1) if "until" in said else None
    return since, until
