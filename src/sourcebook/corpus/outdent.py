"""Indented text in MDX is text, not code: it is moved to the start of its line for the Markdown reader.

The blanks go to the end of the line, so that lines stay where they are and each moved place can be found again.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sourcebook.corpus.runs import Contents, Span, Tag


class Move(NamedTuple):
    """One line that was moved: where its blanks stood, where it ends, how many they were."""

    start: int
    end: int
    blanks: int


class Lines:
    """The lines that were moved, pass by pass: what is indented twice is moved twice."""

    def __init__(self) -> None:
        self._passes: list[list[Move]] = []

    def outdent(self, data: bytes, blocks: Iterable[Span]) -> bytes:
        """Move the text of these blocks to the left, each block as one piece."""
        moves = [move for block in blocks for move in _moves(data, block)]
        parts: list[bytes] = []
        position = 0
        for start, end, blanks in moves:
            parts += (data[position:start], data[start + blanks : end], data[start : start + blanks])
            position = end
        self._passes.append(moves)
        return b"".join((*parts, data[position:]))

    def forward(self, tag: Tag) -> Tag:
        """The tag where it stands now."""
        start, last = tag.start, tag.end - 1
        for moves in self._passes:
            start, last = _now(moves, start), _now(moves, last)
        return tag._replace(start=start, end=last + 1)

    def back(self, contents: Contents) -> None:
        """Turn all offsets into those of the page as it was."""
        if not self._passes:
            return
        for block in contents.blocks:
            block.start, block.end = self._then(block.start), self._then_end(block.end)
            for run in (*block.runs, *([block.lead] if block.lead else [])):
                run.starts[:] = [self._then(start) for start in run.starts]
                for mark in run.marks:
                    mark.start, mark.end = self._then(mark.start), self._then_end(mark.end)
        contents.troubles[:] = [one._replace(offset=self._then(one.offset)) for one in contents.troubles]

    def _then(self, offset: int) -> int:
        for moves in reversed(self._passes):
            offset = _before(moves, offset)
        return offset

    def _then_end(self, offset: int) -> int:
        return self._then(offset - 1) + 1


def _line(moves: list[Move], offset: int) -> Move | None:
    at = bisect_right(moves, offset, key=_start) - 1
    return moves[at] if at >= 0 and offset < moves[at].end else None


def _start(move: Move) -> int:
    return move.start


def _now(moves: list[Move], offset: int) -> int:
    """Where a place of the page is after the moves."""
    line = _line(moves, offset)
    return max(offset - line.blanks, line.start) if line else offset


def _before(moves: list[Move], offset: int) -> int:
    """Where a place was before the moves."""
    line = _line(moves, offset)
    return offset + line.blanks if line and offset < line.end - line.blanks else offset


def _moves(data: bytes, block: Span) -> Iterator[Move]:
    """Each line of a block with words in it, and how many of its blanks to take."""
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
        yield Move(start, end, min(blanks, least))
