"""One build of a library at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sourcebook.errors import UsageError
from sourcebook.store.archive import FOLDER_NAME as ARCHIVE
from sourcebook.store.archive.mending import mend
from sourcebook.store.failures import file_failures

FILE_NAME = "build.lock"


@contextmanager
def build_lock(folder: Path) -> Iterator[None]:
    """Hold the library for a build, its archive mended of what a killed one left. The kernel lets go of it however this
    process ends.

    Raises UsageError naming the process that holds it.
    """
    with file_failures(folder):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
            raise UsageError(
                f"process {holder} is building the library in {str(folder)!r}",
                "wait until it ends and run the same command again",
            ) from None
        with file_failures(folder / FILE_NAME):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        mend(folder / ARCHIVE)
        yield
    finally:
        os.close(descriptor)
