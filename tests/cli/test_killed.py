"""kill -9 at random moments of a build: nothing that was acknowledged is lost, nothing is there twice."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sourcebook.store import Store, build_lock, check_archive, open_store
from sourcebook.types.captures import Capture
from tests.cli.building import started
from tests.cli.conftest import Site

KILLS = 25
SOURCES = 90


@pytest.fixture
def many(tmp_path: Path, site: Site) -> Path:
    """A folder of pages that cite more than one build can ask for before it is killed."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "sourcebook.toml").write_text(
        '[fetch]\nallow_networks = ["127.0.0.0/8"]\ndelay_s = 0\n[engine]\nworkers = 1\n', encoding="utf-8"
    )
    for page in range(5):
        links = (f"[Paper {one}]({site.url(f'/article/{one}')})." for one in range(page, SOURCES, 5))
        (folder / f"{page}.md").write_text(f"# Page {page}\n\n" + "\n\n".join(links) + "\n", encoding="utf-8")
    return folder


def kept(store: Store) -> list[Capture]:
    return [capture for source_id in store.sources.ids() for capture in store.captures.of(source_id)]


def torn(archive: Path, dice: random.Random) -> None:
    """What a power cut may leave behind the last record: a piece of one, zeros, rubbish, or nothing."""
    paths = sorted(archive.glob("*.warc.gz"))
    if paths:
        whole = paths[-1].read_bytes()
        tail = dice.choice([b"", b"\0" * 700, dice.randbytes(900), whole[: dice.randrange(1, 200)]])
        paths[-1].write_bytes(whole + tail)


def await_moment(site: Site, dice: random.Random) -> None:
    """A random moment of a build: after some of its requests, however fast this machine is, and a little later."""
    enough, end = len(site.asked) + dice.randrange(7), time.monotonic() + 5
    while len(site.asked) < enough and time.monotonic() < end:
        time.sleep(0.002)
    time.sleep(dice.uniform(0, 0.03))


def killed(many: Path, site: Site, dice: random.Random, out: Path) -> Iterator[Store]:
    """The library after each kill, opened as the next build would open it."""
    library = many / ".sourcebook"
    for _ in range(KILLS):
        process = started(["build", str(many)], out)
        await_moment(site, dice)
        process.kill()
        process.join()
        if not (library / "library.db").exists():
            continue
        store = open_store(library)
        yield store
        store.close()
        torn(library / "archive", dice)


def test_a_build_that_is_killed_25_times_loses_nothing_and_keeps_nothing_twice(
    many: Path, tmp_path: Path, site: Site
) -> None:
    out = tmp_path / "out.txt"
    acknowledged: dict[str, Capture] = {}
    grew = 0
    for store in killed(many, site, random.Random(11), out):
        now = {capture.id: capture for capture in kept(store)}
        assert acknowledged.items() <= now.items()
        grew += len(now) > len(acknowledged)
        acknowledged = now
    last = started(["build", str(many)], out)
    last.join(120)
    assert last.exitcode == 0, out.read_text()

    with build_lock(many / ".sourcebook"):
        store = open_store(many / ".sourcebook")
        captures = kept(store)
        archived = [capture.id for capture in store.archive.captures()]
        found = [damage for file in check_archive(store, lambda _: None) for damage in file.damages]
        assert all(len(store.captures.body(capture)) == capture.size_bytes > 0 for capture in captures)
        store.close()
    assert found == []
    assert grew >= 5, "the kills came before anything was kept"
    assert acknowledged.keys() <= {capture.id for capture in captures}
    assert len({capture.source_id for capture in captures}) == len(captures) == SOURCES
    assert sorted(archived) == sorted(capture.id for capture in captures)
