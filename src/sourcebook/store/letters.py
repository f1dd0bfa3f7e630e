"""Finding rows by words that stand somewhere in them, however many rows there are: by the three-letter pieces of texts.

SQLite keeps an index of the pieces (`…_letters`, with triggers that bring it along); PostgreSQL, which would need an
extension for one, reads the rows.
"""

from msgspec import Struct
from sqlalchemy import ColumnElement, TextClause, false, text

from sourcebook.store.database import Database

_PIECE = 3  # letters
_MOST_PIECES = 12  # of what is looked for: more hardly leave out another row
_MOST_BEGUN = 300  # pieces that begin with a letter or two: more of them are in so many rows that these are met at once

_Condition = TextClause | ColumnElement[bool]


class Lettered(Struct, frozen=True):
    """The rows that hold all pieces of some words: those that hold the words, and perhaps a few more."""

    number: int  # one too many where they are more than were counted
    rows: _Condition  # true of them; they are looked up by it
    test: _Condition  # the same; other rows are looked at one by one


def find_lettered(database: Database, table: str, words: str, most: int) -> Lettered | None:
    """Count them up to a number; None where no index can tell."""
    if not words or database.engine.dialect.name != "sqlite":
        return None
    name = f"{table}_letters"
    pieces = _pieces(words) if len(words) >= _PIECE else _beginning(database, name, words)
    if not pieces:
        return Lettered(0, false(), false()) if pieces is not None else None
    chosen = f"SELECT rowid FROM {name} WHERE {name} MATCH :pieces"  # noqa: S608 - a name of ours
    counted = text(f"SELECT count(*) FROM ({chosen} LIMIT {most + 1})")  # noqa: S608
    with database.read() as connection:
        number = int(connection.execute(counted, {"pieces": pieces}).scalar() or 0)
    rows, test = (text(f"{sign}{table}.rowid IN ({chosen})").bindparams(pieces=pieces) for sign in ("", "+"))
    return Lettered(number, rows, test)


def _pieces(words: str) -> str:
    """As many as hold every letter, in the language of the index."""
    last = len(words) - _PIECE
    pieces = dict.fromkeys(words[at : at + _PIECE] for at in (*range(0, last, _PIECE), last))
    return " ".join(map(_quoted, list(pieces)[:_MOST_PIECES]))


def _beginning(database: Database, name: str, words: str) -> str | None:
    """Any of the pieces that begin with so few letters; None where they are too many, "" where there are none."""
    known = text(f"SELECT term FROM {name}_pieces WHERE term >= :words AND term <= :last LIMIT {_MOST_BEGUN + 1}")  # noqa: S608
    with database.read() as connection:
        found = connection.execute(known, {"words": words, "last": f"{words}\U0010ffff"}).scalars().all()
    return " OR ".join(map(_quoted, found)) if len(found) <= _MOST_BEGUN else None


def _quoted(piece: str) -> str:
    return '"' + piece.replace('"', '""') + '"'
