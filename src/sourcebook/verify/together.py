"""Does a text say in one place what a claim says at once? Words that stand far apart, or in another order, may all be
those of the claim, and tell of something else. Pure."""

import math
from collections.abc import Iterable, Sequence
from itertools import chain, combinations

from sourcebook.facts.words import background
from sourcebook.verify.reading import Reading

# Found by measuring on claims that people had judged; docs/adr/0011 has the figures.
_LEAST = 5  # words that carry meaning: of a claim of fewer, a text that has them seldom tells something else
_NEARNESS = 0.27
_ORDER = 0.31
_MOST = 10  # of the claim's words, the rarest


def is_scattered(claim: Reading, source: Reading, sentences: Iterable[int]) -> bool:
    """Does a text say the claim's words far apart, or in another order? `sentences` are those that bear on it."""
    if len(_rarities(claim)) < _LEAST:
        return False
    return nearness(claim, source) < _NEARNESS or order(claim, source, sentences) < _ORDER


def nearness(claim: Reading, source: Reading) -> float:
    """How many pairs of the claim's rarest words some two neighbouring sentences of the text have both of; the rarer
    they are, the more they count. From 0 to 1; 1 for a claim of one word."""
    rarity = _rarities(claim)
    rarest = sorted(rarity, key=lambda stem: -rarity[stem])[:_MOST]
    places = {stem: _near(source, stem) for stem in rarest}
    pairs = [(rarity[one] * rarity[other], places[one] & places[other]) for one, other in combinations(rarest, 2)]
    total = math.fsum(weight for weight, _ in pairs)
    return math.fsum(weight for weight, shared in pairs if shared) / total if total else 1.0


def order(claim: Reading, source: Reading, sentences: Iterable[int]) -> float:
    """How much of the claim one of some sentences has in the claim's own order, with other words between or not."""
    rarity = _rarities(claim)
    ours = tuple(chain.from_iterable(sentence.stems for sentence in claim.sentences))
    total = math.fsum(rarity[stem] for stem in ours)
    most = max((_in_order(ours, source.sentences[index].stems, rarity) for index in sentences), default=0.0)
    return most / total if total else 1.0


def _rarities(claim: Reading) -> dict[str, float]:
    known = background()
    return {stem: known.rarity(stem) for sentence in claim.sentences for stem in sentence.stems}


def _near(source: Reading, stem: str) -> frozenset[int]:
    """The first of each two neighbouring sentences of which one has the word."""
    if not source.spread[stem]:
        return frozenset()
    having = [index for index, sentence in enumerate(source.sentences) if stem in sentence.bag]
    return frozenset(chain(having, (index - 1 for index in having)))


def _in_order(ours: Sequence[str], theirs: Sequence[str], rarity: dict[str, float]) -> float:
    """The weight of the weightiest words that both have in the same order."""
    row = [0.0] * (len(theirs) + 1)
    for stem in ours:
        before = 0.0
        for at, word in enumerate(theirs, 1):
            here = row[at]
            row[at] = before + rarity[stem] if word == stem else max(here, row[at - 1])
            before = here
    return row[-1]
