"""What a build found, did and left: nothing that was skipped is counted as done."""

from collections import Counter
from dataclasses import dataclass

from sourcebook.library.parts import Parts
from sourcebook.library.tally import Tally
from sourcebook.types import Finding, NotAsked, Rule, Step


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

    @property
    def idle(self) -> bool:
        """Was there nothing to do?"""
        return not (
            self.pages_read or self.pages_gone or self.asked or self.documents_read or self.rated_now or self.judged
        )


def make_report(parts: Parts, tally: Tally) -> BuildReport:
    """Put the counts of this build beside those of the whole library."""
    store = parts.store
    counts = store.pages.counts()
    credibility = store.listings.facets().get("credibility", {})
    unrated = credibility.get("unrated", 0)
    failures = [
        Finding(Rule.STEP_FAILED, "", 0, 0, f"{step} of {subject}: {message}")
        for step, subject, message in store.derived.failures()
    ]
    return BuildReport(
        pages=counts.pages,
        pages_read=tally.pages_read,
        pages_gone=tally.pages_gone,
        citations=counts.citations,
        claims=counts.claims,
        sources=store.sources.count(),
        sources_new=tally.sources_new,
        asked=tally.asked,
        outcomes=dict(Counter(tally.outcomes).most_common()),
        not_due=tally.not_due,
        not_asked=tuple(tally.not_asked),
        documents=store.derived.count(Step.DOCUMENT),
        documents_read=tally.documents_read,
        documents_failed=tally.documents_failed,
        rated=sum(credibility.values()) - unrated,
        unrated=unrated,
        rated_now=tally.rated,
        summaries=tally.summaries,
        verdicts=store.derived.count(Step.VERDICT),
        judged=tally.judged,
        unjudged=store.derived.count(Step.UNJUDGED),
        findings=(*store.pages.findings(), *failures),
    )
