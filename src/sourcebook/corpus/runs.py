"""What every page format is read into: runs of words that remember where they stand, with marks where they cite."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from sourcebook.types.findings import Rule
from sourcebook.types.pages import CitationKind

if TYPE_CHECKING:
    from sourcebook.corpus.keys import Key

Span = tuple[int, int]


class Mark(Struct):
    """A place that cites, before its claim is known. Offsets are bytes of the file."""

    start: int
    end: int
    kind: CitationKind
    target: str
    first: int = 0  # where its label begins in the words of its run
    last: int = 0
    footnote: str = ""
    listed: bool = False  # does it follow another one as the next of a list: "A, B and C"?
    key: "Key | None" = None  # of a bibliography; None unless its kind is KEY


class Run:
    """The words of one stretch of text as readers see them: a paragraph, a heading, a cell.

    A page has thousands, and most cite nothing: what only few need is made when it is asked for.
    """

    __slots__ = ("_firsts", "begin", "lead", "limit", "marks", "size", "starts", "words")

    def __init__(self, begin: int, limit: int, lead: Span = (0, 0)) -> None:
        self.begin = begin  # the bytes of the file that the run takes up
        self.limit = limit
        self.lead = lead  # the bytes of what stands before it, when that may introduce it
        self.words: list[str] = []
        self.starts: list[int] = []  # byte offset of each piece in the file
        self.size = 0
        self.marks: Sequence[Mark] = ()
        self._firsts: Sequence[int] = ()  # position of each piece in the words

    def add(self, words: str, start: int) -> None:
        """Put words that stand at a byte offset at the end."""
        self.words.append(words)
        self.starts.append(start)
        self.size += len(words)

    def mark(self, mark: Mark) -> None:
        """Say that these words cite."""
        if isinstance(self.marks, list):
            self.marks.append(mark)
        else:
            self.marks = [mark]

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
        return self._positions()[piece] + min(inside, len(word))

    def offset(self, position: int) -> int:
        """The byte offset of a position in the words."""
        firsts = self._positions()
        piece = max(bisect_right(firsts, position) - 1, 0)
        word = self.words[piece][: position - firsts[piece]]
        return self.starts[piece] + (len(word) if word.isascii() else len(word.encode()))

    def _positions(self) -> Sequence[int]:
        if len(self._firsts) != len(self.words):
            self._firsts = [0, *accumulate(map(len, self.words[:-1]))]
        return self._firsts


class Block(Struct):
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


class Definition(NamedTuple):
    """A footnote's definition: its label as written, and where it stands."""

    label: str
    start: int
    end: int


class Trouble(NamedTuple):
    """A finding before its line is known; the offset is in bytes."""

    rule: Rule
    offset: int
    message: str


class Contents(Struct):
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


def positions(data: bytes, signs: Iterable[bytes]) -> list[int]:
    """Where these signs stand, in order. Many times faster than an expression that tries them at every byte."""
    found: list[int] = []
    for sign in signs:
        at = data.find(sign)
        while at >= 0:
            found.append(at)
            at = data.find(sign, at + len(sign))
    found.sort()
    return found
