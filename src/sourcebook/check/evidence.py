"""What the rules look at: a page as it is now, and all that the library knows of what it cites."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from msgspec import Struct

from sourcebook.types.captures import Capture
from sourcebook.types.findings import Rule
from sourcebook.types.listings import Listing
from sourcebook.types.pages import Citation, Claim, ParsedPage
from sourcebook.types.registries import Notice
from sourcebook.types.reviews import Review
from sourcebook.types.verdicts import FLAGGED, Judgement, QuoteStatus, Support, Verdict, altered_quotes


class Span(Struct, frozen=True):
    """A stretch of a page; lines and columns count from 1, the end is the place after the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


class Lines:
    """Where the offsets of a text stand."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        at = self._text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self._text.find("\n", at + 1)
        return starts

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The stretch between two offsets."""
        return Span(*self.at(start), *self.at(max(start, end)))


class CitedSource(Struct, frozen=True):
    """A source that a page cites: what lists say of it, and its newest capture."""

    listing: Listing
    capture: Capture | None
    failure: str = ""  # why the words of its kept copy could not be read; "" when they could
    doubt: str = ""  # why those words are another work's; "" when nothing speaks for that
    notices: tuple[Notice, ...] = ()  # what registries made known of the work


class Cited(Struct, frozen=True):
    """One citation, and what the library knows of it."""

    citation: Citation
    source: CitedSource | None  # None when nobody knows a source by what is cited
    judgement: Judgement | None  # None without a claim, and when no build has met this claim with this source
    review: Review | None = None  # a person's word on what the source says of the claim; it outranks the judge's

    @property
    def verdict(self) -> Verdict | None:
        """What the judge says, when it could say."""
        return self.judgement if isinstance(self.judgement, Verdict) else None

    @property
    def support(self) -> Support | None:
        """What the source says of the claim, by a person or else by the judge; None when nobody could say."""
        if self.review is not None and not self.review.dismisses:
            return Support(str(self.review.value))
        return self.verdict.support if self.verdict else None

    @property
    def dismissed(self) -> bool:
        """Did a person say that there is nothing to report here?"""
        return self.review is not None and self.review.dismisses

    @property
    def why(self) -> str:
        """The reason for that, or why there is none."""
        if self.review is not None:
            said = "dismissed it" if self.review.dismisses else "says so"
            return f"{self.review.who} {said}, {self.review.why}" if self.review.why else f"{self.review.who} {said}"
        return self.judgement.why if self.judgement else "not built yet"


class Coverage(Struct, frozen=True):
    """Of the claims of a page with a source each, how many have a verdict."""

    found: int
    judged: int

    @property
    def share(self) -> float:
        """From 0 to 1; of nothing, all is judged."""
        return self.judged / self.found if self.found else 1.0


@dataclass(frozen=True)
class PageEvidence:
    """One page with everything that bears on it."""

    page: ParsedPage
    cited: tuple[Cited, ...]
    uncited: tuple[Claim, ...] = ()  # statements with a number in paragraphs that cite nothing
    before: Coverage | None = None  # of the page when the baseline was written

    @cached_property
    def lines(self) -> Lines:
        """Where things stand on the page."""
        return Lines(self.page.text)

    @cached_property
    def statements(self) -> list[tuple[Claim, list[Cited]]]:
        """Each claim of the page, in order, with every citation that it leans on; a source counts once."""
        found: dict[tuple[int, int], tuple[Claim, list[Cited]]] = {}
        for one in self.cited:
            claim = one.citation.claim
            if claim is None:
                continue
            _, known = found.setdefault((claim.start, claim.end), (claim, []))
            if one.source is None or all(one.source is not other.source for other in known):
                known.append(one)
        return list(found.values())

    @cached_property
    def doubtful(self) -> list[tuple[Claim, list[Cited]]]:
        """The statements that are not simply borne out by every source: most are, and rules need not look at them."""
        return [one for one in self.statements if not all(map(_is_borne_out, one[1]))]

    @cached_property
    def coverage(self) -> Coverage:
        """How many claims have a source, and how many of these a verdict: each claim with each of its sources."""
        answers = [one.support is not None for _, cited in self.statements for one in cited if one.source is not None]
        return Coverage(len(answers), sum(answers))

    @cached_property
    def sources(self) -> list[tuple[CitedSource, list[Citation]]]:
        """Each source of the page with every place that cites it, in order."""
        found: dict[str, tuple[CitedSource, list[Citation]]] = {}
        for one in self.cited:
            if one.source is not None:
                found.setdefault(one.source.listing.source_id, (one.source, []))[1].append(one.citation)
        return list(found.values())


def taken_together(cited: Sequence[Cited]) -> Support | None:
    """What the sources of one statement say of it: otherwise, if any does; else the best that one of them says, or all
    of them together. None when nobody could say."""
    said = {one.support for one in cited if one.support}
    said |= {one.verdict.together for one in cited if one.verdict and one.verdict.together and not one.review}
    return next((support for support in _STRONGEST_FIRST if support in said), None)


def altered_among(cited: Sequence[Cited]) -> frozenset[str]:
    """The quotes of one statement that none of its sources has as they are quoted, and one has otherwise. Beside a
    source of which a person has said what it says, nothing is altered."""
    checks = ((one, check) for one in cited if one.verdict for check in one.verdict.quotes)
    return altered_quotes(
        (check.quote, check.status)
        for one, check in checks
        if one.review is None or check.status is not QuoteStatus.ALTERED
    )


def is_flagged(cited: Sequence[Cited]) -> bool:
    """Does any source say otherwise of a statement, or none bear it out, or is a quote in it altered? Sources beside
    which a person has said that there is nothing to report say nothing here."""
    left = [one for one in cited if not one.dismissed]
    return taken_together(left) in FLAGGED or bool(altered_among(cited))


def _is_borne_out(one: Cited) -> bool:
    verdict = one.judgement
    if one.review is not None or not isinstance(verdict, Verdict):
        return False
    return verdict.support is Support.SUPPORTED and not verdict.missing and not verdict.quotes


_STRONGEST_FIRST = (Support.CONTRADICTED, Support.SUPPORTED, Support.PARTIAL, Support.UNSUPPORTED)


class Flaw(Struct, frozen=True):
    """What a rule found, before anybody has said how bad that is."""

    rule: Rule
    span: Span
    message: str
    key: str  # with the rule and the page, what makes this the same flaw tomorrow
    claim: str = ""
    passage: str = ""  # the words of the source that it is about
    source_id: str = ""
    url: str = ""
