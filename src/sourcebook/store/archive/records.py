"""WARC 1.1 records as bytes: pure, one gzip member each."""

import base64
import hashlib
import random
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from msgspec import Struct

from sourcebook.store.archive.members import member, member_around
from sourcebook.types.fetching import Exchange, Fetched

_SHA256 = "sha256:"
ANSWERS = frozenset({"response", "revisit", "resource"})
CAPTURE_TYPE = "application/vnd.sourcebook.capture+json"
ABOUT = "urn:sourcebook:"  # before the address in a note of ours: indexers that take metadata in must not replay it

SCREENSHOT = "urn:view:"  # before the address of the page that a picture shows
SENT = "Sourcebook-Sent"  # field of an answer to a POST: what the index puts behind its address
HEAD_DIGEST = "Sourcebook-Head-Digest"  # of an answer's head, where its body has a digest of its own
_MOST_SENT = 4096  # characters, as cdxj-indexer has it

_NOT_IN_HEADER = re.compile(r"[\x00-\x20\x7f]")
_END = b"\r\n\r\n"


class Record(Struct, frozen=True):
    """One record, not yet packed."""

    type: str
    id: str
    at: datetime
    block: bytes
    content_type: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""  # the rest of the block: apart, so that nobody copies it
    is_packed: bool = False  # is the body?

    def head(self) -> str:
        """Its headers, but for the digest of its block, which no index holds and which takes a while."""
        more = "".join([f"{name}: {value}\r\n" for name, value in self.headers])
        return (
            f"WARC-Type: {self.type}\r\nWARC-Record-ID: {self.id}\r\nWARC-Date: {warc_date(self.at)}\r\n{more}"
            f"Content-Type: {self.content_type}\r\nContent-Length: {len(self.block) + len(self.body)}\r\n"
        )

    def value(self, name: str) -> str:
        """The value of one of its own headers; "" without it."""
        return next((value for one, value in self.headers if one == name), "")

    def plain(self) -> bytes:
        """The record as it stands in a file that is not compressed."""
        return b"".join((self._start(), self.body, _END))

    def packed(self) -> bytes:
        """The record as one gzip member."""
        if self.is_packed:
            return member_around(self._start(), self.body, _END)
        return member(self._start(), self.body, _END)

    def _start(self) -> bytes:
        """All before the body."""
        return f"WARC/1.1\r\n{self.head()}{self._digest()}\r\n".encode() + self.block

    def _digest(self) -> str:
        """The line that tells whether the block is what was written. A body has its own digest, as the payload, and is
        not read again for one of both: that would take a twentieth of what it takes to ask for a page and keep it."""
        if not self.body:
            return f"WARC-Block-Digest: {digest(self.block)}\r\n"
        return f"{HEAD_DIGEST}: {digest(self.block)}\r\n" if self.block else ""


class ReadRecord(Struct, frozen=True):
    """One record as it was read back."""

    headers: dict[str, str]  # names in lower case; values of the same name joined by commas
    block: bytes

    def all(self, name: str) -> list[str]:
        """Every value of a header that may stand several times."""
        return [value for value in self.headers.get(name, "").split(", ") if value]

    @property
    def type(self) -> str:
        """What kind of record it is, "" when it does not say."""
        return self.headers.get("warc-type", "")

    @property
    def is_answer(self) -> bool:
        """Is it what somebody gave for an address?"""
        return self.type in ANSWERS

    @property
    def url(self) -> str:
        """The address that it is about."""
        return self.headers.get("warc-target-uri", "").removeprefix(ABOUT)

    @property
    def head(self) -> bytes:
        """The head of the answer, with the blank line that ends it; nothing for a file that came without one."""
        if self.type == "resource":
            return b""
        return head_of(self.block)


def head_of(block: bytes) -> bytes:
    """The head of an answer, with the blank line that ends it."""
    ends = block.find(b"\r\n\r\n")
    return block if ends < 0 else block[: ends + 4]


def info_record(at: datetime, file: str, software: str) -> Record:
    """The first record of a file: who wrote it."""
    said = {"software": software, "format": "WARC File Format 1.1", "conformsTo": _STANDARD}
    block = "".join(f"{name}: {value}\r\n" for name, value in said.items()).encode()
    return Record("warcinfo", _new_id(), at, block, "application/warc-fields", (("WARC-Filename", file),))


class Original(Struct, frozen=True):
    """The record that holds a payload which has come again."""

    id: str
    url: str
    at: datetime
    payload_digest: str
    file: str
    offset: int


def records_of(
    exchange: Exchange, fetched: Fetched, body_digest: str, original: Original | None = None
) -> tuple[Record, ...]:
    """All records of one exchange of an attempt, the answer first. A file or a page that came without an exchange has
    right behind it the picture of it, where there is one. `body_digest` is the capture's, of the body that was read."""
    payload = original.payload_digest if original else _payload_digest(exchange, fetched, body_digest)
    if exchange.response_head:
        return exchange_records(exchange, payload, original)
    page = resource_record(exchange, fetched.media_type, payload)
    if not fetched.screenshot:
        return (page,)
    return page, screenshot_record(exchange.url, exchange.at, fetched.screenshot, page)


def _payload_digest(exchange: Exchange, fetched: Fetched, body_digest: str) -> str:
    as_sent = body_digest and exchange.body is fetched.body  # nothing was unpacked: it is known already
    return _SHA256 + body_digest if as_sent else digest(exchange.body)


def resource_record(exchange: Exchange, media_type: str, payload_digest: str) -> Record:
    """A file that somebody got without an exchange that we saw."""
    headers = (("WARC-Target-URI", one_line(exchange.url)), ("WARC-Payload-Digest", payload_digest))
    kind = media_type or "application/octet-stream"
    return Record("resource", _new_id(), exchange.at, b"", kind, headers, exchange.body)


def screenshot_record(url: str, at: datetime, picture: bytes, page: Record) -> Record:
    """A picture of a page as a browser showed it, named as Browsertrix names such pictures."""
    headers = (
        ("WARC-Target-URI", SCREENSHOT + one_line(url)),
        ("WARC-Concurrent-To", page.id),
        ("WARC-Payload-Digest", digest(picture)),
    )
    return Record("resource", _new_id(), at, b"", "image/jpeg", headers, picture, is_packed=True)


def exchange_records(exchange: Exchange, payload_digest: str, original: Original | None = None) -> tuple[Record, ...]:
    """An answer, and the request for it where we know that; head and body exactly as they went over the wire.

    With an `original` the answer is a `revisit`: its head, and where the body that it repeats stands.
    """
    target = (("WARC-Target-URI", one_line(exchange.url)),)
    sent = ((SENT, what),) if (what := _sent(exchange.request_head)) else ()
    address = (("WARC-IP-Address", exchange.ip),) if exchange.ip else ()
    repeats = _repeats(original, exchange) if original else ()
    response = Record(
        "revisit" if original else "response",
        _new_id(),
        exchange.at,
        exchange.response_head,
        "application/http; msgtype=response",
        (*target, *address, *repeats, ("WARC-Payload-Digest", payload_digest), *sent),
        b"" if original else exchange.body,
        b"content-encoding:" in exchange.response_head.lower(),
    )
    if not exchange.request_head:
        return (response,)
    beside = (("WARC-Concurrent-To", response.id),)
    request = Record(
        "request",
        _new_id(),
        exchange.at,
        exchange.request_head,
        "application/http; msgtype=request",
        (*target, *address, *beside),
    )
    return response, request


def _sent(request: bytes) -> str:
    """What replay tools put behind an address to tell what was sent to it; "" for a GET, which sends nothing."""
    if not request.startswith(b"POST "):
        return ""
    body = request.partition(b"\r\n\r\n")[2]
    return f"__wb_method=POST&__wb_post_data={base64.b64encode(body).decode()}"[:_MOST_SENT]


def _repeats(original: Original, exchange: Exchange) -> tuple[tuple[str, str], ...]:
    """What a revisit says of the record that it repeats. Name and offset of its file are our own readers' way to it."""
    profile = "identical-payload-digest" if exchange.body else "server-not-modified"
    return (
        ("WARC-Profile", f"http://netpreserve.org/warc/1.1/revisit/{profile}"),
        ("WARC-Refers-To", original.id),
        ("WARC-Refers-To-Target-URI", original.url),
        ("WARC-Refers-To-Date", warc_date(original.at)),
        ("WARC-Refers-To-Filename", original.file),
        ("WARC-Refers-To-File-Offset", str(original.offset)),
    )


def capture_record(url: str, at: datetime, block: bytes, answers: Iterable[Record]) -> Record:
    """What we made of an attempt, beside the answers that it got; kept where there was none too."""
    beside = tuple(("WARC-Concurrent-To", answer.id) for answer in answers)
    return Record("metadata", _new_id(), at, block, CAPTURE_TYPE, (("WARC-Target-URI", ABOUT + one_line(url)), *beside))


def digest(block: bytes) -> str:
    """A digest as the records have it: SHA-256, which the capture of a body that came unpacked has of it already."""
    return _SHA256 + hashlib.sha256(block).hexdigest()


@lru_cache(maxsize=16)  # several records tell of one moment
def warc_date(at: datetime) -> str:
    """A time as WARC 1.1 writes it."""
    if at.tzinfo is not UTC:
        at = at.astimezone(UTC)
    return at.isoformat(timespec="microseconds")[:-6] + "Z"


def one_line(url: str) -> str:
    """An address without anything that could end its line."""
    if url.isascii() and url.isprintable() and " " not in url:
        return url
    return _NOT_IN_HEADER.sub(lambda found: f"%{ord(found[0]):02X}", url.encode("utf-8", "replace").decode())


def _new_id() -> str:
    """A UUID of version 4."""
    number = random.getrandbits(128)  # a name, not a secret; asking the system for one takes as long as hashing a page
    digits = f"{number & _NOT_VERSION | _VERSION:032x}"
    return f"<urn:uuid:{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}>"


_NOT_VERSION = ~(0xF << 76 | 0x3 << 62)
_VERSION = 0x4 << 76 | 0x2 << 62  # RFC 9562, 5.4
_STANDARD = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
