"""A review may be of what a source says of one claim; judgements of the first judge are of another form."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # sorted by code point everywhere


def upgrade() -> None:
    """Name the claim of a review; forget old judgements, which the next build makes again."""
    op.add_column("reviews", sa.Column("claim_id", _WORDS, nullable=False, server_default=""))
    op.execute("DELETE FROM derived WHERE step IN ('verdict', 'unjudged')")
