"""One build of a library at a time."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sourcebook.errors import UsageError
from sourcebook.store.archive import FOLDER_NAME as ARCHIVE
from sourcebook.store.archive.mending import mend
from sourcebook.store.failures import file_failures

FILE_NAME = "build.lock"
_BRIEFLY = " briefly"  # in the lock's file, behind the number of the process
_WAIT_S = 30.0  # for those who hold it briefly: each takes well under a second, but others may come in between
_LOOK_S = 0.02


class LockedError(UsageError):
    """Somebody else writes to the library."""


@contextmanager
def build_lock(folder: Path, *, brief: bool = False) -> Iterator[None]:
    """Hold the library for a build, its archive mended of what a killed one left. The kernel lets go of it however this
    process ends. Who holds it `brief`ly, for a word or two, is waited for.

    Raises LockedError naming the process that holds it.
    """
    with file_failures(folder):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _take(descriptor, folder)
        with file_failures(folder / FILE_NAME):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}{_BRIEFLY if brief else ''}\n".encode(), 0)
        mend(folder / ARCHIVE)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, folder: Path) -> None:
    """Raises LockedError where another one holds it for long."""
    until = time.monotonic() + _WAIT_S
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
            if (not holder or holder.endswith(_BRIEFLY)) and time.monotonic() < until:
                time.sleep(_LOOK_S)
                continue
            process = holder.removesuffix(_BRIEFLY) or "unknown"
            raise LockedError(
                f"process {process} is building the library in {str(folder)!r}",
                "wait until it ends and run the same command again",
            ) from None
        return
