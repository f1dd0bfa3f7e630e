"""The sentences of a source that bear on a claim, best first. Pure."""

import math
from collections.abc import Iterable
from itertools import chain

from msgspec import Struct

from sourcebook.facts.words import background
from sourcebook.verify.reading import Reading, Sentence

# Found by measuring on claims whose evidence people had marked; docs/adr/0011 has the figures.
_EVERYWHERE = 0.2  # what a word still weighs that stands in every sentence of the text
_PAIR = 0.3  # two words of the claim next to each other, beside the words themselves
_BESIDE = 0.3  # a word in the sentence before or after
_GAIN = 0.1  # of the claim's weight: a neighbour that adds this much belongs to the passage
_LEAST_STEMS = 4  # a heading or a label says nothing by itself
_LABEL = 0.8


class Wanted(Struct, frozen=True):
    """What a claim is about, and how much each of its words tells about where that is said in one text."""

    weights: dict[str, float]  # stem to weight; they add up to 1
    pairs: frozenset[tuple[str, str]]

    def coverage(self, stems: Iterable[str]) -> float:
        """How much of the claim these words are, from 0 to 1."""
        return math.fsum(weight for stem, weight in self.weights.items() if stem in stems)

    def pair_coverage(self, pairs: Iterable[tuple[str, str]]) -> float:
        """How much of the claim's pairs of neighbouring words these are, from 0 to 1."""
        total = math.fsum(map(self._pair, self.pairs))
        return math.fsum(map(self._pair, self.pairs.intersection(pairs))) / total if total else 0.0

    def _pair(self, pair: tuple[str, str]) -> float:
        return self.weights[pair[0]] + self.weights[pair[1]]


class Bearing(Struct, frozen=True):
    """A few sentences in a row that bear on a claim, first and last + 1, and how much."""

    first: int
    end: int
    score: float


def wanted(claim: Reading, source: Reading) -> Wanted:
    """What to look for in a source: rare words tell more than common ones, and words rare in the source most."""
    known = background()
    most = math.log(2 * len(source.sentences) + 3)
    weights: dict[str, float] = {}
    for stem in chain.from_iterable(sentence.stems for sentence in claim.sentences):
        spread = source.spread[stem]
        rarity_here = math.log(1 + (len(source.sentences) - spread + 0.5) / (spread + 0.5)) / most
        weights[stem] = known.rarity(stem) * (_EVERYWHERE + (1 - _EVERYWHERE) * rarity_here)
    total = math.fsum(weights.values()) or 1.0
    pairs = frozenset(chain.from_iterable(sentence.pairs for sentence in claim.sentences))
    return Wanted({stem: weight / total for stem, weight in weights.items()}, pairs)


def bearings(claim: Wanted, source: Reading, most: int) -> list[Bearing]:
    """The passages that bear on a claim, best first; none that has no word of it, and no sentence twice."""
    scores = [_score(claim, source.sentences, index) for index in range(len(source.sentences))]
    taken: set[int] = set()
    found: list[Bearing] = []
    for index in sorted(range(len(scores)), key=lambda index: (-scores[index], index)):
        if len(found) == most or scores[index] <= 0:
            break
        if index not in taken:
            first, end = _widened(claim, source.sentences, index, taken)
            taken.update(range(first, end))
            found.append(Bearing(first, end, scores[index]))
    return found


def span(source: Reading, bearing: Bearing) -> tuple[int, int]:
    """Where a bearing stands in the text."""
    return source.sentences[bearing.first].start, source.sentences[bearing.end - 1].end


def _score(claim: Wanted, sentences: tuple[Sentence, ...], index: int) -> float:
    here = sentences[index]
    own = claim.weights.keys() & here.bag
    if not own:
        return 0.0
    beside = frozenset().union(*(near.bag for near in sentences[max(0, index - 1) : index + 2])) - here.bag
    score = claim.coverage(own) + _BESIDE * claim.coverage(claim.weights.keys() & beside)
    score += _PAIR * claim.pair_coverage(here.pairs)
    return score if len(here.stems) >= _LEAST_STEMS else score * _LABEL


def _widened(claim: Wanted, sentences: tuple[Sentence, ...], index: int, taken: set[int]) -> tuple[int, int]:
    """A sentence with the one after and the one before it, where they add enough of the claim."""
    first, end, bag = index, index + 1, sentences[index].bag
    for near in (index + 1, index - 1):
        if 0 <= near < len(sentences) and near not in taken and claim.coverage(sentences[near].bag - bag) >= _GAIN:
            bag |= sentences[near].bag
            first, end = min(first, near), max(end, near + 1)
    return first, end
