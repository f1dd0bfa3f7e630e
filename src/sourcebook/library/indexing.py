"""The words of sources, pages and claims into the index, where they are new or others than before."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from sourcebook import ids
from sourcebook.corpus import plain_text
from sourcebook.library.parts import Parts
from sourcebook.store import batches
from sourcebook.store.search import Entry, SearchKind
from sourcebook.types.builds import Step
from sourcebook.types.documents import Document

VERSION = "1"  # of what is put into the index
_INDEXED = "indexed"
_BATCH = 200  # sources whose documents are in memory at once


def is_indexed(parts: Parts) -> bool:
    """Was the index last brought up to date by these means, and is it still there?"""
    return parts.store.meta.read(_INDEXED) == _means(parts) and not parts.store.search.is_empty()


def index_due(parts: Parts) -> None:
    """Bring the index up to date with everything that is kept."""
    sources, pages = _sources_due(parts), _pages_due(parts)
    parts.watcher.begin("Indexing words", len(sources) + len(pages))
    best = parts.store.captures.best_ids() if sources else {}
    for some in batches(sources.items(), _BATCH):
        parts.store.search.save(SearchKind.SOURCE, _source_entries(parts, dict(some), best))
        for source_id, _ in some:
            parts.watcher.advance(source_id)
    for some_pages in batches(pages.items(), _BATCH):
        parts.store.search.save(SearchKind.PAGE, list(_page_entries(parts, some_pages)))
        for path, _ in some_pages:
            parts.watcher.advance(path)
    for claims in batches(_claims_due(parts)):
        parts.store.search.save(SearchKind.CLAIM, claims)
    if not is_indexed(parts):
        parts.store.meta.save(_INDEXED, _means(parts))
    parts.watcher.end()


def index_again(parts: Parts, source_ids: Sequence[str]) -> None:
    """The same for some sources, of an index that holds all of them."""
    marks = {one: parts.store.derived.fingerprint(Step.STANDING, one) for one in source_ids}
    due = {one: ids.fingerprint(_means(parts), mark) for one, mark in marks.items()}
    parts.store.search.save(
        SearchKind.SOURCE, _source_entries(parts, due, parts.store.captures.best_ids_of(source_ids))
    )


def _means(parts: Parts) -> str:
    """What decides an entry besides its words."""
    return f"{VERSION} {parts.embedder.name if parts.embedder else ''}"


def _sources_due(parts: Parts) -> dict[str, str]:
    """Id and fingerprint of each source to index; what is gone is taken out."""
    standings = parts.store.derived.fingerprints(Step.STANDING)
    return _due(
        parts, SearchKind.SOURCE, {one: ids.fingerprint(_means(parts), mark) for one, mark in standings.items()}
    )


def _pages_due(parts: Parts) -> dict[str, str]:
    return _due(
        parts, SearchKind.PAGE, {page.id: ids.fingerprint(VERSION, page.digest) for page in parts.store.pages.all()}
    )


def _claims_due(parts: Parts) -> Iterator[Entry]:
    """Claims are named by their words: those that are there already say the same."""
    words = {claim.id: claim.text for _, claim in parts.store.pages.claims()}
    due = _due(parts, SearchKind.CLAIM, dict.fromkeys(words, VERSION))
    return (Entry(claim_id, VERSION, "", "", words[claim_id]) for claim_id in due)


def _due(parts: Parts, kind: SearchKind, marks: dict[str, str]) -> dict[str, str]:
    known = parts.store.search.fingerprints(kind)
    parts.store.search.remove(kind, known.keys() - marks.keys())
    return {subject: mark for subject, mark in marks.items() if known.get(subject) != mark}


def _source_entries(parts: Parts, marks: Mapping[str, str], best: Mapping[str, str]) -> list[Entry]:
    store = parts.store
    listings = store.listings.read_many(list(marks))
    documents = store.derived.find_many(Step.DOCUMENT, [best[one] for one in listings if one in best], Document)
    found = []
    for source_id, mark in marks.items():
        listing = listings.get(source_id)
        if listing is not None:
            document = documents.get(best.get(source_id, ""), Document())
            names = "\n".join((*document.authors, listing.venue, document.site_name, listing.url))
            found.append(Entry(source_id, mark, listing.title, names, document.text))
    if parts.embedder is None:
        return found
    vectors = parts.embedder.embed([f"{entry.title}\n{entry.text}" for entry in found])
    return [replace(entry, vector=vector) for entry, vector in zip(found, vectors, strict=True)]


def _page_entries(parts: Parts, pages: list[tuple[str, str]]) -> Iterator[Entry]:
    for page_id, mark in pages:
        page = parts.store.pages.find(page_id)
        if page is not None:
            names = "\n".join((page.path, page.description, *page.tags))
            yield Entry(page.id, mark, page.title, names, plain_text(page.path, parts.store.pages.text(page.id)))
