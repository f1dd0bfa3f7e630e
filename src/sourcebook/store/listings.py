"""Sources as lists show, sort and filter them. Derived: one row a source, made again whenever the source changes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Select, case, func, insert, select

from sourcebook.store.captures import place_captures
from sourcebook.store.common_tags import by_bits, has_bit, read_common, settle_common, together
from sourcebook.store.database import Database, batches
from sourcebook.store.facets import FACETS, UNRATED, Counted, VenueCounts, value_of
from sourcebook.store.meta import Meta
from sourcebook.store.rows import RowList, RowPage, RowQuery, Shape, ordered
from sourcebook.store.said import read_verdicts, says, settle_verdicts
from sourcebook.store.tables import (
    LISTING_FILTERS,
    LISTING_SORTS,
    citations,
    columns,
    listings,
    source_tags,
)
from sourcebook.types.captures import LinkState, Outcome
from sourcebook.types.listings import Listing
from sourcebook.types.sources import SourceType

_LISTING = columns(listings, Listing)
_COUNTED = "counted"
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)  # before every copy


class ListQuery(Struct, frozen=True):
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
    without: tuple[str, ...] = ()  # ids of sources that are left out
    most: int = 0  # see `RowQuery`

    @property
    def rows(self) -> RowQuery:
        """The same for any list of rows."""
        equal = [(name, value) for name in LISTING_FILTERS if (value := getattr(self, name, None)) not in (None, "")]
        where: list[tuple[str, Any]] = [(name, None if value == UNRATED else value) for name, value in equal]
        if self.captured is False:
            where.append(("captured_at", None))
        if self.verdict:
            where.append(("verdict", self.verdict))
        among = tuple((name, value) for name in _AMONG if (value := getattr(self, name)))
        since = self.since or (_BEGINNING if self.captured else None)
        span = (self.words, since, self.before, self.offset, self.limit)
        return RowQuery(self.sort, tuple(where), among, *span, self.without, self.most)


ListPage = RowPage[Listing]


def _tagged(tag: str) -> Select[Any]:
    return select(source_tags.c.source_id).where(source_tags.c.tag == tag.casefold())


def _cited_by(page_id: str) -> Select[Any]:
    return select(citations.c.source_id).where(citations.c.page_id == page_id)


_AMONG = {"tag": _tagged, "page_id": _cited_by}
_SHAPE = Shape(
    listings,
    Listing,
    listings.c.source_id,
    LISTING_SORTS,
    listings.c.words,
    listings.c.captured_at,
    _AMONG,
    {"verdict": says, "common_tag": partial(has_bit, listings)},
)


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
            self._bring_along([row.source_id for row in rows], rows)
            if tags is not None:
                self._save_tags(tags)
            common = read_common(self._meta)
            for some in batches(rows):
                source_ids = [row.source_id for row in some]
                said = read_verdicts(self._database, source_ids)
                tagged = self._read_tags(source_ids) if common else {}
                values = [
                    _row(row)
                    | {"verdicts": said.get(row.source_id, 0)}
                    | {"common_tags": together(common, tagged.get(row.source_id, ()))}
                    for row in some
                ]
                self._database.execute(self._database.upsert(listings), values)
                self._database.execute(place_captures(source_ids))

    def remove(self, source_ids: Iterable[str]) -> None:
        """Leave sources out of lists."""
        gone = list(source_ids)
        with self._database.write() as connection:
            self._bring_along(gone, ())
            for some in batches(gone):
                connection.execute(listings.delete().where(listings.c.source_id.in_(some)))
                connection.execute(source_tags.delete().where(source_tags.c.source_id.in_(some)))
                connection.execute(place_captures(some))

    def page(self, query: ListQuery) -> ListPage:
        """A page of a list: unknown values last, ties by source id. Raises UsageError on an unknown sort."""
        return self._list.page(by_bits(self._meta, query.rows))

    def count(self, query: ListQuery) -> int:
        """How many rows a list has."""
        return self._list.count(by_bits(self._meta, query.rows))

    def read_many(self, source_ids: Sequence[str]) -> dict[str, Listing]:
        """The rows of those sources that have one."""
        found: dict[str, Listing] = {}
        for some in batches(source_ids):
            rows = self._database.rows(select(*_LISTING).where(listings.c.source_id.in_(some)))
            found |= {row.source_id: Listing(*row) for row in rows}
        return found

    def most_important(self, source_ids: Sequence[str]) -> list[str]:
        """Those of the sources that are listed, the most important first."""
        found: list[tuple[str, int]] = []
        for some in batches(source_ids):
            wanted = select(listings.c.source_id, listings.c.importance).where(listings.c.source_id.in_(some))
            found += map(tuple, self._database.rows(wanted))
        return [source_id for source_id, _ in sorted(found, key=lambda pair: (-pair[1], pair[0]))]

    def facets(self) -> dict[str, dict[str, int]]:
        """How many sources have each type, credibility, state, newest outcome and venue."""
        return (self._counted() or Counted(self._count_facets(), {})).facets

    def venues(self) -> dict[str, VenueCounts]:
        """Venue id to what there is of it; "" for sources without a venue."""
        return (self._counted() or Counted({}, self._count_venues())).venues

    def tags(self, most: int) -> list[str]:
        """The tags that most sources have."""
        number = func.count()
        wanted = select(source_tags.c.tag).group_by(source_tags.c.tag)
        return [row.tag for row in self._database.rows(wanted.order_by(number.desc(), source_tags.c.tag).limit(most))]

    def keep_facets(self) -> None:
        """Count for all readers. From then on the counts are brought along with every row that changes."""
        self._keep(Counted(self._count_facets(), self._count_venues()))
        settle_common(self._database, self._meta, sum(self.facets().get("state", {}).values()))

    def settle_verdicts(self) -> None:
        """Make what each source's row says of its claims follow from the claims that are listed."""
        settle_verdicts(self._database)

    def _counted(self) -> Counted | None:
        kept = self._meta.read(_COUNTED)
        return msgspec.json.decode(kept, type=Counted) if kept else None

    def _keep(self, counted: Counted) -> None:
        self._meta.save(_COUNTED, msgspec.json.encode(counted).decode())

    def _bring_along(self, source_ids: Sequence[str], rows: Iterable[Listing]) -> None:
        """Count the rows that come instead of those that the sources have."""
        counted = self._counted()
        if counted is not None:
            self._keep(
                counted.shifted(self.read_many(source_ids).values(), {row.source_id: row for row in rows}.values())
            )

    def _read_tags(self, source_ids: Sequence[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        wanted = select(source_tags.c.source_id, source_tags.c.tag).where(source_tags.c.source_id.in_(source_ids))
        for source_id, tag in self._database.rows(wanted):
            found.setdefault(source_id, []).append(tag)
        return found

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
        for name in FACETS:
            column = listings.c[name]
            rows = self._database.rows(select(column, func.count()).group_by(column).order_by(column))
            found[name] = {value_of(name, value): number for value, number in rows}
        return found

    def _count_venues(self) -> dict[str, VenueCounts]:
        dead = func.count(case((listings.c.state == LinkState.DEAD, 1)))
        wanted = select(
            listings.c.venue_id, func.count(), dead, func.count(listings.c.captured_at), func.sum(listings.c.pages)
        ).group_by(listings.c.venue_id)
        return {venue_id: VenueCounts(*map(int, counts)) for venue_id, *counts in self._database.rows(wanted)}


def _row(listing: Listing) -> dict[str, Any]:
    return {
        **{name: getattr(listing, name) for name in Listing.__struct_fields__},
        "title_order": ordered(listing.title),
        "venue_order": ordered(listing.venue),
        "words": f"{listing.title}\n{listing.url}".casefold(),
    }
