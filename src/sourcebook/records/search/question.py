"""What a person types into the search box, read. Pure.

    open weights "exact words" -rumour site:example.org type:paper credibility:>=4 state:dead cited-by:page.md

Words may stand anywhere, in any order. What is in quotation marks must be there as it is, what has a minus in front
must not; a name with a colon narrows the search to sources of that kind.
"""

import re
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from sourcebook import ids
from sourcebook.errors import UsageError
from sourcebook.store.search import Wanted, words_of
from sourcebook.types.captures import LinkState
from sourcebook.types.listings import Listing
from sourcebook.types.sources import SourceType

_MOST_CHARACTERS = 1_000  # of a question: a long passage is held against texts as a quote instead
_MOST_WORDS = 64
_PART = re.compile(
    r'(?P<minus>-?)(?:(?P<name>[a-z][a-z-]*):(?P<value>"[^"]*"?|\S+)|"(?P<phrase>[^"]*)"?|(?P<word>\S+))'
)
_CREDIBILITY = re.compile(r"(?P<sign>>=|<=|>|<|=|)(?P<number>[1-5])\Z")
_CURLY = str.maketrans("“”„«»", '"""""')
UNRATED = "unrated"


class Narrowing(Struct, frozen=True):
    """Which sources are wanted. An empty field lets everything through."""

    site: str = ""
    type: SourceType | None = None
    least: int | None = None  # credibility, 1 to 5
    most: int | None = None
    unrated: bool = False
    state: LinkState | None = None
    cited_by: str = ""  # id, path or title of a page, or a part of the two

    def admits(self, listing: Listing) -> bool:
        """Is a source wanted, as far as its line in lists can tell?"""
        score = listing.credibility
        if (self.least is not None or self.most is not None) and score is None:
            return False
        return (
            (not self.site or self._is_of_site(listing))
            and (self.type is None or listing.type is self.type)
            and (self.least is None or (score is not None and score >= self.least))
            and (self.most is None or (score is not None and score <= self.most))
            and (not self.unrated or score is None)
            and (self.state is None or listing.state is self.state)
        )

    def _is_of_site(self, listing: Listing) -> bool:
        """Is it on the site, or on one below it? A copy in a web archive is on the site that it is a copy of."""
        host = ids.host(ids.original_url(listing.url) or "") or listing.domain
        return f".{host}".endswith(f".{self.site}")


class Question(Struct, frozen=True):
    """What to look for, and among which sources."""

    text: str  # as it was typed
    wanted: Wanted
    narrowing: Narrowing

    @property
    def narrows(self) -> bool:
        """Are only some sources wanted?"""
        return self.narrowing != Narrowing()


def parse_question(typed: str) -> Question:
    """Raises UsageError for a narrowing that cannot be followed; everything else is words."""
    text = " ".join(typed[:_MOST_CHARACTERS].split())
    words: list[str] = []
    phrases: list[tuple[str, ...]] = []
    without: list[tuple[str, ...]] = []
    narrowing = Narrowing()
    for part in _PART.finditer(text.translate(_CURLY)):
        name, value = part["name"], (part["value"] or "").strip('"')
        if name in _NARROWINGS and not part["minus"]:
            narrowing = _NARROWINGS[name](narrowing, value)
            continue
        found = tuple(words_of(part[0]))
        if not found:
            continue
        if part["minus"]:
            without.append(found)
        elif part["phrase"] is not None:
            phrases.append(found)
        else:
            words += found
    some = tuple(dict.fromkeys(words))[:_MOST_WORDS]
    return Question(text, Wanted(some, tuple(phrases), tuple(without)), narrowing)


def _site(before: Narrowing, value: str) -> Narrowing:
    host = value.casefold().partition("//")[2] or value.casefold()
    return replace(before, site=host.partition("/")[0].removeprefix("www."))


def _type(before: Narrowing, value: str) -> Narrowing:
    named = value.casefold().replace("-", " ").replace("_", " ")
    for one in SourceType:
        if one.value.replace("-", " ").replace("_", " ") == named:
            return replace(before, type=one)
    raise UsageError(f"no type of source is called {value!r}", f"type: {', '.join(SourceType)}")


def _credibility(before: Narrowing, value: str) -> Narrowing:
    if value.casefold() == UNRATED:
        return replace(before, unrated=True)
    match = _CREDIBILITY.match(value)
    if match is None:
        raise UsageError(
            f"cannot compare credibility with {value!r}", "write credibility:4, credibility:>=4 or credibility:unrated"
        )
    number = int(match["number"])
    least = {">": number + 1, ">=": number, "=": number, "": number}.get(match["sign"], before.least)
    most = {"<": number - 1, "<=": number, "=": number, "": number}.get(match["sign"], before.most)
    return replace(before, least=least, most=most)


def _state(before: Narrowing, value: str) -> Narrowing:
    for one in LinkState:
        if one.value == value.casefold():
            return replace(before, state=one)
    raise UsageError(f"no state of a link is called {value!r}", f"state: {', '.join(LinkState)}")


def _cited_by(before: Narrowing, value: str) -> Narrowing:
    return replace(before, cited_by=value)


_NARROWINGS: dict[str, Callable[[Narrowing, str], Narrowing]] = {
    "site": _site,
    "type": _type,
    "credibility": _credibility,
    "state": _state,
    "cited-by": _cited_by,
}
