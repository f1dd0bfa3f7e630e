"""The rules of `sourcebook check`: one entry each, with a pure function from the evidence on a page to its flaws."""

from collections.abc import Callable, Iterator

from msgspec import Struct

from sourcebook.check.evidence import Flaw, PageEvidence
from sourcebook.check.rules import claims, pages, sources
from sourcebook.config import CheckSettings
from sourcebook.types.findings import Rule, Severity

__all__ = ["RULES", "Entry"]

Find = Callable[[PageEvidence, CheckSettings], Iterator[Flaw]]


class Entry(Struct, frozen=True):
    """One rule: how bad its findings are unless settings say otherwise, what it is called, what to do, what finds it.

    Without a function, the finding is made elsewhere: by the parser of the page, or by what reads ignores.
    """

    severity: Severity
    title: str
    advice: str
    find: Find | None = None


_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

# in the order in which findings of one severity are told
RULES: dict[Rule, Entry] = {
    Rule.CONTRADICTED: Entry(
        _ERROR, "the source says otherwise", "correct the statement, or cite what bears it out", claims.contradicted
    ),
    Rule.ALTERED_QUOTE: Entry(
        _ERROR, "the quote differs from its source", "quote what the source says, word for word", claims.altered_quotes
    ),
    Rule.NUMBER_NOT_IN_SOURCE: Entry(
        _ERROR, "the number is not in the source", "correct the number, or cite where it stands", claims.lost_numbers
    ),
    Rule.UNSUPPORTED: Entry(
        _ERROR, "no cited source bears it out", "cite what does, or take the statement out", claims.unsupported
    ),
    Rule.RETRACTED: Entry(
        _ERROR, "the work was retracted", "take it out, or say on the page that it was retracted", sources.retracted
    ),
    Rule.DEAD_LINK: Entry(
        _ERROR, "the source is gone", "cite an archived copy or another source", sources.dead_links
    ),
    Rule.SOFT_404: Entry(
        _ERROR, "the address answers, and the source is gone", "cite an archived copy or another source",
        sources.soft_404s,
    ),
    Rule.UNDEFINED_FOOTNOTE: Entry(
        _ERROR, "the footnote is not defined", "define it, or take the reference out"
    ),
    Rule.UNDEFINED_CITATION: Entry(
        _ERROR, "no bibliography has the key",
        "add its entry, mend the key, or name the bibliography in the front matter: bibliography: refs.bib",
    ),
    Rule.UNKNOWN_SOURCE: Entry(
        _ERROR, "nobody knows a source by that id", "import its record, or mend the id", sources.unknown
    ),
    Rule.UNREADABLE_PAGE: Entry(
        _ERROR, "the page cannot be read", "save it as UTF-8, or exclude it in sourcebook.toml"
    ),
    Rule.COVERAGE_DROPPED: Entry(
        _ERROR, "fewer statements are checked than before", "build the library again, or see why sources have no words",
        pages.coverage_dropped,
    ),
    Rule.BROKEN_IGNORE: Entry(
        _ERROR, "the ignore cannot be followed", "write <!-- sourcebook: ignore RULE why -->"
    ),
    Rule.SUSPECT_LINK: Entry(
        _WARNING, "the source's server says that it is gone", "look for where it went; build again on another day",
        sources.suspect_links,
    ),
    Rule.WRONG_WORK: Entry(
        _WARNING, "what came back is not the work that is cited", "mend the address or the words that link to it",
        sources.wrong_works,
    ),
    Rule.LOW_CREDIBILITY: Entry(
        _WARNING, "the source's venue is little to be trusted", "cite a better source, or say why this one will do",
        sources.low_credibility,
    ),
    Rule.UNUSABLE_ADDRESS: Entry(
        _WARNING, "the address cannot be asked for", "mend the address", sources.unusable
    ),
    Rule.UNDEFINED_REFERENCE: Entry(
        _WARNING, "the link's definition is missing", "add [name]: https://…"
    ),
    Rule.BROKEN_FRONT_MATTER: Entry(_WARNING, "the front matter cannot be read", "mend it"),
    Rule.BROKEN_BIBLIOGRAPHY: Entry(
        _WARNING, "the bibliography cannot be read in full", "mend it: what could be read of it was"
    ),
    Rule.BROKEN_MARKUP: Entry(_WARNING, "the markup is broken", "mend it"),
    Rule.STEP_FAILED: Entry(
        _WARNING, "the kept copy cannot be read", "open the record, and find a better copy", sources.unread
    ),
    Rule.NON_TEXT: Entry(
        _WARNING, "the kept copy has no words to read", "find a copy with text, or hold the claim against it yourself",
        sources.without_words,
    ),
    Rule.PARTLY_SUPPORTED: Entry(
        _NOTE, "the source bears a part of it out", "say no more than the source, or cite what has the rest",
        claims.partly_supported,
    ),
    Rule.CORRECTED: Entry(
        _NOTE, "the work was corrected", "see whether the correction touches what the page says", sources.corrected
    ),
    Rule.NO_ANSWER: Entry(
        _NOTE, "the source did not answer", "build again on another day: an outage proves nothing", sources.no_answer
    ),
    Rule.NO_CREDIBILITY: Entry(
        _NOTE, "nobody has rated the source's venue", "rate it in venues.toml", sources.no_credibility
    ),
    Rule.PAYWALLED: Entry(
        _NOTE, "the source is behind a paywall", "cite a free copy where there is one", sources.paywalled
    ),
    Rule.UNCITED_NUMBER: Entry(
        _NOTE, "a number without a source", "cite where it comes from", pages.uncited_numbers
    ),
    Rule.UNUSED_FOOTNOTE: Entry(_NOTE, "nothing refers to the footnote", "refer to it, or take it out"),
    Rule.UNSOURCED_FOOTNOTE: Entry(
        _NOTE, "the footnote leads to no source", "add its address or identifier (doi:10.…), if it cites something"
    ),
    Rule.UNSOURCED_CITATION: Entry(
        _NOTE, "the bibliography's entry leads to no source", "add its DOI, address or another identifier to the entry"
    ),
    Rule.UNUSED_IGNORE: Entry(_NOTE, "the ignore has nothing to ignore", "take it out"),
}  # fmt: skip
