"""Where things stand: parsers count bytes, which is what the Markdown reader tells us; readers count code points."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import NamedTuple


class Place(NamedTuple):
    """A place in a page's text; line and column count from 1."""

    line: int
    column: int


class Places:
    """Turns offsets into UTF-8 bytes into offsets and places of the text they decode to."""

    def __init__(self, data: bytes, text: str) -> None:
        self._data = data
        self._is_ascii = len(data) == len(text)
        self._lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def points(self, offsets: Iterable[int]) -> dict[int, int]:
        """The code point at each of these byte offsets. Read in one pass, so ask for all at once."""
        ordered = sorted({0, *offsets})
        if self._is_ascii:
            return dict(zip(ordered, ordered, strict=True))
        data = self._data
        sizes = [len(data[one:two].decode("utf-8", "ignore")) for one, two in pairwise(ordered)]
        return dict(zip(ordered, accumulate(sizes, initial=0), strict=True))

    def at(self, point: int) -> Place:
        """The place of a code point."""
        line = bisect_right(self._lines, point)
        return Place(line, point - self._lines[line - 1] + 1)
