"""Choosing sentences: the best one for each role, and never one that repeats another. Pure."""

from collections import Counter
from collections.abc import Collection, Sequence
from math import log

from msgspec import Struct

from sourcebook.summarise.roles import Role
from sourcebook.summarise.sentences import Sentence
from sourcebook.summarise.terms import content_words, folded

ALIKE = 0.5  # share of the shorter sentence's words in the other, from which on one repeats the other
SAID = 0.75  # share of a sentence's words that was said before, from which on it says nothing new
_QUOTES = "\"“‘'«„"
LENGTHY = 55  # words
ENDING = 8  # sentences that are the end of a text


class Weighed(Struct, frozen=True):
    """A sentence and how well it would do in each role."""

    sentence: Sentence
    scores: tuple[float, ...]

    @property
    def best(self) -> float:
        """How well it would do in the role that suits it most."""
        return max(self.scores)


def weigh(sentences: Sequence[Sentence], everywhere: Counter[str], title: str, roles: Sequence[Role]) -> list[Weighed]:
    """Every sentence in every role."""
    named = frozenset(map(folded, content_words(title)))
    central = [_centrality(sentence, everywhere) for sentence in sentences]
    most = max(central, default=0.0) or 1.0
    return [
        Weighed(
            sentence,
            tuple(
                _place(role, sentence.order, len(sentences))
                + role.central * centrality / most
                + role.title * len(sentence.words & named) / (len(named) or 1)
                + _manner(role, sentence)
                for role in roles
            ),
        )
        for sentence, centrality in zip(sentences, central, strict=True)
    ]


def _centrality(sentence: Sentence, everywhere: Counter[str]) -> float:
    """How much of what the whole text talks about is in this sentence."""
    weights = (log(everywhere[word]) for word in sentence.words if everywhere[word] > 1)
    return sum(weights) / (len(sentence.words) + 4)


def _place(role: Role, order: int, of: int) -> float:
    at = role.places[order] if order < len(role.places) else 0.0
    return at + role.near / (1 + order / 4) + (role.ending if of - order <= ENDING else 0.0)


def _manner(role: Role, sentence: Sentence) -> float:
    """What the words and the length of a sentence tell of it."""
    told = sum(cue.weight for cue in role.cues if not any(sentence.said.isdisjoint(words) for words in cue.sets))
    quoting = role.quoting if sentence.text[0] in _QUOTES else 0.0
    brief = 1.0 if sentence.size < 10 else 0.5 if sentence.size < 15 else 0.0
    lengthy = role.lengthy if sentence.size > LENGTHY else 0.0
    return told + quoting + role.brief * brief + lengthy


def choose(weighed: Sequence[Weighed], most: int, said: frozenset[str], alone: bool) -> list[Sentence]:
    """The best sentence for each role in turn, in the order of choosing; none repeats another, or what was said.

    A sentence that leans on the one before it is taken only right after that one, and never when each is to stand
    alone.
    """
    turns = len(weighed[0].scores) if weighed else 1
    open_to_choice = [one for one in weighed if not _within(one.sentence.words, said)]
    chosen: list[Sentence] = []
    while len(chosen) < most:
        role = len(chosen) % turns
        fit = [one for one in open_to_choice if _fits(one.sentence, chosen, alone)]
        if not fit:
            break
        best = max(fit, key=lambda one: (one.scores[role], -one.sentence.order))
        chosen.append(best.sentence)
        open_to_choice = [
            one for one in open_to_choice if one is not best and not _repeats(one.sentence.words, best.sentence.words)
        ]
    return chosen


def _fits(sentence: Sentence, chosen: Collection[Sentence], alone: bool) -> bool:
    if not sentence.leans:
        return True
    return not alone and sentence.follows and any(one.order == sentence.order - 1 for one in chosen)


def _repeats(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * min(len(one), len(other))


def _within(words: frozenset[str], said: frozenset[str]) -> bool:
    return bool(said) and len(words & said) >= SAID * len(words)
