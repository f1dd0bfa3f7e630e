"""Where words stand: an index over sources, pages and claims. Derived: delete it, and the next build makes it anew."""

from pathlib import Path

from sourcebook.store.database import Database
from sourcebook.store.search.entries import MOST_HITS, Entry, Found, Hit, SearchIndex, SearchKind, Wanted
from sourcebook.store.search.letters import STOP_WORDS, words_of
from sourcebook.store.search.postgres import PostgresIndex
from sourcebook.store.search.sqlite import SqliteIndex

__all__ = [
    "MOST_HITS",
    "STOP_WORDS",
    "Entry",
    "Found",
    "Hit",
    "SearchIndex",
    "SearchKind",
    "Wanted",
    "open_file_index",
    "open_index",
    "words_of",
]


def open_file_index(folder: Path) -> SearchIndex:
    """An index in a file of that folder, with or without a library beside it."""
    return SqliteIndex(folder)


def open_index(folder: Path, database: Database) -> SearchIndex:
    """The index of a library: PostgreSQL's own where it keeps the library, else a file of its own. Touches nothing
    before the first question."""
    if database.engine.dialect.name == "postgresql":
        return PostgresIndex(database)
    return open_file_index(folder)
