"""The archive: what servers sent, in the formats of the field (WARC 1.1, CDXJ)."""

import hashlib
import io
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path

from msgspec import Struct

from sourcebook import __version__, ids
from sourcebook.store import jsonl
from sourcebook.store.archive import mending, reading
from sourcebook.store.archive.cdxj import line_of
from sourcebook.store.archive.http import decoded_body
from sourcebook.store.archive.records import (
    ANSWERS,
    Original,
    Record,
    capture_record,
    info_record,
    records_of,
)
from sourcebook.store.columns import pack
from sourcebook.store.failures import file_failures
from sourcebook.types.captures import Capture, WarcPosition
from sourcebook.types.fetching import Exchange, Fetched

__all__ = ["FOLDER_NAME", "Archive", "Attempt", "capture_of", "decoded_body"]

FOLDER_NAME = "archive"
MOST_BYTES = 1_000_000_000  # of one file: what crawlers agree on, and no file system minds
_AT_ONCE = 1_000_000  # bytes that are written by one call: a call a page took a twentieth of what keeping them takes


class Attempt(Struct, frozen=True):
    """An answer to be kept."""

    fetched: Fetched
    capture: Capture
    held: WarcPosition | None = None  # where an earlier answer stands that it may repeat: its body is not kept again


class Archive:
    """Answers, appended to files that only this process writes. A file that another one left is only read."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self.folder = folder
        self._most_bytes = most_bytes
        self._file: io.FileIO | None = None
        self._name = ""  # of the file
        self._written = 0  # bytes of it that are on disk, all of them whole records
        self._end = 0  # where the next record will stand
        self._lock = threading.Lock()

    def add(self, fetched: Fetched, held: WarcPosition | None = None) -> WarcPosition | None:
        """Keep one attempt, as `add_many` does; where its last answer stands, None when nobody answered."""
        return self.add_many((Attempt(fetched, capture_of(fetched), held),))[0].position

    def add_many(self, attempts: Sequence[Attempt]) -> list[Capture]:
        """Keep every exchange of each, and what we made of them, on disk before this returns: all of them, or none."""
        if not attempts:
            return []
        originals = [self._original(attempt.fetched, attempt.held) for attempt in attempts]
        captures: list[Capture] = []
        lines: list[bytes] = []
        with self._lock, file_failures(self.folder):
            with self._appending() as append:
                for attempt, original in zip(attempts, originals, strict=True):
                    members, capture, more = self._packed(attempt, original)
                    append(members)
                    captures.append(capture)
                    lines += more
            jsonl.append(self.folder / mending.INDEX_NAME, lines, durable=False)  # made again from the records if lost
        return captures

    def read(self, position: WarcPosition) -> Exchange:
        """The exchange at a position."""
        path = self.folder / position.file
        with file_failures(path):
            return reading.read_exchange(path, position)

    def screenshot(self, position: WarcPosition) -> bytes:
        """The picture of the page at a position; b"" without one."""
        path = self.folder / position.file
        with file_failures(path):
            return reading.read_screenshot(path, position)

    def screenshot_size(self, position: WarcPosition) -> int:
        """How many bytes it has; 0 without one."""
        path = self.folder / position.file
        with file_failures(path):
            return reading.screenshot_size(path, position)

    def member(self, position: WarcPosition) -> bytes:
        """The record at a position, as it was written."""
        path = self.folder / position.file
        with file_failures(path), path.open("rb") as file:
            file.seek(position.offset)
            return file.read(position.length)

    def captures(self) -> Iterator[Capture]:
        """Every capture that the archive knows of, file by file. Torn and damaged records are passed over."""
        for path in self.files():
            with file_failures(path):
                yield from reading.read_captures(path)

    def captures_behind(self, file: str, offset: int) -> Iterator[Capture]:
        """The captures noted in one file from an offset on."""
        with file_failures(self.folder / file):
            yield from reading.read_captures(self.folder / file, offset)

    def reindex(self) -> None:
        """Write the index anew from the records."""
        with file_failures(self.folder):
            mending.reindex(self.folder)

    def files(self) -> list[Path]:
        """The archive's files, oldest first."""
        return mending.files(self.folder)

    def close(self) -> None:
        """End the file that is being written."""
        with self._lock:
            self._leave()

    def _original(self, fetched: Fetched, held: WarcPosition | None) -> Original | None:
        """The record whose body the last answer repeats, byte for byte; None when it repeats none."""
        if held is None or not fetched.exchanges:
            return None
        found = reading.read_original(self.folder / held.file, held)
        body = fetched.exchanges[-1].body
        return found[0] if found is not None and body in {b"", found[1]} else None

    def _packed(self, attempt: Attempt, original: Original | None) -> tuple[list[bytes], Capture, list[bytes]]:
        """The records of one attempt, its capture with where its last answer will stand, and the index's lines."""
        fetched = attempt.fetched
        answers: list[Record] = []
        members, positions, lines = [], [], []
        offset = self._end
        for number, exchange in enumerate(fetched.exchanges, 1):
            last = number == len(fetched.exchanges)
            records = records_of(exchange, fetched, attempt.capture.body_digest, original if last else None)
            answers.append(records[0])
            for record in records:
                packed = record.packed()
                position = WarcPosition(self._name, offset, len(packed))
                if record is records[0]:
                    positions.append(position)
                if record.type in ANSWERS:
                    lines.append(line_of(record, position))
                members.append(packed)
                offset += len(packed)
        capture = _placed(attempt.capture, positions[-1] if positions else None)
        members.append(capture_record(fetched.url, fetched.checked_at, pack(capture), answers).packed())
        return members, capture, lines

    @contextmanager
    def _appending(self) -> Iterator[Callable[[Sequence[bytes]], None]]:
        """For whole records: at the end all that was appended is on disk or, as far as the disk lets us, nothing."""
        file = self._open()
        waiting: list[bytes] = []
        sent = self._end

        def write() -> None:
            nonlocal sent
            rest = memoryview(b"".join(waiting))
            waiting.clear()
            while rest:
                rest = rest[file.write(rest) :]
            sent = self._end

        def append(members: Sequence[bytes]) -> None:
            waiting.extend(members)
            self._end += sum(map(len, members))
            if self._end - sent >= _AT_ONCE:
                write()

        try:
            yield append
            write()
            os.fsync(file.fileno())
        except BaseException:  # Ctrl-C too: half a record must not stay
            try:
                file.truncate(self._written)
                file.seek(self._written)
                self._end = self._written
            except OSError:
                self._leave()  # its end stays torn; what follows goes to a new file
            raise
        self._written = self._end

    def _open(self) -> io.FileIO:
        """The file to append to: a new one for each process, and when the last one is full."""
        if self._file is not None and self._written < self._most_bytes:
            return self._file
        self._leave()
        self.folder.mkdir(parents=True, exist_ok=True)
        now = datetime.now(UTC)
        self._name = f"{now:%Y%m%d%H%M%S%f}-{os.getpid()}.warc.gz"
        self._file, self._written, self._end = io.FileIO(self.folder / self._name, "x"), 0, 0
        with self._appending() as append:
            append((info_record(now, self._name, f"Sourcebook/{__version__}").packed(),))
        jsonl.settle(self.folder)
        return self._file

    def _leave(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


_ALL_BUT_POSITION = attrgetter(*Capture.__struct_fields__[:-1])


def _placed(capture: Capture, position: WarcPosition | None) -> Capture:
    """The capture, and where its answer stands: `replace` takes ten times as long."""
    return Capture(*(*_ALL_BUT_POSITION(capture), position))


def capture_of(fetched: Fetched) -> Capture:
    """The capture that an answer becomes when it is kept; it stands nowhere yet."""
    return Capture(
        id=ids.capture_id(fetched.source_id, fetched.checked_at),
        source_id=fetched.source_id,
        url=fetched.url,
        final_url=fetched.final_url,
        checked_at=fetched.checked_at,
        captured_at=fetched.captured_at,
        outcome=fetched.outcome,
        reason=fetched.reason,
        origin=fetched.origin,
        status=fetched.status,
        media_type=fetched.media_type,
        charset=fetched.charset,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        size_bytes=len(fetched.body),
        body_digest=hashlib.sha256(fetched.body).hexdigest() if fetched.exchanges and fetched.body else "",
        position=None,
    )
