"""Where things stand: parsers count bytes, which is what the Markdown reader tells us; readers count code points."""

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple


class Place(NamedTuple):
    """A place in a page's text; line and column count from 1."""

    line: int
    column: int
    offset: int


class Places:
    """Turns offsets into UTF-8 bytes into places of the text they decode to."""

    def __init__(self, data: bytes, text: str) -> None:
        self._data = data
        self._plain = len(data) == len(text)
        self._bytes = _line_starts([len(line) for line in data.split(b"\n")])
        self._points = self._bytes if self._plain else _line_starts([len(line) for line in text.split("\n")])

    def at(self, offset: int) -> Place:
        """The place of a byte offset."""
        line = bisect_right(self._bytes, offset)
        start = self._bytes[line - 1]
        before = offset - start if self._plain else len(self._data[start:offset].decode("utf-8", "ignore"))
        return Place(line, before + 1, self._points[line - 1] + before)


def _line_starts(lengths: list[int]) -> list[int]:
    return [0, *accumulate(length + 1 for length in lengths[:-1])]
