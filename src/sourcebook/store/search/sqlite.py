"""The index in SQLite: FTS5 over a file of its own, so that it can grow, and be deleted, without the library."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from sourcebook.errors import StoreError
from sourcebook.store.columns import clean
from sourcebook.store.database import Database, batches, sqlite_database
from sourcebook.store.failures import DAMAGED
from sourcebook.store.search.entries import MOST_HITS, Entry, Found, Hit, SearchKind, Wanted
from sourcebook.store.search.letters import LEAST_LETTERS, Spellings, likest, spaced, trigrams
from sourcebook.store.search.ranking import Ranking, count, quoted_word

FILE_NAME = "search.db"

_VERSION = 1  # of the tables below; an index of another version is made anew
_TABLES = {kind: f"{kind.value}_words" for kind in SearchKind}
_MAKE = (
    """CREATE TABLE entries (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL,
        fingerprint TEXT NOT NULL, vector BLOB NOT NULL, UNIQUE (kind, subject))""",
    "CREATE TABLE spellings (trigram TEXT, word TEXT, PRIMARY KEY (trigram, word)) WITHOUT ROWID",
    *(
        f"CREATE VIRTUAL TABLE {table} USING fts5(title, names, text, "
        "tokenize = 'porter unicode61 remove_diacritics 2')"
        for table in _TABLES.values()
    ),
    f"PRAGMA user_version = {_VERSION}",
)

_MENDED = f"delete {FILE_NAME} in the library's folder, and run `sourcebook build`: it makes the index anew"
_NEIGHBOURS = 40  # spellings that share the most trigrams


class SqliteIndex:
    """See `SearchIndex`. The file is made when something is first put into it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE_NAME
        self._database: Database | None = None
        self._spellings = Spellings()

    def is_empty(self) -> bool:
        """See `SearchIndex`."""
        with self._read() as connection:
            return connection is None or not connection.execute(text("SELECT 1 FROM entries LIMIT 1")).all()

    def fingerprints(self, kind: SearchKind) -> dict[str, str]:
        """See `SearchIndex`."""
        with self._read() as connection:
            if connection is None:
                return {}
            wanted = text("SELECT subject, fingerprint FROM entries WHERE kind = :kind")
            return {row.subject: row.fingerprint for row in connection.execute(wanted, {"kind": kind.value})}

    def save(self, kind: SearchKind, entries: Sequence[Entry]) -> None:
        """See `SearchIndex`."""
        if not entries:
            return
        with self._write() as connection:
            _forget(connection, kind, [entry.subject for entry in entries])
            first = (connection.execute(text("SELECT max(id) FROM entries")).scalar() or 0) + 1
            numbered = list(enumerate(entries, first))
            connection.execute(
                text("INSERT INTO entries VALUES (:id, :kind, :subject, :fingerprint, :vector)"),
                [
                    {"id": at, "kind": kind.value, "subject": one.subject, "fingerprint": one.fingerprint}
                    | {"vector": one.vector}
                    for at, one in numbered
                ],
            )
            connection.execute(
                text(f"INSERT INTO {_TABLES[kind]} (rowid, title, names, text) VALUES (:id, :title, :names, :text)"),
                [
                    {"id": at} | {name: spaced(clean(getattr(one, name))) for name in ("title", "names", "text")}
                    for at, one in numbered
                ],
            )
            # the words stay when their entry goes: a spelling that leads nowhere does no harm
            rows = self._spellings.rows(clean(f"{entry.title}\n{entry.names}") for entry in entries)
            if rows:
                connection.execute(text("INSERT OR IGNORE INTO spellings VALUES (:trigram, :word)"), rows)

    def remove(self, kind: SearchKind, subjects: Iterable[str]) -> None:
        """See `SearchIndex`."""
        gone = list(subjects)
        if gone:
            with self._write() as connection:
                _forget(connection, kind, gone)

    def find(self, kind: SearchKind, wanted: Wanted, limit: int = MOST_HITS) -> Found:
        """See `SearchIndex`."""
        with self._read() as connection:
            if connection is None or wanted.is_empty:
                return Found()
            search = Ranking(connection, _TABLES[kind], wanted, limit)
            scores = search.scores()
            best = sorted(scores, key=lambda row: (-scores[row], row))[:limit]
            subjects = _subjects(connection, best)
            hits = tuple(Hit(subjects[row], scores[row]) for row in best if row in subjects)
            return Found(hits, search.total, search.more)

    def unknown(self, kind: SearchKind, words: Iterable[str]) -> list[str]:
        """See `SearchIndex`."""
        with self._read() as connection:
            if connection is None:
                return list(words)
            return [word for word in words if not count(connection, _TABLES[kind], quoted_word(word), 1)]

    def spellings(self, word: str) -> list[str]:
        """See `SearchIndex`."""
        if len(word) < LEAST_LETTERS:
            return []
        wanted = {f"t{number}": trigram for number, trigram in enumerate(sorted(trigrams(word)))}
        names = ", ".join(f":{name}" for name in wanted)
        with self._read() as connection:
            if connection is None:
                return []
            rows = connection.execute(
                text(
                    f"SELECT word FROM spellings WHERE trigram IN ({names}) GROUP BY word "
                    f"ORDER BY count(*) DESC, abs(length(word) - {len(word)}), word LIMIT {_NEIGHBOURS}"
                ),
                wanted,
            )
            return likest(word, [row.word for row in rows])

    def vectors(self, subjects: Sequence[str] | None = None) -> dict[str, bytes]:
        """See `SearchIndex`."""
        wanted = "SELECT subject, vector FROM entries WHERE kind = 'source' AND length(vector) > 0"
        found: dict[str, bytes] = {}
        with self._read() as connection:
            if connection is None:
                return found
            if subjects is None:
                return {row.subject: row.vector for row in connection.execute(text(wanted))}
            for some in batches(subjects):
                names, values = _named(some)
                rows = connection.execute(text(f"{wanted} AND subject IN ({names})"), values)
                found |= {row.subject: row.vector for row in rows}
        return found

    def close(self) -> None:
        """See `SearchIndex`."""
        if self._database is not None:
            self._database.close()
            self._database = None

    @contextmanager
    def _read(self) -> Iterator[Connection | None]:
        """A connection to an index of our version, or None where there is none."""
        if self._database is None and not self._file.exists():
            yield None
            return
        with _failures(), self._opened().read() as connection:
            yield connection if _version(connection) == _VERSION else None

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        """One transaction, in tables of our version."""
        with _failures(), self._opened().write() as connection:
            if _version(connection) != _VERSION:
                for table in ("entries", "spellings", *_TABLES.values()):
                    connection.execute(text(f"DROP TABLE IF EXISTS {table}"))
                for statement in _MAKE:
                    connection.execute(text(statement))
            yield connection

    def _opened(self) -> Database:
        if self._database is None:
            self._database = sqlite_database(self._file)
        return self._database


@contextmanager
def _failures() -> Iterator[None]:
    """An index that is damaged is no loss: it is made again."""
    try:
        yield
    except StoreError as error:
        raise StoreError(error.message, _MENDED if error.hint == DAMAGED else error.hint) from error


def _version(connection: Connection) -> int:
    return int(connection.execute(text("PRAGMA user_version")).scalar() or 0)


def _named(values: Iterable[Any]) -> tuple[str, Mapping[str, Any]]:
    """Placeholders for a list of values, and the values by name."""
    named = {f"v{number}": value for number, value in enumerate(values)}
    return ", ".join(f":{name}" for name in named), named


def _subjects(connection: Connection, rows: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for some in batches(rows):
        names, values = _named(some)
        wanted = text(f"SELECT id, subject FROM entries WHERE id IN ({names})")
        found |= {row.id: row.subject for row in connection.execute(wanted, values)}
    return found


def _forget(connection: Connection, kind: SearchKind, subjects: Sequence[str]) -> None:
    for some in batches(subjects):
        names, values = _named(some)
        wanted = text(f"SELECT id FROM entries WHERE kind = :kind AND subject IN ({names})")
        rows = [{"id": row.id} for row in connection.execute(wanted, {**values, "kind": kind.value})]
        if rows:
            connection.execute(text(f"DELETE FROM {_TABLES[kind]} WHERE rowid = :id"), rows)
            connection.execute(text("DELETE FROM entries WHERE id = :id"), rows)
