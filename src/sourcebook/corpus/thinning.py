"""Table rows that cite nothing, taken out before the Markdown reader sees them: half of a page's events are theirs."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from sourcebook.corpus.runs import Span, positions

_DASHES = (b"\n|-", b"\n| -", b"\n|:", b"\n| :")  # how the row under a table's first row begins
_DASHES_ROW = re.compile(rb"\n(\|[ \t:|-]+)\r?\n")


def thinned(data: bytes, signs: list[int]) -> bytes:
    """The page with one empty row for each run of table rows without a sign in it. All offsets still hold."""
    parts: list[bytes] = []
    position = 0
    for dashes in positions(data, _DASHES):
        row = _DASHES_ROW.match(data, dashes)
        if row is None or not _is_under_head(data, dashes, row[1].count(b"|")):
            continue
        for start, end in _cold_rows(data, row.end(), signs):
            parts.append(data[position:start])
            parts.append(b"||"[: end - start].ljust(end - start))
            position = end
    parts.append(data[position:])
    return b"".join(parts)


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
        at = bisect_left(signs, line)
        is_cold = at == len(signs) or signs[at] >= end
        if not is_cold and start >= 0:
            yield start, line - 1
            start = -1
        elif is_cold and start < 0:
            start = line
        line = end + 1
    if start >= 0:
        yield start, min(line - 1, len(data))
