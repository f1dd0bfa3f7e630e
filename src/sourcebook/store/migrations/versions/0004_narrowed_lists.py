"""What the lists need so that any page of them is found in an index: verdicts on the rows of sources, the time of a
capture and the reason of a problem in the indexes that are walked, claims by source, and failures apart."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_VERDICTS = ("supported", "partial", "contradicted", "unsupported", "unjudged")  # a bit each, in this order
_LISTED = ["type", "venue_id", "credibility", "state", "outcome", "domain", "captured_at", "verdicts"]
_LISTINGS = {"title": "title_order", "venue": "venue_order", "importance": "importance", "pages": "pages"}
_CAPTURED = ["outcome", "origin", "status", "media_type", "checked_at"]
_CAPTURES = {"address": "address_order", "size_bytes": "size_bytes"}


def upgrade() -> None:
    """Make them, and fill the new column from the claims that are listed."""
    op.add_column("listings", sa.Column("verdicts", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("claim_listings_of_source", "claim_listings", ["source_id", "verdict", "key"])
    said = " + ".join(
        f"CASE WHEN EXISTS (SELECT 1 FROM claim_listings AS c WHERE c.source_id = listings.source_id "  # noqa: S608
        f"AND c.verdict = '{verdict}') THEN {1 << place} ELSE 0 END"
        for place, verdict in enumerate(_VERDICTS)
    )
    for name in (*_LISTINGS, "type", "credibility", "state", "captured_at", "domain", "outcome"):
        op.drop_index(f"listings_by_{name}", "listings")
    op.execute(f"UPDATE listings SET verdicts = {said}")  # noqa: S608
    for name in (*_LISTINGS, "type", "credibility", "state", "captured_at", "domain", "outcome"):
        covered = [other for other in _LISTED if other != name]
        op.create_index(f"listings_by_{name}", "listings", [_LISTINGS.get(name, name), "source_id", *covered])
    for name in (*_CAPTURES, "checked_at", "outcome", "status", "media_type", "origin"):
        op.drop_index(f"captures_by_{name}", "captures")
        covered = [other for other in _CAPTURED if other != name]
        op.create_index(f"captures_by_{name}", "captures", [_CAPTURES.get(name, name), "id", *covered])
    op.drop_index("claim_listings_by_problem", "claim_listings")
    op.create_index("claim_listings_by_problem", "claim_listings", ["problem", "importance", "key", "reason"])
    failed = sa.text("failure IS NOT NULL")
    op.create_index("derived_failures", "derived", ["step", "subject"], sqlite_where=failed, postgresql_where=failed)
    op.execute("DELETE FROM meta WHERE name IN ('facets', 'venues')")  # they are kept under one name now,
    op.execute("UPDATE meta SET value = '' WHERE name = 'settled'")  # and the next build counts them
