"""What a build found, did and left: nothing that was skipped is counted as done."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from sourcebook import freshness
from sourcebook.errors import NonTextError
from sourcebook.library.adding import attended
from sourcebook.library.parts import Parts
from sourcebook.library.tally import Tally
from sourcebook.store import batches
from sourcebook.types.builds import BuildReport, Step
from sourcebook.types.captures import Capture
from sourcebook.types.findings import Finding, Rule
from sourcebook.types.verdicts import Support, UnjudgedReason


class _Said(Struct, frozen=True):
    """All that is counted of a verdict; reading the rest would take ten times as long."""

    support: Support


class _Why(Struct, frozen=True):
    """The same where there is none."""

    reason: UnjudgedReason


def make_report(parts: Parts, tally: Tally) -> BuildReport:
    """Put the counts of this build beside those of the whole library."""
    store = parts.store
    counts = store.pages.counts()
    credibility = store.listings.facets().get("credibility", {})
    unrated = credibility.get("unrated", 0)
    failures = [
        Finding(
            Rule.NON_TEXT if NonTextError.is_told_by(message) else Rule.STEP_FAILED,
            "",
            0,
            0,
            f"{step} of {subject}: {message}",
        )
        for step, subject, message in store.derived.failures()
    ]
    return BuildReport(
        pages=counts.pages,
        pages_read=tally.pages_read,
        pages_gone=tally.pages_gone,
        pages_unread=tally.pages_unread,
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
        findings=(*store.findings.all(store.reviews.findings()), *failures),
        model=tally.model_use(parts.model.name) if parts.model else None,
        next_due=_next_due(parts, tally),
        sought=tally.sought,
        found=tally.found,
        supports=_counted(one.support for one in store.derived.all(Step.VERDICT, _Said)),
        reasons=_counted(one.reason for one in store.derived.all(Step.UNJUDGED, _Why)),
    )


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(Counter(words).most_common())


def _next_due(parts: Parts, tally: Tally) -> datetime | None:
    """When the first source that is looked after and was not left unasked now is to be asked for again."""
    unasked = {one.source_id for one in tally.not_asked}
    first: datetime | None = None
    for some in batches(source_id for source_id in sorted(attended(parts)) if source_id not in unasked):
        for history in parts.store.captures.of_many(some).values():
            at = _due_at(parts, history)
            if at is not None and (first is None or at < first):
                first = at
    return first


def _due_at(parts: Parts, history: Sequence[Capture]) -> datetime | None:
    """When the source itself, or other archives for a copy of it, are to be asked again."""
    moments = [freshness.due_at(history, parts.config.fresh)]
    if parts.open_archives is not None:
        moments.append(freshness.elsewhere_due_at(history, parts.config.fresh))
    return min((moment for moment in moments if moment is not None), default=None)
