"""Sources as lists show, sort and filter them. Derived: one row a source, made again whenever the source changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Select, case, func, insert, select

from sourcebook.store.database import Database, batches
from sourcebook.store.meta import Meta
from sourcebook.store.rows import RowList, RowPage, RowQuery, Shape, ordered
from sourcebook.store.tables import (
    LISTING_FILTERS,
    LISTING_SORTS,
    citations,
    claim_listings,
    columns,
    listings,
    source_tags,
)
from sourcebook.types.captures import LinkState, Outcome
from sourcebook.types.listings import Listing
from sourcebook.types.sources import SourceType

UNRATED = "unrated"  # stands for a credibility that nobody has given

_LISTING = columns(listings, Listing)
_FACETS = ("type", "credibility", "state", "outcome", "venue_id")
_FACETS_KEPT = "facets"
_VENUES_KEPT = "venues"
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)  # before every copy


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
    tag: str = ""
    page_id: str = ""  # cited by this page
    verdict: str = ""  # with a claim of which it says this: a `Support`, or UNJUDGED
    captured: bool | None = None  # is there a copy to read?
    since: datetime | None = None  # its copy was captured then or later
    before: datetime | None = None  # or earlier than this

    @property
    def rows(self) -> RowQuery:
        """The same for any list of rows."""
        equal = [(name, value) for name in LISTING_FILTERS if (value := getattr(self, name, None)) not in (None, "")]
        where: list[tuple[str, Any]] = [(name, None if value == UNRATED else value) for name, value in equal]
        if self.captured is False:
            where.append(("captured_at", None))
        among = tuple((name, value) for name in _AMONG if (value := getattr(self, name)))
        since = self.since or (_BEGINNING if self.captured else None)
        return RowQuery(self.sort, tuple(where), among, self.words, since, self.before, self.offset, self.limit)


ListPage = RowPage[Listing]


@dataclass(frozen=True, slots=True)
class VenueCounts:
    """What a library holds of one venue."""

    sources: int
    dead: int
    captured: int
    pages: int  # citing pages, summed over its sources


def _tagged(tag: str) -> Select[Any]:
    return select(source_tags.c.source_id).where(source_tags.c.tag == tag.casefold())


def _cited_by(page_id: str) -> Select[Any]:
    return select(citations.c.source_id).where(citations.c.page_id == page_id)


def _saying(verdict: str) -> Select[Any]:
    return select(claim_listings.c.source_id).where(claim_listings.c.verdict == verdict)


_AMONG = {"tag": _tagged, "page_id": _cited_by, "verdict": _saying}
_SHAPE = Shape(listings, Listing, listings.c.source_id, LISTING_SORTS, listings.c.words, listings.c.captured_at, _AMONG)


class Listings:
    """The rows behind every list of sources."""

    SORTS = tuple(LISTING_SORTS)

    def __init__(self, database: Database, meta: Meta) -> None:
        self._database = database
        self._meta = meta
        self._list = RowList(database, _SHAPE)

    def save(self, rows: Sequence[Listing], tags: Mapping[str, Sequence[str]] | None = None) -> None:
        """Keep rows instead of what was kept of their sources; `tags` by source id."""
        with self._database.write():
            self._meta.save(_FACETS_KEPT, "")
            for some in batches(rows):
                self._database.execute(self._database.upsert(listings), list(map(_row, some)))
            if tags is not None:
                self._save_tags(tags)

    def remove(self, source_ids: Iterable[str]) -> None:
        """Leave sources out of lists."""
        with self._database.write() as connection:
            self._meta.save(_FACETS_KEPT, "")
            for some in batches(source_ids):
                connection.execute(listings.delete().where(listings.c.source_id.in_(some)))
                connection.execute(source_tags.delete().where(source_tags.c.source_id.in_(some)))

    def page(self, query: ListQuery) -> ListPage:
        """A page of a list: unknown values last, ties by source id. Raises UsageError on an unknown sort."""
        return self._list.page(query.rows)

    def read_many(self, source_ids: Sequence[str]) -> dict[str, Listing]:
        """The rows of those sources that have one."""
        found: dict[str, Listing] = {}
        for some in batches(source_ids):
            rows = self._database.rows(select(*_LISTING).where(listings.c.source_id.in_(some)))
            found |= {row.source_id: Listing(*row) for row in rows}
        return found

    def facets(self) -> dict[str, dict[str, int]]:
        """How many sources have each type, credibility, state, newest outcome and venue."""
        kept = self._meta.read(_FACETS_KEPT)
        return msgspec.json.decode(kept, type=dict[str, dict[str, int]]) if kept else self._count_facets()

    def venues(self) -> dict[str, VenueCounts]:
        """Venue id to what there is of it; "" for sources without a venue."""
        kept = self._meta.read(_VENUES_KEPT) if self._meta.read(_FACETS_KEPT) else None
        return msgspec.json.decode(kept, type=dict[str, VenueCounts]) if kept else self._count_venues()

    def tags(self, most: int) -> list[str]:
        """The tags that most sources have."""
        number = func.count()
        wanted = select(source_tags.c.tag).group_by(source_tags.c.tag)
        return [row.tag for row in self._database.rows(wanted.order_by(number.desc(), source_tags.c.tag).limit(most))]

    def keep_facets(self) -> None:
        """Count once for all readers, until a row changes: counting 100,000 rows takes longer than showing fifty."""
        self._meta.save(_VENUES_KEPT, msgspec.json.encode(self._count_venues()).decode())
        self._meta.save(_FACETS_KEPT, msgspec.json.encode(self._count_facets()).decode())

    def _save_tags(self, tags: Mapping[str, Sequence[str]]) -> None:
        with self._database.write() as connection:
            for some in batches(tags.items()):
                source_ids = [source_id for source_id, _ in some]
                connection.execute(source_tags.delete().where(source_tags.c.source_id.in_(source_ids)))
                pairs = {(tag.casefold(), source_id) for source_id, words in some for tag in words}
                rows = [{"tag": tag, "source_id": source_id} for tag, source_id in sorted(pairs)]
                self._database.execute(insert(source_tags), rows)

    def _count_facets(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for name in _FACETS:
            column = listings.c[name]
            rows = self._database.rows(select(column, func.count()).group_by(column).order_by(column))
            unknown = UNRATED if name == "credibility" else "none"
            found[name] = {unknown if value is None else str(value): number for value, number in rows}
        return found

    def _count_venues(self) -> dict[str, VenueCounts]:
        dead = func.count(case((listings.c.state == LinkState.DEAD, 1)))
        wanted = select(
            listings.c.venue_id, func.count(), dead, func.count(listings.c.captured_at), func.sum(listings.c.pages)
        ).group_by(listings.c.venue_id)
        return {venue_id: VenueCounts(*map(int, counts)) for venue_id, *counts in self._database.rows(wanted)}


def _row(listing: Listing) -> dict[str, Any]:
    return {
        **{field.name: getattr(listing, field.name) for field in fields(Listing)},
        "title_order": ordered(listing.title),
        "venue_order": ordered(listing.venue),
        "words": f"{listing.title}\n{listing.url}".casefold(),
    }
