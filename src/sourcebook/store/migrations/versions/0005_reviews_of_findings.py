"""A review may be of a finding of a parser, which has a name that it keeps while the page around it changes."""

import re
from collections import Counter

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # sorted by code point everywhere
_PLACED = ("unreadable-page", "broken-front-matter", "broken-markup")  # their messages say where
_FINDINGS = sa.table("findings", *map(sa.column, ("page_id", "position", "rule", "page", "message", "name")))


def upgrade() -> None:
    """Name the findings that are there, as `ids.finding_name` did when this was written."""
    op.add_column("reviews", sa.Column("finding", _WORDS, nullable=False, server_default=""))
    op.add_column("findings", sa.Column("name", _WORDS, nullable=False, server_default=""))
    connection = op.get_bind()
    of = _FINDINGS.c
    wanted = sa.select(of.page_id, of.position, of.rule, of.page, of.message).order_by(of.page_id, of.position)
    seen: Counter[str] = Counter()
    for page_id, position, rule, page, message in connection.execute(wanted).all():
        said = re.sub(r"0x[0-9a-f]+|(?<![\w-])\d+", "#", message) if rule in _PLACED else message
        name = f"{page}: {rule}: {said}"
        seen[name] += 1
        full = name if seen[name] == 1 else f"{name} ({seen[name]})"
        here = (of.page_id == page_id) & (of.position == position)
        connection.execute(sa.update(_FINDINGS).where(here).values(name=full))
    op.create_index("findings_by_name", "findings", ["name"])
