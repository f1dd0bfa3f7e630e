"""A page as a row of blocks (paragraphs, headings, list items, table rows), and the elements that they stand in.

One walk over the tree in linear time. Nothing is decided here: `choice.py` says which blocks are the main text.
"""

import re
from enum import IntEnum

from lxml import etree
from msgspec import Struct

from sourcebook.extract.hints import Hint, Hints
from sourcebook.extract.raised import raised

_EDGES = frozenset(
    """address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li main menu nav noscript ol option p pre
    section summary table tbody td tfoot th thead tr ul""".split()
)
_SKIPPED = frozenset(
    """script style template svg head iframe select datalist audio video canvas link meta title textarea
    img picture source input""".split()
)
_LEVELS = {f"h{number}": number for number in range(1, 7)}
_BREAK = "\x1e"  # neither stands in a page: the guard takes out what is not text
_CELL = "\x1f"
_TWO_BREAKS = re.compile(rf"{_BREAK}\s*{_BREAK}[\s{_BREAK}]*")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_LONG_CELL = 1_000  # characters: a cell with more is a column of the page
_ROWS_LOOKED_AT = 20
MENU_WORDS = 8
MENU_LINKS = 0.9  # of the characters
MOST_LOOKS = 100  # at elements that are no menus after all: each takes as long as what is within
_LISTS = ("ul", "ol", "nav")
_MENU_HINTS = Hint.NAV | Hint.FOOTER
# all in links, none of them as long as a headline
_MENU = etree.XPath(
    """not(descendant::text()[normalize-space() and not(ancestor::a)]
    or descendant::a[string-length(normalize-space()) > 50])"""
)


class Kind(IntEnum):
    """How a block is written down."""

    PARAGRAPH = 1
    HEADING = 2
    ITEM = 3
    ROW = 4
    CODE = 5


class Container(Struct):
    """An element that blocks stand in, and what all the blocks within it add up to."""

    tag: str
    parent: int  # its number; the first container is its own parent
    own: int  # hints of the element itself
    hints: int  # and of those around it
    shape: int  # the same for elements that are built alike: the rows of a list
    nesting: int = 0
    level: int = 0  # of the heading that it stands in
    lists: int = 0  # how many lists it stands in
    table: int = 0  # the number of the table of data that it stands in
    items: int = 0  # of an ordered list, so far
    number: int = 0  # of an item of an ordered list
    heads: bool = False  # a table row with names of columns
    unmarked: bool = False  # an item whose first block is still to come
    words: int = 0
    characters: int = 0
    linked: int = 0  # characters within links
    blocks: int = 0


class Block(Struct, frozen=True):
    """Words between two edges."""

    kind: Kind
    text: str
    container: int
    level: int  # of a heading; of an item, in how many lists it stands
    number: int  # of an item of an ordered list, else 0
    table: int
    heads: bool
    hints: int
    words: int
    linked: int  # characters within links


class Row(Struct, frozen=True):
    """The blocks of a page in reading order, and their containers, outer before inner."""

    blocks: list[Block]
    containers: list[Container]


def is_menu(block: Block) -> bool:
    """Is it a short link in a menu or a footer? Four blocks in ten are, and of these one in 170 was ever taken."""
    return block.words <= MENU_WORDS and block.hints & _MENU_HINTS != 0 and block.linked >= len(block.text) * MENU_LINKS


def blocks_of(tree: etree._Element) -> Row:
    """A page as blocks."""
    walk = _Walk()
    walk.visit(tree)
    walk.flush()
    _add_up(walk.blocks, walk.containers)
    return Row(walk.blocks, walk.containers)


def _add_up(blocks: list[Block], containers: list[Container]) -> None:
    for block in blocks:
        one = containers[block.container]
        one.words += block.words
        one.characters += len(block.text)
        one.linked += block.linked
        one.blocks += 1
    for one in reversed(containers[1:]):
        above = containers[one.parent]
        above.words += one.words
        above.characters += one.characters
        above.linked += one.linked
        above.blocks += one.blocks


class _Walk:
    """What one walk over a tree has met so far."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.containers = [Container("", 0, 0, 0, 0)]
        self.stack = [0]
        self.parts: list[str] = []
        self.linked = 0
        self.links = 0  # that are open
        self.tables = 0
        self.hints = Hints()
        self.looks = MOST_LOOKS

    def visit(self, element: etree._Element) -> None:
        """An element and all within it. Trees are as deep as the guard lets them be, so this may call itself."""
        tag = element.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            return
        if tag in _EDGES:
            if not self._open(element, tag):
                self._within(element, element.text)
            self._close(tag)
        elif tag == "a":
            self.links += 1
            self._within(element, element.text)
            self.links -= 1
        else:
            if tag == "br":
                self.parts.append(_BREAK)
            text = element.text
            if tag == "sup" and text and self.parts:
                text = raised(text, self.parts[-1])
            self._within(element, text)

    def _within(self, element: etree._Element, text: str | None) -> None:
        if text:
            self._add(text)
        for child in element:
            self.visit(child)
            if text := child.tail:
                self._add(text)

    def _add(self, text: str) -> None:
        self.parts.append(text)
        if self.links:
            self.linked += len(text.strip())

    def _open(self, element: etree._Element, tag: str) -> bool:
        """Begin an element of its own. Is it a menu, of which no word is text?"""
        above = self.containers[self.stack[-1]]
        if above.table and tag != "tr":
            self.parts.append(_CELL if tag in ("td", "th") else " ")
        else:
            self.flush()
        own = self.hints.of(element)
        outer = 1 if tag in ("p", "li", "tr") else above.shape  # these are alike wherever they stand
        shape = hash((outer, tag, element.get("class") or ""))
        one = Container(
            tag, self.stack[-1], own, above.hints | own, shape, above.nesting + 1, above.level, above.lists, above.table
        )
        self._particulars(one, above, element)
        self.stack.append(len(self.containers))
        self.containers.append(one)
        return one.hints & _MENU_HINTS != 0 and self._is_menu(element, own)

    def _is_menu(self, element: etree._Element, own: int) -> bool:
        if self.looks == 0 or (element.tag not in _LISTS and not own & _MENU_HINTS):
            return False
        found = bool(_MENU(element))
        self.looks -= not found
        return found

    def _particulars(self, one: Container, above: Container, element: etree._Element) -> None:
        tag = one.tag
        if tag in _LEVELS:
            one.level = _LEVELS[tag]
        elif tag in ("ul", "ol"):
            one.lists += 1
        elif tag == "li":
            one.unmarked = True
            if above.tag == "ol":
                above.items += 1
                one.number = above.items
        elif tag == "table" and _is_data(element):
            self.tables += 1
            one.table = self.tables
        elif tag == "tr":
            one.heads = element.find("th") is not None

    def _close(self, tag: str) -> None:
        if self.containers[self.stack[-1]].table and tag not in ("tr", "table"):
            self.parts.append(" ")
        else:
            self.flush()
        self.stack.pop()

    def flush(self) -> None:
        """End the block that is being read."""
        if not self.parts:
            return
        raw = "".join(self.parts)
        linked, self.linked = self.linked, 0
        self.parts.clear()
        if raw.isspace():
            return
        here = self.containers[self.stack[-1]]
        if here.table:
            cells = [" ".join(cell.split()).replace("|", "/") for cell in raw.split(_CELL)]
            self._keep(Kind.ROW, " | ".join(cells[0 if cells[0] else 1 :]), linked)
        elif here.tag == "pre":
            self._keep(Kind.CODE, raw.replace(_BREAK, "\n").strip("\n").rstrip(), linked)
        elif here.level:
            self._keep(Kind.HEADING, " ".join(raw.replace(_BREAK, " ").split()), linked)
        else:
            for piece in _TWO_BREAKS.split(raw):
                self._keep(Kind.PARAGRAPH, _spaced(piece), linked * len(piece) // len(raw))

    def _keep(self, kind: Kind, text: str, linked: int) -> None:
        if not text:
            return
        here = self.containers[self.stack[-1]]
        level, number = here.level, 0
        if kind is Kind.PARAGRAPH and (item := self._item()) is not None:
            item.unmarked = False
            kind, level, number = Kind.ITEM, here.lists, item.number
            text = " ".join(text.split())
        self.blocks.append(
            Block(
                kind, text, self.stack[-1], level, number, here.table, here.heads, here.hints, _size(text),
                min(linked, len(text)),
            )
        )  # fmt: skip

    def _item(self) -> Container | None:
        """The list item whose first block stands here."""
        for number in reversed(self.stack):
            one = self.containers[number]
            if one.tag == "li":
                return one if one.unmarked else None
            if one.tag in ("ul", "ol", "table", "body"):
                return None
        return None


def _size(text: str) -> int:
    """How many words; two characters count as one in scripts without spaces."""
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    return len(text.split()) + wide // 2


def _spaced(text: str) -> str:
    """Lines without the spaces around them, single spaces within."""
    lines = (" ".join(line.split()) for line in text.split(_BREAK))
    return "\n".join(line for line in lines if line)


def _is_data(table: etree._Element) -> bool:
    """Is this a table of facts rather than one that lays a page out?"""
    if table.find(".//table") is not None or table.find(".//pre") is not None:
        return False
    rows = table.findall(".//tr")
    if len(rows) < 2 or not any(len(row) > 1 for row in rows[:_ROWS_LOOKED_AT]):
        return False
    return all(sum(map(len, cell.itertext())) <= _LONG_CELL for row in rows[:_ROWS_LOOKED_AT] for cell in row)
