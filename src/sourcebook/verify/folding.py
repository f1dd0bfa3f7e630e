"""A text reduced to what a quote must keep, with the way back to its offsets. Pure.

What does not count: typographic or plain quotation marks and dashes, any spaces, punctuation, upper or lower case,
ligatures, composed or combined accents, soft hyphens, marks of no width, footnote marks, markup. Letters, digits,
the sign of a number and what it is counted in do count.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache

from msgspec import Struct

_WIDTHLESS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WIDE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f"  # scripts that write no spaces
_LOWERED = "₀-₉"  # the digits of H₂O, which are no letters, though patterns call them so
# Marks stand in a text without being its words: [12], [^1], [sic], [citation needed], raised digits, tags, targets.
_MARKS = re.compile(
    r"\[(?:\^[\w-]{1,40}|\d{1,3}|[a-z]|note \d+|sic|edit|\w+ needed)\](?![\w(])|(?<=[^\W\d_]|[.,;:!?”\"’')])[⁰¹²³⁴-⁹]+"
    r"|</?[A-Za-z][^<>\n]{0,300}>|\]\([^()\s]{0,500}\)|&(?:nbsp|shy|zwnj|zwj);"
)
_TOKEN = re.compile(
    rf"""
      (?:(?<=[\s(\["“])|\A)[-−–‑](?=\d)                       # the sign of a number
    | [%$€£¥₹°‰]                                               # what it is counted in
    | \d+(?:[.,]\d+)* | [{_LOWERED}]+
    | [{_WIDE}]
    | (?:[^\W\d_{_WIDE}{_LOWERED}](?:[\u0300-\u036f{_WIDTHLESS}])*)+
    | [^\W_]
    """,
    re.VERBOSE,
)
_MOST_PLACES = 1_000  # a quote that stands in more of them says nothing by any
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z")
_LOOSE = re.compile(rf"[-‐‑]\s*\Z|[-‐‑]\s*\n|[{_WIDTHLESS}]")  # what may part a word: a hyphen, a mark of no width
_WIDE_CHARACTER = re.compile(f"[{_WIDE}]")
_JOINED = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l"} | dict.fromkeys(_WIDTHLESS, ""))


class Folded(Struct, frozen=True):
    """The words of a text, folded, and where each stands in it."""

    original: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    joined: str  # the words without anything between them, but for numbers, which are kept apart
    offsets: tuple[int, ...]  # of each word in `joined`

    def places(self, other: "Folded") -> list[tuple[int, int]]:
        """Every run of words, first and last + 1, whose letters are those of `other`, parted where its words are."""
        found: list[tuple[int, int]] = []
        position = self.joined.find(other.joined) if other.joined else -1
        while position >= 0 and len(found) < _MOST_PLACES:
            first = bisect_left(self.offsets, position)
            end = bisect_right(self.offsets, position + len(other.joined) - 1)
            if self._fits(first, end, position, other):
                found.append((first, end))
            position = self.joined.find(other.joined, position + 1)
        return found

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Where a run of words stands in the original."""
        return self.starts[first], self.ends[end - 1]

    def is_loose(self, index: int) -> bool:
        """May the space before this word be left out?"""
        if _WIDE_CHARACTER.match(self.words[index]):
            return True
        return index > 0 and bool(_LOOSE.search(self.original[self.ends[index - 1] : self.starts[index]]))

    def _fits(self, first: int, end: int, position: int, other: "Folded") -> bool:
        """Does a run begin and end with whole words, and is it parted where `other` is, but for hyphens?"""
        if first >= len(self.words) or self.offsets[first] != position:
            return False
        if self.offsets[end - 1] + len(self.words[end - 1]) != position + len(other.joined):
            return False
        if self.words[first:end] == other.words:
            return True
        mine = {offset - position: index for index, offset in enumerate(self.offsets[first:end], first)}
        theirs = {offset: index for index, offset in enumerate(other.offsets)}
        return all(self.is_loose(mine[at]) for at in mine.keys() - theirs.keys()) and all(
            other.is_loose(theirs[at]) for at in theirs.keys() - mine.keys()
        )


@lru_cache(maxsize=8)  # a claim's quotes, and the claims of a page, are held against the same few texts
def fold(text: str) -> Folded:
    """Fold a text."""
    bare = _MARKS.sub(lambda match: " " * len(match[0]), text)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    offsets: list[int] = []
    joined: list[str] = []
    length = 0
    for match in _TOKEN.finditer(bare):
        word = _folded(match[0])
        if joined and word[0].isdigit() and joined[-1][-1].isdigit():
            joined.append("|")  # "5 7" is not "57"
            length += 1
        words.append(word)
        starts.append(match.start())
        ends.append(match.end())
        offsets.append(length)
        joined.append(word)
        length += len(word)
    return Folded(text, tuple(words), tuple(starts), tuple(ends), "".join(joined), tuple(offsets))


def is_wide(word: str) -> bool:
    """Is this a character of a script that writes no spaces?"""
    return bool(_WIDE_CHARACTER.match(word))


def _folded(word: str) -> str:
    if word.isascii():
        return word.replace(",", "") if _THOUSANDS.match(word) else word.lower()
    if word in "−–‑":
        return "-"
    return unicodedata.normalize("NFKC", word).translate(_JOINED).casefold().translate(_JOINED) or word
