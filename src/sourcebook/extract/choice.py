"""Which blocks of a page are its main text: the likelihood of each by its traits, then the set of them that reads best.

The trees in `choice.json` were grown by `bench/grow.py` on pages with openly licensed gold texts; see
docs/adr/0008-text.md for which, and for what they were measured to be worth.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import exp
from typing import Any

from sourcebook.extract.blocks import Block
from sourcebook.extract.traits import NAMES

Tree = tuple[int, float, Any, Any]  # trait, threshold, trees up to it and above it; or _LEAF and its value

LEAST_LIKELY = 0.15  # a page on which nothing is likelier has no main text
BOLDNESS = 0.55  # blocks are taken down to this share of how well the choice is expected to do; 0.5 in theory
_FIRST = 80  # trees: most blocks are menus, which these tell; the others are left to the rest
_CERTAIN = 2.5  # a likelihood of 0.08 or 0.92: one word in a thousand would be chosen otherwise
_LEAF = -1
REPEATED = 8  # words: a longer block that stood before is a copy for another screen


@dataclass(frozen=True, slots=True)
class Chooser:
    """Reads likelihoods off a set of boosted trees."""

    trees: tuple[Tree, ...]

    def likelihoods(self, traits: Sequence[Sequence[float]]) -> list[float]:
        """How likely each block is to be main text, from 0 to 1."""
        return [self._likelihood(one) for one in traits]

    def _likelihood(self, traits: Sequence[float]) -> float:
        total = _grown_by(self.trees[:_FIRST], traits)
        if abs(total) < _CERTAIN:
            total += _grown_by(self.trees[_FIRST:], traits)
        return 1 / (1 + exp(-total))


def load_chooser() -> Chooser:
    """The trees that come with the program."""
    return chooser_of(json.loads(files("sourcebook.extract").joinpath("choice.json").read_text("utf-8")))


def chooser_of(grown: dict[str, Any]) -> Chooser:
    """A chooser from trees as the file keeps them: names of traits, and nested lists that number them."""
    numbers = [NAMES.index(name) for name in grown["traits"]]
    return Chooser(tuple(_tree(tree, numbers) for tree in grown["trees"]))


def _tree(grown: Any, numbers: Sequence[int]) -> Tree:
    if isinstance(grown, list):
        trait, threshold, below, above = grown
        return numbers[trait], threshold, _tree(below, numbers), _tree(above, numbers)
    return _LEAF, grown, None, None


def _grown_by(trees: Sequence[Tree], traits: Sequence[float]) -> float:
    """The sum of the leaves that these traits lead to."""
    total = 0.0
    for tree in trees:
        number, value, below, above = tree
        while number >= 0:
            number, value, below, above = below if traits[number] <= value else above
        total += value
    return total


def chosen(blocks: Sequence[Block], likelihoods: Sequence[float]) -> list[Block]:
    """The main text: the blocks that are likely enough for this page, each once; none when nothing is likely.

    A page on which every block is either plainly text or plainly not is held to a higher bar than one on which all
    are doubtful: the best set ends at half of the F1 that it can expect.
    """
    if max(likelihoods, default=0.0) < LEAST_LIKELY:
        return []
    bar = BOLDNESS * _expected_f1([block.words for block in blocks], likelihoods)
    seen: set[str] = set()
    taken = []
    for block, likelihood in zip(blocks, likelihoods, strict=True):
        if likelihood >= bar and not (block.words >= REPEATED and block.text in seen):
            taken.append(block)
            seen.add(block.text)
    return taken


def _expected_f1(words: Sequence[int], likelihoods: Sequence[float]) -> float:
    """The best F1 that a set of blocks can expect, when each is main text with its likelihood."""
    wanted = sum(size * likelihood for size, likelihood in zip(words, likelihoods, strict=True))
    best = hits = taken = 0.0
    for likelihood, size in sorted(zip(likelihoods, words, strict=True), reverse=True):
        hits += size * likelihood
        taken += size
        best = max(best, 2 * hits / (taken + wanted) if taken + wanted else 0.0)
    return best
