"""Lists, a part at a time."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct

from sourcebook.records import Catalogue, Records, View, parse_view
from sourcebook.web.api.cursors import Cursor, MovedOnError, fingerprint, read_cursor
from sourcebook.web.api.parameters import read_limit

R = TypeVar("R")
Said = Mapping[str, str]  # what an address says, in its path and behind it
Run = Callable[[Records, Said], object]
Read = Callable[
    [int, int], tuple[Sequence[Any], int]
]  # part, counted from 1, and rows of each: these rows, and of how many


class Rows(Struct, Generic[R], frozen=True):
    """A part of a list."""

    rows: tuple[R, ...]
    total: int  # of the whole list
    next: str | None  # the cursor for the part behind this one; None at the end


def catalogue_part(of: Catalogue, key: Callable[[Any], str]) -> Run:
    """A part of one of the library's lists, filtered and sorted."""

    def run(records: Records, said: Said) -> Rows[Any]:
        view = parse_view(of, [pair for pair in said.items() if pair[0] not in {"limit", "cursor"}])

        def read(part: int, limit: int) -> tuple[Sequence[Any], int]:
            found = records.list_rows(View(of, view.filters, view.sort, page=part, rows=limit, whole=True))
            return found.rows, found.total

        return _part(said, read, key)

    return run


def whole_part(whole: Callable[[Records, Said], Sequence[Any]], key: Callable[[Any], str]) -> Run:
    """A part of a list that is short enough to be read whole."""

    def run(records: Records, said: Said) -> Rows[Any]:
        found = whole(records, said)
        return _part(said, lambda part, limit: (found[(part - 1) * limit : part * limit], len(found)), key)

    return run


def _part(said: Said, read: Read, key: Callable[[Any], str]) -> Rows[Any]:
    limit = read_limit(said)
    asked = fingerprint({**said, "cursor": "", "limit": limit})
    part = 1
    if text := said.get("cursor", ""):
        cursor = read_cursor(text, asked)
        part = cursor.part
        before, _ = read((part - 1) * limit, 1)
        if not before or key(before[0]) != cursor.last:
            raise MovedOnError("the list has changed before this place", "begin again without a cursor")
    rows, total = read(part, limit)
    more = bool(rows) and part * limit < total
    return Rows(tuple(rows), total, Cursor(asked, part + 1, key(rows[-1])).packed() if more else None)
