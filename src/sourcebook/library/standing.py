"""How far to trust each source and how much it matters here: rating, importance, relevance, and its line in lists."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from sourcebook import freshness, ids, rate, summarise
from sourcebook.library.doubts import cited_work, keep_doubts
from sourcebook.library.parts import Parts
from sourcebook.library.settled import rules
from sourcebook.library.tally import Tally
from sourcebook.rate import Census, Counted, ImportanceInputs
from sourcebook.store import batches
from sourcebook.types.builds import Step
from sourcebook.types.captures import Capture, LinkState
from sourcebook.types.documents import Document
from sourcebook.types.listings import Listing
from sourcebook.types.pages import Page
from sourcebook.types.ratings import Standing
from sourcebook.types.registries import RegistryEntry
from sourcebook.types.reviews import Review, ReviewField
from sourcebook.types.sources import Source

_LOOKED_AT = 40_000  # characters of a source, for what it shares with its pages: a book shares all of the language
_BATCH = 200  # sources whose documents are in memory at once


@dataclass(frozen=True, slots=True)
class _Subject:
    """A source whose standing is worked out, and what was looked up for it."""

    source: Source
    mark: str
    document: Document | None
    labels: Sequence[str]  # the words that the citing pages link to it with
    captures: Sequence[Capture]  # oldest first
    best: str  # the capture whose words are read; "" without one
    statements: Sequence[str]  # of the pages, that lean on it

    @property
    def state(self) -> LinkState:
        """Is it still there?"""
        return freshness.link_state(self.captures)


def rate_due(parts: Parts, tally: Tally) -> None:
    """Bring the standing of every source up to date, and the lists with it."""
    census = _Census(parts)
    known = parts.store.derived.fingerprints(Step.STANDING)
    parts.watcher.begin("Rating sources", parts.store.sources.count())
    for batch in batches(parts.store.sources.all(), _BATCH):
        stale = [(source, mark) for source in batch if known.get(source.id) != (mark := census.fingerprint(source))]
        _settle(parts, census, stale)
        tally.rated += len(stale)
        for source in batch:
            parts.watcher.advance(source.url)
    parts.store.listings.keep_facets()
    parts.store.pages.keep_counts()
    parts.watcher.end()


class _Census:
    """Who cites what, and what else the whole library says of each source: read once for all of them."""

    def __init__(self, parts: Parts) -> None:
        store = parts.store
        self._rules = rules(parts)
        self._pages = {page.id: page for page in store.pages.all()}
        sites = {source.id: _site(source) for source in store.sources.all()}
        self._counts = Census(store.pages.citing_pairs(), sites)
        self.newest = store.captures.newest()
        self.best = store.captures.best_ids()
        self._documents = store.derived.fingerprints(Step.DOCUMENT)
        self.reviews = store.reviews.latest()
        self.entries = {entry.source_id: entry for entry in store.derived.all(Step.REGISTRY, RegistryEntry)}

    def citing(self, source: Source) -> list[Page]:
        """The pages that cite a source."""
        return [self._pages[page_id] for page_id in self._counts.pages(source.id)]

    def counted(self, source: Source) -> Counted:
        """What the pages say of a source by citing it."""
        return self._counts.counted(source.id)

    def fingerprint(self, source: Source) -> str:
        """Everything that decides a source's standing."""
        newest = self.newest.get(source.id)
        best = self.best.get(source.id, "")
        return ids.fingerprint(
            self._rules,
            source.url,
            newest.id if newest else "",
            best,
            self._documents.get(best, ""),
            msgspec.json.encode(source.imported).decode(),
            repr(self.counted(source)),
            _published_in(self.entries.get(source.id)),
            *(review.id for review in self.reviews.get(source.id, {}).values()),
            *(f"{page.id}{page.digest}" for page in self.citing(source)),
        )


def _settle(parts: Parts, census: _Census, stale: Sequence[tuple[Source, str]]) -> None:
    """Work out and keep the standing of some sources, in one transaction."""
    if not stale:
        return
    best = [census.best[source.id] for source, _ in stale if source.id in census.best]
    documents = parts.store.derived.find_many(Step.DOCUMENT, best, Document)
    labels = parts.store.pages.labels([source.id for source, _ in stale])
    statements = parts.store.pages.statements([source.id for source, _ in stale])
    captures = parts.store.captures.of_many([source.id for source, _ in stale])
    standings: list[tuple[str, str, Standing]] = []
    listings: list[Listing] = []
    tags: dict[str, Sequence[str]] = {}
    for source, mark in stale:
        held = census.best.get(source.id, "")
        subject = _Subject(
            source,
            mark,
            documents.get(held),
            labels.get(source.id, ()),
            captures.get(source.id, []),
            held,
            statements.get(source.id, ()),
        )
        standing = _standing(parts, census, subject)
        standings.append((source.id, mark, standing))
        listings.append(_listing(census, subject, standing))
        tags[source.id] = _tags(census, source, standing)
    with parts.store.write():
        parts.store.derived.save_many(Step.STANDING, standings)
        keep_doubts(parts, standings)
        parts.store.listings.save(listings, tags)


def _standing(parts: Parts, census: _Census, subject: _Subject) -> Standing:
    source, document = subject.source, subject.document
    reviews = census.reviews.get(source.id, {})
    pages = census.citing(source)
    place = rate.placed(source.url, parts.venues, census.entries.get(source.id))
    rating = rate.rate_placed(place, document, source.imported, reviews)
    importance = rate.importance(
        ImportanceInputs(
            counted=census.counted(source),
            credibility=rating.credibility,
            url=source.url,
            state=subject.state,
            kept=source.imported is not None,
        ),
        parts.clock().date(),
    )
    title, origin = _title(subject)
    words = f"{document.title} {document.description} {document.text[:_LOOKED_AT]}" if document else title
    shared = summarise.shared_terms(words, [f"{page.title} {page.description} {' '.join(page.tags)}" for page in pages])
    relevance = summarise.relevance_line(title, rating.type, pages, shared)
    tags = summarise.tags_from_pages(title, document, pages, subject.statements)
    return Standing(title, origin, rating, importance, relevance, cited_work(source, subject.labels, document), tags)


def _title(subject: _Subject) -> tuple[str, str]:
    """The best title there is, and who gave it."""
    if subject.document is not None and subject.document.title:
        return subject.document.title, (subject.document.origins or {}).get("title", "document")
    if subject.source.imported is not None and subject.source.imported.title:
        return subject.source.imported.title, "imported"
    if label := next(filter(_is_title, subject.labels), ""):
        return label, "citing page"
    return subject.source.url.partition("//")[2].rstrip("/"), "address"


def _is_title(label: str) -> bool:
    """Could the words of a link be a title? "The 2025 report" could; "as few as 200" is a piece of a sentence."""
    return label[:1].isupper() and " " in label


def _listing(census: _Census, subject: _Subject, standing: Standing) -> Listing:
    source, rating = subject.source, standing.rating
    reviews = census.reviews.get(source.id, {})
    newest = census.newest.get(source.id)
    return Listing(
        source_id=source.id,
        stable_id=source.stable_id,
        url=source.url,
        title=str(reviews[ReviewField.TITLE].value) if ReviewField.TITLE in reviews else standing.title,
        type=rating.type,
        domain=rating.domain,
        venue_id=rating.venue_id,
        venue=rating.venue,
        credibility=rating.credibility,
        importance=_importance(reviews.get(ReviewField.IMPORTANCE), standing),
        pages=len(census.citing(source)),
        state=subject.state,
        outcome=newest.outcome if newest else None,
        captured_at=next((one.captured_at for one in subject.captures if one.id == subject.best), None),
    )


def _tags(census: _Census, source: Source, standing: Standing) -> Sequence[str]:
    """By which lists find a source: a person's, else those of the import and of the pages that cite it."""
    said = census.reviews.get(source.id, {}).get(ReviewField.TAGS)
    if said is not None and isinstance(said.value, tuple):
        return said.value
    imported = source.imported.tags if source.imported else ()
    return (*imported, *(tag.words for tag in standing.tags))


def _importance(review: Review | None, standing: Standing) -> int:
    """A person's value counts in lists; ours is kept in the standing."""
    return review.value if review is not None and isinstance(review.value, int) else standing.importance.score


def _published_in(entry: RegistryEntry | None) -> str:
    """What registries say that a rating follows from."""
    return "" if entry is None else f"{entry.venue} {entry.origins.get('venue')} {entry.peer_reviewed} {entry.keys}"


def _site(source: Source) -> str:
    return ids.registrable_domain(ids.host(source.url))
