"""After the database is lost: everything that is not derived comes back, and nothing is deleted on the way."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sourcebook.errors import StoreError, UsageError
from sourcebook.store import Store, open_store, rebuild
from sourcebook.types.reviews import ReviewField
from tests.store.made import HTML, citation, fetched, parsed, review, source, unanswered

ANN = source("https://ann.example/a", "foreign-1")


@pytest.fixture
def damaged(folder: Path) -> bytes:
    """A library whose database is unreadable; the damaged bytes."""
    store = open_store(folder)
    store.sources.add([ANN])
    store.pages.save(parsed("a.md", citation(ANN.url)), "1", [ANN.id])
    store.captures.add(fetched(ANN))
    store.captures.add(unanswered(ANN, 1))
    store.reviews.add([review(ANN, ReviewField.TITLE, "T")])
    store.close()
    harm = b"this is no database" * 1_000
    (folder / "library.db").write_bytes(harm)
    return harm


def test_a_damaged_database_is_moved_aside_as_it_is(folder: Path, damaged: bytes, reopen: Callable[[], Store]) -> None:
    report = rebuild(folder)
    store = reopen()

    assert (report.sources, report.reviews, report.captures) == (1, 1, 2)
    assert Path(report.set_aside).read_bytes() == damaged
    assert Path(report.set_aside).parent == folder
    assert store.sources.find("foreign-1") == ANN
    assert [store.captures.body(capture) for capture in store.captures.of(ANN.id)] == [HTML, b""]
    assert store.pages.all() == []  # the next build reads them again


def test_a_rebuild_that_fails_leaves_the_old_database_where_it_was(folder: Path, damaged: bytes) -> None:
    lines = (folder / "sources.journal.jsonl").read_bytes()
    (folder / "sources.jsonl").write_bytes(b"<<<<<<< HEAD\n" + lines)

    with pytest.raises(StoreError, match="line 1"):
        rebuild(folder)

    assert (folder / "library.db").read_bytes() == damaged
    (folder / "sources.jsonl").unlink()
    assert rebuild(folder).sources == 1


def test_a_rebuild_writes_the_index_of_the_archive_anew(folder: Path, damaged: bytes) -> None:
    index = folder / "archive" / "index.cdxj"
    before = index.read_bytes()
    index.write_bytes(before[:30])  # torn

    rebuild(folder)

    assert index.read_bytes() == before


def test_what_a_cut_off_rebuild_left_is_no_obstacle(folder: Path, damaged: bytes) -> None:
    for part in ("", "-wal", "-shm"):
        (folder / f"library.db.new{part}").write_bytes(b"half of something")

    assert rebuild(folder).captures == 2
    assert not list(folder.glob("library.db.new*"))


def test_a_rebuild_cut_off_between_its_two_steps_is_asked_for_again(folder: Path, damaged: bytes) -> None:
    (folder / "library.db").rename(folder / "library-20260407120000.db")

    for create in (True, False):
        with pytest.raises(StoreError, match="its database is gone"):
            open_store(folder, create=create)

    report = rebuild(folder)
    assert (report.sources, report.captures, report.set_aside) == (1, 2, "")


def test_a_library_in_git_without_its_database_opens_with_what_it_knows(folder: Path, tmp_path: Path) -> None:
    store = open_store(folder)
    store.sources.add([ANN])
    store.reviews.add([review(ANN, ReviewField.TITLE, "T")])
    store.sources.sync_identities()
    store.close()
    clone = tmp_path / "clone"
    clone.mkdir()
    for name in ("sources.jsonl", "reviews.jsonl"):
        (clone / name).write_bytes((folder / name).read_bytes())

    cloned = open_store(clone)
    found, said = cloned.sources.find(ANN.stable_id), cloned.reviews.of(ANN.id)
    cloned.close()

    assert found == ANN
    assert len(said) == 1


def test_there_must_be_something_to_rebuild(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no library in"):
        rebuild(tmp_path / "nothing")
