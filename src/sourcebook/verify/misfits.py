"""Numbers of which a text has the figures only: euros where the claim has dollars, feet where it has metres, 48 where
it has more than 50; fractions, weekdays, ranks and surnames, of which it has another; and denials, where it has none.
Pure."""

import math
import re
from collections.abc import Iterator, Set

from sourcebook.facts.counting import is_same
from sourcebook.facts.dates import WEEKDAYS
from sourcebook.facts.denying import negators
from sourcebook.facts.measures import measure
from sourcebook.facts.names import has_word
from sourcebook.facts.numbers import Kind, Number
from sourcebook.facts.words import STOP_WORDS, WORD, plain, stem
from sourcebook.verify.facts import Fact, FactKind
from sourcebook.verify.opposites import Opposite
from sourcebook.verify.reading import Reading

_HALF = 0.5
_PER_CENT = 0.02  # within which a share is told as a fraction: 67 % is two thirds
_RANKS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
# The first word of a sentence, which is a part of the name behind it or not.
_OPENS = re.compile(r"(?:\A|[.!?]\s)(?P<first>[^\W\d_a-z][^\W\d_]+)\s\Z")
_WORDS = re.compile(r"[^\W_]+")
_RATIO = re.compile(r"\d\s?/\s?\d{1,2}\Z")


def misfits(claim: Reading, source: Reading, known: tuple[Fact, ...], near: Set[int]) -> tuple[Opposite, ...]:
    """What a claim has, and what the text has in its place, wherever it stands. `near` are the sentences that bear on
    the claim: a fraction is held against those beside it."""
    numbers = {fact.words.start for fact in known if fact.binding and fact.found}
    said = [
        _otherwise(number, claim, source) if number.words.start in numbers else _other_part(number, source, near)
        for number in claim.numbers
    ]
    said += [_other_name(fact, claim, source, near) for fact in known if fact.kind is FactKind.NAME and fact.share < 1]
    said += [*_other_day_or_rank(claim, source, near), _undenied(claim, source, near)]
    return tuple(dict.fromkeys(one for one in said if one is not None))


def _otherwise(number: Number, claim: Reading, source: Reading) -> Opposite | None:
    """The same figures of something else; None where the text has them once of the same, or of what nobody can tell."""
    same = [other for other in source.numbers if any(is_same(value, number, other) for value in number.values)]
    ours, theirs = measure(claim.text, number), [measure(source.text, other) for other in same]
    if not theirs or not all(ours.differs(other) for other in theirs):
        return None
    return Opposite(_words(claim.text, number, ours.words), _words(source.text, same[0], theirs[0].words))


def _words(text: str, number: Number, words: str) -> str:
    """A number with the word before it that says on which side of it, or the minus."""
    before = re.search(r"(?:[-−–]|(?:[^\W\d_]+\s){1,2})\Z", text[: number.words.start])
    return f"{before[0] if before else ''}{words}"


def _other_part(number: Number, source: Reading, near: Set[int]) -> Opposite | None:
    """Another part of a whole than the claim's, where the text nowhere has that one."""
    ours = _part(number)
    if ours is None or ours == _HALF or not number.spelled:
        return None
    parts = [
        (part, place, other)
        for other, place in zip(source.numbers, source.number_places, strict=True)
        for part in _parts(other)
    ]
    beside = [other for _, place, other in parts if place in near]
    if not beside or any(math.isclose(part, ours, abs_tol=_PER_CENT) for part, _, _ in parts):
        return None
    return Opposite(number.words.quote, beside[0].words.quote)


def _other_day_or_rank(claim: Reading, source: Reading, near: Set[int]) -> Iterator[Opposite]:
    """Another weekday, or another rank, beside the same words, where the text nowhere has the claim's."""
    for ours, beside in _days_and_ranks(claim.text):
        if ours in source.words:
            continue
        for index in sorted(near):
            sentence = source.sentences[index] if 0 <= index < len(source.sentences) else None
            theirs = _days_and_ranks(source.text[sentence.start : sentence.end]) if sentence else ()
            others = [other for other, words in theirs if words & beside and _is_day(other) is _is_day(ours)]
            if others:
                yield Opposite(ours, others[0])
                break


def _days_and_ranks(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Every weekday and rank in words, with the stems of the words next to it."""
    words = [word for word in map(plain, WORD.findall(text)) if word not in STOP_WORDS]
    for at, word in enumerate(words):
        if word in _RANKS or _is_day(word):
            yield word, frozenset(map(stem, (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])))


def _is_day(word: str) -> bool:
    return word in WEEKDAYS


def _other_name(fact: Fact, claim: Reading, source: Reading, near: Set[int]) -> Opposite | None:
    """A name with the claim's first word and another last one, beside what bears on the claim."""
    before = _OPENS.search(claim.text, 0, fact.words.start)
    name = f"{before['first']} {fact.words.quote}" if before and _is_telling(before["first"]) else fact.words.quote
    first, *others = _WORDS.findall(name)
    if not others or has_word(others[-1], source.words):
        return None
    other = re.compile(rf"\b{re.escape(first)}\s(?P<last>[^\W\d_a-z][^\W\d_]+)")
    for index in sorted(near):
        if 0 <= index < len(source.sentences):
            match = other.search(source.text, source.sentences[index].start, source.sentences[index].end)
            if match is not None and match["last"] not in others:
                return Opposite(name, match[0])
    return None


def _is_telling(word: str) -> bool:
    return plain(word) not in STOP_WORDS


def _undenied(claim: Reading, source: Reading, near: Set[int]) -> Opposite | None:
    """The word with which a claim denies what the passages that bear on it say without any such word."""
    denying = next(negators(claim.text), None)
    around = [source.sentences[index] for index in near if 0 <= index < len(source.sentences)]
    if denying is None or not around:
        return None
    if any(one.negated or any(negators(source.text[one.start : one.end])) for one in around):
        return None
    return Opposite(denying[0], "")


def _part(number: Number) -> float | None:
    """The part of a whole that a fraction in words is: "two thirds"."""
    is_part = number.spelled and number.kind is Kind.PLAIN and 0 < number.values[0] < 1
    return number.values[0] if is_part else None


def _parts(number: Number) -> Iterator[float]:
    """The same, and those that percentages and "2/3" are."""
    part = _part(number)
    if part is not None:
        yield part
    elif number.kind is Kind.SHARE:
        yield from (value / 100 for value in number.values)
    elif _RATIO.search(number.words.quote) and number.values[1]:
        yield number.values[0] / number.values[1]
