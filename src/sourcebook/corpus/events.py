"""From the Markdown reader's events to blocks of words with marks.

The hot loop of a scan: most of a page cites nothing, and is passed over without being looked at.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pyromark

from sourcebook.config import CorpusSettings
from sourcebook.corpus import tags
from sourcebook.corpus.addresses import bare_starts
from sourcebook.corpus.claims import tidy
from sourcebook.corpus.inline import Inline
from sourcebook.corpus.marking import mark_tags
from sourcebook.corpus.markup import read_part
from sourcebook.corpus.runs import Block, Contents, Definition, Heading, Run, Span, Tag, positions
from sourcebook.corpus.thinning import thinned

if TYPE_CHECKING:
    from sourcebook.corpus.keys import Keyed

_PARSER = pyromark.Markdown(
    options=pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_GFM
)
_SIGNS = (b"[", b"<")  # nothing cites without one, but for bare addresses and tags that were found before
_BLANKS = re.compile(rb"[\s\x1a\x1c>]*")
_PLAIN_HEADING = re.compile(rb"#{1,6}[ \t]+([^\n*_`\\&~!{#\x1a\x1c]+)\r?(?:\n|\Z)")  # its words are as written
_PLAIN_HEAD = re.compile(rb"\|([^\n*_`\\&~!{\x1a\x1c]+)\|[ \t]*\r?\n")  # so are those of a table's first row
_NOWHERE = (0, 0)


class Reader:
    """Reads one page. `found` are the tags that may cite, where they were found before (MDX)."""

    def __init__(
        self, data: bytes, found: list[Tag], settings: CorpusSettings, keyed: "Keyed | None", *, is_mdx: bool = False
    ) -> None:
        self._data = data
        self._settings = settings
        self._is_mdx = is_mdx
        bares = bare_starts(data) if keyed is None else sorted((*bare_starts(data), *keyed.at))
        self._inline = Inline(data, tags.interesting(settings), found, bares, keyed)
        of_tags = (sign for tag in found for sign in (tag.start, _words_after(data, tag)))
        self._signs = sorted([*positions(data, _SIGNS), *bares, *of_tags])
        self._found = Contents()
        self._heading = ""
        self._level = 0
        self._block: Span = _NOWHERE
        self._cells: list[Run] = []
        self._headers: tuple[str, ...] = ()
        self._note_end = 0  # where the footnote's definition ends that began last
        self._previous: Span = _NOWHERE  # the paragraph, item or code before, in the same section
        self._lists: list[Span] = []  # what stands before each list that is open
        self.indented: list[Span] = []  # indented code, in MDX, where it is text

    def read(self) -> Contents:
        """Everything found in the page."""
        self._read_events()
        self._close(len(self._data))
        found = self._found
        found.tags = self._inline.tags
        found.troubles.extend(self._inline.troubles)
        found.title = next((heading.text for heading in found.headings if heading.level == 1), "")
        mark_tags(found, self._settings)
        for block in found.blocks:
            if block.runs[0].marks:
                self._lead_in(block)
        return found

    def _lead_in(self, block: Block) -> None:
        """Find what a block needs to be understood: the words before a list, or before citations that stand alone."""
        run = block.runs[0]
        if run.lead == _NOWHERE:
            return
        before = self._data[slice(*run.lead)]
        if before.rstrip(b" \t\r\n*_").endswith(b":") or not run.text.strip():
            block.lead = words_of(before, run.lead[0])

    def _read_events(self) -> None:  # noqa: C901 - one flat loop: a call for each event would cost a tenth of a scan
        inline, text = self._inline, self._inline.text
        starts, ends = self._starts(), self._ends()
        others = {"Code": inline.code, "FootnoteReference": inline.footnote, "InlineHtml": inline.html}
        passed = passed_end = 0
        events: Iterator[tuple[Any, Any]] = _PARSER.events_with_range(thinned(self._data, self._signs).decode())
        for event, span in events:
            start = span["start"]
            if passed <= start < passed_end:
                continue
            if event.__class__ is str:
                if event != "Rule":
                    inline.pause(" " if event == "SoftBreak" else "\n\n", start)
                continue
            kind, value = event.popitem()
            if kind == "Text":
                text(value, start, span["end"])
            elif kind == "End":
                if (end := ends.get(value if value.__class__ is str else next(iter(value)))) is not None:
                    end(span["end"])
            elif kind == "Start":
                begin = starts.get(value if value.__class__ is str else next(iter(value)))
                if begin is not None and begin(value, start, span["end"]):
                    passed, passed_end = start, span["end"]
            elif (say := others.get(kind)) is not None:
                say(value, start, span["end"])

    def _starts(self) -> dict[str, Callable[[Any, int, int], bool | None]]:
        """What to do at the start of each thing; each answers whether all in it may be passed over."""
        return {
            "Paragraph": self._paragraph,
            "Item": self._item,
            "Heading": self._open_heading,
            "Link": lambda value, start, _: self._inline.link(value["Link"], start),
            "Image": lambda *_: self._inline.image(),
            "Table": self._table,
            "TableHead": self._row,
            "TableRow": self._row,
            "TableCell": self._cell,
            "List": self._list,
            "CodeBlock": self._code_block,
            "HtmlBlock": self._html_block,
            "BlockQuote": lambda _, start, __: self._close(start),
            "FootnoteDefinition": self._definition,
        }

    def _ends(self) -> dict[str, Callable[[int], None]]:
        return {
            "Paragraph": self._close,
            "Item": self._close,
            "Heading": self._close_heading,
            "Link": self._inline.link_end,
            "Image": lambda _: self._inline.image_end(),
            "TableHead": self._close_head,
            "TableRow": self._close_row,
            "TableCell": self._close_cell,
            "List": self._close_list,
        }

    def _is_cold(self, start: int, end: int) -> bool:
        """Can nothing here cite, or be the text of a footnote?"""
        at = bisect_left(self._signs, start)
        return (at == len(self._signs) or self._signs[at] >= end) and start >= self._note_end

    # --- running text

    def _paragraph(self, _: object, start: int, end: int) -> bool:
        lead = self._previous
        if self._inline.run is not None and not self._inline.run.size:
            lead = self._inline.run.lead  # the first paragraph of an item stands for the item
        self._close(start)
        return self._open(start, end, lead)

    def _item(self, _: object, start: int, end: int) -> bool:
        self._close(start)
        return self._open(start, end, self._lists[-1] if self._lists else _NOWHERE)

    def _open_heading(self, value: dict[str, dict[str, str]], start: int, end: int) -> bool:
        self._level = int(value["Heading"]["level"][1:])
        self._close(start)
        self._block = (start, end)
        plain = _PLAIN_HEADING.match(self._data, start, end) if self._is_cold(start, end) else None
        if plain is not None:
            self._head(tidy(plain[1].decode()))
            return True
        self._inline.open(Run(start, end))
        return False

    def _close_heading(self, end: int) -> None:
        run = self._inline.run
        if run is not None:
            self._heading = tidy(run.text)  # before the run is closed: a heading stands in its own section
            self._close(end)
            self._head(self._heading)

    def _head(self, text: str) -> None:
        """A section begins."""
        self._heading = text
        self._found.headings.append(Heading(self._block[0], self._level, text))
        self._previous = _NOWHERE

    def _open(self, start: int, end: int, lead: Span) -> bool:
        if self._is_cold(start, end):
            self._previous = (start, end)
            return True
        self._block = (start, end)
        self._inline.open(Run(start, end, lead))
        return False

    def _close(self, end: int) -> None:
        run = self._inline.run
        if run is None:
            return
        self._inline.run = None
        if run.size or run.marks:
            run.limit = min(run.limit, end)
            self._add(Block(run.begin, run.limit, [run], self._heading))
            self._previous = (run.begin, run.limit)

    def _add(self, block: Block) -> None:
        if block.start < self._note_end:
            block.definition = self._found.definitions[-1].start
        self._found.blocks.append(block)

    def _list(self, _: object, start: int, end: int) -> bool:
        self._close(start)
        if self._is_cold(start, end):
            self._previous = (start, end)
            self._lists.append(self._previous)
            return True
        self._lists.append(self._previous)
        return False

    def _close_list(self, end: int) -> None:
        self._close(end)
        if self._lists:
            self._lists.pop()

    def _definition(self, value: dict[str, str], start: int, end: int) -> None:
        self._close(start)
        self._note_end = end
        self._found.definitions.append(Definition(value["FootnoteDefinition"], start, end))

    def _code_block(self, value: dict[str, Any], start: int, end: int) -> bool:
        self._close(start)
        if self._is_mdx and value["CodeBlock"] == "Indented":
            self.indented.append((start, end))
        return True

    def _html_block(self, _: object, start: int, end: int) -> bool:
        self._close(start)
        if not self._is_cold(start, end):
            part = read_part(self._data, (start, end), self._settings, self._heading)
            for block in part.blocks:
                self._add(block)
            self._inline.tags.extend(part.tags)
        return True

    # --- tables

    def _table(self, _: object, start: int, end: int) -> bool:
        self._close(start)
        self._previous = _NOWHERE
        return self._is_cold(start, end)

    def _row(self, value: str, start: int, end: int) -> bool:
        self._block = (start, end)
        self._cells = []
        if not self._is_cold(start, end):
            return False
        if value == "TableHead":
            plain = _PLAIN_HEAD.fullmatch(self._data, start, end)
            if plain is None:
                return False
            self._headers = tuple(map(tidy, plain[1].decode().split("|")))
        return True

    def _cell(self, _: object, start: int, end: int) -> None:
        cell = Run(start, end)
        self._cells.append(cell)
        self._inline.open(cell)

    def _close_cell(self, _: int) -> None:
        self._inline.run = None

    def _close_head(self, end: int) -> None:
        self._headers = ()
        self._close_row(end)
        self._headers = tuple(tidy(cell.text) for cell in self._cells)

    def _close_row(self, end: int) -> None:
        self._add(Block(self._block[0], end, self._cells, self._heading, headers=self._headers))


def _words_after(data: bytes, tag: Tag) -> int:
    """Where the words begin that follow a tag, which may stand on a line of its own."""
    following = _BLANKS.match(data, tag.end)
    return following.end() if following else tag.end


def words_of(markdown: bytes, start: int) -> Run:
    """The words of a piece of Markdown that stands at `start`."""
    run = Run(start, start + len(markdown))
    inline = Inline(markdown, frozenset(), [], [], None)
    inline.open(run)
    for event, span in _PARSER.events_with_range(markdown.decode("utf-8", "replace")):
        if isinstance(event, str):
            run.add(" ", span["start"])
        elif "Text" in event:
            inline.text(event["Text"], span["start"], span["end"])
    run.marks = ()
    run.starts[:] = [start + one for one in run.starts]
    return run
