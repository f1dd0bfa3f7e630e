"""Is this quote in that text? Exactly, or by one of the stated rules below; likeness is no answer. Pure.

The rules: typographic or plain quotation marks and dashes, any spaces, upper or lower case, ligatures, composed or
combined accents are the same; soft hyphens, hyphens at line ends, footnote marks and marks of no width do not count.
Everything else, a digit or a word, must be there as it is.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

LEAST_WORDS = 3  # fewer words are a term in quotation marks, and stand in many texts by chance
LEAST_WIDE = 6  # characters of a script that writes no spaces


class QuoteStatus(StrEnum):
    """What became of a quote."""

    EXACT = "exact"
    NORMALIZED = "normalized"  # found by the rules above
    ABSENT = "absent"
    TOO_SHORT = "too_short"


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """Where a quote stands: `text[start:end]`. Both are 0 unless it was found."""

    status: QuoteStatus
    start: int = 0
    end: int = 0


_QUOTED = re.compile(
    '“([^“”\n]{2,2000})[”“]|„([^„“”\n]{2,2000})[“”]|«([^«»\n]{2,2000})»|(?<![\\w"])"([^"\n]{2,2000})"(?!\\w)'
)
_SINGLE = "'‘’‚‛′`´ʼ"
_DOUBLE = '"“”„‟«»″〝〞'
_DASHES = "-‐‑‒–—―−﹣－"
_ALIKE = {mark: f"[{re.escape(group)}]" for group in (_SINGLE, _DASHES) for mark in group}
# Two single marks, and an emphasis in the text, stand for a double one in many texts.
_ALIKE |= dict.fromkeys(_DOUBLE, f"(?:[{re.escape(_DOUBLE)}]|[{re.escape(_SINGLE)}]{{1,2}})")
_ALIKE["…"] = r"(?:…|\.\s?\.\s?\.)"
_LIGATURES = {"ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ", "ffi": "ﬃ", "ffl": "ﬄ", "st": "ﬆ", "ae": "æ", "oe": "œ"}
_WIDTHLESS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_BROKEN = rf"[{_WIDTHLESS}]*(?:[-‐]\s*\n\s*)?"  # what may stand within a word
_MARK = r"(?:\[[^\]\s]{1,12}\]|[⁰¹²³⁴-⁹])*"
_SPACE = rf"{_MARK}[\s{_WIDTHLESS}]+{_MARK}"  # what may stand between two words
_APART = str.maketrans({joined: letters for letters, joined in _LIGATURES.items()} | dict.fromkeys(_WIDTHLESS, ""))
_LETTERS = re.compile("|".join(sorted(_LIGATURES, key=len, reverse=True)), re.IGNORECASE)
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_WORD = re.compile(r"[^\W_]+")
_LEFT_OUT = re.compile(r"\s*(?:\w*\[[^\]]{0,80}\]\w*|\(?(?:…|\.\s?\.\s?\.)\)?)\s*")


def quoted_spans(claim: str) -> list[str]:
    """The words that a claim puts between double quotation marks, straight or typographic, or guillemets."""
    return [next(words for words in match.groups() if words is not None).strip() for match in _QUOTED.finditer(claim)]


def find_quote(quote: str, text: str) -> QuoteMatch:
    """Look for the words of a quote in a text. Offsets are those of the text as given."""
    quote = quote.strip()
    if is_too_short(quote):
        return QuoteMatch(QuoteStatus.TOO_SHORT)
    exact = re.search(_whole(re.escape(quote), quote), text)
    if exact is not None:
        return QuoteMatch(QuoteStatus.EXACT, exact.start(), exact.end())
    # A writer's own full stop or comma stands inside the marks.
    pattern = _pattern(quote.strip(" .,;:" + _SINGLE + _DOUBLE))
    found = pattern.search(text) if pattern is not None else None
    if found is None:
        return QuoteMatch(QuoteStatus.ABSENT)
    return QuoteMatch(QuoteStatus.NORMALIZED, found.start(), found.end())


def pieces(quote: str) -> list[str]:
    """A quote without what its writer left out (…) or put in [brackets]: the parts that must each be there."""
    return [piece for piece in _LEFT_OUT.split(quote) if _WORD.search(piece)]


def is_too_short(quote: str) -> bool:
    """Is this too little to say anything about where it came from?"""
    return len(_WORD.findall(quote)) < LEAST_WORDS and len(_WIDE.findall(quote)) < LEAST_WIDE


def _pattern(quote: str) -> re.Pattern[str] | None:
    """A pattern that finds the quote by the rules. Each of its parts begins differently, so a search stays linear."""
    if not _WORD.search(quote):
        return None
    plain = unicodedata.normalize("NFC", quote).translate(_APART)
    words = (_BROKEN.join(map(_one, _tokens(word))) for word in plain.split())
    return re.compile(_whole(_SPACE.join(words), plain), re.IGNORECASE)


def _whole(pattern: str, quote: str) -> str:
    """The pattern of a quote, made to begin and end where words and numbers do: "rose 5" is not in "rose 57"."""
    if _WIDE.search(quote):
        return pattern  # no spaces, so a quote may begin in what looks like a word
    before = r"(?<![^\W_])(?<!\d[.,])" if quote[0].isalnum() else ""
    after = r"(?![^\W_]|[.,]\d)" if quote[-1].isalnum() else ""
    return before + pattern + after


def _tokens(word: str) -> list[str]:
    """The characters of a word, letters that a ligature joins kept together."""
    tokens: list[str] = []
    position = 0
    for match in _LETTERS.finditer(word):
        tokens.extend(word[position : match.start()])
        tokens.append(match[0])
        position = match.end()
    return [*tokens, *word[position:]]


def _one(token: str) -> str:
    """The pattern for one character, or for letters that a ligature may join."""
    if len(token) == 1:
        apart = unicodedata.normalize("NFD", token)  # "é" may be an e and its accent
        return _ALIKE.get(token) or (re.escape(token) if apart == token else f"(?:{token}|{apart})")
    apart = _BROKEN.join(map(re.escape, token))
    return f"(?:{apart}|{_LIGATURES[token.lower()]})"
