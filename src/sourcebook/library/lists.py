"""What lists say of claims and pages, brought up to date: each claim beside each of its sources, each page's sums."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from sourcebook import ids
from sourcebook.library.parts import Parts
from sourcebook.store import Leaning, Store
from sourcebook.types.builds import Step
from sourcebook.types.captures import LinkState
from sourcebook.types.listings import UNJUDGED, ClaimListing, Listing, PageListing, Reviewed, Waits
from sourcebook.types.pages import Page
from sourcebook.types.ratings import STRONG
from sourcebook.types.reviews import Review
from sourcebook.types.verdicts import FLAGGED, QuoteStatus, Support, UnjudgedReason, altered_quotes, numbers_lost

_STRONGEST_FIRST = (Support.CONTRADICTED, Support.SUPPORTED, Support.PARTIAL, Support.UNSUPPORTED)  # as `check` has it
LITTLE = (1, 2)  # credibility of venues that should not carry much
MANY = 3  # claims: what leans on a source so often is seldom a passing mention


class _Quote(Struct, frozen=True):
    """All that lists say of a quote."""

    quote: str
    status: QuoteStatus


class _Said(Struct, frozen=True):
    """All that lists say of a judgement; reading its passages too would take three times as long."""

    support: Support | None = None
    probability: float = 0.0
    together: Support | None = None
    quotes: tuple[_Quote, ...] = ()
    missing: tuple[str, ...] = ()
    reason: UnjudgedReason | None = None


_Answer = tuple[str, _Said, Review | None]  # the verdict that counts, the judge's, and a person's


class _Together(Struct, frozen=True):
    """What all sources of a claim say of it."""

    verdict: str
    altered: frozenset[str]  # quotes; as `check` has it
    lost: bool  # whether all who could be judged lack one number; as `check` has it


class _Known(Struct, frozen=True):
    """What is known of the claims and sources of some pages."""

    listings: Mapping[str, Listing]
    said: Mapping[str, _Said]  # by `ids.judgement_id`
    reviews: Mapping[tuple[str, str], Review]

    def answer(self, leaning: Leaning) -> _Answer:
        """What is said of one claim by one source."""
        said = self.said.get(ids.judgement_id(leaning.claim_id, leaning.source_id), _Said())
        review = self.reviews.get((leaning.claim_id, leaning.source_id))
        counts = review is not None and not review.dismisses
        return str(review.value) if review and counts else said.support or UNJUDGED, said, review


def bring_up(parts: Parts, page_ids: Sequence[str] | None = None) -> None:
    """Make the lists of claims and pages follow from what is kept; of those pages, or of all."""
    store = parts.store
    reviews = store.reviews.verdicts()
    for pages, leanings in store.page_listings.leanings(page_ids):
        cited = store.page_listings.cited_by([page.id for page in pages])
        source_ids = sorted({source_id for some in cited.values() for source_id in some})
        subjects = sorted({ids.judgement_id(one.claim_id, one.source_id) for one in leanings})
        known = _Known(store.listings.read_many(source_ids), _said(store, subjects), reviews)
        claims = _claims(pages, [one for one in leanings if one.source_id in known.listings], known)
        by_page: dict[str, list[ClaimListing]] = {}
        for claim in claims:
            by_page.setdefault(claim.page_id, []).append(claim)
        sources = {
            page_id: [known.listings[one] for one in some if one in known.listings] for page_id, some in cited.items()
        }
        made = [_page(page, by_page.get(page.id, ()), sources.get(page.id, ())) for page in pages]
        store.page_listings.save(made, claims)
    if page_ids is None:
        store.listings.settle_verdicts()  # a page that went took its claims with it
        store.page_listings.keep_carrying(MANY, LITTLE)


def bring_up_citing(parts: Parts, source_ids: Sequence[str]) -> None:
    """The same for the pages that cite some sources, of which more is known; no page came or went."""
    citing = parts.store.pages.citing_many(source_ids)
    bring_up(parts, sorted({page.id for pages in citing.values() for page in pages}))
    parts.store.page_listings.keep_carrying(MANY, LITTLE)


def _said(store: Store, subjects: Sequence[str]) -> dict[str, _Said]:
    """A model's second opinion before our own, and ours before none: as `find_judgements` has it."""
    found: dict[str, _Said] = {}
    for step in (Step.UNJUDGED, Step.VERDICT, Step.SECOND):
        found |= store.derived.find_many(step, subjects, _Said)
    return found


def _claims(pages: Iterable[Page], leanings: Sequence[Leaning], known: _Known) -> list[ClaimListing]:
    titles = {page.id: page for page in pages}
    beside: dict[tuple[str, int], list[Leaning]] = {}
    for one in leanings:
        beside.setdefault((one.page_id, one.position), []).append(one)
    together = {place: _together(known, some) for place, some in beside.items()}
    return [_claim(titles[one.page_id], one, known, together[one.page_id, one.position]) for one in leanings]


def _together(known: _Known, leanings: Iterable[Leaning]) -> _Together:
    answers = [known.answer(one) for one in leanings]
    checks = (
        (quote.quote, quote.status)
        for _, said, review in answers
        for quote in said.quotes
        if review is None or quote.status is not QuoteStatus.ALTERED
    )
    judged = [(said, review) for _, said, review in answers if said.support is not None]
    seen = any(review is not None for _, review in judged)
    doubtful = any(verdict != Support.SUPPORTED for verdict, _, _ in answers)
    lost = doubtful and not seen and bool(numbers_lost([said.missing for said, _ in judged]))
    return _Together(_carried(answers), altered_quotes(checks), lost)


def _carried(answers: Sequence[_Answer]) -> str:
    """What all sources of a claim say of it together, but those of which a person says that it does not matter."""
    left = [answer for answer in answers if not (answer[2] and answer[2].dismisses)]
    found: set[str] = set()
    for verdict, said, review in left or answers:
        found.add(verdict)
        if said.together is not None and review is None:
            found.add(said.together)
    return next((support for support in _STRONGEST_FIRST if support in found), UNJUDGED)


def _claim(page: Page, leaning: Leaning, known: _Known, together: _Together) -> ClaimListing:
    source = known.listings[leaning.source_id]
    verdict, said, review = known.answer(leaning)
    return ClaimListing(
        page_id=page.id,
        position=leaning.position,
        source_id=source.source_id,
        claim_id=leaning.claim_id,
        text=leaning.text,
        start=leaning.start,
        line=leaning.line,
        page=page.title or page.path,
        path=page.path,
        source=source.title or source.url,
        url=source.url,
        type=source.type,
        venue_id=source.venue_id,
        venue=source.venue,
        credibility=source.credibility,
        importance=source.importance,
        state=source.state,
        verdict=verdict,
        carried=together.verdict,
        confidence=round(100 * said.probability) if said.support is not None else None,
        reason=said.reason or "" if verdict == UNJUDGED else "",
        quote_altered=any(quote.status is QuoteStatus.ALTERED for quote in said.quotes),
        review=_review(said, review),
        problem="" if review is not None else _waits(verdict, together, said),
    )


def _waits(verdict: str, together: _Together, said: _Said) -> str:
    """What a person should look at. Where other sources bear the claim out, that this one does not is no problem."""
    if verdict == Support.CONTRADICTED:
        return Waits.CONTRADICTED
    if any(quote.status is QuoteStatus.ALTERED and quote.quote in together.altered for quote in said.quotes):
        return Waits.ALTERED_QUOTE
    if together.lost and said.support is not None and together.verdict != Support.CONTRADICTED:
        return Waits.NUMBER_NOT_IN_SOURCE
    if together.verdict in {Support.SUPPORTED, Support.PARTIAL} or said.reason is UnjudgedReason.SOURCE_IN_DOUBT:
        return ""  # that the copy is another work's waits by itself
    return Waits.UNSUPPORTED if verdict == Support.UNSUPPORTED else Waits.UNJUDGED if verdict == UNJUDGED else ""


def _review(said: _Said, review: Review | None) -> str:
    if review is None:
        return ""
    if review.dismisses:
        return Reviewed.DISMISSED
    return Reviewed.CONFIRMED if review.value == said.support else Reviewed.OVERRULED


def _page(page: Page, claims: Iterable[ClaimListing], sources: Sequence[Listing]) -> PageListing:
    carried: dict[int, str] = {}
    strong: set[int] = set()
    flagged: set[int] = set()  # and not dismissed by a person beside each of their sources
    for claim in claims:
        if (claim.carried in FLAGGED and claim.review != Reviewed.DISMISSED) or claim.problem == Waits.ALTERED_QUOTE:
            flagged.add(claim.position)
        carried[claim.position] = claim.carried
        if claim.credibility is not None and claim.credibility >= STRONG:
            strong.add(claim.position)
    said = list(carried.values())
    return PageListing(
        page_id=page.id,
        path=page.path,
        title=page.title,
        type=page.type,
        quality=page.quality,
        claims=len(said),
        supported=said.count(Support.SUPPORTED),
        partial=said.count(Support.PARTIAL),
        flagged=len(flagged),
        unjudged=said.count(UNJUDGED),
        strong=len(strong),
        sources=len(sources),
        unrated=sum(source.credibility is None for source in sources),
        dead=sum(source.state is LinkState.DEAD for source in sources),
    )
