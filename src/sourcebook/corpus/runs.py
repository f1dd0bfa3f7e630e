"""What every page format is read into: runs of words that remember where they stand, with marks where they cite."""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

from sourcebook.types import CitationKind, Rule


Span = tuple[int, int]


@dataclass(slots=True)
class Mark:
    """A place that cites, before its claim is known. Offsets are bytes of the file."""

    start: int
    end: int
    kind: CitationKind
    target: str
    first: int = 0  # where its label begins in the words of its run
    last: int = 0
    footnote: str = ""


@dataclass(slots=True)
class Run:
    """The words of one stretch of text as readers see them: a paragraph, a heading, a cell."""

    begin: int  # the bytes of the file that the run takes up
    limit: int
    lead: Span = (0, 0)  # the bytes of what stands before it, when that may introduce it
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # byte offset of each piece in the file
    firsts: list[int] = field(default_factory=list)  # position of each piece in the words
    size: int = 0
    marks: list[Mark] = field(default_factory=list)

    def add(self, words: str, start: int) -> None:
        """Put words that stand at a byte offset at the end."""
        self.words.append(words)
        self.starts.append(start)
        self.firsts.append(self.size)
        self.size += len(words)

    @property
    def text(self) -> str:
        """All the words."""
        return "".join(self.words)

    def position(self, offset: int) -> int:
        """The position in the words of what stands at a byte offset or, when that is markup, of what follows."""
        piece = bisect_right(self.starts, offset) - 1
        if piece < 0:
            return 0
        word, inside = self.words[piece], offset - self.starts[piece]
        if not word.isascii():
            inside = len(word.encode()[:inside].decode("utf-8", "ignore"))
        return self.firsts[piece] + min(inside, len(word))

    def offset(self, position: int) -> int:
        """The byte offset of a position in the words."""
        piece = max(bisect_right(self.firsts, position) - 1, 0)
        word = self.words[piece][: position - self.firsts[piece]]
        return self.starts[piece] + (len(word) if word.isascii() else len(word.encode()))


@dataclass(slots=True)
class Block:
    """Something that makes one or more statements: running text in one run, or a table row with a run for each cell."""

    start: int
    end: int
    runs: list[Run]
    heading: str
    definition: int = -1  # where the footnote's definition begins that the block stands in
    headers: tuple[str, ...] | None = None  # of the table, when the block is a row
    lead: Run | None = None  # what introduces it ("The causes are:" before a list), or what it adds citations to


class Tag(NamedTuple):
    """One tag as it stands in a file; offsets are bytes."""

    start: int
    end: int
    name: str
    attributes: bytes
    closes: bool
    alone: bool  # <R id="…" />


class Heading(NamedTuple):
    """A heading and where it stands."""

    start: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A footnote's definition: its label as written, and where it stands."""

    label: str
    start: int
    end: int


class Trouble(NamedTuple):
    """A finding before its line is known; the offset is in bytes."""

    rule: Rule
    offset: int
    message: str


@dataclass(slots=True)
class Contents:
    """What a format's reader found in a page. Offsets are bytes of the file."""

    blocks: list[Block] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    title: str = ""  # what the page calls itself outside its front matter


def label_key(label: str) -> str:
    """Footnote labels are compared without regard to case and spacing."""
    return " ".join(label.split()).casefold()
