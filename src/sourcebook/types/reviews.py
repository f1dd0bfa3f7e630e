"""A person's word."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


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
    WANTED = "wanted"  # it is looked after, whether a page cites it or not
    MERGED = "merged"  # with the source whose id the review gives: they are one work, and share that one's record
    FINDING = "finding"  # of a parser, which the review names: DISMISSED
    VERDICT = "verdict"  # what it says of the claim that the review names: a `Support`, or DISMISSED


DISMISSED = "dismissed"  # of a verdict or a finding: a person looked, and what was found is not to be reported


class Review(Struct, frozen=True):
    """A person's word about one field of one source, or about a finding. Added, never edited; the latest counts."""

    id: str
    source_id: str  # "" of a finding
    field: ReviewField
    value: str | int | tuple[str, ...]  # "" takes the word before it on this field back
    who: str
    at: datetime
    why: str
    claim_id: str = ""  # of a verdict: which claim; "" for every other field
    finding: str = ""  # of a finding: its name; "" for every other field

    @property
    def takes_back(self) -> bool:
        """Does it undo the word before it, rather than say something?"""
        return self.value in ("", ())

    @property
    def dismisses(self) -> bool:
        """Does it say of a verdict that there is nothing to report, whatever the judge found?"""
        return self.field is ReviewField.VERDICT and self.value == DISMISSED
