"""The tables. `migrations/` makes them; a test holds the two together. docs/on-disk-format.md says what each is for.

Columns are named as the fields of the values in `types.py` that they keep, so that a row is read as `Page(*row)`.
"""

from dataclasses import fields
from typing import Any

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, MetaData, Table

from sourcebook.store.columns import Moment, OneOf, Packed, Words
from sourcebook.types import CitationKind, Imported, LinkState, Outcome, ReviewField, Rule, SourceType

metadata = MetaData()


def _of_page() -> Column[Any]:
    return Column("page_id", Words, ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True)


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
)

LISTING_FILTERS = ("type", "venue_id", "credibility", "state", "outcome", "domain")
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
}
# Each index holds all that a list filters by, so that the deepest page of any list is found without a look at the rows:
# over 100,000 of them 2 to 20 ms instead of 50 to 1,100. The price is 1 KB a source.
for _name, _column in LISTING_SORTS.items():
    _covered = [listings.c[name] for name in LISTING_FILTERS if name != _column.name]
    Index(f"listings_by_{_name}", _column, listings.c.source_id, *_covered)


def columns(table: Table, kind: type) -> list[Column[Any]]:
    """The columns that are fields of a value, in the order of its fields: `kind(*row)`."""
    return [table.c[field.name] for field in fields(kind) if field.name in table.c]
