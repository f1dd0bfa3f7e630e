"""Content encodings, honest and hostile."""

import gzip
import os
import time
import tracemalloc
import zlib

import brotli
import pytest
from fastwarc.stream_io import ZstdWriter
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.fetch.decoding import Undecodable, decode

MANY = 10_000_000
PLAIN = os.urandom(50_000) + b"words and words " * 20_000


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def zstd(data: bytes) -> bytes:
    class Sink:
        def __init__(self) -> None:
            self.data = b""

        def write(self, part: bytes) -> int:
            self.data += bytes(part)
            return len(part)

        def flush(self) -> None: ...

        def close(self) -> None: ...

    sink = Sink()
    with ZstdWriter(sink) as writer:
        writer.write(data)
    return sink.data


PACKED = [
    pytest.param("gzip", gzip.compress(PLAIN), id="gzip"),
    pytest.param("x-gzip", gzip.compress(PLAIN), id="the old name of gzip"),
    pytest.param("GZip", gzip.compress(PLAIN[:100]) + gzip.compress(PLAIN[100:]), id="gzip of two members"),
    pytest.param("gzip", gzip.compress(PLAIN) + b"\0" * 20, id="gzip with padding"),
    pytest.param("deflate", zlib.compress(PLAIN), id="deflate by the standard"),
    pytest.param("deflate", raw_deflate(PLAIN), id="deflate as some servers read it"),
    pytest.param("br", brotli.compress(PLAIN, quality=4), id="br"),
    pytest.param("zstd", zstd(PLAIN), id="zstd"),
    pytest.param("gzip, br", brotli.compress(gzip.compress(PLAIN), quality=4), id="two, the last one undone first"),
    pytest.param("identity", PLAIN, id="identity"),
    pytest.param("", PLAIN, id="none"),
]


@pytest.mark.parametrize(("encoding", "body"), PACKED)
def test_every_encoding_that_servers_use_is_undone(encoding: str, body: bytes) -> None:
    assert decode(body, encoding, MANY) == PLAIN


@pytest.mark.parametrize(("encoding", "body"), PACKED[:-2])
def test_a_body_that_breaks_off_is_never_taken_for_the_whole(encoding: str, body: bytes) -> None:
    for cut in (1, len(body) // 2, len(body) - 25):
        answer = decode(body[:cut], encoding, MANY)

        assert isinstance(answer, Undecodable)
        assert not answer.too_large


@pytest.mark.parametrize(("encoding", "body"), PACKED[:-2])
def test_what_grows_beyond_the_cap_is_given_up(encoding: str, body: bytes) -> None:
    answer = decode(body, encoding, len(PLAIN) - 1)

    assert isinstance(answer, Undecodable)
    assert answer.too_large


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, lambda data: brotli.compress(data, quality=4), zstd])
def test_a_bomb_takes_little_memory(pack: object) -> None:
    bomb = pack(b"\0" * 200_000_000)  # type: ignore[operator]
    encoding = {gzip.compress: "gzip", zlib.compress: "deflate", zstd: "zstd"}.get(pack, "br")  # type: ignore[call-overload]
    tracemalloc.start()
    answer = decode(bomb, encoding, 5_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert isinstance(answer, Undecodable)
    assert answer.too_large
    assert peak < 16_000_000


def test_an_unknown_encoding_is_named() -> None:
    assert decode(b"x", "exi", MANY) == Undecodable("unknown content encoding 'exi'")


def test_a_tower_of_encodings_is_not_climbed() -> None:
    assert isinstance(decode(b"x", ", ".join(["gzip"] * 50), MANY), Undecodable)


def test_no_body_needs_no_decoding() -> None:
    assert decode(b"", "gzip", MANY) == b""


@given(st.sampled_from(["gzip", "deflate", "br", "zstd"]), st.binary(max_size=300))
def test_rubbish_never_breaks_the_decoder(encoding: str, body: bytes) -> None:
    assert isinstance(decode(body, encoding, 1_000), bytes | Undecodable)


def test_a_million_empty_gzip_members_cost_little() -> None:
    began = time.process_time()
    answer = decode(gzip.compress(b"") * 1_000_000, "gzip", 10**7)

    assert isinstance(answer, Undecodable)
    assert time.process_time() - began < 5.0


def test_a_stream_that_fills_its_blocks_exactly_is_read_to_its_end() -> None:
    whole = bytes(256 * 1024) * 3

    assert decode(gzip.compress(whole) + gzip.compress(b"and more"), "gzip", 10**7) == whole + b"and more"
