"""Is what we remember whole? Reads everything, changes nothing."""

from collections.abc import Iterator

from sqlalchemy import text

from sourcebook.errors import StoreError
from sourcebook.store.opening import Store


def faults(store: Store) -> Iterator[tuple[str, str]]:
    """What is damaged: the part ("database", "archive", "identities") and what is wrong with it, in words."""
    yield from _of_database(store)
    yield from _of_archive(store)
    yield from _of_identities(store)


def _of_database(store: Store) -> Iterator[tuple[str, str]]:
    """SQLite checks itself; a PostgreSQL server looks after its own files."""
    if store.database.engine.dialect.name != "sqlite":
        return
    with store.database.read() as connection:
        for (answer,) in connection.execute(text("PRAGMA integrity_check")).all():
            if answer != "ok":
                yield "database", f"{answer}; run `sourcebook rebuild`"


def _of_archive(store: Store) -> Iterator[tuple[str, str]]:
    """Every kept answer is read again and held against its digest."""
    for source in store.sources.all():
        for capture in store.captures.of(source.id):
            try:
                store.captures.body(capture)
            except StoreError as error:
                yield "archive", f"{error.message}; {error.hint}"


def _of_identities(store: Store) -> Iterator[tuple[str, str]]:
    """The text beside the database names every source."""
    if store.sources.count() and not store.sources.are_in_text():
        yield "identities", f"sources.jsonl is missing from {str(store.folder)!r}; run `sourcebook build` to write it"
