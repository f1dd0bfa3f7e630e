"""The main text of a page as light Markdown: headings, lists, tables, quotations and code keep their shape.

Nothing is escaped and emphasis is dropped, so that what is quoted from a source is found in its text.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from lxml import etree

from sourcebook.extract.blocks import Block, Kind, Row, blocks_of
from sourcebook.extract.choice import Chooser, chosen, load_chooser
from sourcebook.extract.hints import Hint
from sourcebook.extract.traits import Said, traits
from sourcebook.extract.votes import votes_on

LEAST_CHARACTERS = 25  # less than this is no text
MOST_JUDGED = 6_000  # blocks; of longer pages (tables of laws, dumps of data) the beginning is judged

_OUTSIDE = Hint.NAV | Hint.FOOTER | Hint.ASIDE | Hint.FORM | Hint.CONTROL
_chooser = cache(load_chooser)


def main_text(tree: etree._Element, markup: str, said: Said) -> str:
    """The text that the page is about, one blank line between blocks; "" when there is none.

    `markup` is what the tree was read from.
    """
    row = blocks_of(tree)
    if len(row.blocks) > MOST_JUDGED:
        return plain_text(row)
    text = written(_main(row, markup, said, _chooser()))
    return text if len(text) >= LEAST_CHARACTERS else plain_text(row)


def _main(row: Row, markup: str, said: Said, chooser: Chooser) -> list[Block]:
    votes = votes_on(row.blocks, markup)
    return chosen(row, chooser.likelihoods(traits(row, votes, said)))


def plain_text(row: Row) -> str:
    """All words of a page outside its menus and forms: for pages on which no main text can be told."""
    return written([block for block in row.blocks if not block.hints & _OUTSIDE])


def written(blocks: Sequence[Block]) -> str:
    """Blocks as light Markdown."""
    return "\n\n".join(_runs(blocks))


def _runs(blocks: Sequence[Block]) -> Iterator[str]:
    """Blocks that belong together (the items of a list, the rows of a table, a quotation) as one."""
    for (kind, _, quoted), run in groupby(blocks, _belongs_to):
        if kind is Kind.ITEM:
            text = "\n".join(_items(list(run)))
        elif kind is Kind.ROW:
            text = "\n".join(_rows(list(run)))
        else:
            text = "\n\n".join(_alone(block) for block in run)
        yield "\n".join(f"> {line}".rstrip() for line in text.split("\n")) if quoted else text


def _belongs_to(block: Block) -> tuple[Kind, int, bool]:
    kind = block.kind if block.kind in (Kind.ITEM, Kind.ROW) else Kind.PARAGRAPH
    return kind, block.table, bool(block.hints & Hint.QUOTE)


def _alone(block: Block) -> str:
    if block.kind is Kind.HEADING:
        return f"{'#' * block.level} {block.text}"
    if block.kind is Kind.CODE:
        return f"```\n{block.text}\n```"
    return block.text


def _items(items: Sequence[Block]) -> Iterator[str]:
    outermost = min(item.level for item in items)
    for item in items:
        mark = f"{item.number}." if item.number else "-"
        yield f"{'  ' * (item.level - outermost)}{mark} {item.text}"


def _rows(rows: Sequence[Block]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield f"| {row.text} |"
        if number == 0 and row.heads:
            yield f"|{' --- |' * (row.text.count(' | ') + 1)}"
