"""Is this quote in that text? Exactly, by a stated rule, or not at all: likeness is no answer. Pure.

What a quote may change without becoming another one stands in folding.py. What its writer left out (…) or put in
[brackets] may be passed over, but the parts must stand in order and near each other. Everything else, a digit or a
word, must be there as it is; where nearly all of it is, the difference is said.
"""

import re
from bisect import bisect_left
from itertools import islice

from msgspec import Struct

from sourcebook.types.documents import Passage
from sourcebook.types.verdicts import QuoteCheck, QuoteStatus
from sourcebook.verify.folding import Folded, fold, is_wide
from sourcebook.verify.likeness import difference, nearest

LEAST_WORDS = 3  # fewer words are a term in quotation marks, and stand in many texts by chance
LEAST_WIDE = 6  # characters of a script that writes no spaces
FOUND = frozenset({QuoteStatus.EXACT, QuoteStatus.NORMALIZED, QuoteStatus.ELIDED, QuoteStatus.AMBIGUOUS})

_MOST_LEFT_OUT = 1_500  # characters that … may stand for: a few paragraphs, not a few pages
_MOST_REPLACED = 160  # characters that [the company] may stand for
_MOST_STARTS = 200  # places of a first part that are followed up
_PLAIN_WORDS = 5  # fewer words than this may stand in several places of a text that say different things

_SMALL = frozenset("a an and at but by for from in into is of on or s the to v vs with".split())  # in titles, too
_QUOTED = re.compile(
    '“([^“”\n]{2,2000})[”“]|„([^„“”\n]{2,2000})[“”]|«([^«»\n]{2,2000})»|»([^«»\n]{2,2000})«|(?<![\\w"])"([^"\n]{2,2000})"(?!\\w)'
)
_ELLIPSIS = r"[\[(]?\s*(?:…|\.\s?\.\s?\.(?:\s?\.)?)\s*[\])]?"
_BRACKET = r"\w*\[(?!\^?\d{1,3}\])[^\]\n]{0,80}\]\w*"
_LEFT_OUT = re.compile(rf"(?P<ellipsis>{_ELLIPSIS})|(?P<bracket>{_BRACKET})")


class _Part(Struct, frozen=True):
    """Words of a quote between what was left out, and how far they may be from the words before."""

    words: Folded
    reach: int


def quoted_spans(claim: str) -> list[str]:
    """The words that a claim puts between double quotation marks, straight or typographic, or guillemets."""
    return [next(words for words in match.groups() if words is not None).strip() for match in _QUOTED.finditer(claim)]


def check_quotes(claim: str, text: str) -> tuple[QuoteCheck, ...]:
    """Every double-quoted span of a claim, each held against the text by itself."""
    return tuple(check_quote(quote, text) for quote in quoted_spans(claim))


def check_quote(quote: str, text: str) -> QuoteCheck:
    """Look for the words of a quote in a text. The passage has the offsets of the text as given."""
    quote = quote.strip()
    if is_too_short(quote):
        return QuoteCheck(quote, QuoteStatus.TOO_SHORT)
    spelled = _exactly(quote, text)
    if spelled:
        return QuoteCheck(quote, _status(QuoteStatus.EXACT, quote, len(spelled)), spelled[0])
    folded, wanted = fold(text), fold(quote)
    places = folded.places(wanted)
    if places:
        status = _status(QuoteStatus.NORMALIZED, quote, len(places))
        return QuoteCheck(quote, status, _passage(folded, places[0]))
    parts = _parts(quote)
    if len(parts) > 1 or (parts and parts[0].words.words != wanted.words):
        run = _in_order(parts, folded)
        if run is not None:
            return QuoteCheck(quote, QuoteStatus.ELIDED, _passage(folded, run))
    return _altered(quote, parts, folded)


def is_too_short(quote: str) -> bool:
    """Is this too little to say anything about where it came from?"""
    words = fold(quote).words
    return len(words) < LEAST_WORDS or (all(map(is_wide, words)) and len(words) < LEAST_WIDE)


def is_title(quote: str) -> bool:
    """Are these the words of a title, "The Making of the President", rather than of somebody who is quoted?"""
    words = [word for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", quote) if word not in _SMALL]
    return bool(words) and all(word[0].isupper() for word in words)


def _exactly(quote: str, text: str) -> list[Passage]:
    """The first two places where a quote stands letter by letter, between whole words and numbers."""
    before = r"(?<![^\W_])(?<!\d[.,])" if quote[0].isalnum() and not is_wide(quote[0]) else ""
    after = r"(?![^\W_]|[.,]\d)" if quote[-1].isalnum() and not is_wide(quote[-1]) else ""
    found = re.finditer(before + re.escape(quote) + after, text)
    return [Passage(*match.span(), quote) for match in islice(found, 2)]


def _status(status: QuoteStatus, quote: str, places: int) -> QuoteStatus:
    """The status, unless a few words stand in several places and might be meant in any."""
    return QuoteStatus.AMBIGUOUS if places > 1 and len(fold(quote).words) < _PLAIN_WORDS else status


def _passage(folded: Folded, run: tuple[int, int]) -> Passage:
    start, end = folded.span(*run)
    return Passage(start, end, folded.original[start:end])


def _parts(quote: str) -> list[_Part]:
    """A quote without what its writer left out or put in: the parts that must each be there."""
    parts: list[_Part] = []
    start, reach = 0, 0
    for match in _LEFT_OUT.finditer(quote):
        _add(parts, quote[start : match.start()], reach)
        start = match.end()
        reach = max(reach if not parts else 0, _MOST_LEFT_OUT if match["ellipsis"] else _MOST_REPLACED)
    _add(parts, quote[start:], reach)
    return parts


def _add(parts: list[_Part], words: str, reach: int) -> None:
    folded = fold(words)
    if folded.words:
        parts.append(_Part(folded, reach))


def _in_order(parts: list[_Part], folded: Folded) -> tuple[int, int] | None:
    """The shortest run of words that holds every part in order, each near the one before; None when there is none."""
    if sum(len(part.words.words) for part in parts) < LEAST_WORDS:
        return None
    distinct = {part.words.joined: part.words for part in parts}  # a hostile quote repeats one part a thousand times
    found = {joined: folded.places(words) for joined, words in distinct.items()}
    places = [found[part.words.joined] for part in parts]
    best: tuple[int, int] | None = None
    for first in places[0][:_MOST_STARTS]:
        end = _followed(first[1], parts, places, folded)
        if end is not None and (best is None or end - first[0] < best[1] - best[0]):
            best = first[0], end
    return best


def _followed(end: int, parts: list[_Part], places: list[list[tuple[int, int]]], folded: Folded) -> int | None:
    """Where the last part ends when each stands after the one before it, as near as may be."""
    for part, found in zip(parts[1:], places[1:], strict=True):
        index = bisect_left(found, (end, end))
        if index == len(found) or folded.starts[found[index][0]] - folded.ends[end - 1] > part.reach:
            return None
        end = found[index][1]
    return end


def _altered(quote: str, parts: list[_Part], folded: Folded) -> QuoteCheck:
    """What stands in the text that is nearly the quote, and how it differs."""
    words = tuple(word for part in parts for word in part.words.words)
    run = nearest(words, folded)
    if run is None:
        return QuoteCheck(quote, QuoteStatus.ABSENT)
    return QuoteCheck(quote, QuoteStatus.ALTERED, _passage(folded, run), difference(words, folded.words[slice(*run)]))
