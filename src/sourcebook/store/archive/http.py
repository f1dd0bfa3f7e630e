"""What an archived answer says: status, headers, and its body as it was before the server packed it."""

import hashlib
import io
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress

import brotli
from fastwarc.stream_io import ZstdReader

from sourcebook.types.fetching import Exchange

_STATUS = re.compile(rb"HTTP/\S+\s+(\d{3})")
_CHUNK = re.compile(rb"([0-9A-Fa-f]+)[^\r\n]*\r\n")


def status_of(response_head: bytes) -> int | None:
    """The status code; None when the first line is no status line."""
    found = _STATUS.match(response_head)
    return int(found[1]) if found else None


def values_of(response_head: bytes, name: str) -> list[str]:
    """Every value of a header, in order."""
    wanted = name.lower().encode()
    lines = (line.partition(b":") for line in response_head.split(b"\n")[1:])
    return [value.strip().decode("latin-1") for key, _, value in lines if key.strip().lower() == wanted]


def media_type_of(response_head: bytes) -> str:
    """The media type without parameters, lower case, "" without one."""
    head = response_head.lower()
    if head.count(b"content-type") == head.count(b"\ncontent-type:") == 1:  # in nearly all
        value = head.partition(b"\ncontent-type:")[2].partition(b"\n")[0]
        return value.partition(b";")[0].decode("latin-1").strip().lower()
    values = values_of(response_head, "content-type")
    return values[-1].partition(";")[0].strip().lower() if values else ""


def decoded_body(exchange: Exchange, size_bytes: int, digest: str) -> bytes | None:
    """The body of that size and SHA-256, as it was sent or unpacked as the headers say; None when none fits.

    A body that was cut off while it was fetched is unpacked as far as it goes. As it was sent comes first: what the
    fetcher did not unpack may be made to burst.
    """
    for body in _readings(exchange):
        kept = body[:size_bytes]
        if hashlib.sha256(kept).hexdigest() == digest:
            return kept
    return None


def _readings(exchange: Exchange) -> Iterator[bytes]:
    """Servers, and the libraries that read them, differ in what of the packing they leave on."""
    said = ",".join(values_of(exchange.response_head, "content-encoding"))
    codings = [part.strip().lower() for part in said.split(",")]
    bodies = (exchange.body, _unchunked(exchange.body))
    yield from bodies
    for body in bodies:
        with suppress(zlib.error, brotli.error, OSError):
            yield _unpacked(body, codings)


def _unpacked(body: bytes, codings: list[str]) -> bytes:
    for coding in reversed(codings):
        body = _UNPACK.get(coding, bytes)(body)
    return body


def _gzip(body: bytes) -> bytes:
    """Every member, as far as they go; what follows them and is none is left out, as in every browser."""
    parts: list[bytes] = []
    while body.startswith(b"\x1f\x8b") or not parts:
        member = zlib.decompressobj(31)
        parts.append(member.decompress(body) + member.flush())
        body = member.unused_data
    return b"".join(parts)


def _deflate(body: bytes) -> bytes:
    """With zlib's frame, as the standard says, or without, as some servers do."""
    try:
        return zlib.decompressobj().decompress(body)
    except zlib.error:
        return zlib.decompressobj(-15).decompress(body)


def _brotli(body: bytes) -> bytes:
    return bytes(brotli.Decompressor().process(body))


def _zstd(body: bytes) -> bytes:
    with ZstdReader(io.BytesIO(body)) as stream:
        return bytes(stream.read())


def _unchunked(body: bytes) -> bytes:
    """The body without the marks of a chunked transfer; as it is where there are none."""
    parts: list[bytes] = []
    at = 0
    while (mark := _CHUNK.match(body, at)) is not None:
        size = int(mark[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[mark.end() : mark.end() + size])
        at = mark.end() + size + 2
    return b"".join(parts) if parts else body


_UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
