"""The real program in a process forked from one which has loaded everything, so that a test can kill it often."""

import multiprocessing
import os
from collections.abc import Sequence
from pathlib import Path

from sourcebook.cli import run

WARM = multiprocessing.get_context("forkserver")
WARM.set_forkserver_preload(
    ["tests.cli.building", "sourcebook.cli.build_command", "sourcebook.fetch.web", "sourcebook.pipeline"]
)


def program(arguments: Sequence[str], out: Path) -> None:
    """Run one command to its end; what it prints goes to a file."""
    for descriptor in (1, 2):
        os.dup2(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND), descriptor)
    os._exit(run(arguments))


def started(arguments: Sequence[str], out: Path) -> "multiprocessing.process.BaseProcess":
    """A command under way."""
    process = WARM.Process(target=program, args=(tuple(arguments), out), daemon=True)
    process.start()
    return process
