"""The background vocabulary: how rare words are, counted over the texts to learn from."""

import math
import random
from collections import Counter
from pathlib import Path

from sourcebook.facts.words import STOP_WORDS, WORD, plain, stem
from training.examples import rows

_TEXTS = {
    "wice_sub": None,
    "fm2": None,
    "scifact": 300,
    "citint": 400,
}  # of papers only some: they would outweigh pages
_MOST_CHARACTERS = 6_000
_LEAST_TEXTS = 4  # a word of fewer is as good as unknown
_RAREST = 3


def count(folder: Path) -> dict[str, str]:
    """Level of rarity, "0.1" to "1.0", to the stems that have it, as one text."""
    chance = random.Random(0)  # noqa: S311 - nobody is to be kept from guessing
    texts: list[str] = []
    for name, most in _TEXTS.items():
        found = sorted({row.source for row in rows(folder / f"train.{name}.jsonl")})
        chance.shuffle(found)
        texts += [text[:_MOST_CHARACTERS] for text in found[:most]]
    spread: Counter[str] = Counter()
    for text in texts:
        spread.update({stem(word) for word in map(plain, WORD.findall(text)) if word not in STOP_WORDS})
    top = math.log(len(texts) / _RAREST)
    levels: dict[str, list[str]] = {}
    for word, times in sorted(spread.items()):
        if times >= _LEAST_TEXTS and not word[0].isdigit():
            levels.setdefault(f"{round(10 * math.log(len(texts) / times) / top) / 10}", []).append(word)
    return {level: " ".join(levels[level]) for level in sorted(levels)}
