"""Where a source was published, how far to trust that, and how much it matters here."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from sourcebook.types.sources import SourceType

STRONG = 4  # credibility of the venues that a page may lean on without a second look


class Venue(Struct, frozen=True):
    """Where sources are published."""

    id: str
    name: str
    type: str  # "news", "journal", "government"…: see rate/venues.toml
    rules: tuple[str, ...]  # "nature.com", "forbes.com/sites"
    credibility: int | None  # 1 Low, 2 Mixed, 3 Good, 4 High, 5 Gold; None: known, not rated
    peer_reviewed: bool = False
    why: str = ""
    source_type: SourceType | None = None  # what is published there, where that is always the same
    origin: str = "sourcebook"  # or the user's file that it came from


class Signal(Struct, frozen=True):
    """One reason for a number, in words that show its input."""

    name: str
    points: float
    most: float
    words: str


class Rating(Struct, frozen=True):
    """How far to trust where a source was published."""

    credibility: int | None  # None is *unrated*, a state of its own
    label: str  # "Good"; "Unrated"
    why: str  # one sentence
    inherited: bool  # from the venue, rather than from a person's override
    venue_id: str  # "" when the venue is unknown
    venue: str
    domain: str  # the registrable domain of the source's address
    type: SourceType
    type_why: str  # where the type was read: "json-ld", "venue", "address"; "default" where nothing tells it
    venue_by: str = ""  # the registry that named the venue, "crossref"; "" where the address did


class Importance(Struct, frozen=True):
    """0 to 100, and the visible parts that made it."""

    score: int
    signals: tuple[Signal, ...]
    formula: str
    on: date | None = None  # the day it was computed, in UTC; None in what an older version kept


class Work(StrEnum):
    """Is what came back the work that the pages cite?"""

    SAME = "same"
    LIKELY = "likely"
    DIFFERENT = "different"
    UNKNOWN = "unknown"  # the pages say too little of it, or too little came back


class WorkCheck(Struct, frozen=True):
    """The answer, and what speaks for it."""

    work: Work
    why: tuple[str, ...]


class Tag(Struct, frozen=True):
    """What a source is about, in the words of this knowledge base."""

    words: str
    origin: str  # "page tag", "page title", "entity", "carried over" (from the pages that cite it)


class Counted(Struct, frozen=True):
    """What the pages say of one source by citing it."""

    pages: int  # how many pages cite it
    site_pages: int  # how many other pages cite something else on its site
    company: float  # by how many pages the other sources of its citing pages are cited, on average


class Standing(Struct, frozen=True):
    """Everything about a source that depends on who cites it and where it was published."""

    title: str
    title_origin: str  # "og:title", "imported", "citing page", "address"
    rating: Rating
    importance: Importance
    relevance: str  # one sentence that ties it to this knowledge base; "" when nobody cites it
    cited_work: WorkCheck | None = None  # None while there are no words to hold the citations against
    tags: tuple[Tag, ...] = ()  # of the pages that cite it, where the source speaks of them
    counted: Counted | None = None  # what it was rated by; None in what an older version kept
