"""Text files of one JSON value a line that are only ever appended to, and survive being cut off while they are."""

import fcntl
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from sourcebook.errors import StoreError
from sourcebook.store.failures import file_failures

T = TypeVar("T")

_TAIL_BYTES = 65_536  # where the end of the last line but one is looked for first


def append(path: Path, lines: Sequence[bytes], *, durable: bool = True) -> None:
    """Add lines, on disk before this returns if they are to be durable. What an earlier writer left torn is dropped."""
    if not lines:
        return
    with file_failures(path), path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # a line that another process is writing is not one that was cut off
        _mend(file)
        before = file.seek(0, os.SEEK_END)
        try:
            file.write(b"".join(line + b"\n" for line in lines))
            file.flush()
            if durable:
                os.fsync(file.fileno())
        except OSError:
            os.ftruncate(file.fileno(), before)  # a full disk: leave no half line
            raise


def read(path: Path, kind: type[T]) -> Iterator[T]:
    """Every line as a value. A last line without its end that cannot be read was cut off, and never acknowledged."""
    if not path.exists():
        return
    decoder = msgspec.json.Decoder(kind)
    with file_failures(path), path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                yield decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                if not line.endswith(b"\n"):
                    return
                raise StoreError(
                    f"cannot read line {number} of {str(path)!r}: {error}",
                    "mend the line (a merge may have left its marks) and run the same command again",
                ) from error


def write(path: Path, lines: Iterable[bytes]) -> None:
    """Put these lines in place of the file, all or none."""
    new = path.with_name(f"{path.name}.new")
    with file_failures(path):
        with new.open("wb") as file:
            file.writelines(line + b"\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        settle(path.parent)


def _mend(file: BinaryIO) -> None:
    """End the last line where a person's editor left it open; drop it where a writer was cut off in it."""
    size, start, tail = file.seek(0, os.SEEK_END), 1, b""
    while start and b"\n" not in tail:
        start = max(0, size - max(_TAIL_BYTES, 2 * len(tail)))
        file.seek(start)
        tail = file.read()
    last = tail[tail.rfind(b"\n") + 1 :]
    if not last:
        return
    try:
        msgspec.json.decode(last)
        file.write(b"\n")
    except (msgspec.DecodeError, UnicodeDecodeError):
        file.truncate(size - len(last))


def settle(folder: Path) -> None:
    """Have the names in a folder on disk: a file's own fsync does not cover its name."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def stamp(path: Path | str) -> str:
    """Changes when the file does; "" when there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 - each look at a record asks, and a Path takes four times as long
    except FileNotFoundError:
        return ""
    return f"{status.st_size} {status.st_mtime_ns}"
