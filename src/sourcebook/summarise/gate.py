"""Is what somebody wrote about a source held by the words of the source? Pure, and cheap enough to ask of everything.

It catches what is not there: a number, a date or a name that the source does not hold, a sentence mostly in words of
its own, and the same thing said twice. What is there and put together wrongly it cannot catch; its score says how
likely that is, by how much of the text is the source's own, word for word and from one place.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import combinations

from msgspec import Struct

from sourcebook.facts.dates import CALENDAR, days_named
from sourcebook.facts.names import name_words, names
from sourcebook.facts.numbers import Kind, Number, every_number
from sourcebook.sentences import spans
from sourcebook.summarise.held import Held, bare
from sourcebook.summarise.terms import carries_meaning, folded, words_of

SUPPORTED = 0.6  # share of the words of a sentence that the source must hold
ALIKE = 0.7  # share of the words of the shorter one in the other, from which on two say the same
INVENTED = 0.6  # what is left of a sentence's score for each thing in it that the source does not hold

_NO_COUNT = (0.5, 1.0)
_TITLES = frozenset("mr mrs ms miss dr sir prof".split())

# as tools that take texts apart leave them: "do n't", "-lrb-"
_APART = re.compile(r"\s+(?=(?:n['’]t|['’](?:s|re|ve|ll|d|m))\b)", re.IGNORECASE)
_BRACKETS = re.compile(r"-[lr][rsc]b-", re.IGNORECASE)
_STOP = re.compile(r"(?<=[.!?])\s+")


class Rule(StrEnum):
    """What the gate catches."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    WORDS = "words"
    REPEATED = "repeated"


class Caught(Struct, frozen=True):
    """Something that may not stand, and the sentence that it stands in."""

    rule: Rule
    what: str
    sentence: str


class Gated(Struct, frozen=True):
    """What the gate says of a text."""

    ok: bool
    score: float  # 0 to 1: how much of it is the source's own
    caught: tuple[Caught, ...]


def gate(said: str | Sequence[str], document_text: str) -> Gated:
    """Hold a summary, or points, against the text that it is about. What says nothing passes with a score of 0."""
    held = Held(_together(document_text))
    sentences = list(_sentences([said] if isinstance(said, str) else said))
    caught: list[Caught] = []
    scores: list[float] = []
    for sentence in sentences:
        invented = list(_facts(sentence, held))
        own, of = held.own(_telling(sentence))
        caught += invented
        if own < SUPPORTED * of:
            caught.append(Caught(Rule.WORDS, f"only {own} of {of} words are the source's", sentence))
        share = (own / of if of else 1.0) + 2 * held.share(words_of(sentence))
        scores.append(share / 3 * INVENTED ** len(invented))
    caught += _repeated(sentences)
    score = (sum(scores) / len(scores) + min(scores)) / 2 if scores else 0.0
    return Gated(not caught, round(score, 4), tuple(caught))


def _sentences(said: Sequence[str]) -> Iterator[str]:
    for text in map(_together, said):
        if text == text.lower():  # nothing else tells where a sentence begins
            yield from filter(words_of, _STOP.split(text))
        else:
            yield from (text[start:end] for start, end in spans(text) if words_of(text[start:end]))


def _together(text: str) -> str:
    return _APART.sub("", _BRACKETS.sub(" ", text))


def _facts(sentence: str, held: Held) -> Iterator[Caught]:
    for number in _numbers(sentence):
        if not held.number(number):
            yield Caught(Rule.NUMBER, number.words.quote, sentence)
    for name, day in days_named(sentence):
        if not held.date(name, day):
            yield Caught(Rule.DATE, f"{day} {name.capitalize()}" if day else name.capitalize(), sentence)
    for words in _names(sentence):
        if not held.name(words):
            yield Caught(Rule.NAME, " ".join(words), sentence)


def _numbers(sentence: str) -> list[Number]:
    """Those that bind: "one of the first" and "half" say little."""
    return [
        number
        for number in every_number(sentence)
        if not number.spelled or (number.kind is not Kind.ORDINAL and number.values[0] not in _NO_COUNT)
    ]


def _names(sentence: str) -> Iterator[list[str]]:
    """The words of each name; a capital letter with which a sentence begins says nothing, unless there are more."""
    for name in names(sentence):
        words = name_words(name.quote)
        opens = not any(map(str.isalnum, sentence[: name.start]))
        if opens and words and name.quote.startswith(words[0]) and words[0][1:].islower():
            words = words[1:]
        if words := [word for word in words if word.lower() not in _TITLES]:
            yield words


def _telling(sentence: str) -> list[str]:
    """The words that carry the meaning of a sentence, without its facts: those are looked up by themselves."""
    facts = CALENDAR.union(bare(word) for words in _names(sentence) for word in words)
    facts = facts.union(word for number in _numbers(sentence) for word in words_of(number.words.quote))
    return [word for word in words_of(sentence) if carries_meaning(word) and bare(word) not in facts and word.isalpha()]


def _repeated(sentences: Sequence[str]) -> Iterator[Caught]:
    telling = [(one, {folded(word) for word in words_of(one) if carries_meaning(word)}) for one in sentences]
    for (_, before), (sentence, words) in combinations(telling, 2):
        if before and words and len(before & words) >= ALIKE * min(len(before), len(words)):
            yield Caught(Rule.REPEATED, "says again what was said", sentence)
