"""A library opens, or says in words what is wrong with it and what to do."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pg8000.exceptions
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from sourcebook.errors import StoreError, UsageError
from sourcebook.store import ListQuery, RowQuery, Store, open_store, schema, tables
from sourcebook.store.columns import pack
from sourcebook.store.database import sqlite_database
from sourcebook.store.failures import database_failures
from sourcebook.types.builds import Step
from sourcebook.types.registries import Notice, NoticeKind, RegistryEntry
from tests.store.made import fetched, source

ANN = source("https://ann.example/a")
_OF_SOURCE = {"source_id": "s", "url": "https://old.example", "venue_id": "v", "venue": "V", "type": "book"}
_OF_SOURCE |= {"state": "alive", "importance": 5}
_COUNTS = dict.fromkeys(
    ("claims", "supported", "partial", "flagged", "unjudged", "strong", "sources", "unrated", "dead"), 0
)
_EMPTY = dict.fromkeys(("reason", "media_type", "charset", "etag", "last_modified", "body_digest"), "")
_OLDER = {  # rows of a library of version 0005
    "pages": {"id": "p", "path": "a.md", "title": "", "type": "", "digest": "", "description": ""}
    | {"tags": "[]", "stamp": "", "text": ""},
    "listings": _OF_SOURCE | {"stable_id": "sid_1", "title": "Old", "domain": "", "pages": 1, "words": "an old title"},
    "claim_listings": _OF_SOURCE
    | {"key": "p:00000:s", "page_id": "p", "position": 0, "claim_id": "c", "text": "", "start": 0, "line": 1}
    | {"page": "", "path": "a.md", "source": "", "verdict": "supported", "carried": "supported", "reason": ""}
    | {"quote_altered": True, "problem": "altered-quote", "review": "", "words": "an old claim"}
    | {"type": "web page", "state": "unknown", "verdict": "unjudged", "reason": "budget", "review": "dismissed"}
    | {"credibility": 5},
    "page_listings": _COUNTS | {"page_id": "p", "path": "a.md", "title": "", "type": "", "words": "a.md"},
    "captures": _EMPTY
    | {"id": "c", "source_id": "s", "url": "https://old.example", "final_url": "https://old.example"}
    | {"checked_at": "2026-04-07T12:00:00.000000Z", "captured_at": "2026-04-07T12:00:00.000000Z", "outcome": "ok"}
    | {"origin": "web", "size_bytes": 0, "address_order": "old.example"},
}

_LAST_OF_EACH = (
    ("type", "web page"), ("state", "unknown"), ("verdict", "unjudged"), ("reason", "budget"), ("review", "dismissed"),
    ("credibility", 5), ("quote_altered", True), ("venue_id", "v"),
)  # fmt: skip


def test_a_library_that_was_never_built_is_not_made_by_looking(folder: Path) -> None:
    with pytest.raises(UsageError, match="no library in") as caught:
        open_store(folder, create=False)

    assert caught.value.hint == "run `sourcebook build` first"
    assert not folder.exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")

    with pytest.raises(StoreError, match="taken"):
        open_store(tmp_path / "taken" / "library")


def test_a_file_in_the_place_of_the_library_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")

    with pytest.raises(StoreError, match="taken"):
        open_store(tmp_path / "taken")


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("mysql://ann@localhost/library", id="another kind"),
        pytest.param("not an address", id="no address"),
        pytest.param("postgresql://localhost:port/x", id="no port"),
    ],
)
def test_an_address_that_names_no_postgresql_is_a_mistake_of_the_settings(folder: Path, address: str) -> None:
    with pytest.raises(UsageError) as caught:
        open_store(folder, address)

    assert "postgresql://user:password@host/name" in caught.value.hint


def test_a_server_that_does_not_answer_is_named_without_its_password(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(folder, f"postgresql://ann:s3cret@/library?host={tmp_path}")

    assert "store.database" in caught.value.hint
    assert "s3cret" not in caught.value.message
    assert "library" in caught.value.message


def refused(**fields: str) -> DBAPIError:
    """What SQLAlchemy raises when the PostgreSQL server answers with these fields."""
    return ProgrammingError("SELECT 1", {}, pg8000.exceptions.DatabaseError(fields))


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        pytest.param("53100", "free some space on the database's server", id="its disk is full"),
        pytest.param("25006", "may only be read", id="a copy for readers"),
        pytest.param("42501", "the right to make and change tables", id="no rights"),
        pytest.param("3D000", "store.database names it", id="no such database"),
        pytest.param("57P01", "check that the database runs", id="it is shut down"),
        pytest.param("XX001", "sourcebook rebuild", id="its files are damaged"),
        pytest.param("42601", "report it", id="our own mistake"),
    ],
)
def test_what_a_server_refuses_comes_with_what_to_do(code: str, hint: str) -> None:
    with pytest.raises(StoreError, match="in its words") as caught, database_failures("postgresql://here"):
        raise refused(C=code, M="in its words")

    assert hint in caught.value.hint


# --- tables and their versions -----------------------------------------------------------------------


def test_the_migrations_make_the_tables_that_the_code_knows(store: Store) -> None:
    with store.database.read() as connection:
        letters = {"include_name": lambda name, kind, _: kind != "table" or "_letters" not in name}
        differences = compare_metadata(MigrationContext.configure(connection, opts=letters), tables.metadata)

    assert differences == []


def test_what_lists_of_an_older_library_are_narrowed_by_is_filled_in(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    older = sqlite_database(folder / "library.db")
    with older.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
        for table, row in _OLDER.items():
            connection.execute(text(f"INSERT INTO {table} ({', '.join(row)}) VALUES (:{', :'.join(row)})"), row)
    older.close()

    store = open_store(folder)

    assert store.listings.page(ListQuery(words="old title")).total == 1
    assert store.captures.page(RowQuery("address", (("venue_id", "v"),), words="old.ex")).total == 1
    assert store.page_listings.claims(RowQuery("page", words="old claim")).total == 1
    assert store.page_listings.claims(RowQuery("page", _LAST_OF_EACH)).total == 1
    assert store.page_listings.claim_count(RowQuery("page", _LAST_OF_EACH)) == 1
    assert store.page_listings.waiting_counts() == {"altered-quote": 1}
    store.close()


def test_works_that_an_older_library_knows_as_retracted_are_found(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    now = datetime(2026, 4, 7, tzinfo=UTC)
    entries = {
        "a": RegistryEntry("a", (), now, notices=(Notice(NoticeKind.RETRACTION, "", "", "crossref"),)),
        "b": RegistryEntry("b", (), now, 'A "kind":"retraction", or a withdrawal'),
        "c": RegistryEntry("c", (), now, notices=(Notice(NoticeKind.CORRECTION, "", "", "crossref"),)),
        "d": RegistryEntry("d", (), now, notices=(Notice(NoticeKind.WITHDRAWAL, "", "", "arxiv"),)),
    }
    older = sqlite_database(folder / "library.db")
    with older.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0008")
        for name, entry in entries.items():
            row = {"subject": name, "value": pack(entry).decode()}
            connection.execute(text("INSERT INTO derived VALUES ('registry', :subject, 'm', NULL, :value)"), row)
    older.close()

    store = open_store(folder)

    assert store.derived.fingerprints(Step.RETRACTED) == {"a": "m", "d": "m"}
    store.close()


def test_the_newest_version_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))

    assert ScriptDirectory.from_config(config).get_current_head() == schema.NEWEST


def test_alembic_is_loaded_only_where_there_is_something_to_migrate(folder: Path, store: Store) -> None:
    code = (
        "import sys; from pathlib import Path; from sourcebook.store import open_store;"
        "open_store(Path(sys.argv[1])).close(); print('alembic' in sys.modules)"
    )
    said = [
        subprocess.run([sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True).stdout
        for path in (folder, folder / "new")
    ]

    assert said == ["False\n", "True\n"]


# --- damage ------------------------------------------------------------------------------------------


def damage_header(path: Path) -> None:
    path.write_bytes(b"this is no database" + path.read_bytes()[19:])


def damage_pages(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(data)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("harm", [damage_header, damage_pages, cut_off, empty, Path.unlink])
def test_a_damaged_database_is_named_and_never_replaced_by_an_empty_one(
    folder: Path, reopen: Callable[[], Store], harm: Callable[[Path], None]
) -> None:
    store = reopen()
    store.sources.add([ANN])
    store.captures.add(fetched(ANN))
    store.close()
    harm(folder / "library.db")

    with pytest.raises(StoreError) as caught:
        reopen().sources.find(ANN.url)

    assert "sourcebook rebuild" in caught.value.hint
    assert str(folder) in caught.value.message


def test_a_database_that_another_program_holds_is_waited_for_and_then_named(folder: Path, store: Store) -> None:
    with store.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")  # half a minute is too long for a test
    other = sqlite3.connect(folder / "library.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError, match="locked") as caught:
        store.meta.save("a", "b")
    other.execute("ROLLBACK")
    other.close()
    store.meta.save("a", "c")

    assert "wait for it" in caught.value.hint
    assert store.meta.read("a") == "c"


def test_a_new_library_lets_git_keep_its_text_only(tmp_path: Path) -> None:
    pages = tmp_path / "docs"
    pages.mkdir()
    subprocess.run(["git", "init", "-q", str(pages)], check=True)
    open_store(pages / ".sourcebook").close()
    for name in ("sources.jsonl", "reviews.jsonl"):
        (pages / ".sourcebook" / name).write_text("")
    listed = subprocess.run(
        ["git", "-C", str(pages), "ls-files", "--others", "--exclude-standard"],
        check=True,
        capture_output=True,
        text=True,
    )

    assert listed.stdout.split() == [f".sourcebook/{name}" for name in (".gitignore", "reviews.jsonl", "sources.jsonl")]


def test_what_the_pool_logs_does_not_reach_a_terminal(folder: Path) -> None:
    code = (
        "import logging, pathlib, sys\n"
        "from sourcebook.store import open_store\n"
        "open_store(pathlib.Path(sys.argv[1])).close()\n"
        "logging.getLogger('sqlalchemy.pool.impl.QueuePool').error('cut off')"
    )
    ended = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=True)

    assert ended.stderr == ""
