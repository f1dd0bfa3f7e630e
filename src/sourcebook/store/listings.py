"""Sources as lists show, sort and filter them. Derived: one row a source, made again whenever the source changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, func, null, select

from sourcebook.errors import UsageError
from sourcebook.store.database import Database, batches
from sourcebook.store.meta import Meta
from sourcebook.store.tables import LISTING_FILTERS, LISTING_SORTS, columns, listings
from sourcebook.types import LinkState, Listing, Outcome, SourceType

UNRATED = "unrated"  # stands for a credibility that nobody has given

_LISTING = columns(listings, Listing)
_ORDER_CHARACTERS = 80  # enough to sort by; PostgreSQL's index takes no more than 2,704 bytes
_RARE = 10  # looking up a row costs some six times what reading the next one does; the walk sees a share of all rows
_FACETS = ("type", "credibility", "state", "venue_id")
_FACETS_KEPT = "facets"


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Which sources to list, and how. An empty filter lets everything through."""

    sort: str = "-importance"  # a name of Listings.SORTS, with "-" in front for descending
    type: SourceType | None = None
    venue_id: str = ""
    credibility: int | str | None = None  # 1 to 5, or UNRATED
    state: LinkState | None = None
    outcome: Outcome | None = None
    domain: str = ""
    words: str = ""  # somewhere in the title or the address, in any case
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some of the sources that a query lists, and how many there are in all."""

    rows: tuple[Listing, ...]
    total: int


class Listings:
    """The rows behind every list of sources."""

    SORTS = tuple(LISTING_SORTS)

    def __init__(self, database: Database, meta: Meta) -> None:
        self._database = database
        self._meta = meta

    def save(self, rows: Sequence[Listing]) -> None:
        """Keep rows instead of what was kept of their sources."""
        with self._database.write():
            self._meta.save(_FACETS_KEPT, "")
            for some in batches(rows):
                self._database.execute(self._database.upsert(listings), list(map(_row, some)))

    def remove(self, source_ids: Iterable[str]) -> None:
        """Leave sources out of lists."""
        with self._database.write() as connection:
            self._meta.save(_FACETS_KEPT, "")
            for some in batches(source_ids):
                connection.execute(listings.delete().where(listings.c.source_id.in_(some)))

    def page(self, query: ListQuery) -> ListPage:
        """A page of a list: unknown values last, ties by source id. Raises UsageError on an unknown sort."""
        column = _column(query.sort)
        total = self._count(query)
        if query.offset >= total:
            return ListPage((), total)
        # The index of the sort holds the filters: walking it is quickest, though SQLite, left to choose, would take the
        # index of a filter and be ten times slower. Words stand in no index: where they are so rare that the walk
        # would look up many rows, it is quicker to read all rows in their own order and sort what is found.
        walk = not query.words or query.offset + query.limit < total / _RARE
        order = _order(column if walk else _unindexed(column), descending=query.sort.startswith("-"))
        chosen = select(listings.c.source_id).where(*_conditions(query, indexed=not walk)).order_by(*order)
        chosen = chosen.offset(query.offset).limit(query.limit)
        wanted = select(*_LISTING).where(listings.c.source_id.in_(chosen)).order_by(*order)
        return ListPage(tuple(Listing(*row) for row in self._database.rows(wanted)), total)

    def read_many(self, source_ids: Sequence[str]) -> dict[str, Listing]:
        """The rows of those sources that have one."""
        found: dict[str, Listing] = {}
        for some in batches(source_ids):
            rows = self._database.rows(select(*_LISTING).where(listings.c.source_id.in_(some)))
            found |= {row.source_id: Listing(*row) for row in rows}
        return found

    def facets(self) -> dict[str, dict[str, int]]:
        """How many sources have each type, credibility, state and venue."""
        kept = self._meta.read(_FACETS_KEPT)
        return msgspec.json.decode(kept, type=dict[str, dict[str, int]]) if kept else self._count_facets()

    def keep_facets(self) -> None:
        """Count once for all readers, until a row changes: counting 100,000 rows takes longer than showing fifty."""
        self._meta.save(_FACETS_KEPT, msgspec.json.encode(self._count_facets()).decode())

    def _count(self, query: ListQuery) -> int:
        wanted = select(func.count()).select_from(listings).where(*_conditions(query, indexed=True))
        return int(self._database.rows(wanted)[0][0])

    def _count_facets(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for name in _FACETS:
            column = listings.c[name]
            rows = self._database.rows(select(column, func.count()).group_by(column).order_by(column))
            found[name] = {UNRATED if value is None else str(value): number for value, number in rows}
        return found


def _column(sort: str) -> ColumnElement[Any]:
    column = LISTING_SORTS.get(sort.removeprefix("-"))
    if column is None:
        hint = f"sort by one of {', '.join(LISTING_SORTS)}, with - in front to turn it round"
        raise UsageError(f"cannot sort by {sort!r}", hint)
    return column


def _order(by: ColumnElement[Any], *, descending: bool) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Ties go by source id, in the direction of the sort: so one index serves both directions."""
    if descending:
        return by.desc().nulls_last(), listings.c.source_id.desc()
    return by.asc().nulls_last(), listings.c.source_id.asc()


def _conditions(query: ListQuery, *, indexed: bool) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for name in LISTING_FILTERS:
        if (value := getattr(query, name)) not in (None, ""):
            column = listings.c[name] if indexed else _unindexed(listings.c[name])
            found.append(column.is_(None) if value == UNRATED else column == value)
    if query.words:
        found.append(listings.c.words.contains(query.words.casefold(), autoescape=True))
    return found


def _unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The same value, in a form for which no index is chosen."""
    return func.coalesce(column, null())


def _row(listing: Listing) -> dict[str, Any]:
    return {
        **{field.name: getattr(listing, field.name) for field in fields(Listing)},
        "title_order": listing.title.casefold()[:_ORDER_CHARACTERS] or None,
        "venue_order": listing.venue.casefold()[:_ORDER_CHARACTERS] or None,
        "words": f"{listing.title}\n{listing.url}".casefold(),
    }
