"""What is made from the originals and can be made again: results of steps, and the rows of lists with their indexes."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ColumnElement, Float, ForeignKey, Index, Integer, Table

from sourcebook.store.columns import Moment, OneOf, Words
from sourcebook.store.tables.originals import captures, metadata
from sourcebook.types.captures import LinkState, Outcome
from sourcebook.types.listings import Waits
from sourcebook.types.sources import SourceType

WAITING = {problem: f"waits_{problem.replace('-', '_')}" for problem in Waits}


def _where(condition: ColumnElement[bool]) -> dict[str, Any]:
    """An index of some rows only. Of PostgreSQL too, by the migrations that make it: to say so here would load, at each
    start, what speaks to a PostgreSQL that is not there."""
    return {"sqlite_where": condition}


def _page_key(*, primary_key: bool = False) -> Column[Any]:
    """What is derived of a page goes with it."""
    parent = ForeignKey("pages.id", ondelete="CASCADE")
    return Column("page_id", Words, parent, primary_key=primary_key, nullable=False)


derived = Table(
    "derived",
    metadata,
    Column("step", Words, primary_key=True),
    Column("subject", Words, primary_key=True),
    Column("fingerprint", Words, nullable=False),
    Column("failure", Words),  # why the step failed on the subject; NULL where it did not
    Column("value", Words),  # NULL where it failed
)
Index("derived_failures", derived.c.step, derived.c.subject, **_where(derived.c.failure.is_not(None)))

listings = Table(
    "listings",
    metadata,
    Column("source_id", Words, primary_key=True),
    Column("stable_id", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("type", OneOf(SourceType), nullable=False),
    Column("domain", Words, nullable=False),
    Column("venue_id", Words, nullable=False),
    Column("venue", Words, nullable=False),
    Column("credibility", Integer),
    Column("importance", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("state", OneOf(LinkState), nullable=False),
    Column("outcome", OneOf(Outcome)),
    Column("captured_at", Moment),
    Column("title_order", Words),  # as people sort: case folded, and short enough for an index; NULL without a title
    Column("venue_order", Words),
    Column("words", Words, nullable=False),  # title and address, case folded, to search in
    Column("verdicts", Integer, nullable=False, server_default="0"),  # what its claims say of it: a bit each, `said.py`
    Column("common_tags", BigInteger, nullable=False, server_default="0"),  # a bit each, `common_tags.py`
)

# the tags of each source, to find sources by
source_tags = Table(
    "source_tags",
    metadata,
    Column("tag", Words, primary_key=True),  # case folded
    Column("source_id", Words, primary_key=True),
    Index("source_tags_source", "source_id"),
)

claim_listings = Table(
    "claim_listings",
    metadata,
    Column("key", Words, primary_key=True),  # page id, position and source id
    _page_key(),
    Column("position", Integer, nullable=False),
    Column("source_id", Words, nullable=False),
    Column("claim_id", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("start", Integer, nullable=False),
    Column("line", Integer, nullable=False),
    Column("page", Words, nullable=False),
    Column("path", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("type", OneOf(SourceType), nullable=False),
    Column("venue_id", Words, nullable=False),
    Column("venue", Words, nullable=False),
    Column("credibility", Integer),
    Column("importance", Integer, nullable=False),
    Column("state", OneOf(LinkState), nullable=False),
    Column("verdict", Words, nullable=False),
    Column("carried", Words, nullable=False),
    Column("confidence", Integer),
    Column("reason", Words, nullable=False),
    Column("quote_altered", Boolean, nullable=False),
    Column("problem", Words, nullable=False),
    Column("review", Words, nullable=False),
    Column("text_order", Words),  # as those of `listings`
    Column("page_order", Words),
    Column("source_order", Words),
    Column("words", Words, nullable=False),
    Column("common_tags", BigInteger, nullable=False, server_default="0"),  # those of its source
    Column("filters", Integer, nullable=False, server_default="0"),  # some bits a filter, `claim_filters.py`
    Index("claim_listings_page", "page_id"),
    Index("claim_listings_claim", "claim_id"),
    Index("claim_listings_by_problem", "problem", "importance", "key", "reason"),
    Index("claim_listings_by_filters", "filters", "venue_id", "common_tags"),  # the smallest: rows are counted by it
    Index("claim_listings_of_source", "source_id", "verdict", "filters", "venue_id"),
)

page_listings = Table(
    "page_listings",
    metadata,
    _page_key(primary_key=True),
    Column("path", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("type", Words, nullable=False),
    Column("quality", Float(53)),
    Column("claims", Integer, nullable=False),
    Column("supported", Integer, nullable=False),
    Column("partial", Integer, nullable=False),
    Column("flagged", Integer, nullable=False),
    Column("unjudged", Integer, nullable=False),
    Column("strong", Integer, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("unrated", Integer, nullable=False),
    Column("dead", Integer, nullable=False),
    Column("title_order", Words),
    Column("words", Words, nullable=False),
    # claims that wait for a person with each problem, so that the whole queue is counted page by page
    *(Column(name, Integer, nullable=False, server_default="0") for name in WAITING.values()),
)

LISTING_FILTERS = (
    "type",
    "venue_id",
    "credibility",
    "state",
    "outcome",
    "domain",
    "captured_at",
    "verdicts",
    "common_tags",
)
LISTING_SORTS = {
    "title": listings.c.title_order,
    "type": listings.c.type,
    "venue": listings.c.venue_order,
    "credibility": listings.c.credibility,
    "importance": listings.c.importance,
    "pages": listings.c.pages,
    "state": listings.c.state,
    "captured_at": listings.c.captured_at,
    "domain": listings.c.domain,
    "outcome": listings.c.outcome,
}
# Each index holds all that a list filters by, so that the deepest page of any list is found without a look at the rows:
# over 100,000 of them 2 to 20 ms instead of 50 to 1,100. The price is 1.2 KB a source.
for _name, _column in LISTING_SORTS.items():
    _covered = [listings.c[name] for name in LISTING_FILTERS if name != _column.name]
    Index(f"listings_by_{_name}", _column, listings.c.source_id, *_covered)


CLAIM_FILTERS = ("filters", "venue_id", "common_tags")
CLAIM_SORTS = {
    "text": claim_listings.c.text_order,
    "page": claim_listings.c.page_order,
    "source": claim_listings.c.source_order,
    "verdict": claim_listings.c.verdict,
    "credibility": claim_listings.c.credibility,
    "state": claim_listings.c.state,
    "confidence": claim_listings.c.confidence,
    "importance": claim_listings.c.importance,
}
CAPTURE_FILTERS = ("outcome", "origin", "status", "media_type", "checked_at", "venue_id")
CAPTURE_SORTS = {
    "checked_at": captures.c.checked_at,
    "address": captures.c.address_order,
    "outcome": captures.c.outcome,
    "status": captures.c.status,
    "media_type": captures.c.media_type,
    "size_bytes": captures.c.size_bytes,
    "origin": captures.c.origin,
}
PAGE_SORTS = {
    "title": page_listings.c.title_order,
    **{name: page_listings.c[name] for name in (
        "path", "type", "quality", "claims", "supported", "partial", "flagged", "unjudged", "strong", "sources",
        "unrated", "dead",
    )},
}  # fmt: skip
for _table, _sorts, _key, _filters in (
    (claim_listings, CLAIM_SORTS, "key", CLAIM_FILTERS),
    (captures, CAPTURE_SORTS, "id", CAPTURE_FILTERS),
):
    for _name, _column in _sorts.items():
        _covered = [_table.c[name] for name in _filters if name != _column.name]
        Index(f"{_table.name}_by_{_name}", _column, _table.c[_key], *_covered)
