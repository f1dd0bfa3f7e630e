"""That a work was retracted is filed by itself."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """File it for those that are known. JSON has quotes within words behind a backslash: this stands nowhere else."""
    kinds = " OR ".join(f'value LIKE \'%"kind":"{kind}"%\'' for kind in ("retraction", "withdrawal"))
    op.execute(
        "INSERT INTO derived (step, subject, fingerprint, failure, value) "  # noqa: S608
        f"SELECT 'retracted', subject, fingerprint, NULL, 'true' FROM derived WHERE step = 'registry' AND ({kinds})"
    )
