"""Claims with a number that no source has wait for a person."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make room to count them by page. The next build finds which they are."""
    column = sa.Column("waits_number_not_in_source", sa.Integer(), nullable=False, server_default="0")
    op.add_column("page_listings", column)
    op.execute("UPDATE meta SET value = '' WHERE name = 'settled'")
