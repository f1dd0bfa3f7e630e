"""How far to trust each source and how much it matters here: rating, importance, relevance, and its line in lists."""

from collections.abc import Sequence

from msgspec import Struct

from sourcebook import freshness, rate, summarise
from sourcebook.library.census import Census, Known, known_again
from sourcebook.library.doubts import cited_work, keep_doubts
from sourcebook.library.parts import Parts
from sourcebook.library.tally import Tally
from sourcebook.rate import ImportanceInputs
from sourcebook.store import batches
from sourcebook.types.builds import Step
from sourcebook.types.captures import Capture, LinkState
from sourcebook.types.documents import Document
from sourcebook.types.listings import Listing
from sourcebook.types.ratings import Standing
from sourcebook.types.reviews import Review, ReviewField

_LOOKED_AT = 40_000  # characters of a source, for what it shares with its pages: a book shares all of the language
_BATCH = 200  # sources whose documents are in memory at once


class _Subject(Struct, frozen=True):
    """A source whose standing is worked out, and what was looked up for it."""

    known: Known
    document: Document | None
    labels: Sequence[str]  # the words that the citing pages link to it with
    captures: Sequence[Capture]  # oldest first
    statements: Sequence[str]  # of the pages, that lean on it

    @property
    def state(self) -> LinkState:
        """Is it still there?"""
        return freshness.link_state(self.captures)


def rate_due(parts: Parts, tally: Tally) -> None:
    """Bring the standing of every source up to date, and the lists with it."""
    census = Census(parts)
    known = parts.store.derived.fingerprints(Step.STANDING)
    parts.watcher.begin("Rating sources", parts.store.sources.count())
    for batch in batches(parts.store.sources.all(), _BATCH):
        marked = [(one, one.mark()) for one in map(census.of, batch)]
        stale = [(one, mark) for one, mark in marked if known.get(one.source.id) != mark]
        _settle(parts, stale)
        tally.rated += len(stale)
        for source in batch:
            parts.watcher.advance(source.url)
    parts.store.listings.keep_facets()
    parts.store.pages.keep_counts()
    parts.watcher.end()


def rate_again(parts: Parts, tally: Tally, source_ids: Sequence[str]) -> bool:
    """The same for some sources, where all that changed is what people say of them. False, and nothing is done, where
    one of them was never rated."""
    found = known_again(parts, source_ids)
    if found is None:
        return False
    _settle(parts, [(one, one.mark()) for one in found])
    tally.rated += len(found)
    return True


def _settle(parts: Parts, stale: Sequence[tuple[Known, str]]) -> None:
    """Work out and keep the standing of some sources, in one transaction."""
    if not stale:
        return
    named = [known.source.id for known, _ in stale]
    documents = parts.store.derived.find_many(Step.DOCUMENT, [known.best for known, _ in stale if known.best], Document)
    labels = parts.store.pages.labels(named)
    statements = parts.store.pages.statements(named)
    captures = parts.store.captures.of_many(named)
    standings: list[tuple[str, str, Standing]] = []
    listings: list[Listing] = []
    tags: dict[str, Sequence[str]] = {}
    for (known, mark), source_id in zip(stale, named, strict=True):
        subject = _Subject(
            known,
            documents.get(known.best),
            labels.get(source_id, ()),
            captures.get(source_id, []),
            statements.get(source_id, ()),
        )
        standing = _standing(parts, subject)
        standings.append((source_id, mark, standing))
        listings.append(_listing(subject, standing))
        tags[source_id] = _tags(known, standing)
    with parts.store.write():
        parts.store.derived.save_many(Step.STANDING, standings)
        keep_doubts(parts, standings)
        parts.store.listings.save(listings, tags)


def _standing(parts: Parts, subject: _Subject) -> Standing:
    known, source, document = subject.known, subject.known.source, subject.document
    rating = rate.rate_placed(known.place, document, source.imported, known.reviews)
    importance = rate.importance(
        ImportanceInputs(
            counted=known.counted,
            credibility=rating.credibility,
            url=source.url,
            state=subject.state,
            kept=source.imported is not None and not source.imported.in_bibliography,
        ),
        parts.clock().date(),
    )
    title, origin = _title(subject)
    words = f"{document.title} {document.description} {document.text[:_LOOKED_AT]}" if document else title
    said = [f"{page.title} {page.description} {' '.join(page.tags)}" for page in known.pages]
    relevance = summarise.relevance_line(title, rating.type, known.pages, summarise.shared_terms(words, said))
    tags = summarise.tags_from_pages(title, document, known.pages, subject.statements)
    work = cited_work(source, subject.labels, document)
    return Standing(title, origin, rating, importance, relevance, work, tags, known.counted)


def _title(subject: _Subject) -> tuple[str, str]:
    """The best title there is, and who gave it."""
    if subject.document is not None and subject.document.title:
        return subject.document.title, (subject.document.origins or {}).get("title", "document")
    source = subject.known.source
    if source.imported is not None and source.imported.title:
        return source.imported.title, "bibliography" if source.imported.in_bibliography else "imported"
    if label := next(filter(_is_title, subject.labels), ""):
        return label, "citing page"
    return source.url.partition("//")[2].rstrip("/"), "address"


def _is_title(label: str) -> bool:
    """Could the words of a link be a title? "The 2025 report" could; "as few as 200" is a piece of a sentence."""
    return label[:1].isupper() and " " in label


def _listing(subject: _Subject, standing: Standing) -> Listing:
    known, source, rating = subject.known, subject.known.source, standing.rating
    reviews, newest = known.reviews, known.newest
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
        pages=len(known.pages),
        state=subject.state,
        outcome=newest.outcome if newest else None,
        captured_at=next((one.captured_at for one in subject.captures if one.id == known.best), None),
    )


def _tags(known: Known, standing: Standing) -> Sequence[str]:
    """By which lists find a source: a person's, else those of the import and of the pages that cite it."""
    said = known.reviews.get(ReviewField.TAGS)
    if said is not None and isinstance(said.value, tuple):
        return said.value
    imported = known.source.imported.tags if known.source.imported else ()
    return (*imported, *(tag.words for tag in standing.tags))


def _importance(review: Review | None, standing: Standing) -> int:
    """A person's value counts in lists; ours is kept in the standing."""
    return review.value if review is not None and isinstance(review.value, int) else standing.importance.score
