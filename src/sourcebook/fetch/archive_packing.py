"""WARC files that were compressed as one: unpacked, so that a record can be found without reading all before it.

The custom is a gzip member a record. Some tools, and people who compress by hand, do not keep to it.
"""

import contextlib
import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_MOST_PACKED = 200  # times smaller than its contents: deflate at its best on real pages reaches 20, a bomb 1,000
_PIECE = 1_000_000
_FIRST_PIECE = 65_536
_LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,18})[ \t]*\r?$")


def most_unpacked(packed_bytes: int) -> int:
    """How large something may be that was packed into so many bytes: beyond it is a bomb."""
    return _MOST_PACKED * packed_bytes + 1_000_000


def unpacked(stream: BinaryIO) -> Path | None:
    """A new file with what a stream holds that was compressed as one; None for any other stream.

    Raises BadZipFile for a bomb. What breaks off is unpacked as far as it goes.
    """
    if stream.read(2) != b"\x1f\x8b" or _has_a_member_a_record(stream):
        return None
    most = most_unpacked(stream.seek(0, os.SEEK_END))
    stream.seek(0)
    descriptor, name = tempfile.mkstemp(prefix="sourcebook-", suffix=".warc")
    try:
        with os.fdopen(descriptor, "wb") as plain:
            _copy(stream, plain, most)
    except BaseException:  # Ctrl-C too: the file is ours to remove
        Path(name).unlink()
        raise
    return Path(name)


def _copy(stream: BinaryIO, plain: BinaryIO, most: int) -> None:
    for piece in _pieces(stream):
        plain.write(piece)
        if plain.tell() > most:
            raise zipfile.BadZipFile(f"it unpacks to more than {most:,} bytes")


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    """What the members of a stream hold, to where it breaks off or is damaged."""
    unpacker, packed = zlib.decompressobj(31), b""
    with contextlib.suppress(zlib.error):
        while packed := packed or stream.read(_FIRST_PIECE):
            yield unpacker.decompress(packed, _PIECE)
            packed = unpacker.unconsumed_tail
            if unpacker.eof:
                packed, unpacker = unpacker.unused_data, zlib.decompressobj(31)


def _has_a_member_a_record(stream: BinaryIO) -> bool:
    """Does the first member hold the first record, and nothing else?"""
    stream.seek(0)
    unpacker = zlib.decompressobj(31)
    try:
        start = unpacker.decompress(stream.read(_FIRST_PIECE), _FIRST_PIECE)
        if not start.startswith(b"WARC/"):
            return True  # no WARC: nothing to unpack
        head, end, _ = start.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not end or length is None:
            return False
        record = len(head) + len(end) + int(length[1])
        size = len(start)
        while not unpacker.eof and size <= record + len(end):
            packed = unpacker.unconsumed_tail or stream.read(_FIRST_PIECE)
            if not packed:
                return False
            size += len(unpacker.decompress(packed, _FIRST_PIECE))
    except zlib.error:
        return True  # damaged: left to the one who reads records
    return record <= size <= record + len(end)
