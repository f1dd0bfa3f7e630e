"""How bodies are framed, encoded, and how large they are."""

# ruff: noqa: E501 - a table: one fault a line

import gzip
import tempfile
import zlib

import brotli
from fastwarc.stream_io import ZstdWriter

from sourcebook.types.captures import Outcome
from tests.fetch.hostile.acts import PAGE, Fault, Flood, Reset, Wait, chunked, head, whole

OK, UNREACHABLE, THIN, WRONG_TYPE = Outcome.OK, Outcome.UNREACHABLE, Outcome.THIN, Outcome.WRONG_TYPE
CHUNKED = head("Transfer-Encoding: chunked")


def _zstd(data: bytes) -> bytes:
    with tempfile.TemporaryFile() as file:
        writer = ZstdWriter(file)
        writer.write(data)
        writer.close()
        file.seek(0)
        return file.read()


def _raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


FRAMING = (
    Fault("until the connection closes", (head(), PAGE), (OK,), body=PAGE),
    Fault("a length too long", (head(f"Content-Length: {len(PAGE) + 1}"), PAGE), (UNREACHABLE,), reason="broke off"),
    Fault("a length too short", (head("Content-Length: 3000"), PAGE), (OK, UNREACHABLE)),
    Fault("a length of 1, and no more", (head("Content-Length: 1"),), (UNREACHABLE,)),
    Fault("two lengths", (head(f"Content-Length: {len(PAGE)}", "Content-Length: 5"), PAGE), (UNREACHABLE,)),
    Fault("a length below zero", (head("Content-Length: -1"), PAGE), (UNREACHABLE,)),
    Fault("a length in words", (head("Content-Length: many"), PAGE), (UNREACHABLE,)),
    Fault("a length with a plus", (head(f"Content-Length: +{len(PAGE)}"), PAGE), (OK, UNREACHABLE)),
    Fault("a length of a googol", (head("Content-Length: 1" + "0" * 100), PAGE), (UNREACHABLE, WRONG_TYPE)),
    Fault("a length of a petabyte", (head("Content-Length: 1000000000000000"), PAGE), (WRONG_TYPE,), reason="larger"),
    Fault("a length and chunks", (head("Content-Length: 5", "Transfer-Encoding: chunked"), chunked(PAGE)), (OK, UNREACHABLE)),
    Fault("chunks", (CHUNKED, chunked(PAGE[:100], PAGE[100:])), (OK,), body=PAGE),
    Fault("chunks of one byte", (CHUNKED, b"".join(b"1\r\n%c\r\n" % byte for byte in PAGE) + b"0\r\n\r\n"), (OK,), body=PAGE),
    Fault("chunks without an end", (CHUNKED, chunked(PAGE, end=b"")), (UNREACHABLE,)),
    Fault("chunks that wait for their end", (CHUNKED, chunked(PAGE, end=b""), Wait(9)), (UNREACHABLE,)),
    Fault("half a chunk", (CHUNKED, b"ffff\r\n" + PAGE), (UNREACHABLE,)),
    Fault("half an end", (CHUNKED, chunked(PAGE, end=b"0\r\n")), (OK, UNREACHABLE)),
    Fault("a chunk size that is none", (CHUNKED, b"xyz\r\n" + PAGE), (UNREACHABLE,)),
    Fault("a chunk size below zero", (CHUNKED, b"-5\r\n" + PAGE), (UNREACHABLE,)),
    Fault("a chunk size without end", (CHUNKED, b"f" * 100_000), (UNREACHABLE,)),
    Fault("a chunk longer than it says", (CHUNKED, b"5\r\n" + PAGE + b"\r\n0\r\n\r\n"), (UNREACHABLE,)),
    Fault("a chunk's note without end", (CHUNKED, b"5;", Flood(b"x" * 1000)), (UNREACHABLE,), needs_memory=True),
    Fault("trailers", (CHUNKED, chunked(PAGE, end=b"0\r\nX-A: 1\r\n\r\n")), (OK,), body=PAGE),
    Fault("trailers without end", (CHUNKED, chunked(PAGE, end=b"0\r\n"), Flood(b"X-A: " + b"1" * 1000 + b"\r\n")), (UNREACHABLE, OK), needs_memory=True),
    Fault("chunks, twice", (head("Transfer-Encoding: chunked, chunked"), chunked(chunked(PAGE))), (OK, UNREACHABLE)),
    Fault("an unknown transfer encoding", (head("Transfer-Encoding: xchunked"), PAGE), (OK, UNREACHABLE)),
    Fault("gzip as transfer encoding", (head("Transfer-Encoding: gzip, chunked"), chunked(gzip.compress(PAGE))), (UNREACHABLE,), reason="gzip"),
    Fault("two answers at once", (whole() + whole(b"<title>Another</title>"),), (OK, UNREACHABLE)),
    Fault("reset at once", (Reset(),), (UNREACHABLE,)),
    Fault("reset after the head", (head("Content-Length: 9000"), Reset()), (UNREACHABLE,)),
    Fault("reset in the middle", (head("Content-Length: 9000"), PAGE, Reset()), (UNREACHABLE,)),
    Fault("reset in the middle of chunks", (CHUNKED, chunked(PAGE, end=b""), Reset()), (UNREACHABLE,)),
    Fault("reset without a length", (head(), PAGE, Reset()), (UNREACHABLE,)),
    Fault("404 that breaks off", (head("Content-Length: 9000", status="404 Not Found"), b"x"), (UNREACHABLE, Outcome.GONE)),
)  # fmt: skip


def _encoded(name: str, encoding: str, body: bytes, *outcomes: Outcome, needs_memory: bool = False) -> Fault:
    answer = whole(body, f"Content-Encoding: {encoding}")
    right = PAGE if outcomes == (OK,) else None
    return Fault(name, (answer,), outcomes, body=right, needs_memory=needs_memory)


_ZEROS = bytes(25_000_000)  # a little more than people's cap: it matters that the cap is kept, not by how much
_GZIP, _PACKED = gzip.compress(PAGE), gzip.compress(_ZEROS, 6)

ENCODINGS = (
    _encoded("gzip", "gzip", _GZIP, OK),
    _encoded("gzip in capitals", "GZIP", _GZIP, OK),
    _encoded("gzip by its old name", "x-gzip", _GZIP, OK),
    _encoded("gzip of many members", "gzip", b"".join(gzip.compress(PAGE[at : at + 500]) for at in range(0, len(PAGE), 500)), OK),
    _encoded("gzip with rubbish behind", "gzip", _GZIP + b"\0" * 500, OK),
    _encoded("deflate", "deflate", zlib.compress(PAGE), OK),
    _encoded("deflate without its head", "deflate", _raw_deflate(PAGE), OK),
    _encoded("br", "br", brotli.compress(PAGE), OK),
    _encoded("zstd", "zstd", _zstd(PAGE), OK),
    _encoded("gzip of gzip", "gzip, gzip", gzip.compress(_GZIP), OK),
    _encoded("br of gzip", "gzip, br", brotli.compress(_GZIP), OK),
    _encoded("identity", "identity", PAGE, OK),
    _encoded("nothing as encoding", "", PAGE, OK),
    _encoded("a tower of encodings", ", ".join(["gzip"] * 30), _GZIP, UNREACHABLE),
    _encoded("an unknown encoding", "sdch", PAGE, UNREACHABLE),
    _encoded("gzip that is none", "gzip", PAGE, UNREACHABLE),
    _encoded("br that is gzip", "br", _GZIP, UNREACHABLE),
    _encoded("gzip that breaks off", "gzip", _GZIP[:-12], UNREACHABLE),
    _encoded("gzip without its last sum", "gzip", _GZIP[:-4], UNREACHABLE),
    _encoded("gzip with a wrong sum", "gzip", _GZIP[:-8] + b"xxxxxxxx", UNREACHABLE),
    _encoded("gzip, the second member broken off", "gzip", _GZIP + _GZIP[:-20], UNREACHABLE),
    _encoded("deflate that breaks off", "deflate", zlib.compress(PAGE)[:-9], UNREACHABLE),
    _encoded("br that breaks off", "br", brotli.compress(PAGE)[:-9], UNREACHABLE),
    _encoded("zstd that breaks off", "zstd", _zstd(PAGE)[:-9], UNREACHABLE),
    _encoded("nothing, encoded", "gzip", b"", THIN),
    _encoded("a bomb in gzip", "gzip", _PACKED, WRONG_TYPE, needs_memory=True),
    _encoded("a bomb in deflate", "deflate", zlib.compress(_ZEROS), WRONG_TYPE, needs_memory=True),
    _encoded("a bomb in br", "br", brotli.compress(_ZEROS, quality=5), WRONG_TYPE, needs_memory=True),
    _encoded("a bomb in zstd", "zstd", _zstd(_ZEROS), WRONG_TYPE, needs_memory=True),
    _encoded("a bomb in a bomb", "gzip, gzip", gzip.compress(_PACKED), WRONG_TYPE, needs_memory=True),
    _encoded("a million members", "gzip", gzip.compress(b"") * 90_000, UNREACHABLE, needs_memory=True),
)  # fmt: skip

del _ZEROS

SIZES = (
    Fault("a body for ever", (head(), Flood(b"<p>x" * 5000)), (WRONG_TYPE,), reason="larger", needs_memory=True),
    Fault("chunks for ever", (CHUNKED, Flood(chunked(b"<p>x" * 5000, end=b""))), (WRONG_TYPE,), reason="larger", needs_memory=True),
    Fault("tiny chunks for ever", (CHUNKED, Flood(chunked(b"x", end=b"") * 1000)), (WRONG_TYPE, UNREACHABLE), needs_memory=True),
    Fault("larger than we read", (head("Content-Length: 300000000"), Flood(b"x" * 65_536)), (WRONG_TYPE,), reason="larger", most_sent=20_000_000),
    Fault("just as large as we read", (whole(b"w" * 1_990_000, kind="text/plain"),), (OK,)),
    Fault("a large error page", (head("Content-Length: 30000000", status="404 Not Found"), Flood(b"x" * 65_536)), (WRONG_TYPE, Outcome.GONE)),
)  # fmt: skip
