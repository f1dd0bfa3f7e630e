"""The tables. `migrations/` makes them; a test holds the two together. docs/on-disk-format.md says what each is for.

Columns are named as the fields of the values in `types/` that they keep, so that a row is read as `Page(*row)`.
"""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ColumnElement, Float, ForeignKey, Index, Integer, MetaData, Table

from sourcebook.store.columns import Moment, OneOf, Packed, Words
from sourcebook.types.captures import LinkState, Outcome
from sourcebook.types.findings import Rule
from sourcebook.types.pages import CitationKind
from sourcebook.types.reviews import ReviewField
from sourcebook.types.sources import Imported, SourceType

metadata = MetaData()


def _where(condition: ColumnElement[bool]) -> dict[str, Any]:
    """An index of some rows only. Of PostgreSQL too, by the migrations that make it: to say so here would load, at each
    start, what speaks to a PostgreSQL that is not there."""
    return {"sqlite_where": condition}


def _of_page() -> Column[Any]:
    return Column("page_id", Words, ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True)


def _page_key(*, primary_key: bool = False) -> Column[Any]:
    """What is derived of a page goes with it."""
    parent = ForeignKey("pages.id", ondelete="CASCADE")
    return Column("page_id", Words, parent, primary_key=primary_key, nullable=False)


def _position() -> Column[Any]:
    """The order within a page."""
    return Column("position", Integer, primary_key=True, autoincrement=False)


meta = Table(
    "meta",
    metadata,
    Column("name", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    Column("id", Words, primary_key=True),
    Column("path", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("type", Words, nullable=False),
    Column("quality", Float(53)),
    Column("digest", Words, nullable=False),
    Column("description", Words, nullable=False),
    Column("tags", Packed(tuple[str, ...]), nullable=False),
    Column("stamp", Words, nullable=False),
    Column("text", Words, nullable=False),
    Index("pages_path", "path", unique=True),
)

claims = Table(
    "claims",
    metadata,
    _of_page(),
    _position(),
    Column("id", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("heading", Words, nullable=False),
    Column("before", Words, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index("claims_id", "id"),
)

citations = Table(
    "citations",
    metadata,
    _of_page(),
    _position(),
    Column("line", Integer, nullable=False),
    Column("column", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", OneOf(CitationKind), nullable=False),
    Column("label", Words, nullable=False),
    Column("target", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("footnote", Words, nullable=False),
    Column("definition", Words, nullable=False),
    Column("claim", Integer),  # position of its claim in the page; NULL without one
    Column("source_id", Words, nullable=False),  # "" without one
    Index("citations_source", "source_id", "page_id"),
)

findings = Table(
    "findings",
    metadata,
    _of_page(),
    _position(),
    Column("rule", OneOf(Rule), nullable=False),
    Column("page", Words, nullable=False),
    Column("line", Integer, nullable=False),
    Column("column", Integer, nullable=False),
    Column("message", Words, nullable=False),
    Column("name", Words, nullable=False, server_default=""),
    Index("findings_by_name", "name"),
)

sources = Table(
    "sources",
    metadata,
    Column("id", Words, primary_key=True),
    Column("stable_id", Words, nullable=False),
    Column("match_key", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("imported", Packed(Imported)),
    Column("key_id", Words, nullable=False),  # `resource_id(match_key)`: an index cannot hold every length of key
    Column("rules", Integer, nullable=False),  # version of the identity rules that made the match key
    Index("sources_stable_id", "stable_id", unique=True),
    Index("sources_key_id", "key_id"),
)

# every address that was ever seen for a source, its own included, foreign ids, and the Stable IDs of merged sources
aliases = Table(
    "aliases",
    metadata,
    Column("id", Words, primary_key=True),  # `resource_id(name)`
    Column("name", Words, nullable=False),
    Column("source_id", Words, ForeignKey("sources.id"), nullable=False),
    Index("aliases_source", "source_id"),
)

captures = Table(
    "captures",
    metadata,
    Column("id", Words, primary_key=True),
    Column("source_id", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("final_url", Words, nullable=False),
    Column("checked_at", Moment, nullable=False),
    Column("captured_at", Moment, nullable=False),
    Column("outcome", OneOf(Outcome), nullable=False),
    Column("reason", Words, nullable=False),
    Column("origin", Words, nullable=False),
    Column("status", Integer),
    Column("media_type", Words, nullable=False),
    Column("charset", Words, nullable=False),
    Column("etag", Words, nullable=False),
    Column("last_modified", Words, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("body_digest", Words, nullable=False),
    Column("file", Words),  # where the answer stands in the archive; NULL without one
    Column("offset", BigInteger),
    Column("length", BigInteger),
    Column("address_order", Words),  # the address without its scheme, short enough for an index, to sort by
    Index("captures_source", "source_id", "checked_at"),
)

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

reviews = Table(
    "reviews",
    metadata,
    Column("id", Words, primary_key=True),
    Column("source_id", Words, nullable=False),
    Column("field", OneOf(ReviewField), nullable=False),
    Column("value", Packed(str | int | tuple[str, ...]), nullable=False),
    Column("who", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("why", Words, nullable=False),
    Column("claim_id", Words, nullable=False, server_default=""),
    Column("finding", Words, nullable=False, server_default=""),
    Index("reviews_source", "source_id", "at"),
)

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
    Index("claim_listings_page", "page_id"),
    Index("claim_listings_claim", "claim_id"),
    Index("claim_listings_by_problem", "problem", "importance", "key", "reason"),
    Index("claim_listings_of_source", "source_id", "verdict", "key"),
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
)

# what each build found, for the charts of a library over time
builds = Table(
    "builds",
    metadata,
    Column("at", Moment, primary_key=True),
    Column("figures", Packed(dict[str, int]), nullable=False),
)

LISTING_FILTERS = ("type", "venue_id", "credibility", "state", "outcome", "domain", "captured_at", "verdicts")
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


CLAIM_FILTERS = ("verdict", "credibility", "state", "type", "venue_id", "reason", "review", "quote_altered")
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
CAPTURE_FILTERS = ("outcome", "origin", "status", "media_type", "checked_at")
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


def columns(table: Table, kind: Any) -> list[Column[Any]]:
    """The columns that are fields of a value, in the order of its fields: `kind(*row)`."""
    return [table.c[name] for name in kind.__match_args__ if name in table.c]
