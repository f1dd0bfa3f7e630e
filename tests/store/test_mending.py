"""What a killed writer leaves: whole attempts are taken in, a torn end is cut, damage in the middle is left alone."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from sourcebook.store import Store, build_lock, check_archive
from sourcebook.store.archive import reading
from sourcebook.store.archive.mending import INDEX_NAME, mend
from tests.store.made import HTML, fetched, source, unanswered
from tests.store.test_archive import warcio_says

ANN = source("https://ann.example/a")
BOB = source("https://bob.example/b")


def newest(store: Store) -> Path:
    return store.archive.files()[-1]


def damaged(store: Store) -> list[str]:
    return [one.why for file in check_archive(store, lambda _: None) for one in file.damages]


def index(store: Store) -> list[str]:
    return (store.archive.folder / INDEX_NAME).read_text().splitlines()


def ends(path: Path) -> list[int]:
    """Where each record of a file ends."""
    return [offset + length for offset, length, _ in reading.read_records(path)]


@pytest.mark.parametrize("name", ["nothing", "zeros", "rubbish", "half a record", "another gzip file"])
def test_what_was_not_acknowledged_is_cut(store: Store, reopen: Callable[[], Store], folder: Path, name: str) -> None:
    kept = [store.captures.add(fetched(ANN)), store.captures.add(unanswered(BOB))]
    store.archive.close()
    path = newest(store)
    whole = path.read_bytes()
    dice = random.Random(4)
    torn = {
        "nothing": b"",
        "zeros": b"\0" * 5_000,
        "rubbish": dice.randbytes(3_000),
        "half a record": whole[-200:-90],
        "another gzip file": b"\x1f\x8b\x08" + dice.randbytes(400),
    }
    path.write_bytes(whole + torn[name])
    with build_lock(folder):
        again = reopen()
        again.captures.adopt()
        more = again.captures.add(fetched(BOB, 1))

    assert path.read_bytes() == whole
    assert damaged(again) == []
    assert [warcio_says(one) for one in again.archive.files()] == ["", ""]
    assert again.captures.of(ANN.id) + again.captures.of(BOB.id) == [*kept, more]


@pytest.mark.parametrize("records", [0, 1, 2, 3])
def test_an_attempt_is_taken_in_whole_or_not_at_all(
    store: Store, reopen: Callable[[], Store], folder: Path, records: int
) -> None:
    """Its records are on disk, as many as were written before the kill; neither index nor database know of it."""
    first = store.captures.add(fetched(ANN))
    lines = index(store)
    before = newest(store).stat().st_size
    store.archive.add(fetched(BOB, 1))
    store.archive.close()
    path = newest(store)
    end = [before, *(end for end in ends(path) if end > before)][records]
    path.write_bytes(path.read_bytes()[:end])
    (store.archive.folder / INDEX_NAME).write_text("".join(f"{line}\n" for line in lines))
    with build_lock(folder):
        again = reopen()
        again.captures.adopt()

    whole = records == 3
    assert again.captures.of(ANN.id) == [first]
    assert [again.captures.body(one) for one in again.captures.of(BOB.id)] == [HTML] * whole
    assert len(index(again)) == len(lines) + whole
    assert path.stat().st_size == (end if whole else before)
    assert damaged(again) == []


def test_what_was_adopted_is_not_adopted_twice(store: Store, reopen: Callable[[], Store], folder: Path) -> None:
    store.captures.add(fetched(ANN))
    store.archive.add(fetched(ANN, 1))
    for _ in range(3):
        with build_lock(folder):
            store = reopen()
            store.captures.adopt()

    assert len(store.captures.of(ANN.id)) == len({one.id for one in store.archive.captures()}) == 2
    assert len(index(store)) == 2


def test_a_torn_line_of_the_index_is_written_again(store: Store, reopen: Callable[[], Store], folder: Path) -> None:
    store.captures.add(fetched(ANN))
    store.captures.add(fetched(BOB))
    lines = index(store)
    store.archive.close()
    file = store.archive.folder / INDEX_NAME
    file.write_bytes(file.read_bytes()[:-40])
    with build_lock(folder):
        reopen()

    assert index(store) == lines


def test_a_lost_index_is_made_again(store: Store, folder: Path) -> None:
    store.captures.add(fetched(ANN))
    store.captures.add(fetched(BOB))
    lines = index(store)
    store.archive.close()
    (store.archive.folder / INDEX_NAME).unlink()
    with build_lock(folder):
        pass

    assert index(store) == lines


def test_damage_before_whole_attempts_is_never_cut(store: Store, folder: Path) -> None:
    for day in range(3):
        store.captures.add(fetched(ANN, day))
    store.archive.close()
    path = newest(store)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 20] = b"\0" * 20
    path.write_bytes(data)
    (store.archive.folder / INDEX_NAME).write_bytes(b"")
    with build_lock(folder):
        pass

    assert path.read_bytes() == bytes(data)
    assert damaged(store) != []


def test_an_archive_that_is_not_there_needs_no_mending(tmp_path: Path) -> None:
    mend(tmp_path / "archive")

    assert not (tmp_path / "archive").exists()
