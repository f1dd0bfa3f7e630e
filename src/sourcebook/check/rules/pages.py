"""What is wrong with a page by itself."""

from collections.abc import Iterator

from sourcebook.check.evidence import Flaw, PageEvidence, Span
from sourcebook.config import CheckSettings
from sourcebook.types.findings import Rule

_OF_SOURCES = {Rule.UNKNOWN_SOURCE, Rule.UNUSABLE_ADDRESS}
_TOP = Span(1, 1, 1, 1)


def written(evidence: PageEvidence) -> Iterator[Flaw]:
    """What the parser of the page found. What a build found of its sources is looked up anew, by rules of its own."""
    places = {(one.citation.line, one.citation.column) for one in evidence.cited}
    for finding in evidence.page.findings:
        if finding.rule in _OF_SOURCES and (finding.line, finding.column) in places:
            continue
        span = Span(finding.line, finding.column, finding.line, finding.column + 1)
        yield Flaw(finding.rule, span, finding.message, finding.message)


def uncited_numbers(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Statements with a number, in paragraphs that cite nothing."""
    for claim in evidence.uncited:
        span = evidence.lines.span(claim.start, claim.end)
        yield Flaw(Rule.UNCITED_NUMBER, span, "a number, and no source is cited for it", claim.id, claim.text)


def coverage_dropped(evidence: PageEvidence, settings: CheckSettings) -> Iterator[Flaw]:
    """A smaller share of the page's claims has a verdict than when the baseline was written."""
    now, before = evidence.coverage, evidence.before
    if before is None or now.share >= before.share - settings.coverage_drop / 100:
        return
    message = (
        f"{now.judged} of {now.found} claims have a verdict, {now.share:.0%}; "
        f"it was {before.judged} of {before.found}, {before.share:.0%}, when the baseline was written"
    )
    yield Flaw(Rule.COVERAGE_DROPPED, _TOP, message, "coverage")
