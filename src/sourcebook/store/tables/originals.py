"""What cannot be made again: pages as they were read, sources, captures, what people said, what each build found."""

from typing import Any

from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, MetaData, Table

from sourcebook.store.columns import Moment, OneOf, Packed, Words
from sourcebook.types.captures import Outcome
from sourcebook.types.findings import Rule
from sourcebook.types.pages import CitationKind
from sourcebook.types.reviews import ReviewField
from sourcebook.types.sources import Imported

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
    Column("locator", Words, nullable=False, server_default=""),
    Index("citations_source", "source_id", "page_id"),
    Index("citations_page", "page_id", "source_id"),
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
    Index("findings_by_rule", "rule", "page", "position"),
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
    Column(
        "merged_into", Words, nullable=False, server_default=""
    ),  # the source whose record it shares; "" for its own
    Index("sources_stable_id", "stable_id", unique=True),
    Index("sources_key_id", "key_id"),
    Index("sources_merged", "merged_into"),
)

# every address that was ever seen for a source, its own included, foreign ids, and the Stable IDs of merged sources
aliases = Table(
    "aliases",
    metadata,
    Column("id", Words, primary_key=True),  # `resource_id(name)`
    Column("name", Words, nullable=False),
    Column("source_id", Words, ForeignKey("sources.id"), nullable=False),
    Column("owner", Words, nullable=False, server_default=""),  # the merged source that it is a name of
    Index("aliases_source", "source_id"),
    Index("aliases_owner", "owner"),
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
    Column("venue_id", Words, nullable=False, server_default=""),  # of its source, as lists have it
    Index("captures_source", "source_id", "checked_at"),
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
    Column("finding", Words, nullable=False, server_default=""),
    Index("reviews_source", "source_id", "at"),
)

# what each build found, for the charts of a library over time
builds = Table(
    "builds",
    metadata,
    Column("at", Moment, primary_key=True),
    Column("figures", Packed(dict[str, int]), nullable=False),
)
