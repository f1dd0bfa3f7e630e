"""Sources as lists show, sort and filter them. Derived: one row a source, made again whenever the source changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, func, select

from sourcebook.errors import UsageError
from sourcebook.store.database import Database, batches
from sourcebook.store.tables import columns, listings
from sourcebook.types import LinkState, Listing, Outcome, SourceType

UNRATED = "unrated"  # stands for a credibility that nobody has given

_LISTING = columns(listings, Listing)
_ORDER_CHARACTERS = 80  # enough to sort by; PostgreSQL's index takes no more than 2,704 bytes
_SORTS = {
    "title": listings.c.title_order,
    "type": listings.c.type,
    "venue": listings.c.venue_order,
    "credibility": listings.c.credibility,
    "importance": listings.c.importance,
    "pages": listings.c.pages,
    "state": listings.c.state,
    "captured_at": listings.c.captured_at,
    "domain": listings.c.domain,
}
_FACETS = ("type", "credibility", "state", "venue_id")


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

    SORTS = tuple(_SORTS)

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, rows: Sequence[Listing]) -> None:
        """Keep rows instead of what was kept of their sources."""
        with self._database.write():
            for some in batches(rows):
                self._database.execute(self._database.upsert(listings), list(map(_row, some)))

    def remove(self, source_ids: Iterable[str]) -> None:
        """Leave sources out of lists."""
        with self._database.write() as connection:
            for some in batches(source_ids):
                connection.execute(listings.delete().where(listings.c.source_id.in_(some)))

    def page(self, query: ListQuery) -> ListPage:
        """A page of a list: unknown values last, ties by source id. Raises UsageError on an unknown sort."""
        conditions = _conditions(query)
        order, last = _order(query.sort)
        wanted = select(*_LISTING).where(*conditions).order_by(last, order, listings.c.source_id)
        rows = self._database.rows(wanted.offset(query.offset).limit(query.limit))
        total = self._database.rows(select(func.count()).select_from(listings).where(*conditions))[0][0]
        return ListPage(tuple(Listing(*row) for row in rows), total)

    def read_many(self, source_ids: Sequence[str]) -> dict[str, Listing]:
        """The rows of those sources that have one."""
        found: dict[str, Listing] = {}
        for some in batches(source_ids):
            rows = self._database.rows(select(*_LISTING).where(listings.c.source_id.in_(some)))
            found |= {row.source_id: Listing(*row) for row in rows}
        return found

    def facets(self) -> dict[str, dict[str, int]]:
        """How many sources have each type, credibility, state and venue."""
        found: dict[str, dict[str, int]] = {}
        for name in _FACETS:
            column = listings.c[name]
            rows = self._database.rows(select(column, func.count()).group_by(column).order_by(column))
            found[name] = {UNRATED if value is None else str(value): number for value, number in rows}
        return found


def _order(sort: str) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    column = _SORTS.get(sort.removeprefix("-"))
    if column is None:
        raise UsageError(
            f"cannot sort by {sort!r}", f"sort by one of {', '.join(_SORTS)}, with - in front to turn it round"
        )
    return (column.desc() if sort.startswith("-") else column.asc()), column.is_(None)


def _conditions(query: ListQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        listings.c[name] == value
        for name in ("type", "venue_id", "state", "outcome", "domain")
        if (value := getattr(query, name))
    ]
    if query.credibility is not None:
        rating = None if query.credibility == UNRATED else query.credibility
        found.append(listings.c.credibility.is_(None) if rating is None else listings.c.credibility == rating)
    if query.words:
        found.append(listings.c.words.contains(query.words.casefold(), autoescape=True))
    return found


def _row(listing: Listing) -> dict[str, Any]:
    return {
        **{field.name: getattr(listing, field.name) for field in fields(Listing)},
        "title_order": listing.title.casefold()[:_ORDER_CHARACTERS] or None,
        "venue_order": listing.venue.casefold()[:_ORDER_CHARACTERS] or None,
        "words": f"{listing.title}\n{listing.url}".casefold(),
    }
