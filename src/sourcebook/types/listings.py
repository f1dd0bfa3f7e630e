"""Rows as lists show, sort and filter them. Derived from everything else."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from sourcebook.types.captures import LinkState, Outcome
from sourcebook.types.sources import SourceType


class CaptureListing(Struct, frozen=True):
    """One attempt to get a source as lists show, sort and filter it."""

    id: str
    source_id: str
    url: str
    checked_at: datetime
    captured_at: datetime
    outcome: Outcome
    reason: str
    origin: str
    status: int | None
    media_type: str
    size_bytes: int


class Listing(Struct, frozen=True):
    """One source as lists show, sort and filter it. Derived; one row a source."""

    source_id: str
    stable_id: str
    url: str
    title: str
    type: SourceType
    domain: str
    venue_id: str
    venue: str
    credibility: int | None
    importance: int
    pages: int  # how many pages cite it
    state: LinkState
    outcome: Outcome | None  # of the newest capture; None when nobody was asked
    captured_at: datetime | None  # of the capture whose words are read


class ClaimListing(Struct, frozen=True):
    """One claim of a page beside one of the sources that it leans on, as lists show, sort and filter it. Derived."""

    page_id: str
    position: int  # of the claim in its page
    source_id: str
    claim_id: str
    text: str
    start: int  # where it stands in the page's text
    line: int
    page: str  # title of the page, or its path
    path: str
    source: str  # title of the source, or its address
    url: str
    type: SourceType
    venue_id: str
    venue: str
    credibility: int | None
    importance: int  # of the source
    state: LinkState
    verdict: str  # a `Support`, by a person or else by the judge; UNJUDGED when nobody could say
    carried: str  # the same, by all sources of the claim together
    confidence: int | None  # of the judge, in hundredths: that the source fully bears the claim out
    reason: str  # why nobody could say: an `UnjudgedReason`; "" where somebody could, or nobody tried
    quote_altered: bool  # a quoted span of the claim stands in the source in other words
    problem: str  # what a person should look at, a `Waits`; "" when nothing waits
    review: str  # what a person has made of it, a `Reviewed`; "" while nobody has looked


class Reviewed(StrEnum):
    """What a person has made of a verdict."""

    CONFIRMED = "confirmed"
    OVERRULED = "overruled"  # by another verdict, or where there was none
    DISMISSED = "dismissed"  # right or wrong, there is nothing to report


class Waits(StrEnum):
    """What waits for a person about a claim and one of its sources."""

    CONTRADICTED = "contradicted"
    ALTERED_QUOTE = "altered-quote"
    NUMBER_NOT_IN_SOURCE = "number-not-in-source"
    UNSUPPORTED = "unsupported"
    UNJUDGED = "unjudged"


UNJUDGED = "unjudged"  # stands for a verdict that nobody could give


class PageListing(Struct, frozen=True):
    """One page and what it rests on, as lists show, sort and filter it. Derived."""

    page_id: str
    path: str
    title: str
    type: str
    quality: float | None
    claims: int
    supported: int  # claims, by all their sources together; the next three too
    partial: int
    flagged: int  # contradicted or unsupported, or with an altered quote, and not dismissed by a person
    unjudged: int
    strong: int  # claims that lean on a venue of 4 or more
    sources: int
    unrated: int
    dead: int
