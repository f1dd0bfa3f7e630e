"""WARC 1.1 as the demo's archive needs it: one gzip member a record, a response and its request for each answer."""

import base64
import hashlib
import struct
import uuid
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

WARC_NAME = "data.warc.gz"
MADE_AT = datetime(2026, 4, 7, 12, 0, tzinfo=UTC)  # of the archive itself: after the last answer
SOFTWARE = "examples/make_wacz.py of Sourcebook"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one address answered at one moment."""

    url: str
    at: datetime
    status: int
    type: str
    body: bytes  # as it was sent
    encoding: str = ""
    location: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    title: str = ""

    @property
    def media_type(self) -> str:
        """The type without its parameters."""
        return self.type.partition(";")[0]


@dataclass(frozen=True, slots=True)
class Placed:
    """An answer and where its record stands in the WARC."""

    answer: Answer
    offset: int
    length: int


def gzip_member(data: bytes) -> bytes:
    """One gzip member without name, date or operating system."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflate.compress(data) + deflate.flush()
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    return head + packed + struct.pack("<II", zlib.crc32(data), len(data))


def warc(answers: tuple[Answer, ...]) -> tuple[bytes, tuple[Placed, ...]]:
    """The archive, one gzip member a record, and where each response stands in it."""
    made = bytearray(gzip_member(_warcinfo()))
    placed = []
    for answer in answers:
        response = gzip_member(_response(answer))
        placed.append(Placed(answer, len(made), len(response)))
        made += response + gzip_member(_request(answer))
    return bytes(made), tuple(placed)


def _warcinfo() -> bytes:
    block = f"software: {SOFTWARE}\r\nformat: WARC File Format 1.1\r\n".encode()
    fields = {
        "WARC-Type": "warcinfo",
        "WARC-Record-ID": _record_id("warcinfo", WARC_NAME),
        "WARC-Date": iso(MADE_AT),
        "WARC-Filename": WARC_NAME,
        "Content-Type": "application/warc-fields",
    }
    return _record(fields, block)


def _response(answer: Answer) -> bytes:
    fields = {
        "WARC-Type": "response",
        "WARC-Record-ID": _record_id("response", answer.url, iso(answer.at)),
        "WARC-Date": iso(answer.at),
        "WARC-Target-URI": answer.url,
        "WARC-Payload-Digest": digest(answer.body),
        "Content-Type": "application/http; msgtype=response",
    }
    return _record(fields, response_head(answer) + answer.body)


def _request(answer: Answer) -> bytes:
    address = urlsplit(answer.url)
    head = [
        f"GET {address.path or '/'}{'?' + address.query if address.query else ''} HTTP/1.1",
        f"Host: {address.netloc}",
        "User-Agent: Sourcebook demo",
        "Accept: */*",
        "Accept-Encoding: gzip",
    ]
    fields = {
        "WARC-Type": "request",
        "WARC-Record-ID": _record_id("request", answer.url, iso(answer.at)),
        "WARC-Date": iso(answer.at),
        "WARC-Target-URI": answer.url,
        "WARC-Concurrent-To": _record_id("response", answer.url, iso(answer.at)),
        "Content-Type": "application/http; msgtype=request",
    }
    return _record(fields, _head(head))


def response_head(answer: Answer) -> bytes:
    """Status line and headers, with the blank line that ends them."""
    lines = [
        f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}",
        f"Date: {format_datetime(answer.at, usegmt=True)}",
        f"Content-Type: {answer.type}",
        f"Content-Length: {len(answer.body)}",
    ]
    if answer.encoding:
        lines.append(f"Content-Encoding: {answer.encoding}")
    if answer.location:
        lines.append(f"Location: {answer.location}")
    if answer.status == HTTPStatus.OK:
        lines.append(f'ETag: "{hashlib.sha256(answer.body).hexdigest()[:16]}"')
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    return _head(lines)


def _head(lines: list[str]) -> bytes:
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


def _record(fields: dict[str, str], block: bytes) -> bytes:
    head = ["WARC/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    head += [f"WARC-Block-Digest: {digest(block)}", f"Content-Length: {len(block)}"]
    return _head(head) + block + b"\r\n\r\n"


def _record_id(*parts: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, ' '.join(parts))}>"


def digest(data: bytes) -> str:
    """SHA-256 in base 32, as readers of WARC files check it."""
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode()


def iso(at: datetime) -> str:
    """The moment as WARC and WACZ write it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
