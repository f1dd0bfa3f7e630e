"""Doctor's look at the library: damage is named with its part, and a whole library has none."""

from collections.abc import Callable
from pathlib import Path

from sourcebook.store import Store, faults
from tests.store.made import fetched, source, unanswered

ANN = source("https://ann.example/a")


def test_a_whole_library_has_no_faults(store: Store) -> None:
    store.sources.add([ANN])
    store.captures.add(fetched(ANN))
    store.captures.add(unanswered(ANN, 1))
    store.sources.sync_identities()

    assert list(faults(store)) == []


def test_a_damaged_archive_is_named_with_its_file(store: Store) -> None:
    store.sources.add([ANN])
    store.captures.add(fetched(ANN))
    (path,) = store.archive.files()
    path.write_bytes(path.read_bytes()[:100])

    ((part, words),) = faults(store)

    assert part == "archive"
    assert path.name in words


def test_identities_that_stand_in_no_text_are_a_fault(store: Store, folder: Path) -> None:
    store.sources.add([ANN])
    (folder / "sources.journal.jsonl").unlink()

    ((part, words),) = faults(store)

    assert part == "identities"
    assert "sources.jsonl" in words


def test_a_lost_text_of_identities_is_written_by_the_next_sync(
    store: Store, folder: Path, reopen: Callable[[], Store]
) -> None:
    store.sources.add([ANN])
    store.sources.sync_identities()
    (folder / "sources.jsonl").unlink()

    again = reopen()
    again.sources.sync_identities()

    assert list(faults(again)) == []
