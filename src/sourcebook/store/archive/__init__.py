"""The archive: what servers sent, in the formats of the field (WARC 1.1, CDXJ)."""

import hashlib
import io
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sourcebook import __version__, ids
from sourcebook.store import jsonl
from sourcebook.store.archive import reading
from sourcebook.store.archive.cdxj import index_line
from sourcebook.store.archive.http import decoded_body
from sourcebook.store.archive.records import capture_record, exchange_records, info_record
from sourcebook.store.columns import pack
from sourcebook.store.failures import file_failures
from sourcebook.types import Capture, Exchange, Fetched, WarcPosition

__all__ = ["FOLDER_NAME", "Archive", "capture_of", "decoded_body"]

FOLDER_NAME = "archive"
INDEX_NAME = "index.cdxj"
MOST_BYTES = 1_000_000_000  # of one file: what crawlers agree on, and no file system minds


class Archive:
    """Answers, appended to files that only this process writes. A file that another one left is only read."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self.folder = folder
        self._most_bytes = most_bytes
        self._file: io.FileIO | None = None
        self._written = 0  # bytes of whole records in the file
        self._lock = threading.Lock()

    def add(self, fetched: Fetched) -> WarcPosition | None:
        """Keep every exchange and what we made of them, on disk before this returns.

        The position is that of the last answer; None when nobody answered.
        """
        with self._lock, file_failures(self.folder):
            file = self._open()
            packed, positions = self._packed(fetched, Path(os.fsdecode(file.name)).name)
            self._append(file, packed)
            lines = list(map(index_line, fetched.exchanges, positions))
            jsonl.append(self.folder / INDEX_NAME, lines, durable=False)  # `reindex` makes it from the records
        return positions[-1] if positions else None

    def read(self, position: WarcPosition) -> Exchange:
        """The exchange at a position."""
        path = self.folder / position.file
        with file_failures(path):
            return reading.read_exchange(path, position)

    def captures(self) -> Iterator[Capture]:
        """Every capture that the archive knows of, file by file. Torn and damaged records are passed over."""
        for path in self.files():
            with file_failures(path):
                yield from reading.read_captures(path)

    def reindex(self) -> None:
        """Write the index anew from the records."""
        paths = self.files()
        if paths:
            answers = (answer for path in paths for answer in reading.read_answers(path))
            jsonl.write(self.folder / INDEX_NAME, (index_line(exchange, position) for exchange, position in answers))

    def files(self) -> list[Path]:
        """The archive's files, oldest first."""
        return sorted(self.folder.glob("*.warc.gz"))

    def close(self) -> None:
        """End the file that is being written."""
        with self._lock:
            self._leave()

    def _packed(self, fetched: Fetched, file: str) -> tuple[bytes, list[WarcPosition]]:
        """The records of one attempt, and where its answers will stand."""
        answers, members, positions = [], [], []
        offset = self._written
        for exchange in fetched.exchanges:
            response, request = exchange_records(exchange)
            answers.append(response)
            members += [response.packed(), request.packed()]
            positions.append(WarcPosition(file, offset, len(members[-2])))
            offset += len(members[-2]) + len(members[-1])
        capture = pack(capture_of(fetched, positions[-1] if positions else None))
        members.append(capture_record(fetched.url, fetched.checked_at, capture, answers).packed())
        return b"".join(members), positions

    def _open(self) -> io.FileIO:
        """The file to append to: a new one for each process, and when the last one is full."""
        if self._file is not None and self._written < self._most_bytes:
            return self._file
        self._leave()
        self.folder.mkdir(parents=True, exist_ok=True)
        now = datetime.now(UTC)
        path = self.folder / f"{now:%Y%m%d%H%M%S%f}-{os.getpid()}.warc.gz"
        self._file, self._written = io.FileIO(path, "x"), 0
        self._append(self._file, info_record(now, path.name, f"Sourcebook/{__version__}").packed())
        jsonl.settle(self.folder)
        return self._file

    def _append(self, file: io.FileIO, packed: bytes) -> None:
        """All of it or, as far as the disk lets us, nothing."""
        try:
            rest = memoryview(packed)
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
        except BaseException:
            try:
                file.truncate(self._written)
                file.seek(self._written)
            except OSError:
                self._leave()  # its end stays torn; what follows goes to a new file
            raise
        self._written += len(packed)

    def _leave(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def capture_of(fetched: Fetched, position: WarcPosition | None) -> Capture:
    """The capture that an answer becomes when it is kept at a position."""
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
        position=position,
    )
