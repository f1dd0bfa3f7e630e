"""The record of a source as readers see it. Field order is the order on the record."""

from datetime import datetime

from msgspec import Struct, field

from sourcebook.types.captures import LinkState, Outcome
from sourcebook.types.documents import Completeness, Confidence, Conflict
from sourcebook.types.ratings import Importance, Rating, WorkCheck
from sourcebook.types.registries import Notice
from sourcebook.types.reviews import Review, ReviewField
from sourcebook.types.sources import SourceType
from sourcebook.types.summaries import Summary
from sourcebook.types.verdicts import Judgement

PREVIEW_CHARACTERS = 3_000  # what the seed's record shows of a cached copy


class Place(Struct, frozen=True):
    """Where on a page a source is cited, and for what."""

    line: int
    column: int
    label: str
    claim: str
    judgement: Judgement | None
    review: Review | None = None  # a person's word on what the source says of the claim; it outranks the judgement
    start: int | None = None  # where the claim stands in the page's text
    claim_id: str = ""  # by which a person's review names it; "" without a claim
    locator: str = ""  # the part of the source that is meant, as "page 33-35"


class MergedSource(Struct, frozen=True):
    """Another source that a person said is the same work, and that shares the record."""

    id: str
    stable_id: str
    url: str
    who: str
    at: datetime
    why: str


class CitedBy(Struct, frozen=True):
    """A page that cites a source."""

    page_id: str
    path: str
    title: str
    type: str
    quality: float | None
    places: tuple[Place, ...]


class CaptureView(Struct, frozen=True):
    """The newest attempt to get a source."""

    id: str
    outcome: Outcome
    reason: str
    status: int | None
    checked_at: datetime
    captured_at: datetime
    final_url: str
    media_type: str
    size_bytes: int
    origin: str


class CaptureRow(Struct, frozen=True):
    """One attempt to get a source, beside all others."""

    id: str
    source_id: str
    outcome: Outcome
    reason: str
    status: int | None
    checked_at: datetime
    captured_at: datetime
    origin: str
    media_type: str
    size_bytes: int
    words: int | None  # that could be read in it; None when nobody has tried
    final_url: str
    body_digest: str
    file: str  # the archive's file that holds the answer; "" without one
    offset: int | None
    is_read: bool  # is it the copy that the record is made from?
    state: LinkState  # of the source
    due_at: datetime | None  # when the source is asked for next; None when it never was


class Attempt(Struct, frozen=True):
    """One attempt to get a source, in brief."""

    id: str
    checked_at: datetime
    outcome: Outcome


class Related(Struct, frozen=True):
    """Another source that the same pages lean on."""

    id: str
    title: str
    credibility: int | None
    pages: int  # that cite both


class Preview(Struct, frozen=True):
    """The beginning of the cached copy."""

    status: int | None
    captured_at: datetime
    size_bytes: int  # of the copy as it came
    text: str
    truncated: bool
    total_bytes: int  # of the whole text, in UTF-8
    given: str = ""  # by whom, where it was not the source itself: "filed by ada from 'report.pdf'"
    rendered: bool = False  # it is the page as a browser showed it, after its scripts had run
    screenshot_bytes: int = 0  # of the picture of it; 0 where there is none


class Correction(Struct, frozen=True):
    """A person's word on a field, beside what we derived of it."""

    field: ReviewField
    value: str | int | tuple[str, ...]
    ours: str | int | tuple[str, ...] | None  # None where we have nothing
    who: str
    at: datetime
    why: str


class Record(Struct, frozen=True):
    """Everything about one source, ready to render."""

    id: str
    stable_id: str
    url: str
    title: str
    title_origin: str
    type: SourceType
    type_why: str
    rating: Rating
    rating_words: str
    relevance: str
    importance: Importance | None
    authors: tuple[str, ...]
    published: str
    site_name: str
    language: str
    doi: str
    tags: tuple[str, ...]
    summary: Summary | None
    cited_by: tuple[CitedBy, ...]
    state: LinkState
    due: bool
    capture: CaptureView | None
    preview: Preview | None
    aliases: tuple[str, ...]
    reviews: tuple[Review, ...]
    origins: dict[str, str]
    unread_why: str  # why there are no words to show; "" when there are
    relevance_writer: str = ""  # "" for our template
    unwritten_why: str = ""  # why a model's summary was not kept; "" when none was asked for, or it was
    importance_by_hand: int | None = None  # a person's value: it counts, and `importance` stays ours
    suggested_tags: tuple[str, ...] = ()  # keywords and phrases of the source, where its tags do not say them
    unsuggested_why: str = ""  # why there are none, where that says nothing about the source
    corrections: tuple[Correction, ...] = ()  # the last word of people on each field, and ours beside it
    published_in: str = ""  # the journal or the like, as a registry writes it
    peer_reviewed: bool | None = None  # None when no registry says
    notices: tuple[Notice, ...] = ()  # retractions and corrections that registries know of
    confidences: dict[str, Confidence] = field(default_factory=dict)  # how sure each field is that has an origin
    conflicts: dict[str, tuple[Conflict, ...]] = field(default_factory=dict)  # what else the source says of it
    identifiers: tuple[str, ...] = ()
    completeness: Completeness | None = None  # None while no words were read
    cited_work: WorkCheck | None = None  # is it the work that the pages cite?
    captures: int = 0  # every attempt there was
    attempts: tuple[Attempt, ...] = ()  # the last of them, the newest first
    related: tuple[Related, ...] = ()  # sources that most of its pages cite too
    merged: tuple[MergedSource, ...] = ()  # other sources that share this record


class SourceText(Struct, frozen=True):
    """The words that were read in the kept copy of a source."""

    id: str
    title: str
    url: str
    captured_at: datetime
    text: str
