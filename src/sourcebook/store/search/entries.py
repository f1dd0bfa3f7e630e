"""What goes into the index and what comes out of it, whichever database keeps it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

MOST_HITS = 200  # how far down a ranking is looked: nobody reads on, and what is rare ranks above


class SearchKind(StrEnum):
    """What can be looked for."""

    SOURCE = "source"
    PAGE = "page"
    CLAIM = "claim"


class Entry(Struct, frozen=True):
    """One thing to be found, and its words."""

    subject: str  # id of the source, page or claim
    fingerprint: str  # of everything below and of what decided it
    title: str
    names: str  # authors, venue, site: one a line
    text: str
    vector: bytes = b""  # what an embedding makes of it, 16-bit floats; empty without one


class Wanted(Struct, frozen=True):
    """What to look for: words of which any may be there, and what must and must not be. All in lower case."""

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()  # words and phrases

    @property
    def is_empty(self) -> bool:
        """Is there nothing to rank by?"""
        return not (self.words or self.phrases)


class Hit(Struct, frozen=True):
    """Something that was found. A higher score is better; scores of two questions cannot be compared."""

    subject: str
    score: float


class Found(Struct, frozen=True):
    """The best hits, best first, and how many there are in all; at least so many where `more` is set."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    more: bool = False


class SearchIndex(Protocol):
    """Finds things by their words. What is written is found at once."""

    def is_empty(self) -> bool:
        """Was nothing ever put into it?"""
        ...

    def fingerprints(self, kind: SearchKind) -> dict[str, str]:
        """Subject to fingerprint."""
        ...

    def save(self, kind: SearchKind, entries: Sequence[Entry]) -> None:
        """Keep entries instead of what was kept of their subjects, all or none."""
        ...

    def remove(self, kind: SearchKind, subjects: Iterable[str]) -> None:
        """Have subjects found no more."""
        ...

    def find(self, kind: SearchKind, wanted: Wanted, limit: int = MOST_HITS) -> Found:
        """What holds any of the words and all of the phrases; the rarer the words and the closer, the better."""
        ...

    def unknown(self, kind: SearchKind, words: Iterable[str]) -> list[str]:
        """Those words that nothing of the kind holds."""
        ...

    def spellings(self, word: str) -> list[str]:
        """Words of titles and names that share most of their letters with this one, the likest first."""
        ...

    def vectors(self, subjects: Sequence[str] | None = None) -> dict[str, bytes]:
        """The vectors of those sources that have one; of all of them without names."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
