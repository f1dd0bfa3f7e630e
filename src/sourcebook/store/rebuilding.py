"""A new database from what the text files and the archive know, after the old one is lost."""

from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from sourcebook.errors import UsageError
from sourcebook.store.database import FILE_NAME, Database, batches, connect, sqlite_database
from sourcebook.store.failures import file_failures
from sourcebook.store.locking import build_lock
from sourcebook.store.opening import assemble
from sourcebook.store.schema import bring_up, set_aside


class RebuildReport(Struct, frozen=True):
    """What a rebuild restored, and where the old database is."""

    sources: int
    reviews: int
    captures: int
    set_aside: str = ""  # file or schema with what was there before; "" when there was nothing


def rebuild(folder: Path, database: str = "") -> RebuildReport:
    """Make the library's database again, holding the build lock. Pages and what is derived come with the next build.

    The old database is moved aside, never deleted, and only when the new one is whole.
    """
    if not folder.is_dir():
        raise UsageError(f"no library in {str(folder)!r}", "run `sourcebook build` first")
    with build_lock(folder):
        name = f"{datetime.now(UTC):%Y%m%d%H%M%S%f}"
        return _in_postgres(folder, database, name) if database else _in_sqlite(folder, name)


def _in_sqlite(folder: Path, name: str) -> RebuildReport:
    """Fill a new file, then swap the two."""
    old, new = folder / FILE_NAME, folder / f"{FILE_NAME}.new"
    with file_failures(folder):
        for leftover in folder.glob(f"{new.name}*"):  # of a rebuild that was cut off
            leftover.unlink()
    made = sqlite_database(new)
    try:
        bring_up(made)
        report = _fill(folder, made)
    finally:
        made.close()
    aside = folder / f"{old.stem}-{name}.db"
    had_one = old.exists()
    with file_failures(folder):
        for part in ("", "-wal", "-shm"):
            if (was := folder / f"{old.name}{part}").exists():
                was.rename(f"{aside}{part}")
        new.rename(old)
    return RebuildReport(*report, set_aside=str(aside) if had_one else "")


def _in_postgres(folder: Path, database: str, name: str) -> RebuildReport:
    """Move the old tables to a schema of their own and fill new ones, all in one transaction."""
    connected = connect(folder, database)
    try:
        with connected.write() as connection:
            aside = set_aside(connection, f"sourcebook_{name}")
            bring_up(connected)
            report = _fill(folder, connected)
    finally:
        connected.close()
    return RebuildReport(*report, set_aside=aside)


def _fill(folder: Path, database: Database) -> tuple[int, int, int]:
    """Sources, reviews and captures: how many came back."""
    store = assemble(folder, database)
    store.archive.reindex()
    with store.write():
        store.sources.take_in_identities()
        reviews = store.reviews.take_in()
        captures = sum(map(store.captures.restore, batches(store.archive.captures())))
        return store.sources.count(), reviews, captures
