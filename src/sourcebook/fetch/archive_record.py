"""One record of an archive as the exchange that it keeps."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from msgspec import Struct

from sourcebook import ids
from sourcebook.fetch.archive_index import LONGEST_HEADER, Index, Place, moment
from sourcebook.fetch.bodies import read_head
from sourcebook.types.fetching import Exchange


class Unusable(Struct, frozen=True):
    """A record that gives no whole answer, and why."""

    why: str
    too_large: bool = False


def read_exchange(index: Index, place: Place, url: str, most_bytes: int) -> Exchange | Unusable:
    """The exchange at a place, which must be one of `url` or of an address with the same match key."""
    answer = _read(index, place, url, most_bytes)
    if isinstance(answer, Unusable) or not answer.refers:
        return answer if isinstance(answer, Unusable) else answer.exchange
    return _with_body_of(index, answer, most_bytes)


class _Kept(Struct, frozen=True):
    """A record's exchange; `refers` names what a revisit has its body from."""

    exchange: Exchange
    refers: str = ""
    refers_at: datetime | None = None
    digest: str = ""


def _read(index: Index, place: Place, url: str, most_bytes: int) -> _Kept | Unusable:
    try:
        with index.files[place.file].open(place.offset) as stream:
            records = iter(ArchiveIterator(stream, parse_http=False, max_header_len=LONGEST_HEADER))
            record = next(records, None)
            if record is None or not _is_of(record, url):
                return Unusable("the index names a place where another record stands")
            return _kept(record, records, most_bytes)
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        return Unusable(f"a damaged record: {str(error)[:120]}")


def _is_of(record: WarcRecord, url: str) -> bool:
    target = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    return target == url or (ids.match_key(target) is not None and ids.match_key(target) == ids.match_key(url))


def _kept(record: WarcRecord, following: Iterator[WarcRecord], most_bytes: int) -> _Kept | Unusable:
    headers = record.headers
    at = moment(headers.get("WARC-Date") or "")
    if at is None:
        return Unusable("a record without a date")
    revisit = record.record_type == WarcRecordType.revisit  # its body is left out on purpose, and some tools say so
    if not revisit and (truncated := headers.get("WARC-Truncated")):
        return Unusable(f"the archive holds a part only (WARC-Truncated: {truncated[:40]})")
    block = record.reader.read(most_bytes + LONGEST_HEADER)
    if len(block) < record.content_length:
        too_large = len(block) >= most_bytes
        return Unusable(f"larger than {most_bytes:,} bytes" if too_large else "a record that breaks off", too_large)
    if record.record_type == WarcRecordType.resource:
        head, body = _made_head(headers.get("Content-Type") or "", len(block)), block
    else:
        head, body = _split(block)
    body = _dechunked(head, body)
    if len(body) > most_bytes:
        return Unusable(f"larger than {most_bytes:,} bytes", too_large=True)
    target = (headers.get("WARC-Target-URI") or "").strip("<>")
    refers = (headers.get("WARC-Refers-To-Target-URI") or target).strip("<>") if revisit else ""
    refers_at = moment(headers.get("WARC-Refers-To-Date") or "")
    digest = headers.get("WARC-Payload-Digest") or ""
    ip = headers.get("WARC-IP-Address") or ""
    request = _request_after(following, target)
    return _Kept(Exchange(target, at, request, head, body, ip), refers, refers_at, digest)


def _with_body_of(index: Index, revisit: _Kept, most_bytes: int) -> Exchange | Unusable:
    """A revisit with the body that it says is the same; the nearest earlier record of the address it names."""
    latest = revisit.refers_at or revisit.exchange.at
    for place in reversed(index.find(revisit.refers)):
        if place.at > latest:
            continue
        first = _read(index, place, revisit.refers, most_bytes)
        if isinstance(first, Unusable) or first.refers or (revisit.digest and first.digest not in {"", revisit.digest}):
            continue
        own = read_head(revisit.exchange.response_head)
        unchanged = own is None or own.status == 304
        head = first.exchange.response_head if unchanged else revisit.exchange.response_head
        return Exchange(
            revisit.exchange.url,
            revisit.exchange.at,
            revisit.exchange.request_head,
            head,
            first.exchange.body,
            revisit.exchange.ip,
        )
    return Unusable("an unchanged page whose first copy is not in the archive")


def _request_after(following: Iterator[WarcRecord], target: str) -> bytes:
    """The request that led to a response: by custom it stands right behind. b"" when something else does."""
    try:
        record = next(following, None)
    except OSError:
        return b""
    if record is None or record.record_type != WarcRecordType.request:
        return b""
    if (record.headers.get("WARC-Target-URI") or "").strip("<>") != target:
        return b""
    return _split(record.reader.read(LONGEST_HEADER))[0]


def _split(block: bytes) -> tuple[bytes, bytes]:
    """Head and body of an HTTP message."""
    found = re.search(rb"\r?\n\r?\n", block)
    return (block[: found.end()], block[found.end() :]) if found else (block, b"")


def _made_head(content_type: str, size: int) -> bytes:
    """A head for a file that was put into an archive without one."""
    kind = re.sub(r"[^\x20-\x7e]", "", content_type) or "application/octet-stream"
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n\r\n".encode("ascii")


_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r\n")


def _dechunked(head: bytes, body: bytes) -> bytes:
    """The body without its chunks. Tools differ in whether they keep them: a body that is not in chunks to its very
    end was kept without."""
    if not re.search(rb"(?im)^transfer-encoding:[^\r\n]*chunked", head):
        return body
    parts: list[bytes] = []
    at = 0
    while found := _CHUNK.match(body, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(parts)
        at = found.end() + size
        if body[at : at + 2] != b"\r\n":
            return body
        parts.append(body[found.end() : at])
        at += 2
    return body
