"""Which part of a source a citation means."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # sorted by code point everywhere


def upgrade() -> None:
    """Pages are read again, and say it then."""
    op.add_column("citations", sa.Column("locator", _WORDS, nullable=False, server_default=""))
