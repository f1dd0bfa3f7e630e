"""One page of a long list, found in an index however deep it lies: what all lists have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, Table, bindparam, func, null, select

from sourcebook.errors import UsageError
from sourcebook.store.database import Database
from sourcebook.store.tables import columns

R = TypeVar("R")

_RARE = 10  # looking up a row costs some six times what reading the next one does; the walk sees a share of all rows
ORDER_CHARACTERS = 80  # of a text, enough to sort by; PostgreSQL's index takes no more than 2,704 bytes


@dataclass(frozen=True, slots=True)
class RowQuery:
    """Which rows to list, and how."""

    sort: str  # a name of the list's sorts, with "-" in front for descending
    where: tuple[tuple[str, Any], ...] = ()  # column (or one of `Shape.tests`) and value, None where it is not known
    among: tuple[tuple[str, Any], ...] = ()  # name of a `Shape.among` and what it is asked for
    words: str = ""  # somewhere in the row's words, in any case
    since: datetime | None = None
    before: datetime | None = None
    offset: int = 0
    limit: int = 50
    without: tuple[str, ...] = ()  # keys of rows that are left out


@dataclass(frozen=True)  # no slots: `RowPage[Listing](…)` would fail to say what it is a page of
class RowPage(Generic[R]):
    """Some of the rows that a query lists, and how many there are in all."""

    rows: tuple[R, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Shape(Generic[R]):
    """How rows of a table are listed. Each sort has an index that holds the columns that lists filter by."""

    table: Table
    row: type[R]
    key: ColumnElement[Any]  # breaks ties
    sorts: Mapping[str, ColumnElement[Any]]
    words: ColumnElement[Any] | None = None
    moment: ColumnElement[Any] | None = None  # of `since` and `before`
    among: Mapping[str, Any] | None = None  # name to what gives the keys of the few rows meant, from what is asked
    tests: Mapping[str, Any] | None = None  # name to what is true of the rows meant, by columns that the indexes hold


class RowList(Generic[R]):
    """The pages of one list."""

    def __init__(self, database: Database, shape: Shape[R]) -> None:
        self._database = database
        self._shape = shape
        self._columns = columns(shape.table, shape.row)

    def page(self, query: RowQuery) -> RowPage[R]:
        """A page of the list: unknown values last, ties by key. Raises UsageError on an unknown sort."""
        shape, by = self._shape, self._sort(query.sort)
        total = self.count(query)
        if query.offset >= total:
            return RowPage((), total)
        # The index of the sort holds the filters: walking it is quickest, though SQLite, left to choose, would take the
        # index of a filter and be ten times slower. Words stand in no index, nor does what is asked of other tables:
        # where that leaves so few rows that the walk would look up many, it is quicker to find and sort those.
        walk = not (query.words or query.among) or query.offset + query.limit < total / _RARE
        by = by if walk else _unindexed(by)
        order = self._order(by, descending=query.sort.startswith("-"))
        limit = min(query.limit, total - query.offset)
        behind = total - query.offset - limit
        near = query.offset <= behind  # a page past the middle is counted from the end: no walk sees more than half
        walked = order if near else self._turned(by, descending=query.sort.startswith("-"))
        chosen = select(shape.key).where(*self._conditions(query, indexed=not walk)).order_by(*walked)
        chosen = chosen.offset(query.offset if near else behind).limit(limit)
        wanted = select(*self._columns).where(shape.key.in_(chosen)).order_by(*order)
        return RowPage(tuple(map(self._made, self._database.rows(wanted))), total)

    def count(self, query: RowQuery) -> int:
        """How many rows a query lists."""
        conditions = self._conditions(query, indexed=True)
        wanted = select(func.count()).select_from(self._shape.table).where(*conditions)
        return int(self._database.rows(wanted)[0][0])

    def _made(self, row: Sequence[Any]) -> R:
        return self._shape.row(*row)

    def _sort(self, sort: str) -> ColumnElement[Any]:
        column = self._shape.sorts.get(sort.removeprefix("-"))
        if column is None:
            hint = f"sort by one of {', '.join(self._shape.sorts)}, with - in front to turn it round"
            raise UsageError(f"cannot sort by {sort!r}", hint)
        return column

    def _order(self, by: ColumnElement[Any], *, descending: bool) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        """Ties go by key, in the direction of the sort: so one index serves both directions."""
        if descending:
            return by.desc().nulls_last(), self._shape.key.desc()
        return by.asc().nulls_last(), self._shape.key.asc()

    def _turned(self, by: ColumnElement[Any], *, descending: bool) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        """The same order from its end."""
        if descending:
            return by.asc().nulls_first(), self._shape.key.asc()
        return by.desc().nulls_first(), self._shape.key.desc()

    def _conditions(self, query: RowQuery, *, indexed: bool) -> list[ColumnElement[bool]]:
        shape = self._shape
        found: list[ColumnElement[bool]] = []
        for name, value in query.where:
            if name in (shape.tests or {}):
                found.append((shape.tests or {})[name](value))
                continue
            column = shape.table.c[name] if indexed else _unindexed(shape.table.c[name])
            found.append(column.is_(None) if value is None else column == value)
        for name, value in query.among:
            keys: Select[Any] = (shape.among or {})[name](value)
            found.append(shape.key.in_(keys))
        if query.words and shape.words is not None:
            found.append(shape.words.contains(query.words.casefold(), autoescape=True))
        if shape.moment is not None and query.since is not None:
            found.append(shape.moment >= query.since)
        if shape.moment is not None and query.before is not None:
            found.append(shape.moment < query.before)
        if query.without:  # in the statement itself: they may be more than a database takes as values of one
            found.append(shape.key.not_in(bindparam("without", query.without, expanding=True, literal_execute=True)))
        return found


def ordered(text: str) -> str | None:
    """A text as people sort it; None, which comes last, where there is none."""
    return text.casefold()[:ORDER_CHARACTERS] or None


def _unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The same value, in a form for which no index is chosen."""
    return func.coalesce(column, null())
