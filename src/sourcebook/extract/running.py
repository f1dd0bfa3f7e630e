"""Heads, feet and numbers of pages: what stands at the edges of pages and is no text. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from sourcebook.extract.layout import Line

EDGE_LINES = 3  # how many lines at each end of a page may be a running head or foot
LEAST_REPEATS = 3  # pages at the same height; fewer cannot tell a running head from a sentence
REPEATS = 0.4  # of the pages, at any height: left and right pages often have heads of their own

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"^\W*(?:page\s+|p\.\s?)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE
)  # of a page
_ENDS = re.compile(r"[.!?…。！？][\"'”’)\]]*$")
_SMALLER = 0.93  # than most of the document's type
_APART = 2.6  # of the size of type, from the top line of a page to the next
_LONGEST = 160  # characters


def without_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page without page numbers and the heads and feet that repeat from page to page."""
    edges = [_edges(lines) for lines in pages]
    often = max(LEAST_REPEATS, int(len(pages) * REPEATS))
    shapes = Counter(shape for lines in edges for shape in {_shape(line) for line in lines})
    places = Counter(place for lines in edges for place in {_place(line) for line in lines})
    size = _common_size(pages)
    kept = []
    for number, (lines, edge) in enumerate(zip(pages, edges, strict=True)):
        ends = {id(line): far for line, far in _ends(edge, size)}
        gone = {
            id(line)
            for line in edge
            if places[_place(line)] >= LEAST_REPEATS
            or (number > 0 and shapes[_shape(line)] >= often)
            or (id(line) in ends and _is_running(line, ends[id(line)], places[_place(line)], size))
        }
        if number > 0 and edge and ends[id(edge[0])] and _is_head(edge[0], size):
            gone.add(id(edge[0]))
        kept.append([line for line in lines if id(line) not in gone])
    return kept


def _edges(lines: Sequence[Line]) -> list[Line]:
    """The lines at both ends of a page, from the top."""
    from_top = sorted(lines, key=lambda line: -line.base)
    return from_top if len(from_top) <= 2 * EDGE_LINES else [*from_top[:EDGE_LINES], *from_top[-EDGE_LINES:]]


def _ends(edge: Sequence[Line], size: float) -> Iterator[tuple[Line, bool]]:
    """The lines at the very top and bottom of a page, and whether each stands far from the rest."""
    for ends, step in ((edge[:1], 1), (edge[-1:], -1)):
        for end in ends:
            same = [line for line in edge if line.base == end.base]
            rest = [line.base for line in edge if line.base != end.base]
            near = (max(rest) if step > 0 else min(rest)) if rest else end.base
            yield from ((line, abs(end.base - near) > _APART * size) for line in same)


def _is_running(line: Line, far: bool, repeats: int, size: float) -> bool:
    """Is a line at the very end of a page a number, or small or far from the rest and there on one more page?"""
    return _NUMBER.match(line.text) is not None or (repeats > 1 and (far or line.size < _SMALLER * size))


def _is_head(line: Line, size: float) -> bool:
    """Is a top line that stands apart a head, although it does not repeat? Not if it is large, or a sentence."""
    return line.size <= 1.02 * size and not line.bold and not _ENDS.search(line.text[-8:]) and len(line.text) < _LONGEST


def _shape(line: Line) -> str:
    """A line with its numbers made alike, so that "Page 3" repeats "Page 2"."""
    return _DIGITS.sub("#", line.text).casefold()


def _place(line: Line) -> tuple[str, int]:
    return _shape(line), round(line.base / 4)


def _common_size(pages: Sequence[Sequence[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0) or 1.0
