"""What the elements of a page that are built alike add up to: its posts, its comments, its teasers, its rows. Pure.

What holds of most of them holds of each: where one comment is taken for text by mistake, the others tell.
"""

from collections import Counter
from collections.abc import Sequence
from math import log1p

from msgspec import Struct

from sourcebook.extract.blocks import Row

LIKENESS = """
    alike alike_words alike_share alike_average alike_voted alike_linked alike_prose alike_beside
    around_voted around_share around_linked around_blocks
""".split()


class Sum(Struct):
    """What the blocks in elements of one shape come to."""

    blocks: int = 0
    words: int = 0
    voted: float = 0.0  # words that another reader took
    linked: float = 0.0  # words within links
    prose: int = 0  # words of paragraphs


class Likeness:
    """The sums of a page by the shape of the element that a block stands in, and of the one around that."""

    def __init__(self, row: Row, votes: Sequence[float], linked: Sequence[float], prose: Sequence[bool]) -> None:
        containers = row.containers
        self.containers = containers
        self.total = sum(block.words for block in row.blocks) or 1
        self.own: dict[int, Sum] = {}
        self.outer: dict[int, Sum] = {}
        for number, block in enumerate(row.blocks):
            one = containers[block.container]
            words = block.words
            for sums, shape in ((self.own, one.shape), (self.outer, containers[one.parent].shape)):
                if (found := sums.get(shape)) is None:
                    found = sums[shape] = Sum()
                found.blocks += 1
                found.words += words
                found.voted += votes[number] * words
                found.linked += linked[number] * words
                if prose[number]:
                    found.prose += words
        self.beside = Counter((one.parent, one.shape) for one in containers if one.words)
        self._known: dict[int, list[float]] = {}

    def most_words(self) -> int:
        """The words of the shape that has most of them."""
        return max(one.words for one in self.own.values())

    def most_blocks(self) -> int:
        """The blocks of the shape that has most of them."""
        return max(one.blocks for one in self.own.values())

    def of(self, number: int) -> list[float]:
        """LIKENESS of the blocks that stand in a container."""
        known = self._known.get(number)
        if known is None:
            one = self.containers[number]
            own, outer = self.own[one.shape], self.outer[self.containers[one.parent].shape]
            words, around = own.words or 1, outer.words or 1
            known = self._known[number] = [
                log1p(own.blocks),
                log1p(own.words),
                own.words / self.total,
                own.words / own.blocks,
                own.voted / words,
                own.linked / words,
                own.prose / words,
                log1p(self.beside[one.parent, one.shape]),
                outer.voted / around,
                outer.words / self.total,
                outer.linked / around,
                log1p(outer.blocks),
            ]
        return known
