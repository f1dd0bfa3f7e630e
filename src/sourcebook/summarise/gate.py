"""Is what somebody wrote about a source held by the words of the source? Pure, and cheap enough to ask of everything.

It catches what is not there: a number, a date or a name that the source does not hold, a sentence mostly in words of
its own, and the same thing said twice. What is there and put together wrongly it cannot catch; its score says how
likely that is, by how much of the text is the source's own, word for word and from one place.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from sourcebook.sentences import spans
from sourcebook.summarise.facts import MONTHS, WEEKDAYS, dates, names, numbers, plain
from sourcebook.summarise.held import Held
from sourcebook.summarise.terms import carries_meaning, folded, words_of

SUPPORTED = 0.6  # share of the words of a sentence that the source must hold
ALIKE = 0.7  # share of the words of the shorter one in the other, from which on two say the same
INVENTED = 0.6  # what is left of a sentence's score for each thing in it that the source does not hold

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


@dataclass(frozen=True, slots=True)
class Caught:
    """Something that may not stand, and the sentence that it stands in."""

    rule: Rule
    what: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Gated:
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
    for number in numbers(sentence):
        if held.values.isdisjoint(number.values):
            yield Caught(Rule.NUMBER, number.written, sentence)
    for name, day in dates(sentence):
        if not held.date(name, day):
            yield Caught(Rule.DATE, f"{day} {name.capitalize()}" if day else name.capitalize(), sentence)
    for words in names(sentence):
        if not held.name(words):
            yield Caught(Rule.NAME, " ".join(words), sentence)


def _telling(sentence: str) -> list[str]:
    """The words that carry the meaning of a sentence, without its facts: those are looked up by themselves."""
    facts = {plain(word) for words in names(sentence) for word in words} | WEEKDAYS | set(MONTHS)
    facts.update(word for number in numbers(sentence) for word in words_of(number.written))
    return [
        word for word in words_of(sentence) if carries_meaning(word) and plain(word) not in facts and word.isalpha()
    ]


def _repeated(sentences: Sequence[str]) -> Iterator[Caught]:
    telling = [(one, {folded(word) for word in words_of(one) if carries_meaning(word)}) for one in sentences]
    for (_, before), (sentence, words) in combinations(telling, 2):
        if before and words and len(before & words) >= ALIKE * min(len(before), len(words)):
            yield Caught(Rule.REPEATED, "says again what was said", sentence)
