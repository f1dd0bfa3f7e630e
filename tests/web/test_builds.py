"""A build run from the browser: started by a form of ours, watched as it happens, stopped without loss."""

import json
import threading
import time
import warnings
from collections.abc import Callable, Iterator

import pytest

from sourcebook import pipeline, wiring
from sourcebook.desk import Desk
from sourcebook.errors import UsageError
from sourcebook.place import place_of, read_config
from sourcebook.web.app import make_app
from sourcebook.web.builds import Builds, BuildState
from tests.web.shelf import Shelf

with warnings.catch_warnings():  # it would rather use httpx's successor, which the lock does not have
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

HERE = "http://127.0.0.1:8377"


class Slow:
    """A builder that takes one step each time that it is let."""

    def __init__(self, steps: int = 3, error: Exception | None = None) -> None:
        self.step = threading.Semaphore(0)
        self._steps = steps
        self._error = error

    def build(self, watcher) -> None:
        watcher.begin("Asking for sources", self._steps)
        for number in range(self._steps):
            self.step.acquire(timeout=10)
            watcher.advance(f"https://a.example/{number}")
        watcher.end()
        if self._error:
            raise self._error


def until(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + 10
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_a_build_tells_how_far_it_is() -> None:
    slow = Slow()
    builds = Builds(slow)
    builds.start()
    slow.step.release()
    until(lambda: builds.progress.done == 1)

    assert (builds.progress.stage, builds.progress.total) == ("Asking for sources", 3)
    assert builds.progress.words == "https://a.example/0"
    slow.step.release(2)
    until(lambda: builds.progress.is_over)
    assert builds.progress.state is BuildState.DONE


def test_one_build_runs_at_a_time() -> None:
    slow = Slow()
    builds = Builds(slow)
    builds.start()
    with pytest.raises(UsageError, match="running already"):
        builds.start()
    slow.step.release(3)
    until(lambda: builds.progress.is_over)
    builds.start()  # and then another may
    slow.step.release(3)
    until(lambda: builds.progress.is_over)


def test_a_build_stops_at_its_next_step() -> None:
    slow = Slow()
    builds = Builds(slow)
    builds.start()
    until(lambda: bool(builds.progress.stage))
    builds.stop()
    assert builds.progress.state is BuildState.STOPPING
    slow.step.release()
    until(lambda: builds.progress.is_over)

    assert builds.progress.state is BuildState.STOPPED


def test_a_build_that_fails_says_why() -> None:
    slow = Slow(0, UsageError("another program is writing", "wait for it"))
    builds = Builds(slow)
    builds.start()
    until(lambda: builds.progress.is_over)

    assert builds.progress.state is BuildState.FAILED
    assert builds.progress.words == "another program is writing; wait for it"


@pytest.fixture
def browser(tmp_path) -> Iterator[TestClient]:
    """A library that was built once, and a page that was written since."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "sourcebook.toml").write_text(
        "[fetch]\nhosts = 1\n[engine]\nworkers = 1\n[memento]\ntimegates = []\ntimemaps = []\n"
    )
    (folder / "a.md").write_text("# Nothing\n\nNo link.\n")
    place = place_of(folder, None)
    config = read_config(place, {}).config
    books = wiring.open_library(place, config, wiring.Sources(offline=True))
    pipeline.build(books)
    books.close()
    (folder / "b.md").write_text("# More\n\nStill no link.\n")
    with wiring.open_records(place, config) as records:
        app = make_app(records, Desk(place, config, "Ann"))
        yield TestClient(app, base_url=HERE, raise_server_exceptions=False, follow_redirects=False)


def test_a_build_from_the_browser_reads_what_is_new(browser: TestClient) -> None:
    page = browser.get("/build").text
    token = page.partition('name="token" value="')[2].partition('"')[0]
    assert browser.post("/build", data={"token": token}, headers={"origin": HERE}).status_code == 303
    told = [json.loads(line.removeprefix("data: ")) for line in browser.get("/build/events").text.split("\n\n") if line]

    assert told[-1]["state"] == "done"
    after = browser.get("/build").text
    assert "2, 1 read now" in after
    assert browser.get("/pages.json").json()["total"] == 2


def test_no_other_site_starts_or_stops_a_build(browser: TestClient) -> None:
    token = browser.get("/build").text.partition('name="token" value="')[2].partition('"')[0]
    for address in ("/build", "/build/stop"):
        assert browser.post(address, data={"token": "guessed"}, headers={"origin": HERE}).status_code == 403
        elsewhere = {"origin": "https://evil.example"}
        assert browser.post(address, data={"token": token}, headers=elsewhere).status_code == 403

    assert "Build now" in browser.get("/build").text


def test_a_server_that_only_reads_builds_nothing() -> None:
    client = TestClient(make_app(Shelf()), base_url=HERE, raise_server_exceptions=False)

    assert client.get("/build").status_code == 404
    assert client.post("/build", data={"token": ""}).status_code in {404, 405}
