"""Reading back what the archive holds. A torn or damaged record is passed over."""

import mmap
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from sourcebook.errors import StoreError
from sourcebook.store.archive.records import CAPTURE_TYPE
from sourcebook.types import Capture, Exchange, WarcPosition

_MAGIC = b"\x1f\x8b\x08"
_STEP = 65_536
_REQUEST_BYTES = 65_536  # more than any packed request takes: servers refuse heads beyond 8 to 64 KB


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """One record as it was read back."""

    headers: dict[str, str]  # names in lower case
    block: bytes


def read_exchange(path: Path, position: WarcPosition) -> Exchange:
    """The answer at a position, with the request that stands right behind it. Raises StoreError on anything else."""
    with path.open("rb") as file:
        file.seek(position.offset)
        packed, behind = file.read(position.length), file.read(_REQUEST_BYTES)
    answer = _parsed(_unpacked(packed))
    if answer is None or answer.headers.get("warc-type") != "response":
        raise StoreError(
            f"no answer at byte {position.offset} of {str(path)!r}", "restore the file from a copy and try again"
        )
    return _exchange(answer, _request_of(answer, _parsed(_unpacked(behind))))


def read_answers(path: Path) -> Iterator[tuple[Exchange, WarcPosition]]:
    """The answers in one file with their positions, in order, without their requests."""
    for offset, length, record in read_records(path):
        if record.headers.get("warc-type") == "response":
            yield _exchange(record, b""), WarcPosition(path.name, offset, length)


def read_captures(path: Path) -> Iterator[Capture]:
    """The captures noted in one file, in order."""
    for offset, _, record in read_records(path):
        if record.headers.get("content-type") == CAPTURE_TYPE:
            try:
                yield msgspec.json.decode(record.block, type=Capture)
            except msgspec.DecodeError as error:  # whole, by its checksum: so another version wrote it
                raise StoreError(
                    f"cannot read the capture at byte {offset} of {str(path)!r}: {error}", "upgrade Sourcebook"
                ) from error


def read_records(path: Path) -> Iterator[tuple[int, int, ReadRecord]]:
    """Every whole record of a file with its offset and length, one in memory at a time."""
    size = path.stat().st_size
    if size == 0:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at = 0
        while 0 <= at < size:
            unpacked, end = _member(data, at)
            record = _parsed(unpacked)
            if record is None:  # damaged: the next record may be whole
                at = data.find(_MAGIC, at + 1)
                continue
            yield at, end - at, record
            at = end


def _member(data: mmap.mmap, start: int) -> tuple[bytes, int]:
    """One gzip member and where it ends; nothing where it is not whole."""
    unpacker = zlib.decompressobj(31)
    parts = []
    at = start
    try:
        while not unpacker.eof and at < len(data):
            parts.append(unpacker.decompress(data[at : at + _STEP]))
            at += _STEP
    except zlib.error:
        return b"", start
    end = min(at, len(data)) - len(unpacker.unused_data)
    return (b"".join(parts), end) if unpacker.eof else (b"", start)


def _unpacked(packed: bytes) -> bytes:
    """The first gzip member; nothing where it is not whole."""
    unpacker = zlib.decompressobj(31)
    try:
        unpacked = unpacker.decompress(packed)
    except zlib.error:
        return b""
    return unpacked if unpacker.eof else b""


def _parsed(record: bytes) -> ReadRecord | None:
    """A record's headers and block; None when it is not a whole record."""
    head, _, rest = record.partition(b"\r\n\r\n")
    version, *lines = head.decode("utf-8", "replace").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    length = headers.get("content-length", "")
    if not version.startswith("WARC/") or not length.isdigit() or len(rest) < int(length):
        return None
    return ReadRecord(headers, rest[: int(length)])


def _exchange(answer: ReadRecord, request_head: bytes) -> Exchange:
    head, end, body = answer.block.partition(b"\r\n\r\n")
    return Exchange(
        url=answer.headers["warc-target-uri"],
        at=datetime.fromisoformat(answer.headers["warc-date"]),
        request_head=request_head,
        response_head=head + end,
        body=body,
        ip=answer.headers.get("warc-ip-address", ""),
    )


def _request_of(answer: ReadRecord, behind: ReadRecord | None) -> bytes:
    if behind is None or behind.headers.get("warc-type") != "request":
        return b""
    beside = behind.headers.get("warc-concurrent-to")
    return behind.block if beside == answer.headers.get("warc-record-id") else b""
