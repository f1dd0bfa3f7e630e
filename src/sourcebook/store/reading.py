"""Opening a library to read it and nothing else: not a byte in its folder changes, and no file comes to stand there."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from sourcebook.errors import StoreError, UsageError
from sourcebook.store.database import FILE_NAME, Database, connect
from sourcebook.store.failures import LOCKED, file_failures
from sourcebook.store.jsonl import stamp
from sourcebook.store.opening import Store, assemble
from sourcebook.store.schema import NEWEST, version_of

_WAL = f"{FILE_NAME}-wal"
_TRIES = 3  # how often a library is copied that a build keeps writing to


@contextmanager
def read_store(folder: Path, database: str = "") -> Iterator[Store]:
    """A library as it is now. What its text files have and its database lacks is not taken in.

    Raises UsageError when there is no library, or it is of another version; StoreError when it changes meanwhile.
    """
    with _read_only(folder, database) as connected:
        try:
            version = version_of(connected)
            if not version:
                raise _no_library(folder)
            if version != NEWEST:
                raise UsageError(
                    f"the library in {str(folder)!r} has tables of version {version}, and this Sourcebook has {NEWEST}",
                    "run `sourcebook build` with this version first, or upgrade Sourcebook",
                )
            yield assemble(folder, connected)
        finally:
            connected.close()


@contextmanager
def _read_only(folder: Path, database: str) -> Iterator[Database]:
    """SQLite makes files beside a database that it only reads, unless it is told that the file cannot change. That is
    said where it is true; where a writer's log stands beside the database, a copy is read."""
    if database:
        connected = connect(folder, database)
        yield Database(connected.engine.execution_options(postgresql_readonly=True), connected.name)
        return
    file = folder / FILE_NAME
    if not file.is_file():
        raise _no_library(folder)
    if _size(folder / _WAL):
        with tempfile.TemporaryDirectory(prefix="sourcebook-") as copy:
            yield _immutable(_copied(folder, Path(copy)), str(file))
        return
    before = _stamps(folder)
    try:
        yield _immutable(file, str(file))
    finally:
        if _stamps(folder) != before:
            raise StoreError(f"the library in {str(folder)!r} changed while it was read", LOCKED)


def _immutable(file: Path, name: str) -> Database:
    address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"

    def opened() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, check_same_thread=False)

    return Database(create_engine("sqlite://", creator=opened, poolclass=StaticPool), name)


def _copied(folder: Path, to: Path) -> Path:
    """A copy of the database with its log folded in. Copied again when it was written to meanwhile."""
    with file_failures(folder):
        for _ in range(_TRIES):
            before = _stamps(folder)
            for name in (FILE_NAME, _WAL):
                if (folder / name).exists():
                    shutil.copyfile(folder / name, to / name)
            if _stamps(folder) == before:
                break
        else:
            raise StoreError(f"the library in {str(folder)!r} changed while it was read", LOCKED)
    copy = to / FILE_NAME
    with sqlite3.connect(copy) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    connection.close()
    return copy


def _stamps(folder: Path) -> tuple[str, int]:
    return stamp(folder / FILE_NAME), _size(folder / _WAL)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def _no_library(folder: Path) -> UsageError:
    return UsageError(f"no library in {str(folder)!r}", "run `sourcebook build` first")
