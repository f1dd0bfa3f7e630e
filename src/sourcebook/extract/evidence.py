"""What a page says about itself, as values. `walk.py` gathers it; each field has a file that chooses from it in a
stated order and keeps what disagrees."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import NamedTuple

from msgspec import Struct

from sourcebook.extract.json_ld import Thing
from sourcebook.types.documents import Confidence, Conflict

MOST_CONFLICTS = 5  # of one field: more of them tell nobody more
MOST_CONFLICT_CHARACTERS = 300
_NEAR_PIECES = 30  # texts before and after the title in which a byline or a date may stand
_NEAR_CHARACTERS = 600
_NO_LETTER = re.compile(r"[\W_]+")


class Found(NamedTuple):
    """A value, where on the page it was read, and how sure that makes us."""

    value: str
    origin: str
    confidence: Confidence = Confidence.HIGH
    conflicts: tuple[Conflict, ...] = ()


class Several(NamedTuple):
    """The same of a field with more than one value."""

    values: tuple[str, ...]
    origin: str
    confidence: Confidence = Confidence.HIGH
    conflicts: tuple[Conflict, ...] = ()


class Mark(Struct, frozen=True):
    """A place in the markup that names an author or a date."""

    words: str
    origin: str  # "itemprop", "rel=author", "time", "byline"


class Beside(NamedTuple):
    """The texts around the title, where bylines, dates and identifiers stand, in order."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class Evidence(Struct, frozen=True):
    """Everything on a page that its fields are chosen from."""

    url: str
    metas: dict[str, tuple[str, ...]]  # by lower-case name, property or itemprop
    things: tuple[Thing, ...]  # JSON-LD, the one that describes this page first
    title: str  # of <title>
    headings: tuple[str, ...]  # h1, in order
    headlines: tuple[str, ...]  # what the markup calls a headline, in order
    bylines: tuple[Mark, ...]
    dates: tuple[Mark, ...]
    pieces: tuple[str, ...]  # the texts of the body one by one, in order, the long ones cut
    language: str  # <html lang>
    canonical: str  # <link rel=canonical>, as written
    licence: str  # <a rel=license>, as written
    links: tuple[str, ...]  # to works, by their DOI

    def meta(self, *names: str) -> Found | None:
        """The first of these meta tags that says anything."""
        for name in names:
            for value in self.metas.get(name, ()):
                return Found(value, name)
        return None

    def all_metas(self, *names: str) -> tuple[str, tuple[str, ...]]:
        """Every value of the first of these meta tags that is there, and its name."""
        for name in names:
            if values := self.metas.get(name):
                return name, values
        return "", ()

    def beside(self, title: str) -> Beside:
        """What stands just before and just after the title; the first texts of a page on which it does not stand."""
        wanted = fold(title)
        places = [at for at, piece in enumerate(self.pieces) if len(piece) * 2 >= len(wanted) and _is_in(piece, wanted)]
        if not places:
            return Beside((), _near(self.pieces))
        position = [at for at in places if at - places[0] < _NEAR_PIECES][-1]  # the first may be a crumb
        return Beside(tuple(reversed(_near(self.pieces[:position][::-1]))), _near(self.pieces[position + 1 :]))


def _is_in(piece: str, title: str) -> bool:
    """Is a text most of the title, or does it begin with it?"""
    folded = fold(piece)
    return bool(folded) and len(folded) * 2 >= len(title) and (folded in title or folded.startswith(title))


def _near(pieces: tuple[str, ...]) -> tuple[str, ...]:
    near: list[str] = []
    size = 0
    for piece in pieces[:_NEAR_PIECES]:
        near.append(piece)
        size += len(piece)
        if size > _NEAR_CHARACTERS:
            break
    return tuple(near)


def conflicts_with(chosen: str, others: Iterable[Found], same: Callable[[str, str], bool]) -> tuple[Conflict, ...]:
    """What other places say that is not the same as what was chosen, each value once."""
    kept: list[Conflict] = []
    for other in others:
        known = [chosen, *(one.value for one in kept)]
        if other.value and len(kept) < MOST_CONFLICTS and not any(same(other.value, one) for one in known):
            kept.append(Conflict(other.value[:MOST_CONFLICT_CHARACTERS], other.origin))
    return tuple(kept)


def fold(text: str) -> str:
    """Letters and digits only, without case or accents."""
    plain = text.casefold() if text.isascii() else unicodedata.normalize("NFKD", text).casefold()
    return _NO_LETTER.sub("", plain)
