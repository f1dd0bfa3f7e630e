"""One question, answered: looked up in the index, narrowed, and shown at the place that answers best."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from sourcebook import ids
from sourcebook.corpus import plain_text
from sourcebook.embedding import Embedder
from sourcebook.errors import UsageError
from sourcebook.records.search.highlights import Glimpse, Stretch, glimpse
from sourcebook.records.search.meaning import by_meaning
from sourcebook.records.search.question import Narrowing, Question, parse_question
from sourcebook.store import ClaimPlace, ListQuery, Store
from sourcebook.store.search import MOST_HITS, Found, Hit, SearchKind, Wanted
from sourcebook.types.builds import Step
from sourcebook.types.documents import Document
from sourcebook.types.listings import Listing
from sourcebook.types.pages import Page

_MOST_NARROWED = 10_000  # hits among which narrowed ones are looked for


class SourceHit(Struct, frozen=True):
    """A source that was found, and the place of its kept text that answers best."""

    listing: Listing
    score: float
    place: Glimpse | None  # None where no words of it are kept


class PageHit(Struct, frozen=True):
    """A page of the knowledge base that was found."""

    page: Page
    place: tuple[Stretch, ...]


class ClaimHit(Struct, frozen=True):
    """A claim that was found, and where it first stands."""

    claim_id: str
    page_id: str
    path: str
    line: int
    start: int  # of its words in the page
    text: tuple[Stretch, ...]


class SearchAnswer(Struct, frozen=True):
    """What was found; sources in part, from `offset` on."""

    question: str
    respelled: dict[str, str]  # words that nothing holds, and those that were looked for instead
    sources: tuple[SourceHit, ...]
    total: int  # sources in all
    more: bool  # are there more of them than were counted?
    offset: int
    limit: int
    pages: tuple[PageHit, ...]
    claims: tuple[ClaimHit, ...]
    semantic: bool  # did meanings count?


def make_answer(store: Store, embedder: Embedder | None, typed: str, limit: int, offset: int) -> SearchAnswer:
    """Raises UsageError for a question that cannot be followed, and where the library has no index yet."""
    question = parse_question(typed)
    if store.search.is_empty() and (question.wanted.without or not question.wanted.is_empty):
        raise UsageError("the words of this library are not indexed yet", "run `sourcebook build`")
    question, respelled = _respelled(store, question)
    found = _sources(store, embedder, question)
    shown = found.hits[offset : offset + limit]
    pages, claims = ((), ()) if question.narrows else (_pages(store, question, limit), _claims(store, question, limit))
    return SearchAnswer(
        question=question.text,
        respelled=respelled,
        sources=_shown(store, question, shown),
        total=found.total,
        more=found.more,
        offset=offset,
        limit=limit,
        pages=pages,
        claims=claims,
        semantic=embedder is not None and not question.wanted.is_empty,
    )


def _respelled(store: Store, question: Question) -> tuple[Question, dict[str, str]]:
    """The question with words that no source holds replaced by the likest of titles and names, where there is one."""
    better: dict[str, str] = {}
    for word in store.search.unknown(SearchKind.SOURCE, question.wanted.words):
        if likest := store.search.spellings(word)[:1]:
            better[word] = likest[0]
    words = tuple(better.get(word, word) for word in question.wanted.words)
    return replace(question, wanted=replace(question.wanted, words=words)), better


def _sources(store: Store, embedder: Embedder | None, question: Question) -> Found:
    if question.wanted.is_empty:
        return _without(store, question) if question.narrows or question.wanted.without else Found()
    found = store.search.find(SearchKind.SOURCE, question.wanted, _MOST_NARROWED if question.narrows else MOST_HITS)
    if embedder is not None:
        found = by_meaning(store.search, embedder, question.wanted, found)
    return _narrowed(store, question.narrowing, found) if question.narrows else found


def _without(store: Store, question: Question) -> Found:
    """All sources that are let through, but for those that hold what must not be there."""
    found = _listed(store, question.narrowing)
    held = {
        hit.subject
        for phrase in question.wanted.without
        for hit in store.search.find(SearchKind.SOURCE, Wanted(phrases=(phrase,)), _MOST_NARROWED).hits
    }
    hits = tuple(hit for hit in found.hits if hit.subject not in held)
    return Found(hits, len(hits), found.more)


def _listed(store: Store, narrowing: Narrowing) -> Found:
    """All sources that are let through, the most important first."""
    query = ListQuery(type=narrowing.type, state=narrowing.state, limit=_MOST_NARROWED)
    rows = store.listings.page(query).rows
    return _narrowed(store, narrowing, Found(tuple(Hit(row.source_id, float(row.importance)) for row in rows)))


def _narrowed(store: Store, narrowing: Narrowing, found: Found) -> Found:
    listings = store.listings.read_many([hit.subject for hit in found.hits])
    cited = _cited_by(store, narrowing.cited_by) if narrowing.cited_by else None
    hits = tuple(
        hit
        for hit in found.hits
        if hit.subject in listings
        and narrowing.admits(listings[hit.subject])
        and (cited is None or hit.subject in cited)
    )
    return Found(hits, len(hits), found.more and len(found.hits) == _MOST_NARROWED)


def _cited_by(store: Store, name: str) -> set[str]:
    """What the pages of that id, path or title cite. Raises UsageError when no page is called so."""
    folded = name.casefold()
    pages = [page for page in store.pages.all() if name == page.id or folded in f"{page.path}\n{page.title}".casefold()]
    if not pages:
        raise UsageError(f"no page is called {name!r}", "cited-by: takes a part of the path or the title of a page")
    return {source_id for page in pages for _, source_id in store.pages.citations(page.id) if source_id}


def _shown(store: Store, question: Question, hits: Sequence[Hit]) -> tuple[SourceHit, ...]:
    listings = store.listings.read_many([hit.subject for hit in hits])
    best = store.captures.best_ids_of([hit.subject for hit in hits])
    documents = store.derived.find_many(Step.DOCUMENT, list(best.values()), Document)
    found = []
    for hit in hits:
        if hit.subject in listings:
            document = documents.get(best.get(hit.subject, ""))
            place = glimpse(document.text, question.wanted) if document is not None and document.text else None
            found.append(SourceHit(listings[hit.subject], round(hit.score, 4), place))
    return tuple(found)


def _pages(store: Store, question: Question, limit: int) -> tuple[PageHit, ...]:
    hits = store.search.find(SearchKind.PAGE, question.wanted, limit).hits
    found = ((store.pages.find(hit.subject), hit) for hit in hits)
    return tuple(
        PageHit(page, glimpse(plain_text(page.path, store.pages.text(page.id)), question.wanted).stretches)
        for page, _ in found
        if page is not None
    )


def _claims(store: Store, question: Question, limit: int) -> tuple[ClaimHit, ...]:
    hits = store.search.find(SearchKind.CLAIM, question.wanted, limit).hits
    places = store.pages.places_of([hit.subject for hit in hits])
    return tuple(_claim(hit.subject, places[hit.subject], question) for hit in hits if hit.subject in places)


def _claim(claim_id: str, place: ClaimPlace, question: Question) -> ClaimHit:
    words = _whole(glimpse(place.text, question.wanted), place.text)
    return ClaimHit(claim_id, ids.page_id(place.path), place.path, place.line, place.start, words)


def _whole(place: Glimpse, text: str) -> tuple[Stretch, ...]:
    """The place with what stands before and after it: a claim is short enough to be read whole."""
    around: Iterable[Stretch] = (
        Stretch(text[: place.start], hit=False),
        *place.stretches,
        Stretch(text[place.end :], hit=False),
    )
    return tuple(one for one in around if one.text)
