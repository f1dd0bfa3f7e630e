"""What the sources' words say of a page's statements. The sources of one statement are taken together."""

from collections.abc import Iterator, Sequence

from sourcebook.check.evidence import Cited, Flaw, PageEvidence, altered_among, taken_together
from sourcebook.config import CheckSettings
from sourcebook.types.documents import Passage
from sourcebook.types.findings import Rule
from sourcebook.types.pages import Claim
from sourcebook.types.verdicts import QuoteStatus, Support, numbers_lost


def contradicted(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Statements that a cited source says otherwise of, whatever another source says."""
    for claim, cited in evidence.doubtful:
        for one in cited:
            if one.support is Support.CONTRADICTED and not one.dismissed:
                yield _flaw(evidence, Rule.CONTRADICTED, claim, one, f"contradicted: {one.why.partition('; ')[0]}")


def altered_quotes(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Quotes that stand in no cited source as they are quoted, and in one of them with other words or numbers."""
    for claim, cited in evidence.doubtful:
        altered = altered_among(cited)
        unreviewed = [one for one in cited if one.review is None]
        for source, check in [(one, check) for one in unreviewed if one.verdict for check in one.verdict.quotes]:
            if check.status is QuoteStatus.ALTERED and check.quote in altered:
                difference = f": {check.difference}" if check.difference else ""
                message = f"altered quote “{check.quote}”{difference}"
                yield _flaw(evidence, Rule.ALTERED_QUOTE, claim, source, message, check.passage)


def lost_numbers(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Numbers of a statement that stand in none of the sources that could be judged."""
    for claim, cited in evidence.doubtful:
        judged = [one for one in cited if one.verdict]
        if not judged or any(one.review for one in judged):
            continue
        lost = numbers_lost([one.verdict.missing for one in judged if one.verdict])
        if lost:
            message = f"{_named(lost)} nowhere in {'the source' if len(judged) == 1 else 'the sources'}"
            yield _flaw(evidence, Rule.NUMBER_NOT_IN_SOURCE, claim, judged[0], message)


def unsupported(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Statements that no cited source bears out, not even in part, and none says otherwise of."""
    return _at_best(evidence, Support.UNSUPPORTED, Rule.UNSUPPORTED)


def partly_supported(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Statements of which the sources, together, bear out no more than a part."""
    return _at_best(evidence, Support.PARTIAL, Rule.PARTLY_SUPPORTED)


def _at_best(evidence: PageEvidence, support: Support, rule: Rule) -> Iterator[Flaw]:
    for claim, cited in evidence.doubtful:
        left = [one for one in cited if not one.dismissed]
        if left and taken_together(left) is support:
            one = next((one for one in left if one.support is support), left[0])
            yield _flaw(evidence, rule, claim, one, f"{rule.value.replace('-', ' ')}: {_whys(left)}")


def _named(lost: Sequence[str]) -> str:
    """`the number 57 is`, `the numbers 57 and 66 are`, `the number 57 and the date 3 May 2024 are`."""
    if len(lost) == 1:
        return f"{lost[0]} is"
    kinds = {fact.split(" ", 2)[1] for fact in lost}
    if len(kinds) > 1:
        return f"{', '.join(lost[:-1])} and {lost[-1]} are"
    values = [fact.split(" ", 2)[2] for fact in lost]
    return f"the {kinds.pop()}s {', '.join(values[:-1])} and {values[-1]} are"


def _whys(cited: list[Cited]) -> str:
    """The reason of each source, and which of them nobody could judge."""
    parts = []
    for one in cited:
        name = f"{one.source.listing.title}: " if len(cited) > 1 and one.source else ""
        parts.append(f"{name}{'' if one.support else 'not judged, '}{one.why}")
    return "; ".join(parts)


def _flaw(  # noqa: PLR0913 - what a finding is made of
    evidence: PageEvidence, rule: Rule, claim: Claim, one: Cited, message: str, passage: Passage | None = None
) -> Flaw:
    source = one.source
    source_id = source.listing.source_id if source else ""
    shown = passage or (one.verdict.passages[0] if one.verdict and one.verdict.passages else None)
    return Flaw(
        rule,
        evidence.lines.span(claim.start, claim.end),
        message,
        f"{claim.id} {source_id}",
        claim.text,
        shown.quote if shown else "",
        source_id,
        one.citation.url or (source.listing.url if source else ""),
    )
