"""Reads a file of the archive again, whole, and says of each record that is not what was written."""

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from sourcebook.errors import StoreError
from sourcebook.store.archive import reading
from sourcebook.store.archive.reading import Stretch
from sourcebook.store.archive.records import ABOUT, CAPTURE_TYPE, HEAD_DIGEST, ReadRecord, digest

_SHA1, _SHA256 = "sha1:", "sha256:"  # the first in base 32, as libraries of older versions have it


class Damage(Struct, frozen=True):
    """A record that is not what was written, or not where it should be."""

    file: str
    offset: int
    url: str  # the address that it is about; "" when nobody can say any more
    why: str


def damages(path: Path, known: Mapping[int, str], seen: Callable[[int], None]) -> Iterator[Damage]:
    """What is wrong with one file. `known` says where answers should stand, and of which address; `seen` is told how
    far the reading has come, in bytes."""
    missing = dict(known)
    attempts: set[str] = set()
    end = 0
    for stretch in reading.read_stretches(path):
        end = stretch.offset + stretch.length
        if stretch.record is None:
            yield from _unreadable(path, stretch, missing)
        else:
            record = stretch.record
            where = (path.name, stretch.offset, record.url)
            if record.is_answer:
                missing.pop(stretch.offset, None)
            why = _fault(record) or _noted_twice(path, stretch, record, attempts)
            if why:
                yield Damage(*where, why)
        seen(end)
    for offset, url in missing.items():
        why = f"no answer: the file ends at {end:,}" if offset >= end else "no answer stands here"
        yield Damage(path.name, offset, url, why)


def _unreadable(path: Path, stretch: Stretch, missing: dict[int, str]) -> Iterator[Damage]:
    """Every record that we know of in a damaged stretch; else the stretch itself."""
    inside = [offset for offset in missing if stretch.offset <= offset < stretch.offset + stretch.length]
    for offset in inside:
        yield Damage(path.name, offset, missing.pop(offset), "damaged: it cannot be unpacked")
    if stretch.offset not in inside:
        yield Damage(path.name, stretch.offset, _address_in(stretch.rest), "damaged: it cannot be unpacked")


def _address_in(rest: bytes) -> str:
    """The address in what is left of a record's headers."""
    for line in rest.split(b"\r\n\r\n")[0].split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"warc-target-uri":
            return value.strip().decode("utf-8", "replace").removeprefix(ABOUT)
    return ""


def _fault(record: ReadRecord) -> str:
    """What a record's own digests say against it; "" when they hold."""
    if not _is_digest_of(record.headers.get("warc-block-digest", ""), record.block):
        return "changed: its block is not what was written"
    if record.type in {"response", "resource"}:
        payload = record.block[len(record.head) :]
        if not _is_digest_of(record.headers.get(HEAD_DIGEST.lower(), ""), record.head):
            return "changed: its head is not what was written"
        if not _is_digest_of(record.headers.get("warc-payload-digest", ""), payload):
            return "changed: its payload is not what was written"
    return ""


def _is_digest_of(said: str, block: bytes) -> bool:
    """Is it, as far as we can tell? Nothing said, or in a way that we do not know, is not wrong."""
    if said.startswith(_SHA256):
        return said == digest(block)
    if said.startswith(_SHA1):
        return said == _SHA1 + base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    return True


def _noted_twice(path: Path, stretch: Stretch, record: ReadRecord, attempts: set[str]) -> str:
    """Is the same attempt there a second time?"""
    if record.headers.get("content-type") != CAPTURE_TYPE:
        return ""
    try:
        capture = reading.read_capture(path, stretch.offset, record)
    except StoreError as error:
        return error.message
    if capture.id in attempts:
        return f"the attempt {capture.id!r} is noted a second time"
    attempts.add(capture.id)
    return ""
