"""A library at a glance, its venues, and what waits for a person."""

from datetime import datetime

from msgspec import Struct

from sourcebook.store import ListPage
from sourcebook.types.captures import LinkState
from sourcebook.types.findings import Rule, Severity
from sourcebook.types.ratings import Venue
from sourcebook.types.verdicts import Judgement


class VenueRecord(Struct, frozen=True):
    """One venue, and the sources that were published there."""

    venue: Venue
    label: str
    sources: ListPage


class Problem(Struct, frozen=True):
    """Something that a person should look at."""

    rule: Rule | str  # or a kind of problem that is no finding of `sourcebook check`: see `queue.py`
    severity: Severity
    words: str
    source_id: str  # "" when no source is meant
    page: str  # path; "" when no page is meant
    line: int
    title: str = ""  # of the source
    claim_id: str = ""  # the four that follow are of a claim
    claim: str = ""
    start: int = 0
    judgement: Judgement | None = None
    page_id: str = ""
    credibility: int | None = None
    state: LinkState | None = None
    importance: int = 0
    claims: int = 0  # that lean on the source
    dismissed: tuple[str, ...] = ()  # rules whose findings about the source a person has dismissed
    finding: str = ""  # of a parser: the name by which it is dismissed


class ProblemKind(Struct, frozen=True):
    """Problems of one kind: how many wait, and the first of them."""

    rule: Rule | str
    severity: Severity
    waiting: int
    first: tuple[Problem, ...]


class VenueListing(Struct, frozen=True):
    """One venue as lists show, sort and filter it."""

    venue_id: str
    name: str
    type: str
    credibility: int | None
    peer_reviewed: bool
    rules: tuple[str, ...]
    sources: int
    captured: int
    dead: int
    pages: int


class Overview(Struct, frozen=True):
    """The state of a library at a glance."""

    name: str
    pages: int
    citations: int
    claims: int
    sources: int
    captured: int
    read: int
    rated: int
    unrated: int
    facets: dict[str, dict[str, int]]
    outcomes: dict[str, int]
    problems: tuple[ProblemKind, ...]  # of each kind that waits, the riskiest first
    built_at: datetime | None
    venues: tuple[VenueListing, ...] = ()  # of which there are most sources
