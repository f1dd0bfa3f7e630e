"""Table rows that cite nothing, taken out before the Markdown reader sees them: half of a page's events are theirs."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from sourcebook.corpus.runs import Span

# A table after a blank line, its first row and the row of dashes under it, each with a sign at its start.
_HEAD = re.compile(rb"(?:\A|\n)[ \t]*\r?\n(\|[^\n]*)\n(\|[ \t]*:?-+:?[ \t]*(?:\|[ \t:|-]*)?)\r?\n")


def thinned(data: bytes, signs: list[int]) -> bytes:
    """The page with one empty row for each run of table rows without a sign in it. All offsets still hold."""
    parts: list[bytes] = []
    position = 0
    for match in _HEAD.finditer(data):
        if match[1].count(b"|") - match[1].count(b"\\|") != match[2].count(b"|"):
            continue  # not certainly a table
        for start, end in _cold_rows(data, match.end(), signs):
            parts.append(data[position:start])
            parts.append(b"||"[: end - start].ljust(end - start))
            position = end
    parts.append(data[position:])
    return b"".join(parts)


def _cold_rows(data: bytes, line: int, signs: list[int]) -> Iterator[Span]:
    """Start and end of each run of rows without a sign, from the line after a delimiter row."""
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
