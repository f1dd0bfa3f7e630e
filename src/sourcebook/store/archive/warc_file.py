"""One WARC file by a name of its own, outside any library: what `sourcebook fetch --warc` keeps."""

from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sourcebook import __version__
from sourcebook.store.archive import capture_of
from sourcebook.store.archive.records import Record, capture_record, info_record, records_of
from sourcebook.store.columns import pack
from sourcebook.store.failures import file_failures
from sourcebook.types.fetching import Fetched


class WarcFile:
    """Answers, appended to a file. One whose name ends in ".gz" has a gzip member a record, any other is plain."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._packs = path.suffix == ".gz"

    def __enter__(self) -> Self:
        with file_failures(self._path):
            self._file = self._path.open("ab")
            self._write(info_record(datetime.now(UTC), self._path.name, f"Sourcebook/{__version__}"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with file_failures(self._path):
            self._file.close()

    def add(self, fetched: Fetched) -> None:
        """Keep every exchange of an attempt, and what we made of them."""
        answers = []
        capture = capture_of(fetched)
        with file_failures(self._path):
            for exchange in fetched.exchanges:
                records = records_of(exchange, fetched, capture.body_digest)
                answers.append(records[0])
                for record in records:
                    self._write(record)
            self._write(capture_record(fetched.url, fetched.checked_at, pack(capture), answers))
            self._file.flush()

    def _write(self, record: Record) -> None:
        self._file.write(record.packed() if self._packs else record.plain())
