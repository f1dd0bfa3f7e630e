"""A page of the knowledge base as readers see it: its claims, and what it rests on."""

from msgspec import Struct

from sourcebook.check import Reported
from sourcebook.types.captures import LinkState
from sourcebook.types.pages import CitationKind, Page
from sourcebook.types.reviews import Review
from sourcebook.types.verdicts import Judgement, Support


class PageCitation(Struct, frozen=True):
    """A citation as its page shows it."""

    line: int
    column: int
    kind: CitationKind
    label: str
    url: str
    source_id: str
    source_title: str
    credibility: int | None
    state: LinkState | None
    claim: str
    start: int = 0  # in the page's text
    end: int = 0
    footnote: str = ""  # the footnote that is referred to


class ClaimAnswer(Struct, frozen=True):
    """What one of the sources that a claim cites says of it."""

    source_id: str  # "" when nobody knows the source
    title: str
    url: str
    credibility: int | None
    state: LinkState | None
    judgement: Judgement | None  # None when no build has met the claim with this source
    review: Review | None  # a person's word; it outranks the judgement


class PageClaim(Struct, frozen=True):
    """A statement of a page, and what its sources say of it."""

    id: str
    text: str
    line: int
    column: int
    start: int  # in the page's text
    end: int
    support: Support | None  # of all its sources together; None when nobody could say
    answers: tuple[ClaimAnswer, ...]


class PageHealth(Struct, frozen=True):
    """What a page rests on."""

    citations: int
    sources: int
    rated: int
    unrated: int
    dead: int
    claims: int = 0
    judged: int = 0  # claims of which a source says something
    supported: int = 0  # claims, by all their sources together
    partial: int = 0
    flagged: int = 0  # claims that are contradicted or unsupported, or quote their source in other words
    strong: int = 0  # claims that lean on a venue of 4 or more


class PageRecord(Struct, frozen=True):
    """One page of the knowledge base, with what it cites."""

    page: Page
    text: str
    claims: tuple[PageClaim, ...]
    citations: tuple[PageCitation, ...]
    findings: tuple[Reported, ...]
    counts: PageHealth
    dismissed: tuple[Review, ...] = ()  # words by which people took findings of the parser out of `findings`
