"""Is what we remember whole? Reads everything, changes nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct
from sqlalchemy import text

from sourcebook.errors import StoreError
from sourcebook.store.archive.verifying import Damage, damages
from sourcebook.store.failures import file_failures
from sourcebook.store.opening import Store


def faults(store: Store) -> Iterator[tuple[str, str]]:
    """What is damaged: the part ("database", "archive", "identities") and what is wrong with it, in words."""
    yield from _of_database(store)
    yield from _of_archive(store)
    yield from _of_identities(store)


class FileChecked(Struct, frozen=True):
    """One file of the archive, read again."""

    file: str
    size_bytes: int
    answers: int  # that our captures lead to
    damages: tuple[Damage, ...]


def check_archive(store: Store, seen: Callable[[int], None]) -> Iterator[FileChecked]:
    """Every file of the archive, read again and held against its digests and against what captures lead to. `seen` is
    told of the bytes that were read, as they are."""
    there = {path.name: path for path in store.archive.files()}
    for name in sorted(there.keys() | store.captures.files()):
        known = dict(store.captures.positions(name))
        if name in there:
            yield _checked(there[name], known, seen)
        else:
            lost = (Damage(name, offset, url, "the file is gone") for offset, url in known.items())
            yield FileChecked(name, 0, len(known), tuple(lost))


def _checked(path: Path, known: dict[int, str], seen: Callable[[int], None]) -> FileChecked:
    before = 0

    def come_to(end: int) -> None:
        nonlocal before
        seen(end - before)
        before = end

    with file_failures(path):
        found = tuple(damages(path, known, come_to))
        return FileChecked(path.name, path.stat().st_size, len(known), found)


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
