"""Sources that a person said are one work: which is the other's, and what was whose."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # sorted by code point everywhere


def upgrade() -> None:
    """Nobody has said so of any yet."""
    op.add_column("sources", sa.Column("merged_into", _WORDS, nullable=False, server_default=""))
    op.add_column("aliases", sa.Column("owner", _WORDS, nullable=False, server_default=""))
    op.create_index("sources_merged", "sources", ["merged_into"])
    op.create_index("aliases_owner", "aliases", ["owner"])
