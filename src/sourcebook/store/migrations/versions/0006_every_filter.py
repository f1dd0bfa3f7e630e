"""What the lists need so that every filter is as quick as the others: the tags that many sources have on the rows that
are walked, the venue on each capture, and (on SQLite) an index of the three-letter pieces of words."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # sorted by code point everywhere
_LISTED = ["type", "venue_id", "credibility", "state", "outcome", "domain", "captured_at", "verdicts", "common_tags"]
_LISTINGS = {
    "title": "title_order", "type": "type", "venue": "venue_order", "credibility": "credibility",
    "importance": "importance", "pages": "pages", "state": "state", "captured_at": "captured_at", "domain": "domain",
    "outcome": "outcome",
}  # fmt: skip
_CLAIMED = [
    "verdict", "credibility", "state", "type", "venue_id", "reason", "review", "quote_altered", "common_tags",
]  # fmt: skip
_CLAIMS = {
    "text": "text_order", "page": "page_order", "source": "source_order", "verdict": "verdict",
    "credibility": "credibility", "state": "state", "confidence": "confidence", "importance": "importance",
}  # fmt: skip
_CAPTURED = ["outcome", "origin", "status", "media_type", "checked_at", "venue_id"]
_CAPTURES = {
    "checked_at": "checked_at", "address": "address_order", "outcome": "outcome", "status": "status",
    "media_type": "media_type", "size_bytes": "size_bytes", "origin": "origin",
}  # fmt: skip
_WAITING = ("contradicted", "altered-quote", "unsupported", "unjudged")
_SEARCHED = {
    "listings": "words", "claim_listings": "words", "page_listings": "words", "captures": "address_order",
}  # fmt: skip


def upgrade() -> None:
    """Make them. Which tags are common is found by the next build, whose end also writes them on the rows."""
    for name in ("listings", "claim_listings"):
        op.add_column(name, sa.Column("common_tags", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("captures", sa.Column("venue_id", _WORDS, nullable=False, server_default=""))
    for name in _WAITING:
        column = f"waits_{name.replace('-', '_')}"
        op.add_column("page_listings", sa.Column(column, sa.Integer(), nullable=False, server_default="0"))
        waiting = f"claim_listings.page_id = page_listings.page_id AND problem = '{name}'"
        op.execute(f"UPDATE page_listings SET {column} = (SELECT count(*) FROM claim_listings WHERE {waiting})")  # noqa: S608
    venue = "SELECT venue_id FROM listings WHERE listings.source_id = captures.source_id"
    op.execute(f"UPDATE captures SET venue_id = coalesce(({venue}), '')")  # noqa: S608
    _index_anew("listings", "source_id", _LISTINGS, _LISTED)
    _index_anew("claim_listings", "key", _CLAIMS, _CLAIMED)
    _index_anew("captures", "id", _CAPTURES, _CAPTURED)
    if op.get_bind().dialect.name == "sqlite":
        for table, column in _SEARCHED.items():
            _index_letters(table, column)
    op.execute("UPDATE meta SET value = '' WHERE name = 'settled'")


def _index_anew(table: str, key: str, sorts: dict[str, str], kept: list[str]) -> None:
    for name, column in sorts.items():
        op.drop_index(f"{table}_by_{name}", table)
        op.create_index(f"{table}_by_{name}", table, [column, key, *(other for other in kept if other != column)])


def _index_letters(table: str, column: str) -> None:
    """It holds no text of its own: triggers bring it along with the rows. Rows whose text stays cost nothing. A line
    end is put behind each text, so that its last two letters begin a piece too."""
    name = f"{table}_letters"
    gone = f"INSERT INTO {name} ({name}, rowid, {column}) VALUES ('delete', old.rowid, old.{column} || char(10))"  # noqa: S608
    come = f"INSERT INTO {name} (rowid, {column}) VALUES (new.rowid, new.{column} || char(10))"  # noqa: S608
    op.execute(
        f"CREATE VIRTUAL TABLE {name} USING fts5({column}, content = '{table}', tokenize = 'trigram', "
        "detail = 'none', columnsize = 0)"
    )
    op.execute(f"CREATE VIRTUAL TABLE {name}_pieces USING fts5vocab('{name}', 'row')")
    op.execute(f"INSERT INTO {name} (rowid, {column}) SELECT rowid, {column} || char(10) FROM {table}")  # noqa: S608
    op.execute(f"CREATE TRIGGER {name}_come AFTER INSERT ON {table} BEGIN {come}; END")
    op.execute(f"CREATE TRIGGER {name}_gone AFTER DELETE ON {table} BEGIN {gone}; END")
    op.execute(
        f"CREATE TRIGGER {name}_changed AFTER UPDATE OF {column} ON {table} "
        f"WHEN old.{column} IS NOT new.{column} BEGIN {gone}; {come}; END"
    )
