"""Reading back what the archive holds. A torn or damaged record is passed over."""

import mmap
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from sourcebook.errors import StoreError
from sourcebook.store.archive.records import CAPTURE_TYPE, SCREENSHOT, Original, ReadRecord
from sourcebook.types.captures import Capture, WarcPosition
from sourcebook.types.fetching import Exchange

_MAGIC = b"\x1f\x8b\x08"
_FIRST_STEP = 1024  # of a damaged record, at least the headers may be readable
_STEP = 65_536


class Stretch(msgspec.Struct, frozen=True):
    """A piece of a file: one record, or bytes that are none."""

    offset: int
    length: int
    record: ReadRecord | None  # None for what is torn or damaged
    rest: bytes = b""  # what can still be unpacked of a damaged record


def read_exchange(path: Path, position: WarcPosition) -> Exchange:
    """The answer at a position, with the request that stands right behind it. Raises StoreError on anything else."""
    answer, behind = _read_at(path, position.offset)
    if answer is None or not answer.is_answer:
        raise _no_answer(path, position.offset)
    exchange = _exchange(answer, _request_of(answer, behind))
    return exchange if exchange.body or answer.type != "revisit" else _with_body(path, answer, exchange)


def read_screenshot(path: Path, position: WarcPosition) -> bytes:
    """The picture that stands right behind the page which it shows; b"" where none does."""
    page, behind = _read_at(path, position.offset)
    if page is None or behind is None or not behind.url.startswith(SCREENSHOT):
        return b""
    return behind.block if behind.headers.get("warc-concurrent-to") == page.headers.get("warc-record-id") else b""


def screenshot_size(path: Path, position: WarcPosition) -> int:
    """How many bytes that picture has, by the heads of the two records alone; 0 where there is none."""
    with path.open("rb") as file:
        page = _headers(_head_at(file, position.offset))
        behind = _headers(_head_at(file, position.offset + position.length))
    beside = page is not None and behind is not None and behind.get("warc-concurrent-to") == page.get("warc-record-id")
    if page is None or behind is None or not beside:
        return 0
    size = behind.get("content-length", "")
    return int(size) if behind.get("warc-target-uri", "").startswith(SCREENSHOT) and size.isdigit() else 0


def read_original(path: Path, position: WarcPosition) -> tuple[Original, bytes] | None:
    """The record that holds the body of the answer at a position, and that body; None when there is none to be had."""
    try:
        answer, _ = _read_at(path, position.offset)
        if answer is not None and answer.type == "revisit":
            position = referred(path, answer)
            path = path.with_name(position.file)
            answer, _ = _read_at(path, position.offset)
    except (OSError, StoreError):
        return None
    if answer is None or answer.type != "response":
        return None
    headers = answer.headers
    at, digest = datetime.fromisoformat(headers["warc-date"]), headers["warc-payload-digest"]
    original = Original(headers["warc-record-id"], answer.url, at, digest, path.name, position.offset)
    return original, _body(answer)


def read_captures(path: Path, start: int = 0) -> Iterator[Capture]:
    """The captures noted in one file from an offset on, in order."""
    for offset, _, record in read_records(path, start):
        if record.headers.get("content-type") == CAPTURE_TYPE:
            yield read_capture(path, offset, record)


def read_capture(path: Path, offset: int, record: ReadRecord) -> Capture:
    """The capture that a record notes."""
    try:
        return msgspec.json.decode(record.block, type=Capture)
    except msgspec.DecodeError as error:  # whole, by its checksum: so another version wrote it
        raise StoreError(
            f"cannot read the capture at byte {offset} of {str(path)!r}: {error}", "upgrade Sourcebook"
        ) from error


def read_records(path: Path, start: int = 0) -> Iterator[tuple[int, int, ReadRecord]]:
    """Every whole record of a file from an offset on, with its offset and length, one in memory at a time."""
    for stretch in read_stretches(path, start):
        if stretch.record is not None:
            yield stretch.offset, stretch.length, stretch.record


def read_stretches(path: Path, start: int = 0) -> Iterator[Stretch]:
    """The whole of a file from an offset on: its records, and between them what is damaged."""
    size = path.stat().st_size
    if size <= start:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        at, damaged, rest = start, -1, b""
        while 0 <= at < size:
            unpacked, end = _member(data, at)
            record = _parsed(unpacked) if end > at else None
            if record is None:  # the next record may be whole
                damaged, rest = (at, unpacked) if damaged < 0 else (damaged, rest)
                at = data.find(_MAGIC, at + 1)
                continue
            if damaged >= 0:
                yield Stretch(damaged, at - damaged, None, rest)
                damaged = -1
            yield Stretch(at, end - at, record)
            at = end
        if damaged >= 0:
            yield Stretch(damaged, size - damaged, None, rest)


def _member(data: mmap.mmap, start: int) -> tuple[bytes, int]:
    """One gzip member and where it ends; what can be unpacked of it, and where it begins, where it is not whole."""
    unpacker = zlib.decompressobj(31)
    parts = []
    at, step = start, _FIRST_STEP
    try:
        while not unpacker.eof and at < len(data):
            parts.append(unpacker.decompress(data[at : at + step]))
            at, step = at + step, _STEP
    except zlib.error:
        return b"".join(parts), start
    end = min(at, len(data)) - len(unpacker.unused_data)
    return b"".join(parts), end if unpacker.eof else start


def _read_at(path: Path, offset: int) -> tuple[ReadRecord | None, ReadRecord | None]:
    """The record at an offset and the one behind it; None for either that is not whole."""
    with path.open("rb") as file:
        file.seek(offset)
        unpacked, rest = _next_member(file, b"")
        behind, _ = _next_member(file, rest) if unpacked else (b"", b"")
    return _parsed(unpacked), _parsed(behind)


def _next_member(file: BinaryIO, rest: bytes) -> tuple[bytes, bytes]:
    """One gzip member, nothing where it is not whole; and what was read beyond it."""
    unpacker = zlib.decompressobj(31)
    parts = []
    try:
        while not unpacker.eof:
            packed = rest or file.read(_STEP)
            if not packed:
                return b"", b""
            parts.append(unpacker.decompress(packed))
            rest = unpacker.unused_data
    except zlib.error:
        return b"", b""
    return b"".join(parts), rest


def _parsed(record: bytes) -> ReadRecord | None:
    """A record's headers and block; None when it is not a whole record."""
    head, _, rest = record.partition(b"\r\n\r\n")
    headers = _headers(head)
    length = headers.get("content-length", "") if headers is not None else ""
    if headers is None or not length.isdigit() or len(rest) < int(length):
        return None
    return ReadRecord(headers, rest[: int(length)])


def _headers(head: bytes) -> dict[str, str] | None:
    """The headers of a record, by their names in small letters; None for what is no head of one."""
    version, *lines = head.decode("utf-8", "replace").split("\r\n")
    headers: dict[str, str] = {}
    for name, _, value in (line.partition(":") for line in lines):
        key = name.strip().lower()
        headers[key] = f"{headers[key]}, {value.strip()}" if key in headers else value.strip()
    return headers if version.startswith("WARC/") else None


def _head_at(file: BinaryIO, offset: int) -> bytes:
    """The head of the record at an offset; nothing where none begins there."""
    file.seek(offset)
    try:
        begun = zlib.decompressobj(31).decompress(file.read(_STEP), _STEP)
    except zlib.error:
        return b""
    head, end, _ = begun.partition(b"\r\n\r\n")
    return head if end else b""


def referred(path: Path, revisit: ReadRecord) -> WarcPosition:
    """Where the record stands that a revisit refers to. A name from a record never leads out of the folder."""
    name, offset = (revisit.headers.get(f"warc-refers-to-file{part}", "") for part in ("name", "-offset"))
    if not name or Path(name).name != name or not offset.isdigit():
        raise StoreError(f"a record of {str(path)!r} refers to none", "restore the file from a copy and try again")
    return WarcPosition(name, int(offset), 0)


# --- from records to exchanges -------------------------------------------------------------------------


def _exchange(answer: ReadRecord, request_head: bytes) -> Exchange:
    return Exchange(
        url=answer.url,
        at=datetime.fromisoformat(answer.headers["warc-date"]),
        request_head=request_head,
        response_head=answer.head,
        body=_body(answer),
        ip=answer.headers.get("warc-ip-address", ""),
    )


def _body(answer: ReadRecord) -> bytes:
    return answer.block[len(answer.head) :]


def _request_of(answer: ReadRecord, behind: ReadRecord | None) -> bytes:
    if behind is None or behind.type != "request":
        return b""
    beside = behind.headers.get("warc-concurrent-to")
    return behind.block if beside == answer.headers.get("warc-record-id") else b""


def _with_body(path: Path, revisit: ReadRecord, exchange: Exchange) -> Exchange:
    """A repeated answer with the body that it shares. An answer that only said "unchanged" had none of its own."""
    if not revisit.headers.get("warc-profile", "").endswith("identical-payload-digest"):
        return exchange
    position = referred(path, revisit)
    original = path.with_name(position.file)
    first, _ = _read_at(original, position.offset)
    if first is None or first.headers.get("warc-record-id") != revisit.headers.get("warc-refers-to"):
        raise _no_answer(original, position.offset)
    return Exchange(exchange.url, exchange.at, exchange.request_head, exchange.response_head, _body(first), exchange.ip)


def _no_answer(path: Path, offset: int) -> StoreError:
    return StoreError(f"no answer at byte {offset} of {str(path)!r}", "restore the file from a copy and try again")
