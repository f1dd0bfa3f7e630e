"""Asking in a process of its own."""

import os
import signal
from pathlib import Path

import pytest

from sourcebook.config import FetchSettings
from sourcebook.errors import UsageError
from sourcebook.fetch.apart import Apart, Said
from sourcebook.types.captures import Outcome
from tests.fetch.site import Site, article

SETTINGS = FetchSettings(allow_networks=("127.0.0.0/8",), delay_s=0.0)


def children() -> set[int]:
    """The processes that this one has started."""
    return {
        int(number) for task in Path("/proc/self/task").iterdir() for number in (task / "children").read_text().split()
    }


def test_each_address_has_an_answer_under_its_name(site: Site) -> None:
    site.page("/a", article())
    with Apart() as apart:
        answers = {said.name: said for said in apart.ask(SETTINGS, [("one", site.url("/a")), ("two", site.url("/b"))])}

    assert answers["one"] == Said("one", site.url("/a"), Outcome.OK, "status 200", 200, site.url("/a"))
    assert answers["two"].outcome is Outcome.GONE


def test_more_addresses_than_a_pipe_holds_are_all_asked_for(site: Site) -> None:
    site.page("/a", article())
    wanted = [(f"{number} {'x' * 200}", site.url("/a", f"127.0.{number % 40 + 1}.1")) for number in range(2_000)]
    with Apart() as apart:
        names = [said.name for said in apart.ask(SETTINGS, wanted)]

    assert sorted(names) == sorted(name for name, _ in wanted)


def test_settings_that_make_no_sense_are_said_by_the_process() -> None:
    with Apart() as apart, pytest.raises(UsageError, match=r"fetch\.hosts"):
        list(apart.ask(FetchSettings(hosts=0), [(str(number), "http://127.0.0.1/") for number in range(50_000)]))


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="who has started whom is read in /proc")
def test_a_process_that_is_ended_is_no_answer_and_none_stays_behind(site: Site) -> None:
    site.say("/a", 60.0)
    before = children()
    with Apart() as apart:
        answers = apart.ask(SETTINGS, [("a", site.url("/a"))])
        (process,) = children() - before
        os.kill(process, signal.SIGKILL)
        with pytest.raises(RuntimeError, match="was ended"):
            next(answers)
    with Apart():
        pass

    assert children() == before
