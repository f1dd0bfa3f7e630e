"""Copies as a WACZ 1.1.1: one file that holds records, index and a list of pages, and that replay tools open.

docs/captures.md says what is in it.
"""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct

from sourcebook import __version__
from sourcebook.errors import StoreError
from sourcebook.export.whole import written_whole
from sourcebook.store import Attempts, Member, index_line, info_record
from sourcebook.types.captures import Capture, WarcPosition

WARC_NAME = "data.warc.gz"
_LINES = 300  # of the index in one gzip member, as the field's own tools have it
_SOFTWARE = f"Sourcebook/{__version__}"


class Copy(Struct, frozen=True):
    """A capture to export, and the title of what was there; "" where it is no page to open."""

    capture: Capture
    title: str


class Exported(Struct, frozen=True):
    """What a WACZ holds, and what was left out."""

    file: str
    captures: int
    pages: int
    size_bytes: int
    damaged: tuple[str, ...]  # why a capture was left out, in words


class _Page(msgspec.Struct):
    id: str
    url: str
    ts: str
    title: str


def write_wacz(file: Path, title: str, copies: Sequence[Copy], attempts: Attempts, now: datetime) -> Exported:
    """Write the copies to a file, whole or not at all. Raises UsageError when it cannot be written."""
    with written_whole(file) as part:
        with zipfile.ZipFile(part, "w") as archive:
            package = _Package(archive, now)
            pages, damaged = _fill(package, copies, attempts)
            package.seal(title, pages)
        size = part.stat().st_size
    return Exported(str(file), len(copies) - len(damaged), len(pages), size, tuple(damaged))


def _fill(package: "_Package", copies: Sequence[Copy], attempts: Attempts) -> tuple[list[_Page], list[str]]:
    """Records, index and list of pages."""
    titles = {copy.capture.position: copy for copy in copies}
    pages: list[_Page] = []
    with package.member(f"archive/{WARC_NAME}") as warc:
        records = _Records(warc, attempts)
        records.begin(package.now)
        for position in sorted(filter(None, titles), key=lambda one: (one.file, one.offset)):
            copy = titles[position]
            first = records.add(position)
            if first is not None and copy.title:
                pages.append(_Page(copy.capture.id, first.record.url, _seconds(first), copy.title))
    for name, data in _packed_index(sorted(records.lines)):
        package.add(f"indexes/{name}", data)
    header = {"format": "json-pages-1.0", "id": "pages", "title": "All pages"}
    package.add("pages/pages.jsonl", _json_lines((header, *pages)))
    return pages, records.damaged


class _Records:
    """The WARC as it grows. A revisit brings what it refers to."""

    def __init__(self, out: Callable[[bytes], None], attempts: Attempts) -> None:
        self.lines: list[bytes] = []
        self.damaged: list[str] = []
        self._out = out
        self._attempts = attempts
        self._size = 0
        self._done: dict[tuple[str, int], Member] = {}  # the first record of each attempt, by its last answer

    def begin(self, now: datetime) -> None:
        """Say who wrote it."""
        self._write(info_record(now, WARC_NAME, _SOFTWARE).packed())

    def add(self, position: WarcPosition) -> Member | None:
        """Write an attempt that is not there yet; its first record, None when it is damaged."""
        key = (position.file, position.offset)
        if key in self._done:
            return self._done[key]
        try:
            members = self._attempts.at(position)
            originals = [original for one in members if (original := self._attempts.original_of(one)) is not None]
        except StoreError as error:
            self.damaged.append(error.message)
            return None
        for original in originals:
            self.add(original)
        self._done[key] = members[0]
        for one in members:
            if one.record.is_answer:
                self.lines.append(index_line(one.record, WarcPosition(WARC_NAME, self._size, len(one.packed))))
            self._write(one.packed)
        return members[0]

    def _write(self, packed: bytes) -> None:
        self._out(packed)
        self._size += len(packed)


class _Package:
    """A zip file that knows the digest of everything in it. Records and packed index are stored as they are."""

    def __init__(self, archive: zipfile.ZipFile, now: datetime) -> None:
        self.now = now
        self._archive = archive
        self._resources: list[dict[str, str | int]] = []

    @contextmanager
    def member(self, path: str, *, listed: bool = True) -> Iterator[Callable[[bytes], None]]:
        """Write a member piece by piece."""
        info = zipfile.ZipInfo(path, self.now.astimezone(UTC).timetuple()[:6])
        info.compress_type = zipfile.ZIP_STORED if path.endswith(".gz") else zipfile.ZIP_DEFLATED
        digest, size = hashlib.sha256(), 0

        def write(data: bytes) -> None:
            nonlocal size
            digest.update(data)
            size += len(data)
            out.write(data)

        out: IO[bytes]
        with self._archive.open(info, "w", force_zip64=True) as out:
            yield write
        if listed:
            name = path.rpartition("/")[2]
            self._resources.append({"name": name, "path": path, "hash": f"sha256:{digest.hexdigest()}", "bytes": size})

    def add(self, path: str, data: bytes, *, listed: bool = True) -> None:
        """Write a member whole."""
        with self.member(path, listed=listed) as write:
            write(data)

    def seal(self, title: str, pages: Sequence[_Page]) -> None:
        """Write what describes all that was written before."""
        said: dict[str, object] = {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": title,
            "software": _SOFTWARE,
            "created": f"{self.now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            "resources": self._resources,
        }
        if pages:
            said |= {"mainPageUrl": pages[-1].url, "mainPageDate": pages[-1].ts}
        described = msgspec.json.format(msgspec.json.encode(said), indent=2)
        self.add("datapackage.json", described, listed=False)
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(described).hexdigest()}"}
        self.add("datapackage-digest.json", msgspec.json.encode(digest), listed=False)


def _packed_index(lines: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    """The sorted lines in blocks that can be unpacked one by one, and the index of the blocks."""
    packed, blocks = io.BytesIO(), []
    for start in range(0, len(lines), _LINES):
        some = lines[start : start + _LINES]
        packer = zlib.compressobj(wbits=31)
        block = packer.compress(b"".join(line + b"\n" for line in some)) + packer.flush()
        key = some[0].partition(b" {")[0]
        where = {
            "offset": packed.tell(),
            "length": len(block),
            "digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
        }
        blocks.append(key + b" " + msgspec.json.encode(where) + b"\n")
        packed.write(block)
    meta = msgspec.json.encode({"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"})
    yield "index.cdx.gz", packed.getvalue()
    yield "index.idx", b"!meta 0 " + meta + b"\n" + b"".join(blocks)


def _json_lines(values: Iterable[object]) -> bytes:
    return b"".join(msgspec.json.encode(value) + b"\n" for value in values)


def _seconds(member: Member) -> str:
    """The time of an answer as lists of pages write it."""
    at = datetime.fromisoformat(member.record.headers["warc-date"])
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
