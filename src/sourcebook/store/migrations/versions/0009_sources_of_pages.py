"""The sources that a page cites are found without a look at its citations: each record asks what is cited beside it."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the index that they are found by."""
    op.create_index("citations_page", "citations", ["page_id", "source_id"])
