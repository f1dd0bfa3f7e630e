"""Lines of printed pages as running text: paragraphs, headings and footnotes, each with the pages it stands on. Pure.

Words that line ends broke are made whole. A paragraph goes on over the end of a column or a page; the footnotes in its
way are put behind it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise
from statistics import median

from msgspec import Struct, field

from sourcebook.extract.layout import Line

_BROKEN = re.compile(r"([^\W\d_]+)-$")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_SOFT_END = re.compile("[\u00ad\u2010]$")  # other hyphens at a line's end
_LEADER = re.compile(r"(?:\s?\.){4,}\s*")  # of a table of contents
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\ufffe\uffff\ud800-\udfff]")
_ENDS = re.compile(r"[.!?:…。！？][\"'”’)\]\d]*$")
_ITEM = re.compile(r"^(?:[•●▪◦–*‣·-]|\(?\d{1,2}[.)]|\(?[a-z]\)|\[\d{1,3}\])\s")
_HEADING = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[IVX]+\.|[A-H]\.)\s+[A-ZÀ-Þ][^.!?]{2,80}$")
_NAMED = re.compile(
    r"^(?:\d+\.?\s+)?(?:abstract|summary|executive summary|introduction|references|bibliography|works cited|literature"
    r"|acknowledge?ments?|appendix(?: \w)?|contents|conclusions?)\W*$",
    re.IGNORECASE,
)
_NOTE = re.compile(r"^(?:\d{1,3}|[*†‡§¶]{1,2}|\[\d{1,3}\])[.)]?\s?(?=\S)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# words that make others without a hyphen, and are words themselves
_CLOSED = frozenset(
    "under over out in on up with some any every no there where here how what when more be for to an a re as at".split()
)
_LARGER = 1.12  # than the words of the text: a heading
_SMALLER = 0.93  # a footnote
_LONGEST_HEADING = 160
_LONGEST_WORD = 60
_LEAST_PART = 3  # letters of a compound's last part; endings are shorter


class Kind(Enum):
    """What a block is."""

    TEXT = "text"
    HEADING = "heading"
    FOOTNOTE = "footnote"


class Block(Struct):
    """Words that belong together, and where in them each page begins."""

    kind: Kind
    text: str
    pages: list[tuple[int, int]]  # offset in the text, number of the page
    first: Line


class _Type(Struct, frozen=True):
    """How a document is set: what most of its words look like."""

    size: float
    bold: bool
    leading: float  # from line to line, as a share of the size


class _Flow(Struct):
    """Blocks in the making, and what waits for the end of the last of them."""

    words: frozenset[str]
    blocks: list[Block] = field(default_factory=list)
    waiting: list[Block] = field(default_factory=list)

    def begin(self, kind: Kind, line: Line) -> None:
        """A new block."""
        self.blocks += self.waiting
        self.waiting = []
        self.blocks.append(Block(kind, _clean(line.text), [(0, line.page)], line))

    def go_on(self, line: Line) -> None:
        """One more line of the last block that is no footnote."""
        _append(self.blocks[-1], line, self.words)


def blocks_of(pages: Sequence[Sequence[Line]]) -> list[Block]:
    """The blocks of a document in reading order. `pages` are without running lines."""
    lines = [line for page in pages for line in page]
    if not lines:
        return []
    type_ = _type(lines)
    flow = _Flow(_whole_words(lines))
    before: Line | None = None
    for page in pages:
        notes = _notes(page, type_)
        columns = _columns(page)
        for line in page:
            if id(line) in notes:
                continue
            if before is None or _starts(line, before, columns, type_):
                flow.begin(Kind.TEXT, line)
            else:
                flow.go_on(line)
            before = line
        flow.waiting += _note_blocks([line for line in page if id(line) in notes], flow.words)
    flow.blocks += flow.waiting
    for block in flow.blocks:
        block.kind = Kind.HEADING if _is_heading(block, type_) else block.kind
    return [block for block in flow.blocks if block.text]


def _whole_words(lines: Sequence[Line]) -> frozenset[str]:
    """The words of a document but those that a line's end may have broken."""
    words: set[str] = set()
    broken = False
    for line in lines:
        text = _clean(line.text)
        found = [word.casefold() for word in _WORD.findall(text)]
        goes_on, broken = broken, text.endswith("-")
        whole = found[goes_on : len(found) - broken]
        words.update(whole, *(word.split("-") for word in whole))
    return frozenset(words)


def _type(lines: Sequence[Line]) -> _Type:
    sizes: Counter[float] = Counter()
    bold = 0
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
        bold += len(line.text) if line.bold else 0
    steps = [
        (last.base - line.base) / line.size
        for last, line in pairwise(lines)
        if (last.page, last.column) == (line.page, line.column) and 0.8 < (last.base - line.base) / line.size < 3
    ]
    return _Type(
        max(sizes, key=lambda size: sizes[size]) or 1.0,
        bold > sum(sizes.values()) / 2,
        median(steps) if steps else 1.2,
    )


def _columns(page: Sequence[Line]) -> dict[int, tuple[float, float]]:
    """Where each column of a page begins and ends."""
    found: dict[int, tuple[float, float]] = {}
    for line in page:
        left, right = found.get(line.column, (line.left, line.right))
        found[line.column] = min(left, line.left), max(right, line.right)
    return found


def _starts(line: Line, before: Line, columns: dict[int, tuple[float, float]], type_: _Type) -> bool:
    """Does a new paragraph, list item or heading begin with this line?"""
    if _ITEM.match(line.text) or _NAMED.match(line.text) or _NAMED.match(before.text):
        return True
    if abs(line.size - before.size) > 0.08 * before.size or line.bold != before.bold:
        return line.bold != before.bold or not _is_middle(line, before)
    ended = _ended(before)
    if _HEADING.match(line.text) and ended:
        return True
    same_column = (line.page, line.column) == (before.page, before.column)
    if same_column and before.base - line.base > 1.35 * type_.leading * line.size:
        return True
    left, right = columns[line.column]
    full = before.right - before.left > 0.85 * (right - left) or (same_column and before.right > right - 2 * line.size)
    indented = line.left > left + 0.8 * line.size and (not same_column or line.left > before.left + 0.8 * line.size)
    if ended:
        return indented or not full
    return not full and line.text[:1].isupper() and before.right - before.left < 0.5 * (right - left)


def _ended(line: Line) -> bool:
    """Does a sentence end with this line?"""
    return _ENDS.search(line.text[-8:]) is not None


def _is_middle(line: Line, before: Line) -> bool:
    """Small words within a line of large ones, or the reverse: the sentence goes on."""
    return (line.page, line.column) == (before.page, before.column) and abs(before.base - line.base) < 0.3 * line.size


def _notes(page: Sequence[Line], type_: _Type) -> set[int]:
    """The lines at the foot of each column that are smaller than the text and begin with the mark of a note."""
    found: set[int] = set()
    for number in {line.column for line in page}:
        column = [line for line in page if line.column == number]
        small = len(column)
        while small and column[small - 1].size < _SMALLER * type_.size:
            small -= 1
        foot = column[small:]
        first = next((index for index, line in enumerate(foot) if _NOTE.match(line.text)), len(foot))
        if first < len(foot) and not any(_is_below(line, foot[first], type_) for line in page):
            found |= {id(line) for line in foot[first:]}
    return found


def _is_below(line: Line, note: Line, type_: _Type) -> bool:
    """Is a line of the text under what might be a footnote?"""
    beside = line.left < note.right and note.left < line.right
    return beside and line.base < note.base and line.size >= _SMALLER * type_.size


def _note_blocks(lines: Sequence[Line], words: frozenset[str]) -> list[Block]:
    blocks: list[Block] = []
    for line in lines:
        if not blocks or _NOTE.match(line.text):
            blocks.append(Block(Kind.FOOTNOTE, _clean(line.text), [(0, line.page)], line))
        else:
            _append(blocks[-1], line, words)
    return blocks


def _append(block: Block, line: Line, words: frozenset[str]) -> None:
    """A line behind what a block holds; a word that the line's end broke is made whole."""
    text = _clean(line.text)
    broken = _BROKEN.search(block.text[-_LONGEST_WORD:])
    first = _WORD.match(text)
    if broken is not None and first is not None and first[0][0].islower():
        block.text = block.text if _is_compound(broken[1].casefold(), first[0].casefold(), words) else block.text[:-1]
    elif block.text and text:
        block.text += " "
    if block.pages[-1][1] != line.page:
        block.pages.append((len(block.text), line.page))
    block.text += text


def _is_compound(start: str, end: str, words: frozenset[str]) -> bool:
    """Does a hyphen at a line's end belong to the word? What the document writes elsewhere decides."""
    if start + end in words:
        return False
    if f"{start}-{end}" in words:
        return True
    return start in words and end.partition("-")[0] in words and len(end) >= _LEAST_PART and start not in _CLOSED


def _clean(text: str) -> str:
    text = _UNREADABLE.sub("", _SOFT_END.sub("-", text.translate(_LIGATURES)))
    return " ".join(_LEADER.sub(" … ", text).split())


def _is_heading(block: Block, type_: _Type) -> bool:
    """A block that stands out, and is short enough."""
    if block.kind is not Kind.TEXT or len(block.text) > _LONGEST_HEADING or not _WORD.search(block.text):
        return False
    if " … " in block.text:
        return False
    if _NAMED.match(block.text) or _HEADING.match(block.text):
        return True
    stands_out = block.first.size > _LARGER * type_.size or (block.first.bold and not type_.bold)
    return stands_out and not block.text.endswith((".", ",", ";")) and not _ITEM.match(block.text)
