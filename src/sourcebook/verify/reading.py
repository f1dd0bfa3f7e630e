"""A text read for judging: its sentences, their words, numbers and dates. Read once, asked by many claims. Pure."""

import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from sourcebook import sentences
from sourcebook.facts.dates import Date, dates
from sourcebook.facts.numbers import Number, numbers
from sourcebook.facts.words import NEGATIONS, STOP_WORDS, WORD, plain, stem

_MOST_CHARACTERS = 900  # of a sentence: what is longer is a table or a list without stops


class Sentence(Struct, frozen=True):
    """A sentence and the words in it that carry meaning, stemmed, in order."""

    start: int
    end: int
    stems: tuple[str, ...]
    bag: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    negated: bool


class Reading(Struct, frozen=True):
    """A text as judges see it."""

    text: str
    sentences: tuple[Sentence, ...]
    spread: Counter[str]  # stem to the number of sentences that have it
    words: frozenset[str]  # every word, plain
    numbers: tuple[Number, ...]
    dates: tuple[Date, ...]
    number_places: tuple[int, ...]  # of each number, the index of its sentence
    date_places: tuple[int, ...]


@lru_cache(maxsize=4)  # the claims of a library come source by source
def read(text: str) -> Reading:
    """Read a text."""
    found: list[Sentence] = []
    words: set[str] = set()
    for start, end in _lines(text):
        found.append(_sentence(text, start, end, words))
    starts = [sentence.start for sentence in found]
    counted, dated = tuple(numbers(text)), tuple(dates(text))
    return Reading(
        text=text,
        sentences=tuple(found),
        spread=Counter(word for sentence in found for word in sentence.bag),
        words=frozenset(words),
        numbers=counted,
        dates=dated,
        number_places=tuple(_sentence_at(starts, number.words.start) for number in counted),
        date_places=tuple(_sentence_at(starts, date.words.start) for date in dated),
    )


def _sentence_at(starts: list[int], offset: int) -> int:
    """The index of the sentence in which an offset stands; the one before it when it stands between two."""
    return max(0, bisect_right(starts, offset) - 1)


def _sentence(text: str, start: int, end: int, words: set[str]) -> Sentence:
    tokens = [plain(word) for word in WORD.findall(text, start, end)]
    words.update(tokens)
    stems = tuple(stem(word) for word in tokens if word not in STOP_WORDS)
    negated = any(word in NEGATIONS for word in tokens)
    return Sentence(start, end, stems, frozenset(stems), frozenset(pairwise(stems)), negated)


def _lines(text: str) -> list[tuple[int, int]]:
    """The sentences of a text; a line that begins anew is a sentence of its own, a long row is cut at its lines."""
    found: list[tuple[int, int]] = []
    for start, end in sentences.spans(text):
        position = start
        for line in re.finditer(r"\n+(?![a-z])", text[start:end]):
            _add(found, text, position, start + line.start())
            position = start + line.end()
        _add(found, text, position, end)
    return found


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Keep a sentence without the spaces around it, in pieces when it is far too long to be one."""
    while end - start > _MOST_CHARACTERS:
        cut = text.rfind(" ", start + _MOST_CHARACTERS // 2, start + _MOST_CHARACTERS)
        cut = cut if cut > start else start + _MOST_CHARACTERS
        found.append((start, cut))
        start = cut
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    start, end = start + left, end - (len(piece) - len(piece.rstrip()))
    if start < end:
        found.append((start, end))
