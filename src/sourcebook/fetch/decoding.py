"""Undo the content encodings of a body, however hostile. Pure; never holds more than the cap and one block."""

import io
from collections.abc import Callable

import brotli
from fastwarc.stream_io import ZstdReader
from isal import isal_zlib
from msgspec import Struct

_BLOCK = 256 * 1024
_WINDOW = 64 * 1024
_MOST_MEMBERS = 10_000  # of a gzip file: servers send one, archives thousands, attacks a million
_MOST_ENCODINGS = 4  # stacks of two exist; more is an attack

ACCEPT_ENCODING = "gzip, deflate, br"  # what everybody can read back from an archive; zstd is read, not asked for


class Undecodable(Struct, frozen=True):
    """A body that cannot be read, and why."""

    why: str
    too_large: bool = False


def decode(body: bytes, content_encoding: str, most_bytes: int) -> bytes | Undecodable:
    """The body without its content encodings; `content_encoding` is the header as sent."""
    encodings = [one for one in content_encoding.lower().replace(" ", "").split(",") if one not in {"", "identity"}]
    if len(encodings) > _MOST_ENCODINGS:
        return Undecodable(f"encoded {len(encodings)} times")
    for encoding in reversed(encodings):
        undo = _UNDO.get(encoding)
        if undo is None:
            return Undecodable(f"unknown content encoding {encoding[:40]!r}")
        if not body:
            break  # an answer without a body often still names an encoding
        try:
            body = undo(body, most_bytes)
        except _TooLargeError:
            return Undecodable(f"decodes to more than {most_bytes:,} bytes", too_large=True)
        except (isal_zlib.error, brotli.error, OSError, EOFError) as error:
            return Undecodable(f"not {encoding} as its header says: {error}")
    return body


class _TooLargeError(Exception):
    """More came out than the cap allows."""


class _Capped:
    """Collects what comes out, up to a cap."""

    def __init__(self, most_bytes: int) -> None:
        self._first = b""  # of most bodies it is all
        self._rest: io.BytesIO | None = None  # unlike a list of parts, it is never in memory twice
        self._room = most_bytes

    def add(self, part: bytes) -> None:
        self._room -= len(part)
        if self._room < 0:
            raise _TooLargeError
        if self._rest is not None:
            self._rest.write(part)
        elif not self._first:
            self._first = part
        elif part:
            self._rest = io.BytesIO(self._first)
            self._rest.seek(0, io.SEEK_END)
            self._first = b""
            self._rest.write(part)

    def whole(self) -> bytes:
        return self._first if self._rest is None else self._rest.getvalue()


def _gzip(body: bytes, most_bytes: int) -> bytes:
    """All members of a gzip file. Zeros or rubbish after the last member are ignored, as every browser does."""
    out = _Capped(most_bytes)
    at = 0
    for _ in range(_MOST_MEMBERS):
        at = _inflate(isal_zlib.decompressobj(wbits=31), body, at, out)
        if body[at : at + 2] != b"\x1f\x8b":
            return out.whole()
    raise EOFError(f"more than {_MOST_MEMBERS:,} members")


def _deflate(body: bytes, most_bytes: int) -> bytes:
    """`deflate` is zlib's format by the standard and raw deflate on servers that misread it."""
    try:
        out = _Capped(most_bytes)
        _inflate(isal_zlib.decompressobj(), body, 0, out)
    except isal_zlib.error:
        out = _Capped(most_bytes)
        _inflate(isal_zlib.decompressobj(wbits=-15), body, 0, out)
    return out.whole()


def _inflate(stream: "isal_zlib._Decompress", body: bytes, at: int, out: _Capped) -> int:
    """Decode into `out` the one stream that begins at a place of the body; where it ends."""
    while at < len(body):
        window = body[at : at + _WINDOW]  # zlib copies all that it was given and did not use
        part = stream.decompress(window, _BLOCK)
        out.add(part)
        while not stream.eof and (stream.unconsumed_tail or len(part) == _BLOCK):
            part = stream.decompress(stream.unconsumed_tail, _BLOCK)
            out.add(part)
        at += len(window) - len(stream.unused_data)
        if stream.eof:
            return at
    raise EOFError("it ends too early")


def _brotli(body: bytes, most_bytes: int) -> bytes:
    out = _Capped(most_bytes)
    stream = brotli.Decompressor()
    part = stream.process(body, output_buffer_limit=_BLOCK)
    while True:
        out.add(part)
        if stream.is_finished():
            return out.whole()
        if not part and stream.can_accept_more_data():
            raise EOFError("it ends too early")
        part = stream.process(b"", output_buffer_limit=_BLOCK)


def _zstd(body: bytes, most_bytes: int) -> bytes:
    out = _Capped(most_bytes)
    with ZstdReader(io.BytesIO(body)) as stream:
        while part := stream.read(_BLOCK):
            out.add(part)
    return out.whole()


_UNDO: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
