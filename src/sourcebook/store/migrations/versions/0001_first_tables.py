"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # sorted by code point everywhere


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "captures",
        sa.Column("id", _WORDS, primary_key=True),
        sa.Column("source_id", _WORDS, nullable=False),
        sa.Column("url", _WORDS, nullable=False),
        sa.Column("final_url", _WORDS, nullable=False),
        sa.Column("checked_at", _WORDS, nullable=False),
        sa.Column("captured_at", _WORDS, nullable=False),
        sa.Column("outcome", _WORDS, nullable=False),
        sa.Column("reason", _WORDS, nullable=False),
        sa.Column("origin", _WORDS, nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("media_type", _WORDS, nullable=False),
        sa.Column("charset", _WORDS, nullable=False),
        sa.Column("etag", _WORDS, nullable=False),
        sa.Column("last_modified", _WORDS, nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("body_digest", _WORDS, nullable=False),
        sa.Column("file", _WORDS),
        sa.Column("offset", sa.BigInteger()),
        sa.Column("length", sa.BigInteger()),
    )
    op.create_index("captures_source", "captures", ["source_id", "checked_at"])
    op.create_table(
        "derived",
        sa.Column("step", _WORDS, primary_key=True),
        sa.Column("subject", _WORDS, primary_key=True),
        sa.Column("fingerprint", _WORDS, nullable=False),
        sa.Column("failure", _WORDS),
        sa.Column("value", _WORDS),
    )
    op.create_table(
        "listings",
        sa.Column("source_id", _WORDS, primary_key=True),
        sa.Column("stable_id", _WORDS, nullable=False),
        sa.Column("url", _WORDS, nullable=False),
        sa.Column("title", _WORDS, nullable=False),
        sa.Column("type", _WORDS, nullable=False),
        sa.Column("domain", _WORDS, nullable=False),
        sa.Column("venue_id", _WORDS, nullable=False),
        sa.Column("venue", _WORDS, nullable=False),
        sa.Column("credibility", sa.Integer()),
        sa.Column("importance", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("state", _WORDS, nullable=False),
        sa.Column("outcome", _WORDS),
        sa.Column("captured_at", _WORDS),
        sa.Column("title_order", _WORDS),
        sa.Column("venue_order", _WORDS),
        sa.Column("words", _WORDS, nullable=False),
    )
    op.create_index(
        "listings_by_captured_at",
        "listings",
        ["captured_at", "source_id", "type", "venue_id", "credibility", "state", "outcome", "domain"],
    )
    op.create_index(
        "listings_by_credibility",
        "listings",
        ["credibility", "source_id", "type", "venue_id", "state", "outcome", "domain"],
    )
    op.create_index(
        "listings_by_domain", "listings", ["domain", "source_id", "type", "venue_id", "credibility", "state", "outcome"]
    )
    op.create_index(
        "listings_by_importance",
        "listings",
        ["importance", "source_id", "type", "venue_id", "credibility", "state", "outcome", "domain"],
    )
    op.create_index(
        "listings_by_pages",
        "listings",
        ["pages", "source_id", "type", "venue_id", "credibility", "state", "outcome", "domain"],
    )
    op.create_index(
        "listings_by_state", "listings", ["state", "source_id", "type", "venue_id", "credibility", "outcome", "domain"]
    )
    op.create_index(
        "listings_by_title",
        "listings",
        ["title_order", "source_id", "type", "venue_id", "credibility", "state", "outcome", "domain"],
    )
    op.create_index(
        "listings_by_type", "listings", ["type", "source_id", "venue_id", "credibility", "state", "outcome", "domain"]
    )
    op.create_index(
        "listings_by_venue",
        "listings",
        ["venue_order", "source_id", "type", "venue_id", "credibility", "state", "outcome", "domain"],
    )
    op.create_table(
        "meta",
        sa.Column("name", _WORDS, primary_key=True),
        sa.Column("value", _WORDS, nullable=False),
    )
    op.create_table(
        "pages",
        sa.Column("id", _WORDS, primary_key=True),
        sa.Column("path", _WORDS, nullable=False),
        sa.Column("title", _WORDS, nullable=False),
        sa.Column("type", _WORDS, nullable=False),
        sa.Column("quality", sa.Float(53)),
        sa.Column("digest", _WORDS, nullable=False),
        sa.Column("description", _WORDS, nullable=False),
        sa.Column("tags", _WORDS, nullable=False),
        sa.Column("stamp", _WORDS, nullable=False),
        sa.Column("text", _WORDS, nullable=False),
    )
    op.create_index("pages_path", "pages", ["path"], unique=True)
    op.create_table(
        "reviews",
        sa.Column("id", _WORDS, primary_key=True),
        sa.Column("source_id", _WORDS, nullable=False),
        sa.Column("field", _WORDS, nullable=False),
        sa.Column("value", _WORDS, nullable=False),
        sa.Column("who", _WORDS, nullable=False),
        sa.Column("at", _WORDS, nullable=False),
        sa.Column("why", _WORDS, nullable=False),
    )
    op.create_index("reviews_source", "reviews", ["source_id", "at"])
    op.create_table(
        "sources",
        sa.Column("id", _WORDS, primary_key=True),
        sa.Column("stable_id", _WORDS, nullable=False),
        sa.Column("match_key", _WORDS, nullable=False),
        sa.Column("url", _WORDS, nullable=False),
        sa.Column("added_at", _WORDS, nullable=False),
        sa.Column("imported", _WORDS),
        sa.Column("key_id", _WORDS, nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
    )
    op.create_index("sources_key_id", "sources", ["key_id"])
    op.create_index("sources_stable_id", "sources", ["stable_id"], unique=True)
    op.create_table(
        "aliases",
        sa.Column("id", _WORDS, primary_key=True),
        sa.Column("name", _WORDS, nullable=False),
        sa.Column("source_id", _WORDS, sa.ForeignKey("sources.id"), nullable=False),
    )
    op.create_index("aliases_source", "aliases", ["source_id"])
    op.create_table(
        "citations",
        sa.Column("page_id", _WORDS, sa.ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("column", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", _WORDS, nullable=False),
        sa.Column("label", _WORDS, nullable=False),
        sa.Column("target", _WORDS, nullable=False),
        sa.Column("url", _WORDS, nullable=False),
        sa.Column("footnote", _WORDS, nullable=False),
        sa.Column("definition", _WORDS, nullable=False),
        sa.Column("claim", sa.Integer()),
        sa.Column("source_id", _WORDS, nullable=False),
    )
    op.create_index("citations_source", "citations", ["source_id", "page_id"])
    op.create_table(
        "claims",
        sa.Column("page_id", _WORDS, sa.ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("id", _WORDS, nullable=False),
        sa.Column("text", _WORDS, nullable=False),
        sa.Column("heading", _WORDS, nullable=False),
        sa.Column("before", _WORDS, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
    )
    op.create_index("claims_id", "claims", ["id"])
    op.create_table(
        "findings",
        sa.Column("page_id", _WORDS, sa.ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("rule", _WORDS, nullable=False),
        sa.Column("page", _WORDS, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("column", sa.Integer(), nullable=False),
        sa.Column("message", _WORDS, nullable=False),
    )
