"""The numbers, dates and names of a claim, each looked up in a text. Pure."""

from collections.abc import Set
from enum import StrEnum

from msgspec import Struct

from sourcebook.facts.counting import is_same, neighbours
from sourcebook.facts.dates import Date, dates
from sourcebook.facts.names import has_word, name_words, names
from sourcebook.facts.numbers import Kind, Number, numbers
from sourcebook.facts.words import WORD, stem
from sourcebook.types.documents import Passage
from sourcebook.verify.otherwise import is_said_otherwise
from sourcebook.verify.reading import Reading


class FactKind(StrEnum):
    """What a fact is."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"


class Fact(Struct, frozen=True):
    """A fact of a claim and where a text has it: the indices of the sentences, in order. Of a name, `share` says how
    much of it the text has."""

    kind: FactKind
    words: Passage  # of the claim
    places: tuple[int, ...]
    share: float
    stems: frozenset[str] = frozenset()  # of its words
    binding: bool = False  # whether a text that lacks it cannot bear the claim out
    firm: tuple[int, ...] = ()  # of the places of a number: where the words beside it are the claim's, too

    @property
    def found(self) -> bool:
        """Does the text have it?"""
        return self.share >= 0.5

    def share_in(self, sentences: frozenset[int], bag: frozenset[str]) -> float:
        """How much of it stands in some sentences, whose words are `bag`."""
        if self.kind is FactKind.NAME:
            return len(self.stems & bag) / len(self.stems)
        return float(not sentences.isdisjoint(self.places)) if self.share else 0.0

    @property
    def said(self) -> str:
        """The fact as a reader would name it: "the number 57"."""
        return f"the {self.kind.value} {self.words.quote}"


def facts(claim: str, reading: Reading) -> tuple[Fact, ...]:
    """Look every fact of a claim up in a text."""
    found = [*(_date(date, reading) for date in dates(claim) if date.year or date.day)]
    found += [_number(number, claim, reading) for number in numbers(claim)]
    found += [_name(name, reading) for name in names(claim) if name_words(name.quote)]
    return tuple(sorted(found, key=lambda fact: (fact.words.start, fact.words.end)))


def strays(claim: Reading, source: Reading, known: tuple[Fact, ...], near: Set[int]) -> tuple[Fact, ...]:
    """The numbers that a text has, but not with what the claim says of them. `near` are the sentences that bear on it.

    A number is at home where the words beside it are the claim's; elsewhere it must stand near what bears on the claim.
    A year may there have no other beside those words: a claim of the 2014 Games is not borne out by a passage on the
    2016 Games that was written in 2014. Other numbers may: a row of a table has many, and its words in its heading.
    """
    loose = [fact for fact in known if fact.binding and fact.found and not fact.firm]
    return tuple(fact for fact in loose if near.isdisjoint(fact.places) or _has_rival(fact, claim, source, near))


def _has_rival(fact: Fact, claim: Reading, source: Reading, near: Set[int]) -> bool:
    """Of a year: does another one, which is not in the claim, stand beside the same words?"""
    ours = next((number for number in claim.numbers if number.words == fact.words), None)
    if ours is None or ours.kind is not Kind.YEAR:
        return False
    beside = neighbours(claim.text, ours)
    return any(
        other.kind is ours.kind
        and place in near
        and not any(is_same(value, number, other) for number in claim.numbers for value in number.values)
        and beside & neighbours(source.text, other)
        for other, place in zip(source.numbers, source.number_places, strict=True)
    )


def _date(date: Date, reading: Reading) -> Fact:
    known = list(zip(reading.dates, reading.date_places, strict=True))
    places = tuple(place for other, place in known if other.holds(date))
    in_another_year = date.day is not None and any(_is_another_year(date, other) for other, _ in known)
    return Fact(FactKind.DATE, date.words, places, float(bool(places)), binding=in_another_year and not places)


def _is_another_year(date: Date, other: Date) -> bool:
    """Is it the same day of another year? A text that leaves the year out says nothing against it."""
    return (date.day, date.month) == (other.day, other.month) and None not in {date.year, other.year}


def _number(number: Number, claim: str, reading: Reading) -> Fact:
    places: list[set[int]] = [set() for _ in number.values[:2]]
    firm: set[int] = set()
    ours = neighbours(claim, number)
    for other, place in zip(reading.numbers, reading.number_places, strict=True):
        for value, found in zip(number.values, places, strict=False):
            if is_same(value, number, other):
                found.add(place)
                if ours & neighbours(reading.text, other):
                    firm.add(place)
    return Fact(
        kind=FactKind.NUMBER,
        words=number.words,
        places=tuple(sorted(set.union(*places))),
        share=float(all(places)),  # half of a range is another range
        stems=frozenset(map(stem, WORD.findall(number.words.quote))),
        binding=_is_binding(number, claim) and (all(places) or not is_said_otherwise(number, claim, reading)),
        firm=tuple(sorted(firm)),
    )


def _is_binding(number: Number, claim: str) -> bool:
    """Must the text have this number? "One of the first" and "half" count little, a century is told by years."""
    if number.kind is Kind.ORDINAL:
        return not number.spelled and not claim[number.words.end :].lstrip().startswith("centur")
    return not (number.spelled and number.values[0] <= 2)


def _name(name: Passage, reading: Reading) -> Fact:
    words = name_words(name.quote)
    has = [has_word(word, reading.words) for word in words]
    stems = frozenset(map(stem, words))
    places = tuple(index for index, sentence in enumerate(reading.sentences) if not stems.isdisjoint(sentence.bag))
    return Fact(FactKind.NAME, name, places, sum(has) / len(has), stems)
