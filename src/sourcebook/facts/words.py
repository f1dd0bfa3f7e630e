"""The words of a text as a judge compares them: stems, which carry no meaning, and how rare each is. Pure."""

import json
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from msgspec import Struct

BACKGROUND = "background.json"
WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:['’][^\W\d_]{1,2}\b)?")

STOP_WORDS = frozenset(
    """
    a about above across after again against all almost along also although always am among an and another any are
    around as at away be became because become been before began being below between both but by came can could did
    do does doing done down during each either else ever every few for from further gave get give given go goes going
    got had has have having he her here hers herself him himself his how however i if in into is it its itself just
    let like made make makes making many may me might more most much must my myself near of off often on once one
    only onto or other others our out over own per put rather s same say said says see seem she should since so some
    such take taken than that the their them themselves then there these they this those through thus to together too
    took toward towards under until up upon us use used using very via was we well went were what when where whether
    which while who whom whose why will with within would yet you your
    """.split()
)
NEGATIONS = frozenset(
    """not no never none nobody nothing neither nor without cannot can't couldn't didn't doesn't don't hadn't hasn't
    haven't isn't wasn't weren't won't wouldn't unable fail fails failed failing denied denies deny refused refuses
    lack lacks lacked absent hardly barely""".split()
)

_UNSEEN = 1.0  # the rarity of a word that the background does not know
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "'"})
_IRREGULAR = {
    "won": "win", "wins": "win", "winning": "win", "winner": "win", "born": "birth", "died": "death", "dies": "death",
    "dead": "death", "wrote": "write", "written": "write", "began": "begin", "begun": "begin", "sold": "sell",
    "sang": "sing", "sung": "sing", "song": "sing", "held": "hold", "led": "lead", "left": "leave", "lost": "lose",
    "met": "meet", "ran": "run", "running": "run", "grew": "grow", "grown": "grow", "fell": "fall", "fallen": "fall",
    "rose": "rise", "risen": "rise", "built": "build", "taught": "teach", "bought": "buy", "brought": "bring",
    "thought": "think", "found": "find", "founded": "found", "founder": "found", "founding": "found",
    "children": "child", "men": "man", "women": "woman", "people": "person", "wives": "wife", "lives": "life",
    "spoke": "speak",
    "chose": "choose", "chosen": "choose", "drew": "draw", "drawn": "draw", "flew": "fly", "knew": "know",
    "known": "know", "paid": "pay", "sent": "send", "spent": "spend", "stood": "stand", "told": "tell", "wore": "wear",
    "married": "marriage", "marry": "marriage", "analyses": "analysis", "us": "us",
}  # fmt: skip
_SUFFIXES = (
    "isations", "izations", "isation", "ization", "ational", "fulness", "iveness", "ments", "ations", "ation", "ingly",
    "ness", "ment", "ings", "ions", "ally", "ists", "isms", "ities", "ised", "ized", "ises", "izes", "ising", "izing",
    "ion", "ing", "ies", "ied", "ers", "ors", "ist", "ism", "ity", "est", "ive", "ous", "ial", "ful", "ise", "ize",
    "ed", "es", "er", "or", "ly", "al", "ic", "s", "e", "y",
)  # fmt: skip


class Background(Struct, frozen=True):
    """How rare words are in writing of all kinds: 0 for the commonest, 1 for a word that is hardly ever met."""

    rarities: dict[str, float]

    def rarity(self, stem: str) -> float:
        """How rare a stem is. Numbers are as rare as words that nobody knows."""
        return self.rarities.get(stem, _UNSEEN)


@cache
def background() -> Background:
    """The background vocabulary that training/judge.py counted."""
    levels = json.loads(files("sourcebook.facts").joinpath(BACKGROUND).read_text(encoding="utf-8"))["levels"]
    return Background({stem: float(level) for level, stems in levels.items() for stem in stems.split()})


def plain(word: str) -> str:
    """A word without accents and case: "Müller" and "muller" are one."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.lower().translate(_LETTERS))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)) or word


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The part of a word that its forms share, more or less: good enough to count by, not to show."""
    word = plain(word)
    word = word.removesuffix("'s").removesuffix("'")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word[:1].isdigit():
        return word.replace(",", "")
    for _ in range(2):
        word = _shorter(word)
    return word


def _shorter(word: str) -> str:
    for suffix in _SUFFIXES:
        if len(word) - len(suffix) >= 4 and word.endswith(suffix):
            word = word[: -len(suffix)]
            return word[:-1] if word[-1] == word[-2] and word[-1] not in "sl" else word
    return word
