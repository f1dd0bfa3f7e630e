"""Lines of printed pages as running text: what repeats at the edges goes, what line ends broke is joined. Pure."""

import re
from collections import Counter
from collections.abc import Sequence

EDGE_LINES = 3  # how many lines at each end of a page may be a running head or foot
REPEATS = 0.4  # of the pages: left and right pages often have heads of their own
LEAST_PAGES = 3  # fewer pages cannot tell a running head from a sentence

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"^\W*(?:page\s+)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
_BROKEN_WORD = re.compile(r"(?<=\w)(?:[\u00ad\ufffe\x02]\s*\n?|(?<=[a-zà-ÿ])-\n(?=[a-zà-ÿ]))")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_ENDS = re.compile(r"[.!?:…。！？][\"'”’)\]]*$")
_ITEM = re.compile(r"^(?:[•●▪◦–*-]|\(?\d{1,2}[.)]|\[\d{1,3}\])\s")
_HEADING = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[IVX]+\.)\s+[A-ZÀ-Þ][^.!?]{2,60}$")
_NAMED = re.compile(r"^(?:abstract|summary|introduction|references|bibliography|acknowledge?ments)\W*$", re.IGNORECASE)
_OPENS = re.compile(r"^(?:\d+(?:\.\d+)*\.?\s+)?[A-ZÀ-Þ]")


def without_running_lines(pages: Sequence[str]) -> list[list[str]]:
    """The lines of each page without page numbers and the heads and feet that repeat from page to page."""
    split = [[line.strip() for line in page.split("\n") if line.strip()] for page in pages]
    often = max(LEAST_PAGES, int(len(split) * REPEATS))
    counts: Counter[str] = Counter()
    for lines in split:
        counts.update({_shape(line) for line in (*lines[:EDGE_LINES], *lines[-EDGE_LINES:])})
    running = {shape for shape, count in counts.items() if count >= often}
    return [_inner(lines, running) for lines in split]


def _inner(lines: list[str], running: set[str]) -> list[str]:
    kept = []
    for index, line in enumerate(lines):
        at_edge = index < EDGE_LINES or index >= len(lines) - EDGE_LINES
        outermost = index in (0, len(lines) - 1)
        if not (at_edge and _shape(line) in running) and not (outermost and _NUMBER.match(line)):
            kept.append(line)
    return kept


def _shape(line: str) -> str:
    """A line with its numbers made alike, so that "Page 3" repeats "Page 2"."""
    return _DIGITS.sub("#", line).casefold()


def joined(pages: Sequence[Sequence[str]]) -> str:
    """Running text: one blank line between paragraphs, words that were broken at line ends made whole."""
    lines = [line for page in pages for line in page]
    width = _width(lines)
    blocks: list[str] = []
    for line, before in zip(lines, ["", *lines], strict=False):
        if blocks and not _starts_block(line, before, width):
            blocks[-1] += "\n" + line
        else:
            blocks.append(line)
    whole = (_BROKEN_WORD.sub("", block.translate(_LIGATURES)) for block in blocks)
    return "\n\n".join(" ".join(_UNREADABLE.sub("", block).split()) for block in whole if block.strip())


def _starts_block(line: str, before: str, width: int) -> bool:
    """Does a new paragraph, list item or heading begin with this line?"""
    if _ITEM.match(line) or _NAMED.match(line) or (_HEADING.match(line) and _ENDS.search(before)):
        return True
    short = len(before) < 0.75 * width
    if not short:
        return False
    return bool(_ENDS.search(before)) or (bool(_OPENS.match(line)) and len(before) < 0.5 * width)


def _width(lines: Sequence[str]) -> int:
    """How long a full line is: three quarters of the long lines are shorter."""
    lengths = sorted(len(line) for line in lines if len(line) > 20)
    return lengths[len(lengths) * 3 // 4] if lengths else 0
