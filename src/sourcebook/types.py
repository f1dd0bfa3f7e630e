"""The nouns of Sourcebook: frozen values, one word per idea.

Times are aware and in UTC. Offsets count Unicode code points and are half-open: `text[start:end] == quote`.
Lines and columns count from 1.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

# --- pages and what they cite -------------------------------------------------------------------


class CitationKind(StrEnum):
    """How a page points outside."""

    LINK = "link"  # [label](address)
    REFERENCE = "reference"  # [label][name], the address in a definition elsewhere
    AUTOLINK = "autolink"  # <https://…>
    BARE = "bare"  # https://… in running text
    FOOTNOTE = "footnote"  # [^1], the address in the footnote's definition
    ANCHOR = "anchor"  # <a href="…">
    CITE = "cite"  # <cite>, <blockquote cite="…"> and <q cite="…">
    COMPONENT = "component"  # <R id="…">, a component that names a registered source


class Rule(StrEnum):
    """What a finding is about. Each has an entry in docs/findings.md."""

    UNDEFINED_FOOTNOTE = "undefined-footnote"
    UNUSED_FOOTNOTE = "unused-footnote"
    UNDEFINED_REFERENCE = "undefined-reference"
    UNKNOWN_SOURCE = "unknown-source"
    UNUSABLE_ADDRESS = "unusable-address"
    UNREADABLE_PAGE = "unreadable-page"
    BROKEN_FRONT_MATTER = "broken-front-matter"
    BROKEN_MARKUP = "broken-markup"
    STEP_FAILED = "step-failed"
    NON_TEXT = "non-text"
    RETRACTED = "retracted"
    CORRECTED = "corrected"
    DEAD_LINK = "dead-link"
    SUSPECT_LINK = "suspect-link"
    NO_ANSWER = "no-answer"
    SOFT_404 = "soft-404"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    PARTLY_SUPPORTED = "partly-supported"
    ALTERED_QUOTE = "altered-quote"
    NUMBER_NOT_IN_SOURCE = "number-not-in-source"
    LOW_CREDIBILITY = "low-credibility"
    NO_CREDIBILITY = "no-credibility"
    PAYWALLED = "paywalled"
    WRONG_WORK = "wrong-work"
    UNCITED_NUMBER = "uncited-number"
    COVERAGE_DROPPED = "coverage-dropped"
    BROKEN_IGNORE = "broken-ignore"
    UNUSED_IGNORE = "unused-ignore"


class Severity(StrEnum):
    """How bad a finding is; the worst first."""

    ERROR = "error"  # wrong or lost
    WARNING = "warning"  # doubtful
    NOTE = "note"  # untidy, or good to know


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the pages or the library that a person should look at."""

    rule: Rule
    page: str  # path of the page, or "" when the library itself is meant
    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the knowledge base."""

    id: str  # `ids.page_id(path)`
    path: str  # from the corpus folder, with forward slashes
    title: str
    type: str  # as readers see it, "Approach"; "" when the page does not say
    quality: float | None  # None when the page does not say
    digest: str  # SHA-256 of the file's bytes, hex
    description: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """The statement that a citation, or a run of adjacent ones, is attached to."""

    id: str  # `ids.claim_id(text)`: the same words are the same claim, wherever they stand
    text: str  # one sentence, table row or list item, markup stripped
    heading: str  # the section that it stands in
    before: str  # the sentence before it in the same block, for its pronouns
    start: int  # where the statement stands in the page's text
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a page that points outside."""

    line: int
    column: int
    start: int
    end: int
    kind: CitationKind
    label: str  # the words that carry the link, markup stripped
    target: str  # as written: an address, or the id that a component names
    url: str  # the absolute address; "" when the target is an id, or a footnote without address
    footnote: str  # the footnote that is referred to; "" unless kind is FOOTNOTE
    definition: str  # the footnote in whose definition the link stands; "" for all others
    claim: Claim | None  # None inside a footnote's definition


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A page and everything found in it."""

    page: Page
    text: str  # the page's own text, markup and all; offsets point into it
    citations: tuple[Citation, ...]
    findings: tuple[Finding, ...]


# --- sources -------------------------------------------------------------------------------------


class SourceType(StrEnum):
    """What kind of thing a source is."""

    NEWS_ARTICLE = "news article"
    PAPER = "paper"
    PREPRINT = "preprint"
    REPORT = "report"
    BLOG_POST = "blog post"
    GOVERNMENT = "government"
    REFERENCE = "reference"
    BOOK = "book"
    TALK = "talk"
    PODCAST = "podcast"
    DATASET = "dataset"
    CODE = "code"
    FORUM = "forum"
    PRESS_RELEASE = "press release"
    WEB_PAGE = "web page"


@dataclass(frozen=True, slots=True)
class Imported:
    """What another system said about a source when it was imported. Kept as it came; ours and a person's word are
    kept beside it."""

    title: str = ""
    type: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""  # ISO 8601, to the precision that was given
    summary: str = ""
    key_points: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    origin: str = ""  # the file that it came from


@dataclass(frozen=True, slots=True)
class Source:
    """The thing cited, once, however it is linked."""

    id: str  # Resource ID of the first address under which we met it
    stable_id: str
    match_key: str
    url: str  # as first cited
    added_at: datetime
    aliases: tuple[str, ...] = ()  # every other address seen for it, and foreign ids that were imported
    imported: Imported | None = None


# --- what was there -------------------------------------------------------------------------------


class Outcome(StrEnum):
    """What happened when we asked for a source. Only OK is read further."""

    OK = "ok"
    GONE = "gone"  # the server says that it is not there (404, 410)
    WALLED = "walled"  # a login, a consent page, a site that answers nobody
    PAYWALLED = "paywalled"
    BLOCKED = "blocked"  # a bot challenge or 401/403: says nothing about the source
    LIMITED = "limited"  # 429 or 503: asked too often, or not now
    UNREACHABLE = "unreachable"  # no answer, or an answer that broke off
    SOFT_GONE = "soft_gone"  # status 200 over a "not found" page
    PARKED = "parked"
    THIN = "thin"  # an answer with next to no words in it
    WRONG_TYPE = "wrong_type"  # a kind of file that we do not read
    REFUSED_BY_POLICY = "refused_by_policy"
    REFUSED_BY_ROBOTS = "refused_by_robots"


class LinkState(StrEnum):
    """Is a source still there? Decided over its captures by `freshness.py`."""

    ALIVE = "alive"
    SUSPECT = "suspect"
    DEAD = "dead"
    UNKNOWN = "unknown"


UPLOAD = "upload"  # origin of a copy that a person filed
MEMENTO = "memento "  # origin of a copy that somebody else's archive gave, before the archive's host
BROWSER = "browser"  # origin of a copy that was taken from a page after its scripts had run
NEEDS_SCRIPT = "it asks for JavaScript"  # in the reason of a page that shows next to nothing without


@dataclass(frozen=True, slots=True)
class Pause:
    """A host that is left alone for a while, because it said that it is asked too often."""

    host: str
    until: datetime
    times: int  # that it said so in a row; 0 when it answers again
    why: str


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """What a site's robots.txt said, and when. "" allows everything."""

    site: str  # "https://example.org"
    read_at: datetime
    text: str


Learned = Pause | RobotsFile


@dataclass(frozen=True, slots=True)
class Lull:
    """Between answers: no other is at hand just now, so those that came had better be kept."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A source to ask for, and what we know of the copy that we hold and of its host."""

    source_id: str
    url: str
    etag: str = ""
    last_modified: str = ""
    pause: Pause | None = None
    robots: RobotsFile | None = None
    at: datetime | None = None  # of an archive: the copy nearest to this moment


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, as they went over the wire."""

    url: str
    at: datetime  # when the answer began
    request_head: bytes  # request line and headers, CRLF, with the blank line that ends them
    response_head: bytes  # status line and headers as sent, with the blank line
    body: bytes  # as sent, still content-encoded
    ip: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer in hand, not yet kept."""

    source_id: str
    url: str  # as asked for
    final_url: str
    checked_at: datetime
    captured_at: datetime
    outcome: Outcome
    reason: str
    origin: str  # "web", BROWSER, the name of the archive file that answered, UPLOAD, or MEMENTO and its host
    status: int | None = None
    media_type: str = ""
    charset: str = ""
    etag: str = ""
    last_modified: str = ""
    body: bytes = b""  # decoded
    exchanges: tuple[Exchange, ...] = ()  # one for each redirect, or for what a page loaded; the last is the answer
    screenshot: bytes = b""  # JPEG, of a page that a browser showed


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A source that nobody was asked for, and why. Says nothing about the source."""

    source_id: str
    url: str
    why: str  # "offline", "no network", "not in demo.wacz"


@dataclass(frozen=True, slots=True)
class WarcPosition:
    """Where a response record stands in the archive."""

    file: str  # name within the archive folder
    offset: int
    length: int  # bytes of the compressed member


@dataclass(frozen=True, slots=True)
class Capture:
    """One attempt to get a source at one moment. Never edited."""

    id: str  # `ids.capture_id(source_id, checked_at)`
    source_id: str
    url: str  # as asked for
    final_url: str  # after redirects
    checked_at: datetime  # when we asked
    captured_at: datetime  # when the bytes were served: earlier than checked_at for an archived copy
    outcome: Outcome
    reason: str  # in words, with the evidence: "status 404", "title says 'Just a moment…'"
    origin: str  # "web", BROWSER, the name of the archive file that answered, UPLOAD, or MEMENTO and its host
    status: int | None = None
    media_type: str = ""  # without parameters, lower case
    charset: str = ""  # as the server said
    etag: str = ""
    last_modified: str = ""
    size_bytes: int = 0  # of the decoded body
    body_digest: str = ""  # SHA-256 of the decoded body, hex; "" without one
    position: WarcPosition | None = None

    @property
    def asked(self) -> bool:
        """Was the source itself asked? A copy that somebody else gave says nothing of whether it is still there."""
        return self.origin != UPLOAD and not self.origin.startswith(MEMENTO)

    @property
    def rendered(self) -> bool:
        """Is it the page as its scripts made it, rather than as it was sent?"""
        return self.origin == BROWSER

    @property
    def needs_script(self) -> bool:
        """Does it show next to nothing because no script was run?"""
        return self.outcome is Outcome.THIN and not self.rendered and NEEDS_SCRIPT in self.reason


@dataclass(frozen=True, slots=True)
class CaptureListing:
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


@dataclass(frozen=True, slots=True)
class Listing:
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


@dataclass(frozen=True, slots=True)
class ClaimListing:
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
    UNSUPPORTED = "unsupported"
    UNJUDGED = "unjudged"


UNJUDGED = "unjudged"  # stands for a verdict that nobody could give


@dataclass(frozen=True, slots=True)
class PageListing:
    """One page and what it rests on, as lists show, sort and filter it. Derived."""

    page_id: str
    path: str
    title: str
    type: str
    quality: float | None
    claims: int
    supported: int  # claims, by all their sources together; the next three too
    partial: int
    flagged: int  # contradicted or unsupported
    unjudged: int
    strong: int  # claims that lean on a venue of 4 or more
    sources: int
    unrated: int
    dead: int


# --- what we make of it ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a document, and where they stand: `text[start:end] == quote`."""

    start: int
    end: int
    quote: str


class Confidence(StrEnum):
    """How sure we are of a field. Only what is HIGH may be cited as certain."""

    HIGH = "high"  # said in a place that is made for it, and not denied elsewhere
    MEDIUM = "medium"  # said in a place that is often right, or denied elsewhere
    LOW = "low"  # a guess, from running text or from the address


class Completeness(StrEnum):
    """How much of the work a document holds."""

    FULL = "full"
    ABSTRACT = "abstract"  # the summary of a paper, a book or a talk, without the work itself
    PREVIEW = "preview"  # the beginning: the rest is behind a paywall or a login
    FRAGMENT = "fragment"  # a few words, too few to be the work
    NONE = "none"  # no words at all


@dataclass(frozen=True, slots=True)
class Conflict:
    """What another place in a document says of a field, where that is not what was chosen."""

    value: str
    origin: str


class RegionKind(StrEnum):
    """What a part of a document is, where it is not what the document itself says."""

    REFERENCES = "references"  # a bibliography: the names of other works
    FOOTNOTES = "footnotes"
    LINKS = "links"  # ways to other pages: see also, external links, related
    COMMENTS = "comments"  # what readers said


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a document's text in which no evidence is to be looked for: `text[start:end]`."""

    kind: RegionKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PageStart:
    """From this place of a text on, its words stand on this page of the file, counted from 1."""

    start: int
    page: int


@dataclass(frozen=True, slots=True)
class Document:
    """The words of a capture and what it says about itself. `origins` tells where each field was read:
    `{"title": "og:title", "published": "json-ld"}`; `confidences` how sure that makes us; `conflicts` what else was
    said."""

    text: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""  # ISO 8601, to the precision that is known
    modified: str = ""
    site_name: str = ""
    language: str = ""  # BCP 47, "en"
    description: str = ""  # the publisher's own abstract or description
    canonical: str = ""
    type: SourceType | None = None  # None when the page does not say
    doi: str = ""
    tags: tuple[str, ...] = ()
    pages: int | None = None  # of a PDF
    origins: dict[str, str] | None = None
    confidences: dict[str, Confidence] = field(default_factory=dict)  # of every field that has an origin
    conflicts: dict[str, tuple[Conflict, ...]] = field(default_factory=dict)
    organisations: tuple[str, ...] = ()  # that are named as authors
    identifiers: tuple[str, ...] = ()  # of the work, as `works.py` writes them: "doi:10.5555/x", "arxiv:2401.00001"
    licence: str = ""  # the address or the name of a licence
    section: str = ""  # the part of the site or journal that it stands in
    completeness: Completeness = Completeness.FULL
    regions: tuple[Region, ...] = ()  # in the order in which they stand, none within another
    page_starts: tuple[PageStart, ...] = ()  # of a PDF, in the order of the text; footnotes may step back a page

    def page_at(self, offset: int) -> int | None:
        """The page of the file on which a place of the text stands; None where the file has no pages."""
        before = [start.page for start in self.page_starts if start.start <= offset]
        return before[-1] if before else None


class NoticeKind(StrEnum):
    """What was made known of a work after it was published."""

    RETRACTION = "retraction"
    WITHDRAWAL = "withdrawal"  # by its authors
    CONCERN = "expression of concern"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice about a work."""

    kind: NoticeKind
    date: str  # ISO 8601; "" when the registry does not say
    identifier: str  # of the notice itself, "doi:10.5555/x"; "" when the registry does not say
    origin: str  # the registry


@dataclass(frozen=True, slots=True)
class RegistryEntry:
    """What registries say of a work. `origins` tells which of them said each field."""

    source_id: str
    keys: tuple[str, ...]  # that it was asked for by
    asked_at: datetime
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    venue: str = ""  # as the registry writes it
    peer_reviewed: bool | None = None  # None when no registry says
    notices: tuple[Notice, ...] = ()
    origins: dict[str, str] = field(default_factory=dict)


STRONG = 4  # credibility of the venues that a page may lean on without a second look


@dataclass(frozen=True, slots=True)
class Venue:
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


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason for a number, in words that show its input."""

    name: str
    points: float
    most: float
    words: str


@dataclass(frozen=True, slots=True)
class Rating:
    """How far to trust where a source was published."""

    credibility: int | None  # None is *unrated*, a state of its own
    label: str  # "Good"; "Unrated"
    why: str  # one sentence
    inherited: bool  # from the venue, rather than from a person's override
    venue_id: str  # "" when the venue is unknown
    venue: str
    domain: str  # the registrable domain of the source's address
    type: SourceType
    type_why: str  # where the type was read: "json-ld", "venue", "address"
    venue_by: str = ""  # the registry that named the venue, "crossref"; "" where the address did


@dataclass(frozen=True, slots=True)
class Importance:
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


@dataclass(frozen=True, slots=True)
class WorkCheck:
    """The answer, and what speaks for it."""

    work: Work
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """What a source is about, in the words of this knowledge base."""

    words: str
    origin: str  # "page tag", "page title", "entity", "carried over" (from the pages that cite it)


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything about a source that depends on who cites it and where it was published."""

    title: str
    title_origin: str  # "og:title", "imported", "citing page", "address"
    rating: Rating
    importance: Importance
    relevance: str  # one sentence that ties it to this knowledge base; "" when nobody cites it
    cited_work: WorkCheck | None = None  # None while there are no words to hold the citations against
    tags: tuple[Tag, ...] = ()  # of the pages that cite it, where the source speaks of them


@dataclass(frozen=True, slots=True)
class Point:
    """A key point and the passage that it rests on; None when another system wrote it."""

    text: str
    passage: Passage | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a source says, in brief."""

    text: str
    points: tuple[Point, ...]
    writer: str  # "extractive 1", "publisher", "imported"
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A relevance line by somebody else than our template."""

    text: str
    writer: str


class Support(StrEnum):
    """What one document says of one claim."""

    SUPPORTED = "supported"
    PARTIAL = "partial"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"


class QuoteStatus(StrEnum):
    """What became of a quote. Only the first three say that its words are there."""

    EXACT = "exact"
    NORMALIZED = "normalized"  # but for typography, spacing, case and marks: see verify/quotes.py
    ELIDED = "elided"  # in parts, in order and near each other, around … and [editorial] words
    ALTERED = "altered"  # much like what stands there, but words or numbers differ
    AMBIGUOUS = "ambiguous"  # too few words to tell which of several places is meant
    ABSENT = "absent"
    TOO_SHORT = "too_short"  # a term in quotation marks


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """One quote held against one text. An altered quote has the passage that it is like."""

    quote: str
    status: QuoteStatus
    passage: Passage | None = None
    difference: str = ""  # in words, of an altered quote: "“57” where the source has “47”"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one document says of one claim, with the passages that carry the answer."""

    claim_id: str
    source_id: str
    support: Support
    probability: float  # 0 to 1, calibrated: that the document fully bears the claim out
    passages: tuple[Passage, ...]  # the best first
    why: str  # the reasons in words
    judge: str
    quotes: tuple[QuoteCheck, ...] = ()  # every quoted span of the claim
    missing: tuple[str, ...] = ()  # facts of the claim that the document does not hold: "the number 57"
    together: Support | None = None  # what it says with the sources cited beside it; None when it was read alone


class UnjudgedReason(StrEnum):
    """Why there is no answer."""

    NOT_CAPTURED = "not_captured"
    WALLED = "walled"
    PAYWALLED = "paywalled"
    ABSTRACT_ONLY = "abstract_only"  # only the abstract of a paper is held
    NON_TEXT = "non_text"
    TOO_SHORT = "too_short"  # too few words in the source, or no statement in the claim
    OTHER_LANGUAGE = "other_language"
    SOURCE_IN_DOUBT = "source_in_doubt"  # its title or identifier is another work's
    MODEL_FAILED = "model_failed"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Unjudged:
    """No answer, and why. Never a pass."""

    claim_id: str
    source_id: str
    reason: UnjudgedReason
    why: str


Judgement = Verdict | Unjudged


class Step(StrEnum):
    """What a derived result is filed under, besides its subject."""

    DOCUMENT = "document"  # subject: the capture whose words it is
    WORDS = "words"  # how many there are in the document; subject: the capture
    STANDING = "standing"  # subject: the source
    DOUBT = "doubt"  # that it is the work cited; subject: the source, and only where there is one
    SUMMARY = "summary"  # subject: the source
    VERDICT = "verdict"  # subject: `ids.judgement_id(claim, source)`
    UNJUDGED = "unjudged"  # the same, where there is no answer
    PAUSE = "pause"  # subject: the host that is left alone
    ROBOTS = "robots"  # subject: the site whose robots.txt it is
    ANSWER = "answer"  # what a model said; subject: `Question.key`
    WRITTEN = "written"  # a model's summary; subject: the source
    BEARING = "bearing"  # a model's relevance line; subject: the source
    SECOND = "second"  # a model's verdict; subject: as that of VERDICT
    REGISTRY = "registry"  # subject: the source


class ReviewField(StrEnum):
    """What a person may say about a source."""

    TITLE = "title"
    TYPE = "type"
    AUTHORS = "authors"
    PUBLISHED = "published"
    SUMMARY = "summary"
    KEY_POINTS = "key_points"
    TAGS = "tags"
    CREDIBILITY = "credibility"
    IMPORTANCE = "importance"
    RELEVANCE = "relevance"
    DISMISSED = "dismissed"  # rules whose findings about the source are not to be reported
    VERDICT = "verdict"  # what it says of the claim that the review names: a `Support`, or DISMISSED


DISMISSED = "dismissed"  # of a verdict: a person looked, and what the judge found is not to be reported


@dataclass(frozen=True, slots=True)
class Review:
    """A person's word about one field of one source. Added, never edited; the latest counts."""

    id: str
    source_id: str
    field: ReviewField
    value: str | int | tuple[str, ...]  # "" takes the word before it on this field back
    who: str
    at: datetime
    why: str
    claim_id: str = ""  # of a verdict: which claim; "" for every other field

    @property
    def takes_back(self) -> bool:
        """Does it undo the word before it, rather than say something?"""
        return self.value in ("", ())

    @property
    def dismisses(self) -> bool:
        """Does it say of a verdict that there is nothing to report, whatever the judge found?"""
        return self.field is ReviewField.VERDICT and self.value == DISMISSED


# --- what a build says of itself ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What was asked of a model, and what it cost. In a rehearsal all is unanswered, and costs so much at the most."""

    name: str
    answered: int  # and paid for
    known: int  # from before, and not paid for again
    unanswered: dict[str, int]  # by reason, in words
    tokens_in: int
    tokens_out: int
    usd: float | None  # None where no price is known


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The closing report of a build. Counts without "now" in their words are of the whole library."""

    pages: int
    pages_read: int  # now, because they were new or changed
    pages_gone: int  # now
    citations: int
    claims: int
    sources: int
    sources_new: int  # now
    asked: int  # now
    outcomes: dict[str, int]  # of what was asked now
    not_due: int  # not asked because the last answer is recent enough
    not_asked: tuple[NotAsked, ...]
    documents: int  # sources whose words we hold and could read
    documents_read: int  # now
    documents_failed: int  # now
    rated: int
    unrated: int
    rated_now: int
    summaries: int  # now
    verdicts: int
    judged: int  # now
    unjudged: int
    findings: tuple[Finding, ...]
    model: ModelUse | None = None  # now; None when no model was asked anything
    next_due: datetime | None = None  # when the first source that was asked for is to be asked for again
    sought: int = 0  # lost sources that other archives were asked for now
    found: int = 0  # of these, those of which one had a good copy
    supports: dict[str, int] = field(default_factory=dict)  # how many verdicts say what
    reasons: dict[str, int] = field(default_factory=dict)  # why so many have none

    @property
    def idle(self) -> bool:
        """Was there nothing to do?"""
        return not (
            self.pages_read
            or self.pages_gone
            or self.asked
            or self.sought
            or self.documents_read
            or self.rated_now
            or self.judged
        )
