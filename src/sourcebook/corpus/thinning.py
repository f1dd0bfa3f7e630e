"""Table rows and list items that cite nothing, taken out before the Markdown reader sees them: half of a page's events.

What is taken out leaves blanks or letters behind, so that every offset still holds.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from sourcebook.corpus.runs import Span

# How the row under a table's first row begins, and a list at the margin. One look for both: its first character is
# one that expressions find fast.
_OPENINGS = re.compile(rb"\n(?:\| ?[-:]|\n[-*] )")
_DASHES_ROW = re.compile(rb"\n(\|[ \t:|-]+)\r?\n")
_BAR = ord("|")
_WORDY = re.compile(rb"[\w*\x80-\xff]")


def thinned(data: bytes, signs: list[int]) -> bytes:
    """The page without table rows and list items that have no sign in them. All offsets still hold."""
    parts: list[bytes] = []
    position = 0
    for opening in _OPENINGS.finditer(data):
        at = opening.start()
        if at < position:
            continue
        for start, end, filling in _rows(data, at, signs) if data[at + 1] == _BAR else _items(data, at + 2, signs):
            parts.append(data[position:start])
            parts.append(filling)
            position = end
    parts.append(data[position:])
    return b"".join(parts)


def _is_cold(signs: list[int], start: int, end: int) -> bool:
    at = bisect_left(signs, start)
    return at == len(signs) or signs[at] >= end


# --- tables


def _rows(data: bytes, dashes: int, signs: list[int]) -> Iterator[tuple[int, int, bytes]]:
    """Each run of rows without a sign under a row of dashes, and what to put in its place."""
    row = _DASHES_ROW.match(data, dashes)
    if row is None or not _is_under_head(data, dashes, row[1].count(b"|")):
        return
    for start, end in _cold_rows(data, row.end(), signs):
        if start == row.end():  # the row of dashes takes the place
            yield row.end(1), end, b" " * (end - row.end(1))
        elif data.startswith((b"\n", b"\r\n"), end + 1):  # a blank line ends the table
            yield start, end, b" " * (end - start)
        else:
            yield start, end, b"||"[: end - start].ljust(end - start)


def _is_under_head(data: bytes, dashes: int, bars: int) -> bool:
    """Is the line before certainly the first row of a table: as many cells, and a blank line before it?"""
    start = data.rfind(b"\n", 0, dashes) + 1
    head = data[start:dashes]
    before = data.rfind(b"\n", 0, max(start - 1, 0)) + 1
    return (
        head.startswith(b"|")
        and head.count(b"|") - head.count(b"\\|") == bars
        and not data[before : max(start - 1, 0)].strip()
    )


def _cold_rows(data: bytes, line: int, signs: list[int]) -> Iterator[Span]:
    """Start and end of each run of rows without a sign, from the line after the row of dashes."""
    start = -1
    while data.startswith(b"|", line):
        end = data.find(b"\n", line)
        end = len(data) if end < 0 else end
        is_cold = _is_cold(signs, line, end)
        if not is_cold and start >= 0:
            yield start, line - 1
            start = -1
        elif is_cold and start < 0:
            start = line
        line = end + 1
    if start >= 0:
        yield start, min(line - 1, len(data))


# --- lists


def _items(data: bytes, start: int, signs: list[int]) -> Iterator[tuple[int, int, bytes]]:
    """The items of a list without a sign, but for its last, which may introduce what follows; letters instead."""
    end = data.find(b"\n\n", start)
    end = len(data) if end < 0 else end
    if not _is_cold(signs, start, end):
        return
    last = data.rfind(b"\n", start, end)
    if last > 0 and _WORDY.match(data, start + 2):
        marker = data[start - 1 : start + 2]
        if data.count(marker, start, end) == data.count(b"\n", start, end):
            yield start + 2, last, b"x" * (last - start - 2)
