"""Programs on one core, and what they take there: so are clients and link checkers run that are held against others.

The first of our cores is theirs; whatever serves them stays off it where there is another (`off_the_core`).
"""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """What a program took, start-up and all."""

    cpu_s: float
    wall_s: float
    peak_mb: float
    said: str


def run(command: Sequence[str], *, errors_too: bool = False) -> Run:
    """Run a program to its end on whatever cores it finds. Raises CalledProcessError when it fails.

    `errors_too`: is what it writes for people part of what it said?
    """
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT if errors_too else None, text=True
    )
    assert process.stdout is not None
    said = process.stdout.read().strip()
    _, status, used = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, said)
    return Run(used.ru_utime + used.ru_stime, took, used.ru_maxrss / 1024, said)


def run_pinned(command: Sequence[str], *, errors_too: bool = False) -> Run:
    """The same on one core."""
    with _on({min(os.sched_getaffinity(0))}):
        return run(command, errors_too=errors_too)


@contextmanager
def off_the_core() -> Iterator[None]:
    """What is started in here leaves that core alone, where there is another."""
    cores = os.sched_getaffinity(0)
    with _on((cores - {min(cores)}) or cores):
        yield


@contextmanager
def _on(cores: Set[int]) -> Iterator[None]:
    """We run on these, and what we start inherits it."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
