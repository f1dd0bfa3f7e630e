"""Every fault of the hostile server is survived: the right outcome, in time, in little memory, politely."""

import ctypes
import gc
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from sourcebook.config import FetchSettings
from sourcebook.fetch.outage import Asked
from sourcebook.fetch.web import WebFetcher
from sourcebook.types.fetching import Fetched, Wanted
from tests.fetch.hostile.acts import Fault
from tests.fetch.hostile.faults import FAULTS
from tests.fetch.hostile.server import address

DEADLINE_S = 3.0
GRACE_S = 1.2
SLOW_S = 0.5  # faults that take longer are measured together: what all of them take at once, none takes alone
MOST_MEMORY = 64 * 1024 * 1024
NUMBERS = {fault.name: number for number, fault in enumerate(FAULTS)}
NUMBERS_BY_ADDRESS = {address(number): number for number in range(len(FAULTS))}
SETTINGS = FetchSettings(allow_networks=("127.0.0.0/8",), delay_s=0.0, timeout_s=DEADLINE_S, max_mb=2.0, hosts=24)


@dataclass
class Survived:
    """What came of it all."""

    port: int
    ca_file: str
    answers: dict[str, Asked] = field(default_factory=dict)
    again: list[Fault] = field(default_factory=list)
    memory: dict[str, int] = field(default_factory=dict)
    suspects: list[Fault] = field(default_factory=list)  # measured together and alone
    report: dict[str, Any] = field(default_factory=dict)

    def ask(self, *faults: Fault, settings: FetchSettings = SETTINGS) -> dict[str, Asked]:
        wanted = [Wanted(fault.name, self.url(fault)) for fault in faults]
        fetcher = WebFetcher(replace(settings, ca_file=self.ca_file), lambda: datetime.now(UTC))
        return {asked.answer.source_id: asked for asked in fetcher.visits(wanted)}

    def url(self, fault: Fault) -> str:
        scheme = "https" if fault.tls else "http"
        return f"{scheme}://{address(NUMBERS[fault.name])}:{self.port}{fault.path}"

    def in_memory(self, *faults: Fault) -> int:
        """How many bytes of memory these take at their worst, all at once, with the caps that people have."""
        gc.collect()
        ctypes.CDLL(None).malloc_trim(0)  # what earlier faults have left would be used again, and not be counted
        Path("/proc/self/clear_refs").write_text("5")  # the highest use so far is forgotten
        before = _memory("VmHWM")
        self.ask(*faults, settings=replace(SETTINGS, max_mb=FetchSettings().max_mb))
        return _memory("VmHWM") - before

    def measure(self) -> None:
        """Find out what each takes: alone, or no more than all of those together that wait for most of their time. If
        these take too much together, each of them is asked alone too, to name the guilty one."""
        slow = [one for one in FAULTS if self.answers[one.name].seconds > SLOW_S and not one.needs_memory]
        self.memory = {one.name: self.in_memory(one) for one in FAULTS if one not in slow}
        self.memory |= dict.fromkeys([one.name for one in slow], self.in_memory(*slow))
        if slow and self.memory[slow[0].name] > MOST_MEMORY:
            self.suspects = slow
            self.memory |= {one.name: self.in_memory(one) for one in slow}


def _memory(name: str) -> int:
    (line,) = (one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith(f"{name}:"))
    return int(line.split()[1]) * 1024


def _is_right(fault: Fault, asked: Asked) -> bool:
    answer = asked.answer
    assert isinstance(answer, Fetched)
    in_time = asked.seconds <= DEADLINE_S + GRACE_S
    return in_time and answer.outcome in fault.outcomes and fault.reason in answer.reason


@pytest.fixture(scope="module")
def survived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Survived]:
    folder = tmp_path_factory.mktemp("hostile")
    command = [sys.executable, "-m", "tests.fetch.hostile.server", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        made = Survived(int(server.stdout.readline()), str(folder / "ca.pem"))
        made.answers = made.ask(*FAULTS)
        # many at once on a busy machine may wait for the processor and be late: what went wrong is tried again, alone
        made.again = [fault for fault in FAULTS if not _is_right(fault, made.answers[fault.name])]
        for fault in made.again:
            made.answers.update(made.ask(fault))
        if Path("/proc/self/clear_refs").exists():
            made.measure()
        made.report = json.loads(server.communicate()[0])
    yield made


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_a_fault_is_told_for_what_it_is(survived: Survived, fault: Fault) -> None:
    answer = survived.answers[fault.name].answer

    assert isinstance(answer, Fetched)
    assert answer.outcome in fault.outcomes, answer.reason
    assert fault.reason in answer.reason
    if fault.body is not None:
        assert answer.body == fault.body


def test_no_fault_takes_longer_than_the_deadline(survived: Survived) -> None:
    seconds = {name: asked.seconds for name, asked in survived.answers.items()}

    assert {name: taken for name, taken in seconds.items() if taken > DEADLINE_S + GRACE_S} == {}


def test_no_fault_takes_more_memory_than_it_may(survived: Survived) -> None:
    if not survived.memory:
        pytest.skip("memory is measured in /proc/self, which only Linux has")

    assert {name: taken for name, taken in survived.memory.items() if taken > MOST_MEMORY} == {}
    assert survived.memory.keys() == NUMBERS.keys()


def test_the_server_had_no_fault_of_its_own_and_every_fault_was_asked_for(survived: Survived) -> None:
    reached = {FAULTS[number].name for number in range(len(FAULTS)) if address(number) in survived.report["requests"]}
    before_http = {fault.name for fault in FAULTS if fault.tls not in {"", "good"}}

    assert survived.report["errors"] == []
    assert {fault.name for fault in FAULTS} - reached <= before_http
    assert len(FAULTS) >= 120


def test_no_host_was_asked_two_things_at_once(survived: Survived) -> None:
    busy = {FAULTS[NUMBERS_BY_ADDRESS[where]].name for where, most in survived.report["busiest"].items() if most > 1}

    assert busy == set()


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_no_host_was_asked_more_than_it_should_be(survived: Survived, fault: Fault) -> None:
    where = address(NUMBERS[fault.name])
    runs = 1 + bool(survived.memory) + (fault in survived.again) + (fault in survived.suspects)

    assert len(survived.report["requests"].get(where, [])) <= fault.most_requests * runs
    if fault.most_sent is not None:
        assert survived.report["sent"][where] <= fault.most_sent * runs
