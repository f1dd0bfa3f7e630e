"""Indented text in MDX is text, not code: it is moved to the start of its line for the Markdown reader.

The blanks go to the end of the line, so that lines stay where they are and each moved place can be found again.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator

from sourcebook.corpus.runs import Contents, Run, Span, Tag


class Lines:
    """The lines that were moved."""

    def __init__(self) -> None:
        self._starts: list[int] = []  # where the blanks stood
        self._lines: dict[int, tuple[int, int]] = {}  # end of the line, number of blanks

    def outdent(self, data: bytes, blocks: Iterable[Span]) -> bytes:
        """Move the text of these blocks to the left, as one piece each."""
        parts: list[bytes] = []
        position = 0
        for start, end, blanks in (move for block in blocks for move in _moves(data, block)):
            parts += (data[position:start], data[start + blanks : end], data[start : start + blanks])
            position = end
            if start in self._lines:
                blanks += self._lines[start][1]
            else:
                insort(self._starts, start)
            self._lines[start] = (end, blanks)
        parts.append(data[position:])
        return b"".join(parts)

    def forward(self, tag: Tag) -> Tag:
        """The tag where it stands now."""
        if not self._starts:
            return tag
        start = self._now(tag.start)
        return tag._replace(start=start, end=max(self._now(tag.end - 1), start) + 1)

    def back(self, contents: Contents) -> None:
        """Turn all offsets into those of the page as it was."""
        if not self._starts:
            return
        for block in contents.blocks:
            block.start, block.end = self._then(block.start), self._then_end(block.end)
            for run in (*block.runs, *([block.lead] if block.lead else [])):
                self._run_back(run)
        contents.troubles[:] = [one._replace(offset=self._then(one.offset)) for one in contents.troubles]

    def _run_back(self, run: Run) -> None:
        run.starts[:] = [self._then(start) for start in run.starts]
        for mark in run.marks:
            mark.start, mark.end = self._then(mark.start), self._then_end(mark.end)

    def _line(self, offset: int) -> tuple[int, int, int]:
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return 0, 0, 0
        return self._starts[at], *self._lines[self._starts[at]]

    def _now(self, offset: int) -> int:
        start, end, blanks = self._line(offset)
        return max(offset - blanks, start) if offset < end else offset

    def _then(self, offset: int) -> int:
        start, end, blanks = self._line(offset)
        return offset + blanks if start <= offset < end - blanks else offset

    def _then_end(self, offset: int) -> int:
        return self._then(offset - 1) + 1


def _moves(data: bytes, block: Span) -> Iterator[tuple[int, int, int]]:
    """Each line of a block with words in it: where its blanks start, where it ends, how many blanks to take."""
    line = data.rfind(b"\n", 0, block[0]) + 1
    before = (
        data[line : block[0]].rstrip(b" \t") if data[block[0] - 1 : block[0]] == b"\t" else data[line : block[0] - 4]
    )
    lines = []
    while line < block[1]:
        end = data.find(b"\n", line)
        end = len(data) if end < 0 else end
        end -= data[end - 1 : end] == b"\r"
        start = min(line + len(before), end)
        words = data[start:end]
        if words.strip():
            lines.append((start, end, len(words) - len(words.lstrip(b" \t"))))
        line = data.find(b"\n", end) + 1 or len(data)
    least = max(min((blanks for *_, blanks in lines), default=0), 1)
    for start, end, blanks in lines:
        yield start, end, min(blanks, least)
