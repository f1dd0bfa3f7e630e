"""Where things stand: parsers count bytes, which is what the Markdown reader tells us; readers count code points."""

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
        self._text = text
        self._is_ascii = len(data) == len(text)
        self._last = 0  # the code point that was asked for last, and its line
        self._line = 1

    def points(self, offsets: Iterable[int]) -> dict[int, int]:
        """The code point at each of these byte offsets. Read in one pass, so ask for all at once."""
        ordered = sorted({0, *offsets})
        if self._is_ascii:
            return dict(zip(ordered, ordered, strict=True))
        data = self._data
        sizes = [len(data[one:two].decode("utf-8", "ignore")) for one, two in pairwise(ordered)]
        return dict(zip(ordered, accumulate(sizes, initial=0), strict=True))

    def at(self, point: int) -> Place:
        """The place of a code point. Cheapest when asked for in order."""
        if point < self._last:
            self._last, self._line = 0, 1
        self._line += self._text.count("\n", self._last, point)
        self._last = point
        return Place(self._line, point - self._text.rfind("\n", 0, point))
