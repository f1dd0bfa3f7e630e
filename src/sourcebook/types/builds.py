"""What a build makes, and what it says of itself."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct, field

from sourcebook.types.fetching import NotAsked
from sourcebook.types.findings import Finding

LIBRARY = "library"  # the subject of what is made of all sources together


class Step(StrEnum):
    """What a derived result is filed under, besides its subject."""

    DOCUMENT = "document"  # subject: the capture whose words it is
    WORDS = "words"  # how many there are in the document; subject: the capture
    STANDING = "standing"  # subject: the source
    DOUBT = "doubt"  # that it is the work cited; subject: the source, and only where there is one
    SUMMARY = "summary"  # subject: the source
    VOCABULARY = "vocabulary"  # words that much of the library uses; subject: LIBRARY
    VERDICT = "verdict"  # subject: `ids.judgement_id(claim, source)`
    UNJUDGED = "unjudged"  # the same, where there is no answer
    PAUSE = "pause"  # subject: the host that is left alone
    ROBOTS = "robots"  # subject: the site whose robots.txt it is
    ANSWER = "answer"  # what a model said; subject: `Question.key`
    WRITTEN = "written"  # a model's summary; subject: the source
    BEARING = "bearing"  # a model's relevance line; subject: the source
    SECOND = "second"  # a model's verdict; subject: as that of VERDICT
    REGISTRY = "registry"  # subject: the source
    RETRACTED = "retracted"  # the same, only where the work was retracted or withdrawn: so those are found


class ModelUse(Struct, frozen=True):
    """What was asked of a model, and what it cost. In a rehearsal all is unanswered, and costs so much at the most."""

    name: str
    answered: int  # and paid for
    known: int  # from before, and not paid for again
    unanswered: dict[str, int]  # by reason, in words
    tokens_in: int
    tokens_out: int
    usd: float | None  # None where no price is known


class BuildReport(Struct, frozen=True):
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
    pages_unread: dict[str, int] = field(default_factory=dict)  # files in languages that no parser reads, by language
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
