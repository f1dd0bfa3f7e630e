"""The index in PostgreSQL: its own text search, in a table beside the library's."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, inspect, text

from sourcebook.store.columns import clean
from sourcebook.store.database import Database, batches
from sourcebook.store.search.entries import MOST_HITS, Entry, Found, Hit, SearchKind, Wanted
from sourcebook.store.search.letters import LEAST_LETTERS, STOP_WORDS, Spellings, likest, spaced, trigrams

# the name carries the version of the form: an index of another version is left behind, and this one filled anew
_TABLE = "search_entries_1"
_SPELLINGS = "search_spellings_1"
_MAKE = (
    f"""CREATE TABLE IF NOT EXISTS {_TABLE} (kind text NOT NULL, subject text NOT NULL, fingerprint text NOT NULL,
        vector bytea NOT NULL, words tsvector NOT NULL, PRIMARY KEY (kind, subject))""",
    f"CREATE INDEX IF NOT EXISTS {_TABLE}_words ON {_TABLE} USING gin (words)",
    f"CREATE TABLE IF NOT EXISTS {_SPELLINGS} (trigram text, word text, PRIMARY KEY (trigram, word))",
)
_MOST_CHARACTERS = 400_000  # of one text: PostgreSQL takes a megabyte of words and places, and fails on more
_MOST_COUNTED = 10_000
_NEIGHBOURS = 40


class PostgresIndex:
    """See `SearchIndex`. The tables are made when something is first put into them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._spellings = Spellings()

    def is_empty(self) -> bool:
        """See `SearchIndex`."""
        return not self._ask(f"SELECT 1 FROM {_TABLE} LIMIT 1", {})

    def fingerprints(self, kind: SearchKind) -> dict[str, str]:
        """See `SearchIndex`."""
        rows = self._ask(f"SELECT subject, fingerprint FROM {_TABLE} WHERE kind = :kind", {"kind": kind.value})
        return {row.subject: row.fingerprint for row in rows}

    def save(self, kind: SearchKind, entries: Sequence[Entry]) -> None:
        """See `SearchIndex`."""
        if not entries:
            return
        with self._database.write() as connection:
            if not _is_there(connection):
                for statement in _MAKE:
                    connection.execute(text(statement))
            connection.execute(
                text(
                    f"INSERT INTO {_TABLE} VALUES (:kind, :subject, :fingerprint, :vector, "
                    "setweight(to_tsvector('english', :title), 'A') || setweight(to_tsvector('english', :names), 'B') "
                    "|| to_tsvector('english', :text)) ON CONFLICT (kind, subject) DO UPDATE SET "
                    "fingerprint = excluded.fingerprint, vector = excluded.vector, words = excluded.words"
                ),
                [_row(kind, entry) for entry in entries],
            )
            rows = self._spellings.rows(clean(f"{entry.title}\n{entry.names}") for entry in entries)
            if rows:
                kept = text(f"INSERT INTO {_SPELLINGS} VALUES (:trigram, :word) ON CONFLICT DO NOTHING")
                connection.execute(kept, rows)

    def remove(self, kind: SearchKind, subjects: Iterable[str]) -> None:
        """See `SearchIndex`."""
        with self._database.write() as connection:
            if _is_there(connection):
                for some in batches(subjects):
                    gone = text(f"DELETE FROM {_TABLE} WHERE kind = :kind AND subject = ANY(:subjects)")
                    connection.execute(gone, {"kind": kind.value, "subjects": some})

    def find(self, kind: SearchKind, wanted: Wanted, limit: int = MOST_HITS) -> Found:
        """See `SearchIndex`."""
        if wanted.is_empty:
            return Found()
        asked = _Asked(kind, wanted)
        weights = {name: self._rarity(kind, name, asked.values[name]) for name in asked.ranking}
        rank = " + ".join(f":r{name} * ts_rank(words, {_phrase(name)}, 1)" for name in weights)
        among = f"FROM {_TABLE} WHERE kind = :kind AND words @@ ({asked.query})"
        counted = self._ask(
            f"SELECT count(*) FROM (SELECT 1 {among} LIMIT {_MOST_COUNTED + 1}) AS counted", asked.values
        )
        values = asked.values | {f"r{name}": weight for name, weight in weights.items()} | {"most": limit}
        rows = self._ask(f"SELECT subject, {rank} AS score {among} ORDER BY score DESC, subject LIMIT :most", values)
        total = int(counted[0][0]) if counted else 0
        hits = tuple(Hit(row.subject, float(row.score)) for row in rows)
        return Found(hits, total, total > _MOST_COUNTED)

    def _rarity(self, kind: SearchKind, name: str, words: str) -> float:
        """How much a word tells: the more, the fewer things hold it. PostgreSQL's own rank does not ask."""
        rows = self._ask(
            f"SELECT (SELECT count(*) FROM (SELECT 1 FROM {_TABLE} WHERE kind = :kind AND words @@ {_phrase(name)} "
            f"LIMIT {_MOST_COUNTED}) AS held), (SELECT count(*) FROM {_TABLE} WHERE kind = :kind)",
            {"kind": kind.value, name: words},
        )
        held, size = rows[0] if rows else (0, 0)
        return math.log(1 + size / (held + 1))

    def unknown(self, kind: SearchKind, words: Iterable[str]) -> list[str]:
        """See `SearchIndex`."""
        return [word for word in words if not self.find(kind, Wanted((word,)), 1).hits]

    def spellings(self, word: str) -> list[str]:
        """See `SearchIndex`."""
        if len(word) < LEAST_LETTERS:
            return []
        rows = self._ask(
            f"SELECT word FROM {_SPELLINGS} WHERE trigram = ANY(:trigrams) GROUP BY word "
            f"ORDER BY count(*) DESC, abs(length(word) - :length), word LIMIT {_NEIGHBOURS}",
            {"trigrams": sorted(trigrams(word)), "length": len(word)},
        )
        return likest(word, [row.word for row in rows])

    def vectors(self, subjects: Sequence[str] | None = None) -> dict[str, bytes]:
        """See `SearchIndex`."""
        wanted = f"SELECT subject, vector FROM {_TABLE} WHERE kind = 'source' AND length(vector) > 0"
        if subjects is None:
            rows = self._ask(wanted, {})
        else:
            rows = self._ask(f"{wanted} AND subject = ANY(:subjects)", {"subjects": list(subjects)})
        return {row.subject: bytes(row.vector) for row in rows}

    def close(self) -> None:
        """See `SearchIndex`. The database is the library's, which closes it."""

    def _ask(self, statement: str, values: dict[str, Any]) -> Sequence[Any]:
        with self._database.read() as connection:
            return connection.execute(text(statement), values).all() if _is_there(connection) else []


def _is_there(connection: Connection) -> bool:
    return inspect(connection).has_table(_TABLE)


def _row(kind: SearchKind, entry: Entry) -> dict[str, Any]:
    words = {"title": entry.title, "names": entry.names, "text": entry.text}
    cut = {name: clean(spaced(value[:_MOST_CHARACTERS])) for name, value in words.items()}
    return {
        "kind": kind.value,
        "subject": entry.subject,
        "fingerprint": entry.fingerprint,
        "vector": entry.vector,
        **cut,
    }


class _Asked:
    """A question in PostgreSQL's form, every word of it a value."""

    def __init__(self, kind: SearchKind, wanted: Wanted) -> None:
        self.values: dict[str, Any] = {"kind": kind.value}
        self.ranking: list[str] = []  # names of the values that count
        words = [word for word in wanted.words if word not in STOP_WORDS] or list(wanted.words)
        parts = [self._named(phrase, counts=True) for phrase in wanted.phrases]
        if words:
            parts.append("({})".format(" || ".join(self._named((word,), counts=True) for word in words)))
        parts += [f"!!{self._named(phrase, counts=False)}" for phrase in wanted.without]
        self.query = " && ".join(parts)

    def _named(self, words: Iterable[str], *, counts: bool) -> str:
        name = f"q{len(self.values)}"
        self.values[name] = clean(" ".join(words))
        if counts:
            self.ranking.append(name)
        return _phrase(name)


def _phrase(name: str) -> str:
    return f"phraseto_tsquery('english', :{name})"
