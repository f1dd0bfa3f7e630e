"""After a crash: the end of the file that was being written is taken in where it is whole, and cut where it is not.

One process writes at a time and each begins a file of its own, so only the newest file can have a torn end. An attempt
was acknowledged only after all of its records were on disk and in the index; what stands behind the last of those is
whole attempts that nobody was told of, and possibly the beginning of one more.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from sourcebook.store import jsonl
from sourcebook.store.archive import reading
from sourcebook.store.archive.cdxj import index_line, read_line
from sourcebook.store.archive.records import CAPTURE_TYPE
from sourcebook.store.failures import file_failures
from sourcebook.types.captures import WarcPosition

INDEX_NAME = "index.cdxj"
_LAST_LINES_BYTES = 1_000_000  # an address is seldom longer than 2 KB


def files(folder: Path) -> list[Path]:
    """The archive's files, oldest first."""
    return sorted(folder.glob("*.warc.gz"))


def mend(folder: Path) -> None:
    """Mend the newest file, and index what it holds. Only for the one who may write to the archive."""
    paths = files(folder)
    if not paths:
        return
    with file_failures(folder):
        if not (folder / INDEX_NAME).exists():
            reindex(folder)
        _mend(paths[-1], folder / INDEX_NAME)


def reindex(folder: Path) -> None:
    """Write the index anew from the records."""
    if paths := files(folder):
        jsonl.write(folder / INDEX_NAME, (line for path in paths for line in _lines(path)))


def _lines(path: Path) -> Iterator[bytes]:
    for offset, length, record in reading.read_records(path):
        if record.is_answer:
            yield index_line(record, WarcPosition(path.name, offset, length))


def _mend(path: Path, index: Path) -> None:
    known = _last_indexed(index, path.name)
    end = known  # of what stays, whatever comes behind it
    waiting: list[bytes] = []  # index lines of an attempt whose end was not seen yet
    lines: list[bytes] = []
    for stretch in reading.read_stretches(path, known):
        record = stretch.record
        if record is None:
            break
        if record.is_answer and stretch.offset > known:
            waiting.append(index_line(record, WarcPosition(path.name, stretch.offset, stretch.length)))
        if record.headers.get("content-type") == CAPTURE_TYPE or record.type == "warcinfo" or not waiting:
            end = stretch.offset + stretch.length
            lines += waiting
            waiting = []
    if end < path.stat().st_size and not _is_whole_behind(path, end):
        with path.open("r+b") as file:
            file.truncate(end)
            os.fsync(file.fileno())
    if path.stat().st_size == 0:
        path.unlink()
    jsonl.append(index, lines, durable=False)


def _last_indexed(index: Path, name: str) -> int:
    """Where the last answer stands that the index knows of in a file; 0 when it knows of none."""
    with index.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _LAST_LINES_BYTES))
        lines = file.read().splitlines()
    entries = (entry for line in reversed(lines) if (entry := read_line(line)) is not None)
    return next((int(entry.offset) for entry in entries if entry.filename == name), 0)


def _is_whole_behind(path: Path, end: int) -> bool:
    """Does a whole attempt stand behind damage? Then it is no torn end, and a person should look."""
    damaged = False
    for stretch in reading.read_stretches(path, end):
        damaged = damaged or stretch.record is None
        if damaged and stretch.record is not None and stretch.record.headers.get("content-type") == CAPTURE_TYPE:
            return True
    return False
