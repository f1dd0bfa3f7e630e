"""One attempt as it stands in the archive: every record of it, packed as it is, to be handed on."""

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from sourcebook.errors import StoreError
from sourcebook.store.archive import reading
from sourcebook.store.archive.cdxj import read_line
from sourcebook.store.archive.mending import INDEX_NAME
from sourcebook.store.archive.records import CAPTURE_TYPE, ReadRecord
from sourcebook.store.failures import file_failures
from sourcebook.types.captures import WarcPosition


class Member(Struct, frozen=True):
    """A record, and the bytes that it takes in its file."""

    record: ReadRecord
    packed: bytes
    position: WarcPosition


class Attempts:
    """Reads whole attempts. What the archive gets while this is in use is not seen."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._answers: dict[str, list[int]] | None = None

    def at(self, position: WarcPosition) -> list[Member]:
        """The attempt whose last answer stands at a position. Raises StoreError where a part of it is damaged."""
        path = self._folder / position.file
        with file_failures(path):
            members = list(_members(path, position.offset))
            before = len(members[-1].record.all("warc-concurrent-to")) - 1
            if before:  # redirects led to the answer
                members = list(_members(path, self._start(position, before)))
        return members

    def original_of(self, member: Member) -> WarcPosition | None:
        """Where the record stands that a revisit refers to; None for any other record."""
        if member.record.type != "revisit":
            return None
        return reading.referred(self._folder / member.position.file, member.record)

    def _start(self, position: WarcPosition, before: int) -> int:
        """Where so many answers before a position begin."""
        earlier = [offset for offset in self._indexed().get(position.file, ()) if offset < position.offset]
        if len(earlier) < before:
            raise StoreError(
                f"the index does not know what led to byte {position.offset} of {position.file!r}",
                "run `sourcebook rebuild`: it writes the index anew",
            )
        return sorted(earlier)[-before]

    def _indexed(self) -> dict[str, list[int]]:
        if self._answers is None:
            self._answers = {}
            with (self._folder / INDEX_NAME).open("rb") as lines:
                for line in lines:
                    if (entry := read_line(line)) is not None:
                        self._answers.setdefault(entry.filename, []).append(int(entry.offset))
        return self._answers


def _members(path: Path, start: int) -> Iterator[Member]:
    """Records from an offset on, to the one that ends an attempt."""
    with path.open("rb") as file:
        for stretch in reading.read_stretches(path, start):
            if stretch.record is None:
                break
            file.seek(stretch.offset)
            packed = file.read(stretch.length)
            yield Member(stretch.record, packed, WarcPosition(path.name, stretch.offset, stretch.length))
            if stretch.record.headers.get("content-type") == CAPTURE_TYPE:
                return
    raise StoreError(
        f"the attempt at byte {start} of {str(path)!r} is damaged", "run `sourcebook archive verify` to see where"
    )
