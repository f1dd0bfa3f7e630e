"""What one document says of one claim."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct

from sourcebook.types.documents import Passage


class Support(StrEnum):
    """What one document says of one claim."""

    SUPPORTED = "supported"
    PARTIAL = "partial"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"


FLAGGED = frozenset({Support.CONTRADICTED, Support.UNSUPPORTED})  # what a reader of the claim should know at once


class QuoteStatus(StrEnum):
    """What became of a quote. Only the first three say that its words are there."""

    EXACT = "exact"
    NORMALIZED = "normalized"  # but for typography, spacing, case and marks: see verify/quotes.py
    ELIDED = "elided"  # in parts, in order and near each other, around … and [editorial] words
    ALTERED = "altered"  # much like what stands there, but words or numbers differ
    AMBIGUOUS = "ambiguous"  # too few words to tell which of several places is meant
    ABSENT = "absent"
    TOO_SHORT = "too_short"  # a term in quotation marks


FOUND = frozenset({QuoteStatus.EXACT, QuoteStatus.NORMALIZED, QuoteStatus.ELIDED})
# How a verdict names a number that its source does not hold, or a date that is more than a year: many texts leave out
# the year in which they were written.
_NUMBER = re.compile(r"the number |the date .*\w\W+\w")


def altered_quotes(checks: Iterable[tuple[str, QuoteStatus]]) -> frozenset[str]:
    """Of the quotes of one claim, held against each of its sources: those that stand in none of them as they are
    quoted, and in one of them with other words or numbers."""
    said = tuple(checks)
    found = {quote for quote, status in said if status in FOUND}
    return frozenset(quote for quote, status in said if status is QuoteStatus.ALTERED and quote not in found)


def numbers_lost(missing: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Of the facts that each judged source of one claim lacks: the numbers and the dates that all of them lack."""
    first = missing[0] if missing else ()
    return tuple(fact for fact in first if _NUMBER.match(fact) and all(fact in some for some in missing))


class QuoteCheck(Struct, frozen=True):
    """One quote held against one text. An altered quote has the passage that it is like."""

    quote: str
    status: QuoteStatus
    passage: Passage | None = None
    difference: str = ""  # in words, of an altered quote: "“57” where the source has “47”"


class Verdict(Struct, frozen=True):
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

    @property
    def is_narrow(self) -> bool:
        """Is it supported at less than an even chance that every part of the claim holds?"""
        return self.support is Support.SUPPORTED and self.probability < 0.5  # even


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


class Unjudged(Struct, frozen=True):
    """No answer, and why. Never a pass."""

    claim_id: str
    source_id: str
    reason: UnjudgedReason
    why: str


Judgement = Verdict | Unjudged
