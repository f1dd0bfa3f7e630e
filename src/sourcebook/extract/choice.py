"""Which blocks of a page are its main text: the likelihood of each by its traits, then the set of them that reads best.

The trees in `choice.json` were grown by `bench/grow.py` on pages with openly licensed gold texts; see
docs/adr/0008-text.md for which, and for what they were measured to be worth.
"""

import json
from collections.abc import Callable, Sequence
from importlib.resources import files
from math import exp
from typing import Any

from msgspec import Struct

from sourcebook.extract.blocks import Block, Row
from sourcebook.extract.traits import NAMES

Sum = Callable[[Sequence[float]], float]  # what a run of trees says of the traits of one block

LEAST_LIKELY = 0.15  # a page on which nothing is likelier has no main text
# Blocks are taken down to this share of how well the choice is expected to do, 0.5 in theory; doubtful pages, on which
# likelihoods err towards the middle, are read more boldly. Measured on sites that the trees had not seen.
BOLDNESS = 0.6
DOUBT = 1.5
_FIRST = 80  # trees: most blocks are menus, which these tell; the others are left to the rest
_CERTAIN = 2.5  # a likelihood of 0.08 or 0.92: one word in a thousand would be chosen otherwise
REPEATED = 8  # words: a shorter block may stand wherever it likes
LEAST_WHOLE = 150  # words of a block that may hold others
MOST_COMPARED = 50_000_000  # characters: longer pages are not held against themselves


class Chooser(Struct, frozen=True):
    """Reads likelihoods off a set of boosted trees."""

    trees: int
    first: Sum
    rest: Sum

    def likelihoods(self, traits: Sequence[Sequence[float] | None]) -> list[float]:
        """How likely each block is to be main text, from 0 to 1; menus, which have no traits, are none."""
        return [0.0 if one is None else self._likelihood(one) for one in traits]

    def _likelihood(self, traits: Sequence[float]) -> float:
        total = self.first(traits)
        if abs(total) < _CERTAIN:
            total += self.rest(traits)
        return 1 / (1 + exp(-total))


def load_chooser() -> Chooser:
    """The trees that come with the program."""
    return chooser_of(json.loads(files("sourcebook.extract").joinpath("choice.json").read_text("utf-8")))


def chooser_of(grown: dict[str, Any]) -> Chooser:
    """A chooser from trees as the file keeps them: names of traits, and nested lists that number them."""
    numbers = [NAMES.index(name) for name in grown["traits"]]
    trees = grown["trees"]
    return Chooser(len(trees), _summed(trees[:_FIRST], numbers), _summed(trees[_FIRST:], numbers))


def _summed(trees: Sequence[Any], numbers: Sequence[int]) -> Sum:
    """Trees as one expression: Python works that out in half the time that it takes to follow nested lists."""
    terms = " + ".join(_expression(tree, numbers) for tree in trees) or "0.0"
    summed: Sum = eval(f"lambda traits: {terms}", {})  # noqa: S307  # of numbers alone, see below
    return summed


def _expression(tree: Any, numbers: Sequence[int]) -> str:
    if not isinstance(tree, list):
        return repr(float(tree))
    trait, threshold, below, above = tree
    condition = f"traits[{numbers[trait]}] <= {float(threshold)!r}"
    return f"({_expression(below, numbers)} if {condition} else {_expression(above, numbers)})"


def chosen(row: Row, likelihoods: Sequence[float]) -> list[Block]:
    """The main text: the blocks that are likely enough for this page; none when nothing is likely.

    A page on which every block is either plainly text or plainly not is held to a higher bar than one on which all
    are doubtful: the best set ends at half of the F1 that it can expect. What stands again elsewhere, or in an element
    of another class, is a copy for another screen and kept once; what stands again beside its like is a refrain. What
    stands again within a long block is kept there alone.
    """
    if max(likelihoods, default=0.0) < LEAST_LIKELY:
        return []
    bar = BOLDNESS * _expected_f1([block.words for block in row.blocks], likelihoods) ** DOUBT
    met: dict[str, tuple[int, int]] = {}  # where each text was first met
    taken = []
    for block, likelihood in zip(row.blocks, likelihoods, strict=True):
        one = row.containers[block.container]
        place = one.parent, one.shape
        if likelihood >= bar and (met.setdefault(block.text, place) == place or block.words < REPEATED):
            taken.append(block)
    return _without_pieces(taken)


def _without_pieces(blocks: list[Block]) -> list[Block]:
    """The blocks without those that stand again, word by word, within a long one: copies for programs run together."""
    whole = "\n".join(" ".join(block.text.split()) for block in blocks if block.words >= LEAST_WHOLE)
    if not whole or len(whole) * len(blocks) > MOST_COMPARED:
        return blocks
    return [
        block
        for block in blocks
        if not REPEATED <= block.words < LEAST_WHOLE or " ".join(block.text.split()) not in whole
    ]


def _expected_f1(words: Sequence[int], likelihoods: Sequence[float]) -> float:
    """The best F1 that a set of blocks can expect, when each is main text with its likelihood."""
    wanted = sum(size * likelihood for size, likelihood in zip(words, likelihoods, strict=True))
    best = hits = taken = 0.0
    for likelihood, size in sorted(zip(likelihoods, words, strict=True), reverse=True):
        hits += size * likelihood
        taken += size
        best = max(best, 2 * hits / (taken + wanted) if taken + wanted else 0.0)
    return best
