"""What a wiki's page is put into while it is read: paragraphs, items, headings, and tables in each other."""

from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct, field

from sourcebook.corpus.claims import tidy
from sourcebook.corpus.runs import Block, Contents, Heading, Mark, Run


class _Table(Struct):
    """A table that is open."""

    headers: tuple[str, ...] = ()
    row_start: int = -1
    cells: list[Run] = field(default_factory=list)
    is_head: bool = True


class Blocks:
    """Takes words and marks in the order of the page. Where nothing is open, words begin a paragraph."""

    def __init__(self, limit: int) -> None:
        self.found = Contents()
        self.run: Run | None = None
        self.tables: list[_Table] = []
        self._limit = limit
        self._before: Run | None = None  # the paragraph before, in the same section
        self._is_item = False
        self._heading = ""

    @property
    def in_cell(self) -> bool:
        """Do words go into a cell now?"""
        return bool(self.tables) and bool(self.tables[-1].cells)

    # --- words -------------------------------------------------------------------------------------

    def say(self, words: str, start: int) -> None:
        """Words that stand at a byte offset, or what readers see in their place."""
        if self.run is None:
            self.run = Run(start, start)
        self.run.add(words, start)

    def mark(self, mark: Mark, words: str = "") -> None:
        """A place that cites, with the words that carry it."""
        self.say("", mark.start)
        assert self.run is not None
        mark.first, mark.last = self.run.size, self.run.size + len(words)
        self.run.add(words, mark.start)
        self.run.mark(mark)

    def newline(self, start: int, *, blank: bool) -> None:
        """A line ends: with it an item, and a paragraph where the next line is blank."""
        if (blank or self._is_item) and not self.in_cell:
            self.close(start)
        elif self.run is not None:
            self.run.add(" ", start)

    # --- blocks ------------------------------------------------------------------------------------

    @contextmanager
    def apart(self, start: int, end: int) -> Iterator[Block]:
        """Words that are no part of the text around them: a block of their own."""
        kept = self.run, self._is_item, self.tables
        block = Block(start, end, [Run(start, end)], self._heading)
        self.run, self._is_item, self.tables = block.runs[0], False, []
        yield block
        self.run, self._is_item, self.tables = kept
        self.found.blocks.append(block)

    def item(self, start: int) -> None:
        """An item of a list begins."""
        self.close(start)
        self._is_item = True
        self.run = Run(start, start)

    def title(self, block: Block, level: int) -> None:
        """A block was a heading: what follows stands under it."""
        self._heading = block.heading = tidy(block.runs[0].text)
        self._before = None
        self.found.headings.append(Heading(block.start, level, self._heading))

    def close(self, end: int) -> None:
        """A paragraph or an item ends."""
        run, self.run = self.run, None
        was_item, self._is_item = self._is_item, False
        if self.in_cell or run is None or not run.size:
            return
        run.limit = end
        block = Block(run.begin, end, [run], self._heading)
        before = self._before
        if run.marks and before is not None and (not run.text.strip() or (was_item and _leads(before))):
            block.lead = before
        self.found.blocks.append(block)
        if not was_item:
            self._before = run

    # --- tables ------------------------------------------------------------------------------------

    def open_table(self, start: int) -> None:
        """A table begins, maybe in a cell of another."""
        if not self.in_cell:
            self.close(start)
        self.tables.append(_Table(row_start=start))
        self.run = None

    def cell(self, sign: int, start: int, *, is_head: bool) -> None:
        """A cell begins at a sign, its words at `start`."""
        table = self.tables[-1]
        if table.cells:
            table.cells[-1].limit = sign
        else:
            self.close(sign)
            table.row_start, table.is_head = sign, True
        self.run = Run(start, self._limit)
        table.cells.append(self.run)
        table.is_head = table.is_head and is_head

    def close_row(self, end: int) -> None:
        """A row ends."""
        table = self.tables[-1]
        if not table.cells:
            self.close(end)
            return
        table.cells[-1].limit = end
        self.run = None
        headers = () if table.is_head else table.headers
        self.found.blocks.append(Block(table.row_start, end, table.cells, self._heading, headers=headers))
        if table.is_head:
            table.headers = tuple(tidy(cell.text) for cell in table.cells)
        table.cells = []

    def close_table(self, end: int) -> None:
        """A table ends."""
        self.close_row(end)
        self.tables.pop()
        if self.in_cell:
            self.run = self.tables[-1].cells[-1]

    def close_all(self) -> Contents:
        """The page ends."""
        while self.tables:
            self.close_table(self._limit)
        self.close(self._limit)
        return self.found


def _leads(run: Run) -> bool:
    return run.text.rstrip().endswith(":")
