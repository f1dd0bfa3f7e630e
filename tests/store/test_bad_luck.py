"""Killed in the middle, out of disk, two at once: what was reported as kept is there, once, and work goes on."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sourcebook.errors import UsageError
from sourcebook.store import Store, build_lock, open_store, rebuild
from sourcebook.types.documents import Document
from tests.store import worker
from tests.store.made import source

ROOT = Path(__file__).parents[2]
Said = list[tuple[str, str]]


@contextlib.contextmanager
def working(
    folder: Path, start: int = 0, kilobytes: int = 2, most_file_bytes: int = 0
) -> Iterator[subprocess.Popen[str]]:
    """The worker, on a disk that takes no file larger than that."""
    command = [sys.executable, worker.__file__, *map(str, (folder, start, kilobytes, most_file_bytes))]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def read_lines(process: subprocess.Popen[str], most: int = 1_000_000) -> Said:
    """What it says, up to so many lines. A last line that was cut off was not said."""
    assert process.stdout is not None
    said: Said = []
    for line in process.stdout:
        if line.endswith("\n"):
            kind, name = json.loads(line)
            said.append((kind, name))
        if len(said) >= most:
            break
    return said


def named(said: Said, kind: str) -> list[str]:
    return [name for one, name in said if one == kind]


def check_kept(store: Store, said: Said) -> None:
    """All that was said is there, and nothing is there twice."""
    sources = list(store.sources.all())
    captures = [capture for one in sources for capture in store.captures.of(one.id)]
    reviews = [review for one in sources for review in store.reviews.of(one.id)]

    assert set(named(said, "source")) <= {one.url for one in sources}
    assert {source(url) for url in named(said, "source")} <= set(sources)
    assert set(named(said, "capture")) <= {capture.id for capture in captures}
    assert set(named(said, "review")) <= {review.id for review in reviews}
    assert set(named(said, "derived")) <= set(store.derived.find_many("extract", store.sources.ids(), Document))
    assert len({one.stable_id for one in sources}) == len(sources) >= len(store.pages.all())
    assert len({capture.source_id for capture in captures}) == len(captures)
    for capture in captures:
        assert len(store.captures.body(capture)) == capture.size_bytes > 0
    archived = [capture.id for capture in store.archive.captures()]
    assert len(set(archived)) == len(archived)
    assert {capture.id for capture in captures} <= set(archived)


# --- kill -9 -----------------------------------------------------------------------------------------


def test_what_was_reported_as_kept_survives_kill_9(folder: Path) -> None:
    chance = random.Random(2)
    said: Said = []
    for round_ in range(5):
        with working(folder, start=round_ * 10_000) as process:
            said += read_lines(process, most=chance.randrange(2, 130))
            process.send_signal(signal.SIGKILL)
            said += read_lines(process)
        store = open_store(folder)
        check_kept(store, said)
        store.close()

    assert len(named(said, "opened")) == 5
    assert len(named(said, "source")) > 20
    report = rebuild(folder)
    assert report.sources >= len(named(said, "source"))
    assert report.reviews >= len(named(said, "review"))
    assert report.captures >= len(named(said, "capture"))


# --- full disk ---------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path | None]:
    """A disk of two megabytes; None where this machine lets nobody mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)]
    try:
        mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        mounted = False
    yield disk if mounted else None
    if mounted:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def check_full(process: subprocess.Popen[str], said: Said) -> None:
    """It stopped with the message that a person needs."""
    assert process.wait() == 1
    (words,) = named(said, "failed")
    assert words.startswith("StoreError: ")
    assert "free some space and run the same command again; nothing that was reported as kept is lost" in words


@pytest.mark.parametrize("kilobytes", [0, 1, 40])
def test_a_full_disk_stops_the_work_and_loses_nothing(small_disk: Path | None, tmp_path: Path, kilobytes: int) -> None:
    """On a small disk of its own, or else under a limit on the size of files: never left out."""
    folder = (small_disk or tmp_path) / "library"
    with working(folder, kilobytes=kilobytes or 1, most_file_bytes=0 if small_disk else 1_500_000) as process:
        said = read_lines(process)
        check_full(process, said)
    if small_disk:
        subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)

    store = open_store(folder)
    check_kept(store, said)
    worker.work(store, 99_999, b"more")
    store.sources.sync_identities()
    store.close()

    assert len(named(said, "capture")) >= 5


def test_a_limit_on_the_size_of_files_is_a_full_disk_too(folder: Path) -> None:
    with working(folder, kilobytes=30, most_file_bytes=900_000) as process:
        said = read_lines(process)
        check_full(process, said)

    store = open_store(folder)
    check_kept(store, said)
    store.close()

    assert len(named(said, "capture")) >= 3


def test_a_disk_that_is_full_from_the_start_makes_no_half_library(small_disk: Path | None, tmp_path: Path) -> None:
    folder = (small_disk or tmp_path) / "library"
    if small_disk:
        with (small_disk / "ballast").open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
            while ballast.write(b"x" * 4096):
                pass
    with working(folder, most_file_bytes=0 if small_disk else 10_000) as process:
        check_full(process, read_lines(process))
    if small_disk:
        (small_disk / "ballast").unlink()

    with working(folder) as process:
        assert named(read_lines(process, most=9), "opened")


# --- two at once -------------------------------------------------------------------------------------


def test_a_second_build_is_told_who_builds(folder: Path) -> None:
    with working(folder) as process:
        pid = read_lines(process, most=1)[0][1]
        with pytest.raises(UsageError, match=rf"process {pid} is building") as caught, build_lock(folder):
            pass
        with pytest.raises(UsageError, match=pid):
            rebuild(folder)
        process.kill()
        process.wait()
        with build_lock(folder):  # the kernel let go of it
            pass

    assert "wait until it ends" in caught.value.hint


def test_a_library_can_be_read_while_it_is_built(folder: Path) -> None:
    with working(folder) as process:
        said = read_lines(process, most=40)
        store = open_store(folder)
        first = store.sources.count()
        seen = {one.url for one in store.sources.all()}
        early = named(said, "source")
        while len(named(said, "source")) <= first:
            said += read_lines(process, most=1)
        second = store.sources.count()
        store.close()

    assert set(early) <= seen
    assert first < second


def test_who_holds_the_library_for_a_word_is_waited_for(folder: Path) -> None:
    held, ends = threading.Event(), threading.Event()

    def say_a_word() -> None:
        with build_lock(folder, brief=True):
            held.set()
            ends.wait(0.3)

    speaker = threading.Thread(target=say_a_word)
    speaker.start()
    held.wait(5)
    with build_lock(folder), pytest.raises(UsageError, match="is building"), build_lock(folder, brief=True):
        pass
    speaker.join()
