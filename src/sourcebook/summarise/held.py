"""What a source holds, in the forms in which the gate looks it up. Pure."""

import re
from collections.abc import Sequence
from itertools import pairwise

from sourcebook.facts.dates import days_named
from sourcebook.facts.numbers import Kind, Number, every_number
from sourcebook.facts.words import plain
from sourcebook.summarise.terms import folded, words_of

NEAR = 6  # words within which the parts of a name stand together
ROOM = 20  # words around a passage from which a sentence may be put together
GERMAN = 0.08  # share of its small words from which on a text is in the one language that writes all nouns in capitals

_WORD = re.compile(r"[^\W\d_]+(?:[’'.&-][^\W\d_]+)*")
_JOINS = re.compile(r"[’'.&-]")
_LETTERS = re.compile(r"[^\W\d_]+")
_GERMAN = frozenset("der die das und nicht ist ein eine den dem von mit zu auf für im sich".split())
_PEOPLE = ("an", "ans", "ish", "ese")


class Held:
    """The words, numbers, dates and names of one text."""

    def __init__(self, text: str) -> None:
        words = words_of(text)
        self.forms = frozenset(map(folded, words))
        self._values: dict[bool, set[float]] = {False: set(), True: set()}  # whether "third" and the like count
        for number in every_number(text):
            place = self._values[number.spelled and number.kind is Kind.ORDINAL]
            place.update(number.values, number.also)
        self._dates = frozenset(days_named(text))
        self._months = frozenset(name for name, _ in self._dates)
        self._pairs: dict[tuple[str, str], list[int]] = {}
        for at, pair in enumerate(pairwise(words)):
            self._pairs.setdefault(pair, []).append(at)
        written = _WORD.findall(text)
        self._places: dict[str, list[int]] = {}
        for at, word in enumerate(written):
            for part in {bare(word), *map(bare, _JOINS.split(word))}:
                self._places.setdefault(part, []).append(at)
        self._capitals = frozenset(bare(word) for word in written if word[0].isupper())
        self._initials = "".join(word[0] if word[0].isupper() else " " for word in written).casefold()
        self._is_german = sum(word in _GERMAN for word in words) > GERMAN * len(words)

    def number(self, number: Number) -> bool:
        """Is a number here, both ends of it where it is a range?"""
        values = self._values[False]
        if number.kind is Kind.ORDINAL:
            values = values | self._values[True]
        return values.issuperset(number.values[:2]) or not values.isdisjoint(number.also)

    def date(self, name: str, day: int) -> bool:
        """Is this month or weekday named, with this day of the month where one is given?"""
        return (name, day) in self._dates if day else name in self._months

    def name(self, words: Sequence[str]) -> bool:
        """Is every part of a name here, and do they stand together?"""
        parts = [part for word in words for letters in _LETTERS.findall(word) if (part := bare(letters))]
        initials = "".join(part[0] for part in parts)
        if len(parts) > 1 and initials in self._places:
            return True  # written out in the summary, short in the source
        if self._is_german:
            return True  # capitals tell nothing there
        return all(map(self._has, parts)) and all(self._together(*pair) for pair in pairwise(parts))

    def _has(self, part: str) -> bool:
        if part in self._places or folded(part) in self.forms:
            return True
        if 2 <= len(part) <= 6 and part in self._initials:
            return True  # short in the summary, written out in the source
        return any(_same_country(part, other) for other in self._capitals)

    def _together(self, one: str, other: str) -> bool:
        here, there = self._places.get(one), self._places.get(other)
        if not here or not there or one not in self._capitals or other not in self._capitals:
            return True
        return any(abs(first - second) <= NEAR for first in here for second in there)

    def own(self, words: Sequence[str]) -> tuple[int, int]:
        """How many of these words are here in some form, of how many."""
        return sum(folded(word) in self.forms for word in words), len(words)

    def share(self, words: Sequence[str]) -> float:
        """How much of a sentence stands here word for word: pairs of words, and once more those of one place."""
        pairs = list(pairwise(words))
        if not pairs:
            return float(folded(words[0]) in self.forms)
        found = [at for pair in pairs if (at := self._pairs.get(pair)) is not None]
        return (len(found) + self._from_one_place(found, 2 * len(words) + ROOM)) / (2 * len(pairs))

    @staticmethod
    def _from_one_place(found: Sequence[Sequence[int]], width: int) -> int:
        """The most pairs that stand within so many words of each other."""
        places = sorted((at, index) for index, positions in enumerate(found) for at in positions)
        best = 0
        inside: dict[int, int] = {}
        first = 0
        for at, index in places:
            inside[index] = inside.get(index, 0) + 1
            while at - places[first][0] > width:
                leaving = places[first][1]
                inside[leaving] -= 1
                if not inside[leaving]:
                    del inside[leaving]
                first += 1
            best = max(best, len(inside))
        return best


def bare(word: str) -> str:
    """A word in lower case without accents, points and possessive: "U.S." is "us", "Müller’s" is "muller"."""
    return plain(word).replace("’", "'").removesuffix("'s").rstrip("'.").replace(".", "")


def _same_country(one: str, other: str) -> bool:
    """Is one the people of the other? "American" and "America", "British" and "Britain"."""
    least = max(4, min(len(one), len(other)) - 3)
    return one[:least] == other[:least] and max(one, other, key=len).endswith(_PEOPLE)
