"""Gzip members, one a record: plain gzip that any tool reads, in which what gains nothing by packing is stored."""

from isal import isal_zlib

_LEVEL = 2  # of 0 to 3: a fifth of the time of zlib's 4 for 4 % more bytes, on web pages; 3 takes twice as long for 2 %
_GZIP = 31  # as zlib says it
_DEFLATE = -15
_HEADER = bytes((0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255))  # no time, no name, no system
_MOST_STORED = 65_535  # bytes of one block of deflate that is not packed
_LAST = 1


def member(*parts: bytes) -> bytes:
    """One member of these bytes."""
    return bytes(isal_zlib.compress(b"".join(parts), _LEVEL, _GZIP))


def member_around(head: bytes, body: bytes, tail: bytes) -> bytes:
    """One member, in which a body that is packed already stands as it is: packing it again would take a third of the
    time that its record takes, and gain nothing."""
    packer = isal_zlib.compressobj(_LEVEL, isal_zlib.DEFLATED, _DEFLATE)
    parts = [_HEADER, packer.compress(head), packer.flush(isal_zlib.Z_SYNC_FLUSH)]
    rest = memoryview(body)
    while rest:
        parts += (_stored(min(len(rest), _MOST_STORED)), rest[:_MOST_STORED])
        rest = rest[_MOST_STORED:]
    sum_ = isal_zlib.crc32(tail, isal_zlib.crc32(body, isal_zlib.crc32(head)))
    size = (len(head) + len(body) + len(tail)) & 0xFFFF_FFFF
    parts += (_stored(len(tail), _LAST), tail, sum_.to_bytes(4, "little"), size.to_bytes(4, "little"))
    return b"".join(parts)


def _stored(size: int, last: int = 0) -> bytes:
    """What stands before so many bytes that are not packed (RFC 1951, 3.2.4)."""
    return bytes((last,)) + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little")
