"""Small facts about the library itself, by name."""

from sqlalchemy import select

from sourcebook.store import tables
from sourcebook.store.database import Database

CORPUS = "corpus"  # the name under which a library remembers its folder of pages


class Meta:
    """Texts by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, name: str) -> str | None:
        """The text of that name; None when there is none."""
        rows = self._database.rows(select(tables.meta.c.value).where(tables.meta.c.name == name))
        return rows[0].value if rows else None

    def save(self, name: str, value: str) -> None:
        """Keep a text under a name."""
        self._database.execute(self._database.upsert(tables.meta), [{"name": name, "value": value}])
