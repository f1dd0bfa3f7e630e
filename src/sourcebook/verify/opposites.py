"""Words that turn a statement round: where a claim says that something rose, a passage that it fell. Pure.

Such a claim shares all its other words with the passage, so that no comparison of wording sees the difference.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct

from sourcebook.facts.words import STOP_WORDS, WORD, plain, stem
from sourcebook.verify.passages import Bearing
from sourcebook.verify.reading import Reading

_LOOKED_AT = 3  # passages

# Of each concept, the words of its one side and those of the other.
_CONCEPTS = (
    (
        """more increase increases increased increasing rise rises rose risen rising grow grows grew growing growth
        higher high highest greater larger elevated enhance enhances enhanced gain gains gained raise raises raised
        doubled tripled expand expands expanded""",
        """less fewer fewest decrease decreases decreased decreasing fall falls fell fallen falling decline
        declines declined declining lower low lowest smaller reduce reduces reduced reducing reduction drop drops
        dropped lose loses lost cut halved shrink shrank shrunk diminish diminished""",
    ),
    (
        """better best improve improves improved improving improvement good positive favorable favourable success
        successful""",
        """worse worst worsen worsens worsened poor poorer bad negative unfavorable unfavourable adverse failure
        unsuccessful""",
    ),
    (
        """promote promotes promoted activate activates activated stimulate stimulates stimulated induce induces induced
        cause causes caused facilitate facilitates""",
        """inhibit inhibits inhibited suppress suppresses suppressed block blocks blocked prevent prevents prevented
        protect protects counteract counteracts impair impairs impaired repress represses""",
    ),
    (
        """accept accepted approve approved adopt adopted allow allowed permit permitted""",
        """reject rejected refuse refused oppose opposed ban banned forbid forbade forbidden prohibit prohibited""",
    ),
    ("before earlier prior previously", "after later following subsequently"),
    ("win wins won winning victory beat", "lose loses lost losing defeat"),
    ("first earliest", "last latest"),
    ("largest biggest", "smallest"),
    ("oldest", "youngest"),
)  # fmt: skip
_SIDES: dict[str, tuple[tuple[int, bool], ...]] = {}
for _number, _sides in enumerate(_CONCEPTS):
    for _is_one, _words in zip((True, False), _sides, strict=True):
        for _word in _words.split():
            _SIDES[_word] = (*_SIDES.get(_word, ()), (_number, _is_one))


class Opposite(NamedTuple):
    """Words of a claim, and those that a passage has in their place: "" where it has none."""

    ours: str
    theirs: str


class _Turn(Struct, frozen=True):
    """A word of one side of a concept, and the stems of the words next to it."""

    concept: int
    side: bool
    word: str
    beside: frozenset[str]


def opposites(claim: Reading, source: Reading, bearings: tuple[Bearing, ...]) -> tuple[Opposite, ...]:
    """The words of a claim in whose place a text has the opposite. A claim that has both sides has none."""
    ours = list(_turns(claim.text))
    both = {one.concept for one in ours if one.side} & {one.concept for one in ours if not one.side}
    turned = [one for one in ours if one.concept not in both]
    if not turned:
        return ()
    near = [list(_turns(text)) for text in _texts(source, bearings[:_LOOKED_AT])]
    best = near[0] if near else []
    pairs = (
        (
            one.word,
            _all_turned(one, best) or _turned_beside(one, best, [turn for some in near for turn in some], source),
        )
        for one in turned
    )
    return tuple(dict.fromkeys(Opposite(word, theirs) for word, theirs in pairs if theirs))


def _all_turned(one: _Turn, best: list[_Turn]) -> str:
    """What the best passage has of the concept, where all of it is of the other side."""
    theirs = [turn for turn in best if turn.concept == one.concept]
    return theirs[0].word if theirs and all(turn.side is not one.side for turn in theirs) else ""


def _turned_beside(one: _Turn, best: list[_Turn], near: list[_Turn], source: Reading) -> str:
    """What passages have of the other side beside the same words, where the text never has the claim's side there."""
    beside = [turn for turn in near if turn.concept == one.concept and turn.beside & one.beside]
    theirs = [turn.word for turn in beside if turn.side is not one.side]
    if not theirs or len(theirs) < len(beside) or any(turn.word == one.word for turn in best):
        return ""
    said = any(
        turn.concept == one.concept and turn.side is one.side and turn.beside & one.beside
        for turn in _turns(source.text)
    )
    return "" if said else theirs[0]


def _texts(source: Reading, bearings: Iterable[Bearing]) -> Iterator[str]:
    """The words of each passage."""
    for bearing in bearings:
        yield source.text[source.sentences[bearing.first].start : source.sentences[bearing.end - 1].end]


def _turns(text: str) -> Iterator[_Turn]:
    words = [(word, plain(word)) for word in WORD.findall(text)]
    known = [(word, same) for word, same in words if same in _SIDES or same not in STOP_WORDS]
    for at, (_, same) in enumerate(known):
        for concept, side in _SIDES.get(same, ()):
            around = (known[other][0] for other in (at - 1, at + 1) if 0 <= other < len(known))
            yield _Turn(concept, side, same, frozenset(map(stem, around)))
