"""Pages in, findings and counts out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice

from msgspec import Struct

from sourcebook import corpus, ids
from sourcebook.check.baseline import Baseline
from sourcebook.check.counting import Counting
from sourcebook.check.evidence import Coverage, Flaw, PageEvidence
from sourcebook.check.gather import gather
from sourcebook.check.ignores import sort_out
from sourcebook.check.result import Checked, Ignored, Reported
from sourcebook.check.rules import RULES
from sourcebook.check.rules.pages import written
from sourcebook.check.severities import order, severities
from sourcebook.config import Config
from sourcebook.store import Store
from sourcebook.types.findings import Rule, Severity
from sourcebook.types.pages import ParsedPage

_AT_ONCE = 200  # pages whose evidence is looked up together: few queries, and little memory however many there are

# What is told of a statement, and what need not be told of it then: the more exact finding says it already.
_SAYS_ALREADY = {
    Rule.CONTRADICTED: {Rule.NUMBER_NOT_IN_SOURCE, Rule.UNSUPPORTED, Rule.PARTLY_SUPPORTED},
    Rule.ALTERED_QUOTE: {Rule.UNSUPPORTED, Rule.PARTLY_SUPPORTED},
    Rule.NUMBER_NOT_IN_SOURCE: {Rule.UNSUPPORTED, Rule.PARTLY_SUPPORTED},
}


class Told(Struct, frozen=True):
    """What came of one page."""

    findings: list[Reported]
    ignored: list[Ignored]


def check(
    store: Store,
    config: Config,
    pages: Iterable[ParsedPage],
    skipped: Sequence[str] = (),
    before: Baseline | None = None,
) -> Checked:
    """Hold pages against what a library knows. `skipped` gives the reason for each page that was named and not read."""
    rules = severities(config.check.rules)
    baseline = before or Baseline()
    counting = Counting()
    uncited = partial(corpus.uncited_numbers, settings=config.corpus)
    told: list[Told] = []
    coverage: dict[str, Coverage] = {}
    for why in skipped:
        counting.skip_page(why)
    for some in _some(pages):
        for evidence in gather(store, some, uncited, baseline.coverage):
            counting.add(evidence)
            coverage[evidence.page.page.path] = evidence.coverage
            told.append(tell(evidence, config, rules))
    counted_pages, counted_links, counted_claims = counting.counts()
    return Checked(
        findings=tuple(sorted((one for page in told for one in page.findings), key=worst_first)),
        ignored=tuple(one for page in told for one in page.ignored),
        pages=counted_pages,
        links=counted_links,
        claims=counted_claims,
        coverage=coverage,
    )


def _some(pages: Iterable[ParsedPage]) -> Iterator[list[ParsedPage]]:
    rest = iter(pages)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def tell(evidence: PageEvidence, config: Config, rules: Mapping[Rule, Severity]) -> Told:
    """Every flaw of a page that its ignores let through, with its severity and its fingerprint, by place."""
    path = evidence.page.page.path
    flaws = [flaw for flaw in _flaws(evidence, config, rules) if flaw.rule in rules]
    parted = sort_out(evidence.page.text, _once(flaws), rules)
    seen: Counter[str] = Counter()
    findings: list[Reported] = []
    for flaw in parted.told:
        if flaw.rule in rules:
            mark = ids.fingerprint(flaw.rule, path, flaw.key)
            findings.append(_reported(flaw, path, rules[flaw.rule], f"{mark}-{seen[mark]}" if seen[mark] else mark))
            seen[mark] += 1
    ignored = [Ignored(flaw.rule, path, flaw.span.line, why) for flaw, why in parted.ignored]
    return Told(findings, ignored)


def _flaws(evidence: PageEvidence, config: Config, rules: Mapping[Rule, Severity]) -> Iterator[Flaw]:
    yield from written(evidence)
    for rule, entry in RULES.items():
        if entry.find is not None and rule in rules:
            yield from entry.find(evidence, config.check)


def _once(flaws: list[Flaw]) -> list[Flaw]:
    """A statement that is told to be wrong in one point is not told again to be wrong as a whole."""
    said = {(flaw.claim, rule) for flaw in flaws for rule in _SAYS_ALREADY.get(flaw.rule, ())}
    return [flaw for flaw in flaws if (flaw.claim, flaw.rule) not in said]


def _reported(flaw: Flaw, path: str, severity: Severity, fingerprint: str) -> Reported:
    return Reported(
        rule=flaw.rule,
        severity=severity,
        page=path,
        file=path,
        span=flaw.span,
        message=flaw.message,
        advice=RULES[flaw.rule].advice,
        claim=flaw.claim,
        passage=flaw.passage,
        source_id=flaw.source_id,
        url=flaw.url,
        fingerprint=fingerprint,
    )


def worst_first(finding: Reported) -> tuple[int, str, int, int, str]:
    """What findings are sorted by."""
    return order(finding.severity), finding.page, finding.span.line, finding.span.column, finding.rule.value
