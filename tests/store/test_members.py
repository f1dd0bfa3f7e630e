"""Gzip members of the archive: what anybody unpacks from them is what went in."""

import gzip
import random
import subprocess
import zlib

import pytest

from sourcebook.store.archive.members import member, member_around

HEAD, TAIL = b"WARC/1.1\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", b"\r\n\r\n"


@pytest.mark.parametrize(
    "size",
    [
        pytest.param(0, id="no body"),
        pytest.param(1, id="a byte"),
        pytest.param(65_535, id="as much as one block can hold"),
        pytest.param(65_536, id="a byte more"),
        pytest.param(300_000, id="several blocks"),
    ],
)
def test_a_body_that_is_packed_stands_in_its_member_as_it_is(size: int) -> None:
    body = random.Random(size).randbytes(size)
    packed = member_around(HEAD, body, TAIL)
    unpacker = zlib.decompressobj(31)

    assert unpacker.decompress(packed) + unpacker.flush() == HEAD + body + TAIL
    assert unpacker.eof
    assert unpacker.unused_data == b""
    assert body[:60_000] in packed
    assert len(packed) < len(HEAD + body + TAIL) + 64 + 5 * (size // 65_535)


def test_members_stand_one_behind_the_other() -> None:
    file = member(HEAD, b"<p>one</p>" * 50, TAIL) + member_around(HEAD, b"two", TAIL) + member(HEAD, TAIL)
    by_gzip = subprocess.run(["gzip", "-dc"], input=file, capture_output=True, check=True).stdout

    assert gzip.decompress(file) == by_gzip
    assert by_gzip == HEAD + b"<p>one</p>" * 50 + TAIL + HEAD + b"two" + TAIL + HEAD + TAIL


def test_a_byte_that_changed_in_a_stored_body_is_seen() -> None:
    packed = bytearray(member_around(HEAD, b"as it was sent" * 40, TAIL))
    packed[-60] ^= 1

    with pytest.raises(gzip.BadGzipFile, match="CRC"):
        gzip.decompress(bytes(packed))
