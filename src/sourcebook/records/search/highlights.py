"""The place in a text that answers a question best, and which of its words do. Pure."""

import re
from collections.abc import Iterable

from msgspec import Struct

from sourcebook.store.search import STOP_WORDS, Wanted

_SHOWN = 240  # characters of a place
_MOST_READ = 400_000  # characters of a text that are looked through
_MOST_PLACES = 2_000
_LINE_MARK = re.compile(r"(?:#{1,6}|>|[-*|]|\d{1,3}\.)[ \t]+")  # of a heading, a quotation, an item or a row
_ENDINGS = ("ations", "ation", "ities", "ments", "ness", "ment", "ings", "ions", "ies", "ity", "ing", "ion", "ive",
            "ers", "ed", "er", "es", "ly", "al", "s", "y", "e")  # fmt: skip
_LEAST_STEM = 4  # letters; a shorter stem would mark words that have nothing to do with it


class Stretch(Struct, frozen=True):
    """Some letters of a place, and whether they are what was looked for."""

    text: str
    hit: bool


class Glimpse(Struct, frozen=True):
    """A place of a text: `text[start:end]`, cut where hits begin and end."""

    start: int
    end: int
    stretches: tuple[Stretch, ...]

    @property
    def has_hits(self) -> bool:
        """Does anything that was looked for stand here?"""
        return any(one.hit for one in self.stretches)


def glimpse(text: str, wanted: Wanted) -> Glimpse:
    """The place that holds the most of what was looked for; the beginning of the text where none does."""
    pattern = _pattern(wanted)
    places = _places(pattern, text) if pattern is not None else []
    start, end = _window(text, places)
    hits = [(max(one, start), min(other, end)) for one, other, _ in places if one < end and other > start]
    return Glimpse(start, end, tuple(_stretches(text, start, end, hits)))


def _pattern(wanted: Wanted) -> re.Pattern[str] | None:
    """What finds the words in any of their forms: an index knows them by their stems."""
    words = [word for word in wanted.words if word not in STOP_WORDS] or list(wanted.words)
    parts = [_in_a_row(phrase) for phrase in wanted.phrases] + [_form(word) for word in words]
    if not parts:
        return None
    return re.compile("|".join(f"({part})" for part in parts), re.IGNORECASE)


def _in_a_row(words: Iterable[str]) -> str:
    return r"[\W_]{1,6}".join(map(_form, words))


def _form(word: str) -> str:
    if not word.isascii():  # a script without spaces has no edges of words either
        return re.escape(word) + (r"\w{0,4}" if word.isalpha() and len(word) > 3 else "")
    stem = _stem(word)
    if len(stem) <= _LEAST_STEM and stem == word:
        return rf"\b{re.escape(word.removesuffix('s') or word)}(?:s|es)?\b"
    return rf"\b{re.escape(stem)}\w{{0,6}}\b"


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return word.removesuffix(ending)
    return word


def _places(pattern: re.Pattern[str], text: str) -> list[tuple[int, int, int]]:
    """Start, end and the number of the part of each place, in order."""
    found: list[tuple[int, int, int]] = []
    for match in pattern.finditer(text, 0, _MOST_READ):
        found.append((match.start(), match.end(), match.lastindex or 0))
        if len(found) == _MOST_PLACES:
            break
    return found


def _window(text: str, places: list[tuple[int, int, int]]) -> tuple[int, int]:
    """The edges of the place with the most different words, then the most words, then the first; at edges of words."""
    if not places:
        return _words_from(text, 0), _edge(text, min(len(text), _SHOWN))
    best, chosen = (0, 0), places[0][0]
    last = 0
    for first, (start, _, _) in enumerate(places):
        last = max(last, first)
        while last < len(places) and places[last][1] <= start + _SHOWN:
            last += 1
        inside = places[first:last] or [places[first]]
        worth = (len({part for _, _, part in inside}), len(inside))
        if worth > best:
            best, chosen = worth, start
    start = max(text.rfind("\n", 0, chosen) + 1, chosen - _SHOWN // 4)
    sentence = max(text.rfind(stop, start, chosen) for stop in (". ", "? ", "! "))
    if sentence >= 0:
        start = sentence + 2
    elif start and not text[start - 1].isspace():
        start = min(chosen, _next_word(text, start))
    start = min(chosen, _words_from(text, start))
    end = _edge(text, min(len(text), max(start + _SHOWN, chosen + 1)))
    heading = text.find("\n#", chosen, end)  # what stands under the next heading is about something else
    return start, heading if heading > 0 else end


def _words_from(text: str, start: int) -> int:
    """Where the words of a line begin: readers are shown these, not what makes a line a heading."""
    mark = _LINE_MARK.match(text, start) if not start or text[start - 1] == "\n" else None
    return mark.end() if mark else start


def _next_word(text: str, place: int) -> int:
    while place < len(text) and not text[place].isspace():
        place += 1
    return place + 1


def _edge(text: str, end: int) -> int:
    """The end of the last whole word before; `end` itself within a very long one."""
    if end >= len(text) or text[end].isspace():
        return end
    space = max(text.rfind(" ", max(0, end - 60), end), text.rfind("\n", max(0, end - 60), end))
    return space if space > 0 else end


def _stretches(text: str, start: int, end: int, hits: list[tuple[int, int]]) -> Iterable[Stretch]:
    at = start
    for one, other in hits:
        if one > at:
            yield Stretch(text[at:one], hit=False)
        if other > max(one, at):
            yield Stretch(text[max(one, at) : other], hit=True)
        at = max(at, other)
    if at < end:
        yield Stretch(text[at:end], hit=False)
