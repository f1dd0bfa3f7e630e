"""The names in a claim, and whether a text has them, with or without accents and in other spellings. Pure."""

import re
from collections.abc import Iterator

from sourcebook.facts.dates import CALENDAR
from sourcebook.facts.words import STOP_WORDS, background, plain, stem
from sourcebook.types.documents import Passage

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][^\W_]*(?:['’-][^\W_]+)*"
_NAME = re.compile(
    rf"(?<![^\W_]){_CAPITAL}(?:\.?\s(?:(?:of|the|de|la|le|von|van|der|den|du|del|di|da|and|&)\s)*{_CAPITAL})*"
)
_WORD = re.compile(r"[^\W_]+")
_OPENS = re.compile(r"(?:\A|[.!?:;,]\s|[\"“”«(]\s?|\n)\Z")
_JOINS = frozenset("of the de la le von van der den du del di da and".split())
_COMMON = 0.75  # a rarity below which a capital letter at the beginning of a sentence says nothing
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ß": "ss", "ø": "oe", "æ": "ae"})


def names(text: str) -> list[Passage]:
    """Every run of capitalised words of a claim, but for a common word that only begins a sentence."""
    return list(_names(text))


def _names(text: str) -> Iterator[Passage]:
    for match in _NAME.finditer(text):
        start = match.start()
        first, _, rest = match[0].partition(" ")
        if _OPENS.search(text, 0, start):
            if text[match.end() : match.end() + 1] == ":":
                continue  # the head of a column, the label of a row
            if _is_common(first) and rest.partition(" ")[0] not in _JOINS:
                start += len(first) + 1
        if match.end() - start > 1:
            yield Passage(start, match.end(), text[start : match.end()])


def name_words(name: str) -> list[str]:
    """The words of a name that tell it from others: "US" does, "of" does not."""
    words = [word for word in _WORD.findall(name) if len(word) > 1 and not word[0].islower()]
    return [
        word for word in words if word.lower() not in CALENDAR and (word.isupper() or word.lower() not in STOP_WORDS)
    ]


def has_word(word: str, words: frozenset[str]) -> bool:
    """Is a word of a name among the plain words of a text, in this or a like spelling?"""
    bare = plain(word)
    forms = {bare, bare.removesuffix("s"), f"{bare}s", f"{bare}'s", plain(word.lower().translate(_UMLAUTS))}
    forms |= {re.sub("([aou])e", r"\1", bare)}
    return not forms.isdisjoint(words) or (len(bare) >= 6 and any(_is_spelling(bare, other) for other in words))


def _is_spelling(one: str, other: str) -> bool:
    """Do two long words differ by one letter that a transliteration may change, after their beginnings?"""
    if one[:3] != other[:3] or abs(len(one) - len(other)) > 1 or len(other) < 6:
        return False
    short, long = sorted((one, other), key=len)
    if len(short) != len(long):
        return any(long[:index] + long[index + 1 :] == short for index in range(3, len(long)))
    return {frozenset(pair) for pair in zip(short, long, strict=True) if pair[0] != pair[1]} <= _SOUNDS


def _is_common(word: str) -> bool:
    first, _, rest = word.partition("-")
    if rest.islower():  # "Two-thirds", "Well-known"
        return all(map(_is_common, (first, *rest.split("-"))))
    return plain(word) in STOP_WORDS or background().rarity(stem(word)) < _COMMON


_SOUNDS = {frozenset(pair) for pair in ("iy", "ie", "yj", "vw", "ck", "kq", "sz", "ou", "ao", "bv")}
