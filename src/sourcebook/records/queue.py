"""The work queue: what needs a person first, by risk, and on the most important sources first within one kind.

Each kind answers how much of it there is and for any part of it, from an index: the queue is as long as the library is
large, and a page of it is not.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from sourcebook import check, ids
from sourcebook.check import RULES
from sourcebook.config import Config
from sourcebook.records.lists import View
from sourcebook.records.views import Problem
from sourcebook.store import ListQuery, RowPage, Store, find_judgements
from sourcebook.types.builds import Step
from sourcebook.types.captures import LinkState
from sourcebook.types.findings import Rule, Severity
from sourcebook.types.listings import ClaimListing, Listing, Waits
from sourcebook.types.ratings import WorkCheck
from sourcebook.types.registries import NoticeKind, RegistryEntry

UNJUDGED_CLAIM = "unjudged"  # a kind of problem that no rule of `check` finds
IN_PAGES = "page"
_WITHDRAWN = (NoticeKind.RETRACTION, NoticeKind.WITHDRAWAL)


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of problem: how many, and some of them from a place on."""

    name: str
    severity: Severity
    total: Callable[[], int]
    some: Callable[[int, int], Sequence[Problem]]  # offset, limit


def list_problems(store: Store, config: Config, view: View) -> RowPage[Problem]:
    """A page of the queue, or of one kind of it."""
    wanted, reason = view.chosen("rule"), view.chosen("reason")
    kinds = [kind for kind in _kinds(store, config, reason) if wanted in {"", kind.name}]
    if reason and not wanted:
        kinds = [kind for kind in kinds if kind.name == UNJUDGED_CLAIM]
    totals = [kind.total() for kind in kinds]
    rows: list[Problem] = []
    skip = view.offset
    for kind, total in zip(kinds, totals, strict=True):
        if skip < total and len(rows) < view.rows:
            rows += kind.some(skip, view.rows - len(rows))
        skip = max(0, skip - total)
    return RowPage(tuple(_judged(store, rows)), sum(totals))


def count_problems(store: Store, config: Config) -> dict[str, int]:
    """How many problems of each kind wait, the riskiest kind first; kinds without any are left out."""
    return {kind.name: total for kind in _kinds(store, config, "") if (total := kind.total())}


def _kinds(store: Store, config: Config, reason: str) -> Iterator[_Kind]:
    """In the order of risk: a page that says what its source denies comes before one whose source nobody could read."""
    severities = check.severities(config.check.rules)
    dismissed = store.reviews.dismissed()
    waiting = store.page_listings.waiting_counts()

    def claims(name: Waits, severity: Severity | None) -> Iterator[_Kind]:
        if severity is not None:
            total = store.page_listings.waiting_count(name, reason) if reason else waiting.get(name, 0)
            yield _Kind(name, severity, lambda: total, _Claims(store, name, severity, reason).some)

    def sources(rule: Rule, rows: Callable[[], Sequence[Problem]]) -> Iterator[_Kind]:
        if rule in severities:
            found = [one for one in rows() if rule not in dismissed.get(one.source_id, ())]
            yield _Kind(
                rule, severities[rule], lambda: len(found), lambda offset, limit: found[offset : offset + limit]
            )

    def links(rule: Rule, state: LinkState) -> Iterator[_Kind]:
        if rule in severities:
            without = frozenset(one for one, rules in dismissed.items() if rule in rules)
            lists = _Links(store, rule, severities[rule], ListQuery(state=state), without)
            yield _Kind(rule, severities[rule], lists.total, lists.some)

    yield from claims(Waits.CONTRADICTED, severities.get(Rule.CONTRADICTED))
    yield from sources(Rule.RETRACTED, lambda: _retracted(store))
    yield from claims(Waits.ALTERED_QUOTE, severities.get(Rule.ALTERED_QUOTE))
    yield from claims(Waits.UNSUPPORTED, severities.get(Rule.UNSUPPORTED))
    yield from links(Rule.DEAD_LINK, LinkState.DEAD)
    yield from sources(Rule.WRONG_WORK, lambda: _doubted(store))
    yield _Kind(
        IN_PAGES,
        Severity.WARNING,
        lambda: store.pages.findings_from(0, 0)[1],
        lambda offset, limit: _in_pages(store, severities, offset, limit),
    )
    yield from sources(Rule.LOW_CREDIBILITY, lambda: _carrying(store))
    yield from links(Rule.SUSPECT_LINK, LinkState.SUSPECT)
    yield from claims(Waits.UNJUDGED, Severity.NOTE)


@dataclass(frozen=True, slots=True)
class _Claims:
    """Claims that wait with one problem."""

    store: Store
    name: Waits
    severity: Severity
    reason: str  # why nobody could judge them; "" for any

    def some(self, offset: int, limit: int) -> Sequence[Problem]:
        """On the most important sources first."""
        rows = self.store.page_listings.waiting(self.name, offset, limit, self.reason)
        return [_of_claim(row, self.name, self.severity) for row in rows]


def _of_claim(row: ClaimListing, name: Waits, severity: Severity) -> Problem:
    rule = None if name is Waits.UNJUDGED else Rule(name)
    title = RULES[rule].title if rule is not None else f"nobody could judge it: {row.reason.replace('_', ' ')}"
    return Problem(
        rule=rule or UNJUDGED_CLAIM,
        severity=severity,
        words=f"{title}: {row.text}",
        source_id=row.source_id,
        page=row.path,
        line=row.line,
        title=row.source,
        claim_id=row.claim_id,
        claim=row.text,
        start=row.start,
        page_id=row.page_id,
        credibility=row.credibility,
        state=row.state,
        importance=row.importance,
    )


@dataclass(frozen=True, slots=True)
class _Links:
    """Sources in one state, but those of which a person said that it does not matter."""

    store: Store
    rule: Rule
    severity: Severity
    query: ListQuery
    without: frozenset[str]

    def total(self) -> int:
        """How many."""
        known = self.store.listings.read_many(sorted(self.without))
        gone = sum(row.state is self.query.state for row in known.values())
        return self.store.listings.page(replace(self.query, limit=1)).total - gone

    def some(self, offset: int, limit: int) -> Sequence[Problem]:
        """The most important first."""
        asked = replace(self.query, limit=offset + limit + len(self.without))
        rows = [row for row in self.store.listings.page(asked).rows if row.source_id not in self.without]
        return _of_sources(self.store, self.rule, self.severity, rows[offset : offset + limit])


def _of_sources(
    store: Store, rule: Rule, severity: Severity, rows: Sequence[Listing], why: dict[str, str] | None = None
) -> list[Problem]:
    claims = store.page_listings.claims_of([row.source_id for row in rows])
    return [
        Problem(
            rule=rule,
            severity=severity,
            words=f"{RULES[rule].title}: {(why or {}).get(row.source_id) or row.title or row.url}",
            source_id=row.source_id,
            page="",
            line=0,
            title=row.title or row.url,
            credibility=row.credibility,
            state=row.state,
            importance=row.importance,
            claims=claims.get(row.source_id, 0),
        )
        for row in rows
    ]


def _retracted(store: Store) -> Sequence[Problem]:
    entries = store.derived.saying(Step.REGISTRY, [kind.value for kind in _WITHDRAWN], RegistryEntry)
    named = [one.source_id for one in entries if any(notice.kind in _WITHDRAWN for notice in one.notices)]
    return _named(store, Rule.RETRACTED, named)


def _doubted(store: Store) -> Sequence[Problem]:
    doubted = list(store.derived.fingerprints(Step.DOUBT))
    why = store.derived.find_many(Step.DOUBT, doubted, WorkCheck)
    return _named(store, Rule.WRONG_WORK, doubted, {one: "; ".join(said.why) for one, said in why.items()})


def _carrying(store: Store) -> Sequence[Problem]:
    return _named(store, Rule.LOW_CREDIBILITY, [source_id for source_id, _ in store.page_listings.carrying()])


def _named(store: Store, rule: Rule, source_ids: Sequence[str], why: dict[str, str] | None = None) -> Sequence[Problem]:
    """The most important first, but for those that carry claims: of them the one that carries most."""
    known = store.listings.read_many(source_ids)
    rows = [known[one] for one in source_ids if one in known]
    if rule is not Rule.LOW_CREDIBILITY:
        rows.sort(key=lambda row: -row.importance)
    return _of_sources(store, rule, RULES[rule].severity, rows, why)


def _in_pages(store: Store, severities: dict[Rule, Severity], offset: int, limit: int) -> Sequence[Problem]:
    """What the parsers found. A rule that is turned off is a note, so that the numbers stay true."""
    found, _ = store.pages.findings_from(offset, limit)
    return [
        Problem(
            one.rule,
            severities.get(one.rule, Severity.NOTE),
            one.message,
            "",
            one.page,
            one.line,
            page_id=ids.page_id(one.page),
        )
        for one in found
    ]


def _judged(store: Store, rows: Sequence[Problem]) -> Iterator[Problem]:
    """Each with what the judge says, so that a person can answer without leaving the queue."""
    subjects = [ids.judgement_id(row.claim_id, row.source_id) for row in rows if row.claim_id]
    said = find_judgements(store.derived, subjects)
    dismissed = store.reviews.dismissed()
    for row in rows:
        judgement = said.get(ids.judgement_id(row.claim_id, row.source_id)) if row.claim_id else None
        yield replace(row, judgement=judgement, dismissed=dismissed.get(row.source_id, ()))
