"""Findings are told by rule."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the index that they are found by."""
    op.create_index("findings_by_rule", "findings", ["rule", "page", "position"])
