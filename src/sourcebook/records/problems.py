"""What a person should look at, the worst first."""

from sourcebook.records.views import Problem
from sourcebook.store import ListQuery, Store
from sourcebook.types import LinkState, Outcome, Rule, Step, Support, Verdict

MOST = 50  # on the front page; the lists have the rest

_SEVERITY = {
    Rule.UNREADABLE_PAGE: 3,
    Rule.UNKNOWN_SOURCE: 3,
    Rule.UNDEFINED_FOOTNOTE: 3,
    Rule.STEP_FAILED: 2,
    Rule.BROKEN_FRONT_MATTER: 2,
    Rule.BROKEN_MARKUP: 2,
    Rule.UNUSABLE_ADDRESS: 2,
    Rule.UNDEFINED_REFERENCE: 2,
    Rule.UNUSED_FOOTNOTE: 1,
}


def problems(store: Store) -> tuple[Problem, ...]:
    """The worst problems of a library, by severity, then by importance of the source."""
    found = [*_of_sources(store), *_of_claims(store), *_of_pages(store)]
    return tuple(sorted(found, key=lambda problem: -problem.severity)[:MOST])


def _of_sources(store: Store) -> list[Problem]:
    found: list[Problem] = []
    for state, severity in ((LinkState.DEAD, 3), (LinkState.SUSPECT, 2)):
        for row in store.listings.page(ListQuery(state=state, limit=MOST)).rows:
            outcome = row.outcome.value.replace("_", " ") if row.outcome else "no answer"
            words = f"{state.value} link ({outcome}): {row.title}"
            found.append(Problem(f"{state.value}-link", severity, words, row.source_id, "", 0))
    low = store.listings.page(ListQuery(credibility=1, limit=MOST)).rows
    found += [Problem("low-credibility", 2, f"low credibility: {row.title}", row.source_id, "", 0) for row in low]
    walled = store.listings.page(ListQuery(outcome=Outcome.PAYWALLED, limit=MOST)).rows
    found += [Problem("paywalled", 1, f"behind a paywall: {row.title}", row.source_id, "", 0) for row in walled]
    return found


def _of_claims(store: Store) -> list[Problem]:
    verdicts = store.derived.all(Step.VERDICT, Verdict)
    return [
        Problem(f"{verdict.support.value}-claim", 3, verdict.why, verdict.source_id, "", 0)
        for verdict in verdicts
        if verdict.support in {Support.UNSUPPORTED, Support.CONTRADICTED}
    ]


def _of_pages(store: Store) -> list[Problem]:
    return [
        Problem(finding.rule.value, _SEVERITY[finding.rule], finding.message, "", finding.page, finding.line)
        for finding in store.pages.findings()
    ]
