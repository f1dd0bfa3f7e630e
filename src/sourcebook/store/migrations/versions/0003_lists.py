"""Lists of claims, pages and captures; tags of sources; what each build found."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # sorted by code point everywhere


def upgrade() -> None:
    """Make them. They are filled by the next build, which the word that the library is settled would leave out."""
    _make_tables()
    _make_indexes()
    shown = "substr(url, instr(url, '://') + 3, 80)"
    if op.get_bind().dialect.name == "postgresql":
        shown = "substr(url, strpos(url, '://') + 3, 80)"
    op.execute(f"UPDATE captures SET address_order = lower({shown}) WHERE url LIKE '%://%'")  # noqa: S608
    op.execute("UPDATE meta SET value = '' WHERE name = 'settled'")
    op.execute("UPDATE derived SET fingerprint = '' WHERE step = 'standing'")  # so that tags are listed


def _make_tables() -> None:
    op.create_table(
        "source_tags",
        sa.Column("tag", _WORDS, primary_key=True),
        sa.Column("source_id", _WORDS, primary_key=True),
    )
    op.create_table(
        "claim_listings",
        sa.Column("key", _WORDS, primary_key=True),
        sa.Column("page_id", _WORDS, sa.ForeignKey("pages.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source_id", _WORDS, nullable=False),
        sa.Column("claim_id", _WORDS, nullable=False),
        sa.Column("text", _WORDS, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("page", _WORDS, nullable=False),
        sa.Column("path", _WORDS, nullable=False),
        sa.Column("source", _WORDS, nullable=False),
        sa.Column("url", _WORDS, nullable=False),
        sa.Column("type", _WORDS, nullable=False),
        sa.Column("venue_id", _WORDS, nullable=False),
        sa.Column("venue", _WORDS, nullable=False),
        sa.Column("credibility", sa.Integer()),
        sa.Column("importance", sa.Integer(), nullable=False),
        sa.Column("state", _WORDS, nullable=False),
        sa.Column("verdict", _WORDS, nullable=False),
        sa.Column("carried", _WORDS, nullable=False),
        sa.Column("confidence", sa.Integer()),
        sa.Column("reason", _WORDS, nullable=False),
        sa.Column("quote_altered", sa.Boolean(), nullable=False),
        sa.Column("problem", _WORDS, nullable=False),
        sa.Column("review", _WORDS, nullable=False),
        sa.Column("text_order", _WORDS),
        sa.Column("page_order", _WORDS),
        sa.Column("source_order", _WORDS),
        sa.Column("words", _WORDS, nullable=False),
    )
    op.create_table(
        "page_listings",
        sa.Column("page_id", _WORDS, sa.ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("path", _WORDS, nullable=False),
        sa.Column("title", _WORDS, nullable=False),
        sa.Column("type", _WORDS, nullable=False),
        sa.Column("quality", sa.Float(53)),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("supported", sa.Integer(), nullable=False),
        sa.Column("partial", sa.Integer(), nullable=False),
        sa.Column("flagged", sa.Integer(), nullable=False),
        sa.Column("unjudged", sa.Integer(), nullable=False),
        sa.Column("strong", sa.Integer(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("unrated", sa.Integer(), nullable=False),
        sa.Column("dead", sa.Integer(), nullable=False),
        sa.Column("title_order", _WORDS),
        sa.Column("words", _WORDS, nullable=False),
    )
    op.create_table(
        "builds",
        sa.Column("at", _WORDS, primary_key=True),
        sa.Column("figures", _WORDS, nullable=False),
    )
    op.add_column("captures", sa.Column("address_order", _WORDS))


def _make_indexes() -> None:
    op.create_index("source_tags_source", "source_tags", ["source_id"])
    op.create_index(
        "claim_listings_by_confidence",
        "claim_listings",
        [
            "confidence",
            "key",
            "verdict",
            "credibility",
            "state",
            "type",
            "venue_id",
            "reason",
            "review",
            "quote_altered",
        ],
    )
    op.create_index(
        "claim_listings_by_credibility",
        "claim_listings",
        ["credibility", "key", "verdict", "state", "type", "venue_id", "reason", "review", "quote_altered"],
    )
    op.create_index(
        "claim_listings_by_importance",
        "claim_listings",
        [
            "importance",
            "key",
            "verdict",
            "credibility",
            "state",
            "type",
            "venue_id",
            "reason",
            "review",
            "quote_altered",
        ],
    )
    op.create_index(
        "claim_listings_by_page",
        "claim_listings",
        [
            "page_order",
            "key",
            "verdict",
            "credibility",
            "state",
            "type",
            "venue_id",
            "reason",
            "review",
            "quote_altered",
        ],
    )
    op.create_index(
        "claim_listings_by_source",
        "claim_listings",
        [
            "source_order",
            "key",
            "verdict",
            "credibility",
            "state",
            "type",
            "venue_id",
            "reason",
            "review",
            "quote_altered",
        ],
    )
    op.create_index(
        "claim_listings_by_state",
        "claim_listings",
        ["state", "key", "verdict", "credibility", "type", "venue_id", "reason", "review", "quote_altered"],
    )
    op.create_index(
        "claim_listings_by_text",
        "claim_listings",
        [
            "text_order",
            "key",
            "verdict",
            "credibility",
            "state",
            "type",
            "venue_id",
            "reason",
            "review",
            "quote_altered",
        ],
    )
    op.create_index(
        "claim_listings_by_verdict",
        "claim_listings",
        ["verdict", "key", "credibility", "state", "type", "venue_id", "reason", "review", "quote_altered"],
    )
    op.create_index("claim_listings_claim", "claim_listings", ["claim_id"])
    op.create_index("claim_listings_by_problem", "claim_listings", ["problem", "importance", "key"])
    op.create_index("claim_listings_page", "claim_listings", ["page_id"])
    op.create_index(
        "captures_by_address", "captures", ["address_order", "id", "outcome", "origin", "status", "media_type"]
    )
    op.create_index(
        "captures_by_checked_at", "captures", ["checked_at", "id", "outcome", "origin", "status", "media_type"]
    )
    op.create_index("captures_by_media_type", "captures", ["media_type", "id", "outcome", "origin", "status"])
    op.create_index("captures_by_origin", "captures", ["origin", "id", "outcome", "status", "media_type"])
    op.create_index("captures_by_outcome", "captures", ["outcome", "id", "origin", "status", "media_type"])
    op.create_index(
        "captures_by_size_bytes", "captures", ["size_bytes", "id", "outcome", "origin", "status", "media_type"]
    )
    op.create_index("captures_by_status", "captures", ["status", "id", "outcome", "origin", "media_type"])
    _make_listing_indexes()


def _make_listing_indexes() -> None:
    """Those of 0001 once more, with the time of the copy in each, and one of the newest outcome."""
    kept = ["type", "venue_id", "credibility", "state", "outcome", "domain", "captured_at"]
    first = {"title": "title_order", "venue": "venue_order", "importance": "importance", "pages": "pages"}
    for name in (*first, "type", "credibility", "state", "captured_at", "domain", "outcome"):
        if name != "outcome":
            op.drop_index(f"listings_by_{name}", "listings")
        column = first.get(name, name)
        covered = [other for other in kept if other != name]
        op.create_index(f"listings_by_{name}", "listings", [column, "source_id", *covered])
