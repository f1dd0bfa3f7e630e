"""One page of a long list, found in an index however deep it lies: what all lists have in common."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Select, Table, bindparam, func, null, select

from sourcebook.errors import UsageError
from sourcebook.store.database import Database
from sourcebook.store.letters import Lettered, find_lettered
from sourcebook.store.tables import columns

R = TypeVar("R")
_Where = Sequence[tuple[str, Any]]
_Narrow = Callable[[_Where], tuple[list[ColumnElement[bool]], _Where]]

_FEW = 2_000  # rows: where they are spread over a large file, looking up so many takes 10 to 15 ms
_MANY = 50_000  # rows that hold words: more of them are met soon enough without knowing them beforehand
ORDER_CHARACTERS = 80  # of a text, enough to sort by; PostgreSQL's index takes no more than 2,704 bytes


class RowQuery(Struct, frozen=True):
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
    most: int = 0  # rows with words that many hold: the list ends there; 0 for all, however long that takes

    @property
    def descending(self) -> bool:
        """Which way round?"""
        return self.sort.startswith("-")


class RowPage(Struct, Generic[R], frozen=True):
    """Some of the rows that a query lists, and how many there are in all."""

    rows: tuple[R, ...]
    total: int
    more: bool = False  # there are more, and nobody counted them


class Shape(Struct, Generic[R], frozen=True):
    """How rows of a table are listed. Each sort has an index that holds the columns that lists filter by."""

    table: Table
    row: type[R]
    key: ColumnElement[Any]  # breaks ties
    sorts: Mapping[str, ColumnElement[Any]]
    words: ColumnElement[Any] | None = None
    moment: ColumnElement[Any] | None = None  # of `since` and `before`
    among: Mapping[str, Any] | None = None  # name to what gives the few keys meant, or is true of their rows
    tests: Mapping[str, Any] | None = None  # name to what is true of the rows meant, by columns that the indexes hold
    narrow: _Narrow | None = None  # what is true by one column of all filters, and the filters that it does not hold


class RowList(Generic[R]):
    """The pages of one list."""

    def __init__(self, database: Database, shape: Shape[R]) -> None:
        self._database = database
        self._shape = shape
        self._columns = columns(shape.table, shape.row)

    def page(self, query: RowQuery) -> RowPage[R]:
        """A page of the list: unknown values last, ties by key. Raises UsageError on an unknown sort."""
        by = self._sort(query.sort)
        if query.among or query.words:
            return self._picked(query, by)
        total = self.count(query)
        if query.offset >= total:
            return RowPage((), total)
        limit = min(query.limit, total - query.offset)
        behind = total - query.offset - limit
        near = query.offset <= behind  # a page past the middle is counted from the end: no walk sees more than half
        walked = self._order(by, query.descending) if near else self._turned(by, query.descending)
        chosen = self._walk(query, by).order_by(*walked).offset(query.offset if near else behind).limit(limit)
        return RowPage(self._rows(chosen, by, query), total)

    def _picked(self, query: RowQuery, by: ColumnElement[Any]) -> RowPage[R]:
        """A page of what no index of a sort can tell from the rest: what words stand in, or another table names."""
        key, few = self._shape.key, True
        lettered = self._lettered(query)
        if lettered is not None and lettered.number <= _FEW:
            chosen = select(key).where(lettered.rows, *self._conditions(query, indexed=False))
        elif query.among:
            chosen = select(key).where(*self._conditions(query, indexed=True))
        elif self._has_few(query):
            chosen = select(key).where(*self._conditions(query, indexed=True, plain=True))
        else:
            few, chosen = False, self._walk(query, by)
            if lettered is not None and lettered.number <= _MANY:
                chosen = chosen.where(lettered.test)
        chosen = chosen.order_by(*self._order(_unindexed(by) if few else by, query.descending))
        most = 0 if few else query.most
        keys = [row[0] for row in self._database.rows(chosen.limit(most + 1) if most else chosen)]
        more = 0 < most < len(keys)
        total = most if more else len(keys)
        shown = keys[query.offset : min(query.offset + query.limit, total)]
        return RowPage(self._rows(shown, by, query) if shown else (), total, more)

    def _lettered(self, query: RowQuery) -> Lettered | None:
        if not query.words or query.among:
            return None
        return find_lettered(self._database, self._shape.table.name, query.words.casefold(), _MANY)

    def _has_few(self, query: RowQuery) -> bool:
        """Does a filter that begins an index leave few rows?"""
        begins = {column.name for column in self._shape.sorts.values()}
        by_moment = self._shape.moment is not None and self._shape.moment.name in begins
        if not any(name in begins for name, _ in query.where) and not (by_moment and (query.since or query.before)):
            return False
        others = self._conditions(replace(query, words=""), indexed=True, plain=True)
        some = select(self._shape.key).where(*others).limit(_FEW + 1).subquery()
        return int(self._database.rows(select(func.count()).select_from(some))[0][0]) <= _FEW

    def _walk(self, query: RowQuery, by: ColumnElement[Any]) -> Select[Any]:
        """The keys of the rows by the index of the sort, which holds the filters: walking it is quickest, though
        SQLite, left to choose, would take the index of a filter and be ten times slower."""
        return select(self._shape.key).where(*self._conditions(query, indexed=False, by=by))

    def _rows(self, keys: Any, by: ColumnElement[Any], query: RowQuery) -> tuple[R, ...]:
        wanted = select(*self._columns).where(self._shape.key.in_(keys))
        return tuple(map(self._made, self._database.rows(wanted.order_by(*self._order(by, query.descending)))))

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

    def _order(self, by: ColumnElement[Any], descending: bool) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        """Ties go by key, in the direction of the sort: so one index serves both directions."""
        if descending:
            return by.desc().nulls_last(), self._shape.key.desc()
        return by.asc().nulls_last(), self._shape.key.asc()

    def _turned(self, by: ColumnElement[Any], descending: bool) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        """The same order from its end."""
        if descending:
            return by.asc().nulls_first(), self._shape.key.asc()
        return by.desc().nulls_first(), self._shape.key.desc()

    def _conditions(
        self, query: RowQuery, *, indexed: bool, by: ColumnElement[Any] | None = None, plain: bool = False
    ) -> list[ColumnElement[bool]]:
        """`indexed`: may an index be chosen for them? For that of the sort (`by`) in any case. `plain`: each filter by
        its own column, as an index of a sort begins with it?"""
        shape = self._shape
        found: list[ColumnElement[bool]] = []
        where: _Where = query.where
        if shape.narrow is not None and not plain:
            found, where = shape.narrow(where)
        for name, value in where:
            if name in (shape.tests or {}):
                found.append((shape.tests or {})[name](value))
                continue
            column = shape.table.c[name] if indexed else _unindexed(shape.table.c[name])
            found.append(column.is_(None) if value is None else column == value)
        for name, value in query.among:
            meant = (shape.among or {})[name](value)
            found.append(shape.key.in_(meant) if isinstance(meant, Select) else meant)
        if query.words and shape.words is not None:
            found.append(shape.words.contains(query.words.casefold(), autoescape=True))
        if shape.moment is not None:
            moment = shape.moment if indexed or by is shape.moment else _unindexed(shape.moment)
            found += [moment >= query.since] if query.since is not None else []
            found += [moment < query.before] if query.before is not None else []
        if query.without:  # in the statement itself: they may be more than a database takes as values of one
            found.append(shape.key.not_in(bindparam("without", query.without, expanding=True, literal_execute=True)))
        return found


def ordered(text: str) -> str | None:
    """A text as people sort it; None, which comes last, where there is none."""
    return text.casefold()[:ORDER_CHARACTERS] or None


def _unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The same value, in a form for which no index is chosen."""
    return func.coalesce(column, null())
