"""The processes of a browser that we started, where the system lists processes as files (Linux)."""

import contextlib
import os
import signal
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

_PROCESSES = Path("/proc")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class Process(Struct, frozen=True):
    """A process as it was a moment ago."""

    id: int
    parent: int
    memory_bytes: int


def marked(mark: str) -> list[Process]:
    """The process that was started with this argument, and all that it started; none where nobody can tell."""
    known = {one.id: one for path in _folders() if (one := _read(path)) is not None}
    found = {one for one in known if mark.encode() in _arguments(one)}
    while more := {one.id for one in known.values() if one.parent in found and one.id not in found}:
        found |= more
    return [known[one] for one in sorted(found)]


def end(processes: Iterable[Process]) -> None:
    """End them at once."""
    for process in processes:
        with contextlib.suppress(OSError):
            os.kill(process.id, signal.SIGKILL)


def _folders() -> list[Path]:
    try:
        return [path for path in _PROCESSES.iterdir() if path.name.isdecimal()]
    except OSError:
        return []


def _arguments(process: int) -> list[bytes]:
    try:
        return (_PROCESSES / str(process) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


def _read(folder: Path) -> Process | None:
    try:
        fields = (folder / "stat").read_bytes().rpartition(b")")[2].split()
        resident = int((folder / "statm").read_bytes().split()[1])
        return Process(int(folder.name), int(fields[1]), resident * _PAGE_BYTES)
    except (OSError, IndexError, ValueError):  # it has ended
        return None
