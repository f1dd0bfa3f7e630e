"""Where in an archive which address stands. Read from the archive's own index, else in one pass over its records.

Nothing of an archive is believed further than it must be: no name from it becomes a path, no length from it becomes an
allocation, and what an index says about a place is checked when the record there is read.
"""

import gzip
import hashlib
import io
import struct
import weakref
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import msgspec
from fastwarc.warc import ArchiveIterator, WarcRecordType
from msgspec import Struct

from sourcebook import ids
from sourcebook.errors import UsageError
from sourcebook.fetch.archive_packing import most_unpacked, unpacked

MOST_CAPTURES = 5_000_000  # of one archive: about 1 GB of index in memory
LONGEST_HEADER = 256 * 1024
_LONGEST_LINE = 64 * 1024
_ANSWERS = WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.resource
_SENT = "Sourcebook-Sent"  # as our own archives mark what answers a POST; others say so in their index alone
_HINT = "give a .warc, .warc.gz or .wacz file that is whole"


class Place(Struct, frozen=True):
    """Where a record stands, and when its answer was given."""

    at: datetime
    file: int  # number of the WARC within the archive
    offset: int


class WarcFile(Struct, frozen=True):
    """One WARC: a file of its own, or a member of a WACZ."""

    path: Path
    start: int = 0
    size: int | None = None  # None: to the end of the file
    packed: str = ""  # the member's name, where it is compressed within the WACZ

    @contextmanager
    def open(self, offset: int = 0) -> Iterator[BinaryIO]:
        """The bytes from an offset on."""
        if self.packed:
            with zipfile.ZipFile(self.path) as archive, archive.open(self.packed) as member:
                member.seek(offset)
                yield cast("BinaryIO", member)
            return
        with self.path.open("rb") as whole:
            if self.size is None:
                whole.seek(offset)
                yield whole
            else:
                yield cast("BinaryIO", _Window(whole, self.start + offset, max(0, self.size - offset)))


class _Window(io.RawIOBase):
    """A stretch of a file, as if it were a file of its own."""

    def __init__(self, whole: BinaryIO, start: int, size: int) -> None:
        self._whole = whole
        self._start = start
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = min(max(0, base + offset), self._size)
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        self._whole.seek(self._start + self._at)
        part = self._whole.read(min(len(buffer), self._size - self._at))
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)


class Index:
    """The captures of an archive, by address."""

    def __init__(self, files: tuple[WarcFile, ...]) -> None:
        self.files = files
        self.damage = ""  # what could not be read, "" when everything was
        self._places: dict[bytes, list[Place]] = {}
        self._count = 0

    def add(self, url: str, place: Place) -> None:
        """Take a capture in. Raises UsageError when there are too many."""
        self._count += 1
        if self._count > MOST_CAPTURES:
            raise UsageError(f"the archive has more than {MOST_CAPTURES:,} captures", "split it")
        for key in dict.fromkeys(_keys(url)):
            self._places.setdefault(_short(key), []).append(place)

    def find(self, url: str, *, exactly: bool = False) -> list[Place]:
        """The captures of an address, oldest first: as it is written, else as it is asked for, else, unless `exactly`,
        under the same match key."""
        keys = _keys(url)
        for key in keys[:2] if exactly else keys:
            if found := self._places.get(_short(key)):
                return sorted(set(found), key=lambda place: (place.at, place.file, place.offset))
        return []

    def __len__(self) -> int:
        return self._count


def _keys(url: str) -> tuple[str, ...]:
    return (f"a {url}", f"a {ids.request_url(url)}", f"k {ids.match_key(url)}")


def _short(key: str) -> bytes:
    return hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=12).digest()


# --- reading ---------------------------------------------------------------------------------------------


def read_index(path: Path) -> Index:
    """The index of a WARC or WACZ. Raises UsageError for a file that is neither, or cannot be read."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
        index = _of_wacz(path) if start == b"PK\x03\x04" else _of_warcs((WarcFile(path),))
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UsageError(f"cannot read the archive {str(path)!r}: {error}", _HINT) from error
    if not len(index):
        raise UsageError(f"no captures in {str(path)!r}{': ' + index.damage if index.damage else ''}", _HINT)
    return index


def _of_warcs(files: tuple[WarcFile, ...]) -> Index:
    """One pass over all records."""
    index = Index(tuple(map(_seekable, files)))
    beside = [mine.path for mine, file in zip(index.files, files, strict=True) if mine is not file]
    weakref.finalize(index, _remove, beside)
    for number, file in enumerate(index.files):
        with file.open() as stream:
            try:
                for record in ArchiveIterator(
                    stream, record_types=_ANSWERS, parse_http=False, max_header_len=LONGEST_HEADER
                ):
                    url, at = record.headers.get("WARC-Target-URI"), moment(record.headers.get("WARC-Date") or "")
                    if url is not None and at is not None and record.headers.get(_SENT) is None:
                        index.add(url.strip("<>"), Place(at, number, record.stream_pos))
            except OSError as error:
                index.damage = f"damaged after {len(index)} captures: {error}"  # what came before is good
    return index


def _seekable(file: WarcFile) -> WarcFile:
    """The file, or a copy beside where nobody could seek in it."""
    with file.open() as stream:
        beside = unpacked(stream)
    return file if beside is None else WarcFile(beside)


def _remove(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _of_wacz(path: Path) -> Index:
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: info for info in archive.infolist()}
        names = [name for name in members if name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))]
        files = tuple(_warc_file(path, members[name]) for name in names)
        index = Index(files)
        numbers = {name.removeprefix("archive/"): number for number, name in enumerate(names)}
        for name, info in members.items():
            if name.startswith("indexes/") and name.endswith((".cdx", ".cdxj", ".cdx.gz", ".cdxj.gz")):
                _check_packing(info)
                with archive.open(name) as raw:
                    lines = cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if name.endswith(".gz") else raw
                    _read_cdxj(lines, numbers, index)
    return index if len(index) else _of_warcs(files)


def _warc_file(path: Path, info: zipfile.ZipInfo) -> WarcFile:
    _check_packing(info)
    if info.compress_type != zipfile.ZIP_STORED:
        return WarcFile(path, packed=info.filename)
    with path.open("rb") as whole:
        whole.seek(info.header_offset)
        header = whole.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile(f"no member at {info.header_offset}")
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    return WarcFile(path, info.header_offset + 30 + name_length + extra_length, info.file_size)


def _check_packing(info: zipfile.ZipInfo) -> None:
    if info.file_size > most_unpacked(info.compress_size):
        raise zipfile.BadZipFile(f"{info.filename[:80]!r} unpacks to {info.file_size:,} bytes")


class _CdxjFields(msgspec.Struct):
    """What we read of a line of an index. Numbers are texts in most tools."""

    url: str
    filename: str
    offset: int
    method: str = "GET"


_CDXJ = msgspec.json.Decoder(_CdxjFields, strict=False)


def _read_cdxj(lines: IO[bytes], numbers: dict[str, int], index: Index) -> None:
    """Take in the lines that can be used; a damaged line costs its own capture only."""
    while line := lines.readline(_LONGEST_LINE):
        parts = line.split(b" ", 2)
        if len(parts) < 3:
            continue
        try:
            fields = _CDXJ.decode(parts[2])
            at = datetime.strptime(parts[1][:14].decode("ascii"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except (msgspec.MsgspecError, ValueError):
            continue
        number = numbers.get(fields.filename.removeprefix("archive/"))
        if number is not None and fields.offset >= 0 and fields.method == "GET":  # what was sent got no page
            index.add(fields.url, Place(at, number, fields.offset))


def moment(text: str) -> datetime | None:
    """A time as WARC files write it; None when it is none. Without a zone it is UTC."""
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
