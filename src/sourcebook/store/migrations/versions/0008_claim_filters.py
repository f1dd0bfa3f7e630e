"""What lists of claims are narrowed by, in one number on each row: their indexes hold it in place of seven columns."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

# Where the bits of each begin, and its values by their numbers, as `claim_filters.py` had them when this was written.
_PLACES = {"verdict": 0, "reason": 4, "review": 9, "quote_altered": 12, "credibility": 14, "state": 17, "type": 21}
_VALUES: dict[str, tuple[object, ...]] = {
    "verdict": ("supported", "partial", "contradicted", "unsupported", "unjudged"),
    "reason": (
        "", "not_captured", "walled", "paywalled", "abstract_only", "non_text", "too_short", "other_language",
        "source_in_doubt", "model_failed", "budget",
    ),
    "review": ("", "confirmed", "overruled", "dismissed"),
    "quote_altered": (False, True),
    "credibility": (None, 1, 2, 3, 4, 5),
    "state": ("alive", "suspect", "dead", "unknown"),
    "type": (
        "news article", "paper", "preprint", "report", "blog post", "government", "reference", "book", "talk",
        "podcast", "dataset", "code", "forum", "press release", "web page",
    ),
}  # fmt: skip
_SORTS = {
    "text": "text_order", "page": "page_order", "source": "source_order", "verdict": "verdict",
    "credibility": "credibility", "state": "state", "confidence": "confidence", "importance": "importance",
}  # fmt: skip
_CHANGED = ("of_source", *(f"by_{name}" for name in _SORTS))


def upgrade() -> None:
    """Fill the new column while no index holds it, and make the indexes anew."""
    op.add_column("claim_listings", sa.Column("filters", sa.Integer(), nullable=False, server_default="0"))
    table = sa.table("claim_listings", sa.column("filters"), *map(sa.column, _VALUES))
    first, *others = (_number(table.c[name], values, _PLACES[name]) for name, values in _VALUES.items())
    op.execute(sa.update(table).values(filters=sum(others, start=first)))
    for name in _CHANGED:
        op.drop_index(f"claim_listings_{name}", "claim_listings")
    for name, column in _SORTS.items():
        held = [column, "key", "filters", "venue_id", "common_tags"]
        op.create_index(f"claim_listings_by_{name}", "claim_listings", held)
    op.create_index("claim_listings_by_filters", "claim_listings", ["filters", "venue_id", "common_tags"])
    op.create_index("claim_listings_of_source", "claim_listings", ["source_id", "verdict", "filters", "venue_id"])


def _number(column: sa.ColumnClause[object], values: tuple[object, ...], place: int) -> sa.ColumnElement[int]:
    cases: list[tuple[sa.ColumnElement[bool], sa.ColumnElement[int]]] = [
        (column.is_(None) if value is None else column == sa.literal(value), sa.literal_column(str(number << place)))
        for number, value in enumerate(values, start=1)
    ]
    return sa.case(*cases, else_=sa.literal_column("0"))
