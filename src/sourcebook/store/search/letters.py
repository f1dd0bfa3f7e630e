"""How words are cut for an index, and how like two spellings are. Pure."""

import re
from collections.abc import Iterable

from sourcebook.patterns import pattern

# the words that hold sentences together: they stand in most texts, so that they tell nothing and cost the most
STOP_WORDS = frozenset(
    """
    a an and are as at be been but by can could did do does for from had has have he her him his how i if in into is it
    its may might no nor not of on or our she should so such than that the their them then there these they this those
    to was we were what when where which who whom whose why will with would you your
    """.split()
)
LEAST_LETTERS = 4  # a shorter word has too many neighbours to guess among
_MOST_MET = 500_000  # words that are remembered: some 50 MB
_LONG = 8  # letters; from here on two slips are forgiven
_WIDE = pattern("([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f])")  # written without spaces
_WORD = re.compile(r"[^\W_]+")


def spaced(text: str) -> str:
    """The text with spaces around each character of a script that writes none, so that it can be found."""
    return text if text.isascii() or _WIDE.search(text) is None else _WIDE.sub(r" \1 ", text)


def words_of(text: str) -> list[str]:
    """Every word of a text in lower case, in order; each character of a script without spaces is one."""
    return _WORD.findall(spaced(text).casefold())


def trigrams(word: str) -> set[str]:
    """Every three neighbouring letters of a word with its edges marked."""
    edged = f"^{word}$"
    return {edged[place : place + 3] for place in range(len(edged) - 2)}


class Spellings:
    """The words that a slip may be guessed for. Remembers those that it has met, so that none is kept twice."""

    def __init__(self) -> None:
        self._met: set[str] = set()

    def rows(self, texts: Iterable[str]) -> list[dict[str, str]]:
        """Words that were not met before, with each of their trigrams, as rows of a table."""
        words = {word for some in texts for word in words_of(some) if len(word) >= LEAST_LETTERS}
        words = {word for word in words - self._met if not word.isdigit()}
        if len(self._met) < _MOST_MET:
            self._met |= words
        return [{"trigram": trigram, "word": word} for word in sorted(words) for trigram in sorted(trigrams(word))]


def likest(word: str, candidates: Iterable[str]) -> list[str]:
    """The candidates that are a slip away (two in a long word), the likest first."""
    most = 2 if len(word) >= _LONG else 1
    ranked = sorted((slips(word, other, most), other) for other in candidates if other != word)
    return [other for number, other in ranked if number <= most]


def slips(one: str, other: str, most: int) -> int:
    """How many letters are added, left out, changed or swapped with their neighbour; `most` + 1 when there are more.

    This is the optimal string alignment distance.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, theirs in enumerate(other, 1):
            best = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != theirs))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == theirs:
                best = min(best, before[column - 2] + 1)
            now.append(best)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return last[-1]
