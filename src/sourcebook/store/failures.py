"""What a failure of the database or the disk means, and what a person can do. The one place that says so."""

import errno
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from sourcebook.errors import StoreError

FULL = "free some space and run the same command again; nothing that was reported as kept is lost"
DAMAGED = "run `sourcebook rebuild`: it restores sources, reviews and captures, and moves the damaged file aside"
LOST = "run `sourcebook rebuild`: it restores sources, reviews and captures from the library's other files"
READ_ONLY = "make the library's folder writable, or name another with --library"
LOCKED = "another program is writing to the library; wait for it to end and run the same command again"
FAILING = "check the disk and its mount, then run the same command again"
UNWRITTEN = f"{FULL}; where there is space, check the disk"
UNREACHABLE = "check that the database runs and that store.database names it, then run the same command again"
OURS = "this is a fault of Sourcebook: please report it with the whole message"

_BY_ERRNO = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
}

_BY_SQLITE = (  # the beginning of the error's name, and its hint
    ("SQLITE_FULL", FULL),
    ("SQLITE_CORRUPT", DAMAGED),
    ("SQLITE_NOTADB", DAMAGED),
    ("SQLITE_READONLY", READ_ONLY),
    ("SQLITE_CANTOPEN", READ_ONLY),
    ("SQLITE_PERM", READ_ONLY),
    ("SQLITE_BUSY", LOCKED),
    ("SQLITE_LOCKED", LOCKED),
    ("SQLITE_IOERR_WRITE", UNWRITTEN),  # an exceeded quota or size limit among others, of which it tells no more
    ("SQLITE_IOERR_SHMSIZE", UNWRITTEN),
    ("SQLITE_IOERR_FSYNC", UNWRITTEN),
    ("SQLITE_IOERR_TRUNCATE", UNWRITTEN),
    ("SQLITE_IOERR", FAILING),
)

_BY_SQLSTATE = (  # the beginning of PostgreSQL's code, and its hint
    ("53100", "free some space on the database's server and run the same command again"),
    ("25006", "the database may only be read: name another in store.database, or its primary server"),
    ("42501", "give the user of store.database the right to make and change tables in that database"),
    ("XX", "restore the database from a copy, or run `sourcebook rebuild`"),
    ("08", UNREACHABLE),
    ("28", UNREACHABLE),  # a wrong user or password
    ("3D", UNREACHABLE),  # no such database
    ("53", UNREACHABLE),  # no connection free
    ("57", UNREACHABLE),  # shutting down, or starting
)


@contextmanager
def database_failures(name: str) -> Iterator[None]:
    """Any failure of the database inside is a StoreError that names it."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(f"cannot use the library's database {name!r}: {_words(error)}", _hint(error)) from error


@contextmanager
def file_failures(path: Path) -> Iterator[None]:
    """Any failure of the file system inside is a StoreError that names the file."""
    try:
        yield
    except OSError as error:
        hint = _BY_ERRNO.get(error.errno or 0, FAILING)
        raise StoreError(f"cannot use {str(error.filename or path)!r}: {error.strerror or error}", hint) from error


def _words(error: SQLAlchemyError) -> str:
    """The driver's own words: SQLAlchemy's repeat the statement and its values."""
    if not isinstance(error, DBAPIError) or error.orig is None:
        return str(error)
    said = error.orig.args[0] if error.orig.args else error.orig
    return str(said.get("M", said)) if isinstance(said, dict) else str(said)


def _hint(error: SQLAlchemyError) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        return _first(_BY_SQLITE, getattr(cause, "sqlite_errorname", "")) or OURS
    said = cause.args[0] if cause is not None and cause.args else None
    if isinstance(said, dict):  # an answer of the PostgreSQL server, in the fields of its protocol
        return _first(_BY_SQLSTATE, str(said.get("C", ""))) or OURS
    return UNREACHABLE if isinstance(error, DBAPIError) else OURS


def _first(hints: Iterable[tuple[str, str]], code: str) -> str:
    """The hint of the first beginning that fits, "" where none does."""
    return next((hint for start, hint in hints if code.startswith(start)), "")
