"""What a person should look at, the worst first, in the words of `sourcebook check`."""

from collections.abc import Iterable

from sourcebook import check
from sourcebook.check import RULES
from sourcebook.config import CheckSettings
from sourcebook.records.views import Problem
from sourcebook.store import ClaimPlace, ListQuery, Store, all_verdicts
from sourcebook.types import (
    LinkState,
    Listing,
    NoticeKind,
    Outcome,
    RegistryEntry,
    Review,
    Rule,
    Severity,
    Step,
    Support,
    Verdict,
    WorkCheck,
)

MOST = 50  # on the front page; the pages and lists have the rest

_WITHDRAWN = (NoticeKind.RETRACTION, NoticeKind.WITHDRAWAL)
_OF_SUPPORT = {Support.CONTRADICTED: Rule.CONTRADICTED, Support.UNSUPPORTED: Rule.UNSUPPORTED}


def problems(store: Store, settings: CheckSettings) -> tuple[Problem, ...]:
    """The worst problems of a library, by severity. Rules that are turned off are not asked."""
    severities = check.severities(settings.rules)
    found = [
        Problem(rule, severities[rule], words, source_id, page, line)
        for rule, words, source_id, page, line in (
            *_of_claims(store),
            *_of_works(store),
            *_of_doubts(store),
            *_of_sources(store, settings),
            *_of_pages(store),
        )
        if rule in severities
    ]
    worst_first = list(Severity)
    return tuple(sorted(found, key=lambda problem: worst_first.index(problem.severity))[:MOST])


_Found = tuple[Rule, str, str, str, int]  # rule, words, source id, page, line


def _of_sources(store: Store, settings: CheckSettings) -> Iterable[_Found]:
    """A few questions to the lists, which answer from an index however many sources there are."""
    asked = (
        (Rule.DEAD_LINK, ListQuery(state=LinkState.DEAD, limit=MOST)),
        (Rule.SOFT_404, ListQuery(outcome=Outcome.SOFT_GONE, limit=MOST)),
        (Rule.SOFT_404, ListQuery(outcome=Outcome.PARKED, limit=MOST)),
        (Rule.SUSPECT_LINK, ListQuery(state=LinkState.SUSPECT, outcome=Outcome.GONE, limit=MOST)),
        (Rule.NO_ANSWER, ListQuery(state=LinkState.SUSPECT, outcome=Outcome.UNREACHABLE, limit=MOST)),
        *(
            (Rule.LOW_CREDIBILITY, ListQuery(credibility=low, limit=MOST))
            for low in range(1, settings.least_credibility)
        ),
        (Rule.PAYWALLED, ListQuery(outcome=Outcome.PAYWALLED, limit=MOST)),
    )
    told: set[str] = set()
    for rule, query in asked:
        for row in store.listings.page(query).rows:
            if row.source_id not in told:
                told.add(row.source_id)
                yield rule, f"{RULES[rule].title}: {_named(row)}", row.source_id, "", 0


def _named(row: Listing) -> str:
    return row.title or row.url


def _of_claims(store: Store) -> Iterable[_Found]:
    """Verdicts that a page would not like to have, as a person has left them, each where its claim stands."""
    reviewed = store.reviews.verdicts()
    wrong = [
        (rule, verdict)
        for verdict in all_verdicts(store.derived)
        if (rule := _rule_of(verdict, reviewed.get((verdict.claim_id, verdict.source_id)))) is not None
    ]
    wrong.sort(key=lambda one: one[0] is not Rule.CONTRADICTED)
    places = store.pages.places_of([verdict.claim_id for _, verdict in wrong[:MOST]])
    for rule, verdict in wrong[:MOST]:
        place = places.get(verdict.claim_id, ClaimPlace())
        yield rule, f"{RULES[rule].title}: {place.text or verdict.why}", verdict.source_id, place.path, place.line


def _rule_of(verdict: Verdict, review: Review | None) -> Rule | None:
    """What is wrong with a claim by a person's word, or else by the judge's; None when nothing is."""
    if review is not None:
        return None if review.dismisses else _OF_SUPPORT.get(Support(str(review.value)))
    return None if verdict.together in {Support.SUPPORTED, Support.PARTIAL} else _OF_SUPPORT.get(verdict.support)


def _of_works(store: Store) -> Iterable[_Found]:
    """Works that registries say were retracted or withdrawn: once for each page that leans on them."""
    for entry in store.derived.all(Step.REGISTRY, RegistryEntry):
        notice = next((one for one in entry.notices if one.kind in _WITHDRAWN), None)
        for citing in store.pages.citing(entry.source_id) if notice is not None else ():
            words = f"{RULES[Rule.RETRACTED].title}: {entry.title}"
            yield Rule.RETRACTED, words, entry.source_id, citing.page.path, citing.citations[0].line


def _of_doubts(store: Store) -> Iterable[_Found]:
    """Sources whose kept copy is not the work that the pages cite."""
    doubted = list(store.derived.fingerprints(Step.DOUBT))[:MOST]
    for source_id, checked in store.derived.find_many(Step.DOUBT, doubted, WorkCheck).items():
        yield Rule.WRONG_WORK, f"{RULES[Rule.WRONG_WORK].title}: {'; '.join(checked.why)}", source_id, "", 0


def _of_pages(store: Store) -> Iterable[_Found]:
    for finding in store.pages.findings():
        yield finding.rule, finding.message, "", finding.page, finding.line
