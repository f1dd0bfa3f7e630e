"""One page of the knowledge base: its claims in place, what their sources say of them, and what to look at."""

from collections.abc import Iterable

from sourcebook import check
from sourcebook.check import Cited, PageEvidence
from sourcebook.config import Config
from sourcebook.corpus import UncitedNumbers
from sourcebook.errors import NotFoundError
from sourcebook.records.views.page import ClaimAnswer, PageCitation, PageClaim, PageHealth, PageRecord
from sourcebook.store import Store
from sourcebook.types.captures import LinkState
from sourcebook.types.pages import Claim, Page
from sourcebook.types.ratings import STRONG
from sourcebook.types.verdicts import Support


def make_page(store: Store, config: Config, page: Page, uncited: UncitedNumbers) -> PageRecord:
    """The page as it was when it was last built, with what is known now. Findings are those of `sourcebook check`."""
    (evidence,) = check.gather(store, list(store.pages.parsed_many((page.path,))), uncited, {})
    findings = check.tell(evidence, config, check.severities(config.check.rules)).findings
    said = store.reviews.findings()
    left = {name: one for name, one in store.findings.on_page(page.id).items() if name in said}
    places = {(one.rule, one.line, one.column) for one in left.values()}
    return PageRecord(
        page=page,
        text=evidence.page.text,
        claims=tuple(_claim(evidence, claim, cited) for claim, cited in evidence.statements),
        citations=tuple(map(_citation, evidence.cited)),
        findings=tuple(
            one
            for one in sorted(findings, key=check.worst_first)
            if (one.rule, one.span.line, one.span.column) not in places
        ),
        counts=_health(evidence),
        dismissed=tuple(said[name] for name in left),
    )


def not_found(any_id: str) -> NotFoundError:
    """What is said of a page that the library does not have."""
    return NotFoundError(f"no page {any_id!r} in this library", "name its id, or its path from the folder of pages")


def _claim(evidence: PageEvidence, claim: Claim, cited: Iterable[Cited]) -> PageClaim:
    answers = tuple(cited)
    line, column = evidence.lines.at(claim.start)
    return PageClaim(
        id=claim.id,
        text=claim.text,
        line=line,
        column=column,
        start=claim.start,
        end=claim.end,
        support=check.taken_together(answers),
        answers=tuple(map(_answer, answers)),
    )


def _answer(one: Cited) -> ClaimAnswer:
    row = one.source.listing if one.source else None
    return ClaimAnswer(
        source_id=row.source_id if row else "",
        title=row.title if row else one.citation.label,
        url=one.citation.url or (row.url if row else ""),
        credibility=row.credibility if row else None,
        state=row.state if row else None,
        judgement=one.judgement,
        review=one.review,
    )


def _citation(one: Cited) -> PageCitation:
    citation, row = one.citation, one.source.listing if one.source else None
    return PageCitation(
        line=citation.line,
        column=citation.column,
        kind=citation.kind,
        label=citation.label,
        url=citation.url or (row.url if row else ""),
        source_id=row.source_id if row else "",
        source_title=row.title if row else "",
        credibility=row.credibility if row else None,
        state=row.state if row else None,
        claim=citation.claim.text if citation.claim else "",
        start=citation.start,
        end=citation.end,
        footnote=citation.footnote,
    )


def _health(evidence: PageEvidence) -> PageHealth:
    rows = [source.listing for source, _ in evidence.sources]
    rated = sum(row.credibility is not None for row in rows)
    dead = sum(row.state is LinkState.DEAD for row in rows)
    said = [check.taken_together(cited) for _, cited in evidence.statements]
    judged = sum(support is not None for support in said)
    return PageHealth(
        citations=len(evidence.cited),
        sources=len(rows),
        rated=rated,
        unrated=len(rows) - rated,
        dead=dead,
        claims=len(said),
        judged=judged,
        supported=said.count(Support.SUPPORTED),
        partial=said.count(Support.PARTIAL),
        flagged=sum(check.is_flagged(cited) for _, cited in evidence.statements),
        strong=sum(any(_is_strong(one) for one in cited) for _, cited in evidence.statements),
    )


def _is_strong(one: Cited) -> bool:
    credibility = one.source.listing.credibility if one.source else None
    return credibility is not None and credibility >= STRONG
