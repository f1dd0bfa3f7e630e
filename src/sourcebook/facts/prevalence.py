"""Which words, and pairs of words, much of a library uses: they tell little of one of its texts. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from sourcebook.facts.words import STOP_WORDS, WORD, plain, stem

COMMON = 0.2  # share of the texts; what fewer have may tell of each of them
_LOOKED_AT = 10_000  # characters of a text: those that its phrases are counted in


def common_words(texts: Iterable[str]) -> dict[str, float]:
    """The share of the texts, in hundredths, that have each stem and each two neighbouring ones, where many have."""
    having: Counter[str] = Counter()
    number = 0
    for text in texts:
        having.update(set(_said(text[:_LOOKED_AT])))
        number += 1
    return {said: round(count / number, 2) for said, count in sorted(having.items()) if count >= COMMON * number}


def share(phrase: str, shares: Mapping[str, float]) -> float:
    """At most how many of those texts have a phrase: as many as have the rarest two of its words. 0 where few do."""
    if not shares:
        return 0.0
    said = tuple(_said(phrase))
    return min((shares.get(one, 0.0) for one in [one for one in said if " " in one] or said), default=0.0)


def _said(text: str) -> Iterator[str]:
    """The stems of a text that carry meaning, and every two of them that stand side by side."""
    words = WORD.findall(text)
    stems = {word: "" if plain(word) in STOP_WORDS else stem(word) for word in set(words)}
    yield from filter(None, stems.values())
    yield from _pairs([stems[word] for word in words])


def _pairs(stems: Sequence[str]) -> Iterator[str]:
    return (f"{one} {other}" for one, other in pairwise(stems) if one and other)
