"""What is wrong with a source that a page cites. Told once a page, where its address is written."""

from collections.abc import Callable, Iterator

from sourcebook import ids
from sourcebook.check.evidence import Cited, CitedSource, Flaw, PageEvidence
from sourcebook.config import CheckSettings
from sourcebook.errors import NonTextError
from sourcebook.types.captures import LinkState, Outcome
from sourcebook.types.findings import Rule
from sourcebook.types.pages import Citation, CitationKind
from sourcebook.types.registries import WITHDRAWN, NoticeKind

_NOT_THERE = {Outcome.SOFT_GONE, Outcome.PARKED}  # they answer, and the source is gone


def retracted(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Works that were retracted by their publisher, or withdrawn by their authors."""
    return _each(evidence, Rule.RETRACTED, lambda source: _told(source, WITHDRAWN))


def corrected(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Works of which a correction or an expression of concern was published."""
    return _each(evidence, Rule.CORRECTED, lambda source: _told(source, frozenset(NoticeKind) - WITHDRAWN))


def _told(source: CitedSource, kinds: frozenset[NoticeKind]) -> str:
    """The first notice of these kinds in words."""
    for notice in source.notices:
        if notice.kind in kinds:
            where = f", {notice.identifier}" if notice.identifier else ""
            when = f" of {notice.date}" if notice.date else ""
            return f"{notice.kind.value}{when}{where}, by {notice.origin}"
    return ""


def dead_links(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Sources that are gone by failures on different days."""

    def told(source: CitedSource) -> str:
        dead = source.listing.state is LinkState.DEAD and not _answers(source)
        return f"dead link: {_last(source)}" if dead else ""

    return _each(evidence, Rule.DEAD_LINK, told)


def suspect_links(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Sources of which their server says that they are gone, too few times to call them dead."""

    def told(source: CitedSource) -> str:
        return f"suspect link: {_last(source)}" if _is_suspect(source, Outcome.GONE) else ""

    return _each(evidence, Rule.SUSPECT_LINK, told)


def no_answer(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Sources of which nothing came, too few times to call them dead."""

    def told(source: CitedSource) -> str:
        return f"no answer: {_last(source)}" if _is_suspect(source, Outcome.UNREACHABLE) else ""

    return _each(evidence, Rule.NO_ANSWER, told)


def soft_404s(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Addresses that answer well, with a page that says the source is not there."""

    def told(source: CitedSource) -> str:
        return f"not what was cited any more: {_last(source)}" if _answers(source) else ""

    return _each(evidence, Rule.SOFT_404, told)


def paywalled(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Sources that show a part of their words only."""

    def told(source: CitedSource) -> str:
        return f"behind a paywall: {_last(source)}" if source.listing.outcome is Outcome.PAYWALLED else ""

    return _each(evidence, Rule.PAYWALLED, told)


def wrong_works(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Sources whose kept copy is not the work that the pages cite."""
    return _each(
        evidence, Rule.WRONG_WORK, lambda source: f"not the work cited: {source.doubt}" if source.doubt else ""
    )


def low_credibility(evidence: PageEvidence, settings: CheckSettings) -> Iterator[Flaw]:
    """Sources whose credibility is below the least that settings ask for."""

    def told(source: CitedSource) -> str:
        value = source.listing.credibility
        if value is None or value >= settings.least_credibility:
            return ""
        venue = source.listing.venue or source.listing.domain
        return f"credibility {value} of 5, inherited from {venue}; at least {settings.least_credibility} is asked for"

    return _each(evidence, Rule.LOW_CREDIBILITY, told)


def no_credibility(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Sources of venues that nobody has rated."""

    def told(source: CitedSource) -> str:
        if source.listing.credibility is not None:
            return ""
        return f"no rating for {source.listing.venue or source.listing.domain} yet"

    return _each(evidence, Rule.NO_CREDIBILITY, told)


def unread(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Sources of which a copy is kept that cannot be read."""
    return _each(
        evidence, Rule.STEP_FAILED, lambda source: "" if NonTextError.is_told_by(source.failure) else source.failure
    )


def without_words(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Sources of which the copy that is kept has no words: pages that are pictures."""
    return _each(
        evidence, Rule.NON_TEXT, lambda source: source.failure if NonTextError.is_told_by(source.failure) else ""
    )


def unknown(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Components that name a source which the library does not have."""
    for one in evidence.cited:
        target = one.citation.target
        if one.source is None and one.citation.kind is CitationKind.COMPONENT:
            yield _at(evidence, one, Rule.UNKNOWN_SOURCE, f"no source has the id {target!r}")


def unusable(evidence: PageEvidence, _: CheckSettings) -> Iterator[Flaw]:
    """Addresses of a form that no source can have."""
    for one in evidence.cited:
        url = one.citation.url
        if one.source is None and url and ids.match_key(url) is None:
            yield _at(evidence, one, Rule.UNUSABLE_ADDRESS, f"{url!r} is not an address that can be asked for")


def _each(evidence: PageEvidence, rule: Rule, told: Callable[[CitedSource], str]) -> Iterator[Flaw]:
    """A flaw for each source of which there is something to tell."""
    for source, citations in evidence.sources:
        if not (message := told(source)):
            continue
        where = _where_written(citations)
        title = source.listing.title
        yield Flaw(
            rule,
            evidence.lines.span(where.start, where.end),
            f"{message} ({title}){_elsewhere(where, citations)}",
            source.listing.source_id,
            source_id=source.listing.source_id,
            url=where.url or source.listing.url,
        )


def _where_written(citations: list[Citation]) -> Citation:
    """Where the address itself stands, rather than a reference to the footnote that holds it."""
    return next((one for one in citations if one.kind is not CitationKind.FOOTNOTE), citations[0])


def _elsewhere(where: Citation, citations: list[Citation]) -> str:
    """Which other lines of the page lean on the same source."""
    lines = sorted({one.line for one in citations} - {where.line})
    if not lines:
        return ""
    shown = ", ".join(map(str, lines[:5]))
    return f"; also line{'s' if len(lines) > 1 else ''} {shown}{' …' if len(lines) > 5 else ''}"


def _at(evidence: PageEvidence, one: Cited, rule: Rule, message: str) -> Flaw:
    citation = one.citation
    span = evidence.lines.span(citation.start, citation.end)
    claim = citation.claim.text if citation.claim else ""
    return Flaw(rule, span, message, citation.target, claim, url=citation.url)


def _is_suspect(source: CitedSource, outcome: Outcome) -> bool:
    return source.listing.state is LinkState.SUSPECT and source.listing.outcome is outcome


def _answers(source: CitedSource) -> bool:
    """Did it answer at last, with something that is not the source? That is told as such, dead or not."""
    return source.listing.outcome in _NOT_THERE


def _last(source: CitedSource) -> str:
    """How the newest attempt ended."""
    if source.capture is None:
        return source.listing.outcome.value.replace("_", " ") if source.listing.outcome else "no answer"
    reason = source.capture.reason or source.capture.outcome.value.replace("_", " ")
    return f"{reason} on {source.capture.checked_at:%Y-%m-%d}"
