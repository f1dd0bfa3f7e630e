"""What a person should look at."""

from enum import StrEnum

from msgspec import Struct


class Rule(StrEnum):
    """What a finding is about. Each has an entry in docs/findings.md."""

    UNDEFINED_FOOTNOTE = "undefined-footnote"
    UNUSED_FOOTNOTE = "unused-footnote"
    UNSOURCED_FOOTNOTE = "unsourced-footnote"
    UNDEFINED_CITATION = "undefined-citation"
    UNSOURCED_CITATION = "unsourced-citation"
    BROKEN_BIBLIOGRAPHY = "broken-bibliography"
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


# The rules whose findings are made when a page is read, and kept with it.
IN_PAGES = (
    Rule.UNREADABLE_PAGE,
    Rule.BROKEN_FRONT_MATTER,
    Rule.BROKEN_MARKUP,
    Rule.UNKNOWN_SOURCE,
    Rule.UNUSABLE_ADDRESS,
    Rule.UNDEFINED_FOOTNOTE,
    Rule.UNDEFINED_CITATION,
    Rule.BROKEN_BIBLIOGRAPHY,
    Rule.UNDEFINED_REFERENCE,
    Rule.UNUSED_FOOTNOTE,
    Rule.UNSOURCED_FOOTNOTE,
    Rule.UNSOURCED_CITATION,
)


class Severity(StrEnum):
    """How bad a finding is; the worst first."""

    ERROR = "error"  # wrong or lost
    WARNING = "warning"  # doubtful
    NOTE = "note"  # untidy, or good to know


class Finding(Struct, frozen=True):
    """Something in the pages or the library that a person should look at."""

    rule: Rule
    page: str  # path of the page, or "" when the library itself is meant
    line: int
    column: int
    message: str
