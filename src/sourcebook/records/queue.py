"""The work queue: what needs a person first, by risk, and on the most important sources first within one kind.

Each kind answers how much of it there is and for any part of it, from an index: the queue is as long as the library is
large, and a page of it is not.
"""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sourcebook import check, ids
from sourcebook.check import RULES
from sourcebook.config import Config
from sourcebook.records.lists import View
from sourcebook.records.views.library import Problem, ProblemKind
from sourcebook.store import ListQuery, RowPage, Store, find_judgements
from sourcebook.types.builds import Step
from sourcebook.types.captures import LinkState
from sourcebook.types.findings import IN_PAGES, Rule, Severity
from sourcebook.types.listings import ClaimListing, Listing, Waits
from sourcebook.types.ratings import WorkCheck

UNJUDGED_CLAIM = "unjudged"  # a kind of problem that no rule of `check` finds
Why = Callable[[Sequence[str]], dict[str, str]]  # source id to why it is named, beyond its title


class _Kind(Struct, frozen=True):
    """One kind of problem: how many, and some of them from a place on."""

    name: str
    severity: Severity
    waiting: int
    some: Callable[[int, int], Sequence[Problem]]  # offset, limit
    for_reason: int | None = None  # how many of them wait for the reason that was asked for; None: none was


def _no_reason(_: Sequence[str]) -> dict[str, str]:
    return {}


class Queue(Struct, frozen=True):
    """A page of the queue, or of one kind of it, and how many problems of each kind wait in all of it."""

    page: RowPage[Problem]
    waiting: dict[str, int]  # the riskiest kind first; kinds without any are left out


def make_queue(store: Store, config: Config, view: View) -> Queue:
    """Each kind is counted once, for the page and for the whole."""
    wanted, reason = view.chosen("rule"), view.chosen("reason")
    if reason and not wanted:
        wanted = UNJUDGED_CLAIM
    kinds = list(_kinds(store, config, wanted, reason))
    chosen = [kind for kind in kinds if wanted in {"", kind.name}]
    rows: list[Problem] = []
    skip, total = view.offset, 0
    for kind in chosen:
        number = kind.waiting if kind.for_reason is None else kind.for_reason
        if skip < number and len(rows) < view.rows:
            rows += kind.some(skip, view.rows - len(rows))
        skip = max(0, skip - number)
        total += number
    waiting = {kind.name: kind.waiting for kind in kinds if kind.waiting}
    return Queue(RowPage(tuple(_judged(store, rows)), total), waiting)


def make_kinds(store: Store, config: Config, each: int) -> tuple[ProblemKind, ...]:
    """Every kind of problem that waits, the riskiest first, with the first few of each."""
    return tuple(
        ProblemKind(kind.name, kind.severity, kind.waiting, tuple(kind.some(0, each)))
        for kind in _kinds(store, config, "", "")
        if kind.waiting
    )


def _kinds(store: Store, config: Config, wanted: str, reason: str) -> Iterator[_Kind]:
    """In the order of risk: a page that says what its source denies comes before one whose source nobody could read."""
    severities = check.severities(config.check.rules)
    dismissed = store.reviews.dismissed()
    waiting = store.page_listings.waiting_counts()

    def claims(name: Waits, severity: Severity | None) -> Iterator[_Kind]:
        if severity is not None:
            some = _Claims(store, name, severity, reason)
            yield _Kind(name, severity, waiting.get(name, 0), some.some, some.count() if wanted == name else None)

    def sources(rule: Rule, named: Callable[[], Sequence[str]], why: Why = _no_reason) -> Iterator[_Kind]:
        if rule in severities:
            found = [one for one in named() if rule not in dismissed.get(one, ())]
            some = _Named(store, rule, severities[rule], found, why).some
            yield _Kind(rule, severities[rule], len(found), some)

    def links(rule: Rule, state: LinkState) -> Iterator[_Kind]:
        if rule in severities:
            without = tuple(one for one, rules in dismissed.items() if rule in rules)
            query = ListQuery(state=state, without=without)
            some = _Links(store, rule, severities[rule], query).some
            yield _Kind(rule, severities[rule], store.listings.count(query), some)

    yield from claims(Waits.CONTRADICTED, severities.get(Rule.CONTRADICTED))
    yield from sources(Rule.RETRACTED, lambda: _retracted(store))
    for waits in (Waits.ALTERED_QUOTE, Waits.NUMBER_NOT_IN_SOURCE, Waits.UNSUPPORTED):
        yield from claims(waits, severities.get(Rule(waits)))
    yield from links(Rule.DEAD_LINK, LinkState.DEAD)
    yield from sources(Rule.WRONG_WORK, lambda: _doubted(store), lambda some: _doubts(store, some))
    yield from _in_pages(store, severities, Severity.ERROR, Severity.WARNING)
    yield from sources(Rule.LOW_CREDIBILITY, lambda: _carrying(store))
    yield from links(Rule.SUSPECT_LINK, LinkState.SUSPECT)
    yield from _in_pages(store, severities, Severity.NOTE)
    yield from claims(Waits.UNJUDGED, Severity.NOTE)


class _Claims(Struct, frozen=True):
    """Claims that wait with one problem."""

    store: Store
    name: Waits
    severity: Severity
    reason: str  # why nobody could judge them; "" for any

    def count(self) -> int | None:
        """How many of them wait for the reason; None without one."""
        return self.store.page_listings.waiting_count(self.name, self.reason) if self.reason else None

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


class _Links(Struct, frozen=True):
    """Sources in one state, but those of which a person said that it does not matter."""

    store: Store
    rule: Rule
    severity: Severity
    query: ListQuery

    def some(self, offset: int, limit: int) -> Sequence[Problem]:
        """The most important first."""
        rows = self.store.listings.page(replace(self.query, offset=offset, limit=limit)).rows
        return _of_sources(self.store, self.rule, self.severity, rows, {})


class _Named(Struct, frozen=True):
    """Sources that are known one by one: few, as they were found by a look at each."""

    store: Store
    rule: Rule
    severity: Severity
    named: Sequence[str]
    why: Why

    def some(self, offset: int, limit: int) -> Sequence[Problem]:
        """In their own order."""
        some = self.named[offset : offset + limit]
        known = self.store.listings.read_many(some)
        rows = [known[one] for one in some if one in known]
        return _of_sources(self.store, self.rule, self.severity, rows, self.why(some))


def _of_sources(
    store: Store, rule: Rule, severity: Severity, rows: Sequence[Listing], why: dict[str, str]
) -> list[Problem]:
    claims = store.page_listings.claims_of([row.source_id for row in rows])
    return [
        Problem(
            rule=rule,
            severity=severity,
            words=f"{RULES[rule].title}: {why.get(row.source_id) or row.title or row.url}",
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


def _retracted(store: Store) -> Sequence[str]:
    return store.listings.most_important(list(store.derived.fingerprints(Step.RETRACTED)))


def _doubted(store: Store) -> Sequence[str]:
    return store.listings.most_important(list(store.derived.fingerprints(Step.DOUBT)))


def _doubts(store: Store, source_ids: Sequence[str]) -> dict[str, str]:
    said = store.derived.find_many(Step.DOUBT, source_ids, WorkCheck)
    return {one: "; ".join(check_.why) for one, check_ in said.items()}


def _carrying(store: Store) -> Sequence[str]:
    """The one that carries most first."""
    source_ids = [source_id for source_id, _ in store.page_listings.carrying()]
    known = set(store.listings.most_important(source_ids))
    return [one for one in source_ids if one in known]


def _in_pages(store: Store, severities: dict[Rule, Severity], *wanted: Severity) -> Iterator[_Kind]:
    """What the parsers found, the worst first. A rule that is turned off is a note, so that the numbers stay true."""
    left = store.reviews.findings()
    counts = store.findings.counts(left)
    for severity in wanted:
        for rule in (rule for rule in IN_PAGES if rule in counts and severities.get(rule, Severity.NOTE) is severity):
            yield _Kind(rule, severity, counts[rule], _Findings(store, rule, severity, tuple(left)).some)


class _Findings(Struct, frozen=True):
    """What the parsers found of one rule, but what a person dismissed."""

    store: Store
    rule: Rule
    severity: Severity
    dismissed: tuple[str, ...]

    def some(self, offset: int, limit: int) -> Sequence[Problem]:
        """Page by page."""
        return [
            Problem(
                one.rule,
                self.severity,
                one.message,
                "",
                one.page,
                one.line,
                page_id=ids.page_id(one.page),
                finding=name,
            )
            for name, one in self.store.findings.some(self.rule, offset, limit, self.dismissed)
        ]


def _judged(store: Store, rows: Sequence[Problem]) -> Iterator[Problem]:
    """Each with what the judge says, so that a person can answer without leaving the queue."""
    subjects = [ids.judgement_id(row.claim_id, row.source_id) for row in rows if row.claim_id]
    said = find_judgements(store.derived, subjects)
    dismissed = store.reviews.dismissed()
    for row in rows:
        judgement = said.get(ids.judgement_id(row.claim_id, row.source_id)) if row.claim_id else None
        yield replace(row, judgement=judgement, dismissed=dismissed.get(row.source_id, ()))
