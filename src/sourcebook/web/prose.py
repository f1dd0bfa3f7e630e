"""Archived text as paragraphs, headings, lists and tables. What comes out is plain text: the template escapes it."""

import re
from collections.abc import Iterator
from typing import ClassVar

from msgspec import Struct

_HEADING = re.compile(r"#{1,6}\s+(.+)")
_ITEM = re.compile(r"\s*(?:[-*•–]|\d{1,3}[.)])\s+(.+)")
_ROW = re.compile(r"\s*\|.*\|\s*")
_RULE = re.compile(r"[\s|:-]*-[\s|:-]*")  # the line of a table between its head and its rows


class Paragraph(Struct, frozen=True):
    """Running text; line ends inside it are kept."""

    kind: ClassVar[str] = "paragraph"
    text: str


class Heading(Struct, frozen=True):
    """A line that heads what follows."""

    kind: ClassVar[str] = "heading"
    text: str


class Items(Struct, frozen=True):
    """A list, one line an item."""

    kind: ClassVar[str] = "items"
    items: tuple[str, ...]


class Table(Struct, frozen=True):
    """Rows of cells; the first row is the head when a rule followed it."""

    kind: ClassVar[str] = "table"
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Heading | Items | Table


def parse_prose(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in order; every word of it is in one of them.

    Where blank lines part the paragraphs, lines inside one belong together; otherwise each line is its own.
    """
    text = text.strip("\n")
    blank = re.search(r"\n[ \t]*\n", text) is not None
    chunks = re.split(r"\n[ \t]*\n", text) if blank else [text]
    blocks: list[Block] = []
    for chunk in chunks:
        if chunk[:1].isalpha() and "\n" not in chunk:  # as most are
            blocks.append(Paragraph(chunk.strip()))
            continue
        blocks.extend(_blocks(chunk.split("\n"), together=blank))
    return tuple(blocks)


def _blocks(lines: list[str], *, together: bool) -> Iterator[Block]:
    start = 0
    while start < len(lines):
        kind = _kind(lines[start])
        end = start + 1
        while end < len(lines) and kind in _RUNS[together] and _kind(lines[end]) == kind:
            end += 1
        yield from _made(kind, lines[start:end])
        start = end


_RUNS = {True: ("text", "item", "row"), False: ("item", "row")}  # which lines run on into one block


def _kind(line: str) -> str:
    if line[:1].isalpha():
        return "text"  # nothing else begins with a letter, and most lines do
    if _ROW.fullmatch(line):
        return "row"
    if _ITEM.fullmatch(line):
        return "item"
    return "heading" if _HEADING.fullmatch(line) else "text"


def _made(kind: str, lines: list[str]) -> Iterator[Block]:
    if kind == "row":
        yield _table(lines)
    elif kind == "item":
        yield Items(tuple(match[1] for line in lines if (match := _ITEM.fullmatch(line))))
    elif kind == "heading":
        yield from (Heading(match[1]) for line in lines if (match := _HEADING.fullmatch(line)))
    elif text := "\n".join(lines).strip():
        yield Paragraph(text)


def _table(lines: list[str]) -> Table:
    cells = [tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in lines]
    if len(lines) > 1 and _RULE.fullmatch(lines[1]):
        return Table(cells[0], tuple(cells[2:]))
    return Table((), tuple(cells))
