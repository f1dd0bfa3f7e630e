"""Evidence: some pages as they are now, joined with what the library knows of their citations. Reads only."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from sourcebook import ids
from sourcebook.check.evidence import Cited, CitedSource, Coverage, PageEvidence
from sourcebook.store import Store, find_judgements
from sourcebook.types.builds import Step
from sourcebook.types.pages import Citation, CitationKind, Claim, ParsedPage
from sourcebook.types.ratings import WorkCheck
from sourcebook.types.registries import RegistryEntry
from sourcebook.types.reviews import Review
from sourcebook.types.verdicts import Judgement

Uncited = Callable[[ParsedPage], tuple[Claim, ...]]


class _Known(Struct, frozen=True):
    """What the library knows, for the pages at hand."""

    named: Mapping[str, str]  # source ids by the ids that components name
    linked: Mapping[str, str]  # source ids by address
    sources: Mapping[str, CitedSource]
    judgements: Mapping[str, Judgement]  # by `ids.judgement_id(claim, source)`
    reviews: Mapping[tuple[str, str], Review]  # by claim id and source id

    def cited(self, citation: Citation) -> Cited:
        """One citation joined with what is known of it."""
        source = self.sources.get(_source_id(citation, self.named, self.linked))
        claim = citation.claim
        if source is None or claim is None:
            return Cited(citation, source, None)
        source_id = source.listing.source_id
        judgement = self.judgements.get(ids.judgement_id(claim.id, source_id))
        return Cited(citation, source, judgement, self.reviews.get((claim.id, source_id)))


def gather(
    store: Store, pages: Sequence[ParsedPage], uncited: Uncited, before: Mapping[str, Coverage]
) -> Iterable[PageEvidence]:
    """The evidence on each page. Ask with many pages at once: what they cite is looked up together. `uncited` says
    which numbers of a page have no source."""
    known = _look_up(store, pages)
    for page in pages:
        cited = tuple(map(known.cited, page.citations))
        yield PageEvidence(page, cited, uncited(page), before.get(page.page.path))


def _look_up(store: Store, pages: Sequence[ParsedPage]) -> _Known:
    citations = [citation for page in pages for citation in page.citations]
    names = {citation.target for citation in citations if citation.kind is CitationKind.COMPONENT}
    named = store.sources.by_any_id(names) if names else {}
    linked = _linked(store, {citation.url for citation in citations if citation.url})
    sources = _sources(store, sorted({*named.values(), *linked.values()}))
    pairs = {
        ids.judgement_id(citation.claim.id, source_id)
        for citation in citations
        if citation.claim and (source_id := _source_id(citation, named, linked))
    }
    wanted = sorted(pairs)
    judgements = find_judgements(store.derived, wanted)
    return _Known(named, linked, sources, judgements, store.reviews.verdicts_of(sorted(sources)))


def _linked(store: Store, urls: set[str]) -> dict[str, str]:
    """Source ids by address; an address that was never seen may still be one of a known source, by its match key."""
    known = store.sources.by_url(urls)
    keys = {url: key for url in urls - known.keys() if (key := ids.match_key(_original(url))) is not None}
    by_key = store.sources.by_key(set(keys.values())) if keys else {}
    return known | {url: by_key[key] for url, key in keys.items() if key in by_key}


def _original(url: str) -> str:
    memento = ids.unwrap_memento(url)
    return memento.url if memento else url


def _source_id(citation: Citation, named: Mapping[str, str], linked: Mapping[str, str]) -> str:
    if citation.kind is CitationKind.COMPONENT:
        return named.get(citation.target, "")
    return linked.get(citation.url, "")


def _sources(store: Store, source_ids: list[str]) -> dict[str, CitedSource]:
    """Those that were rated; a source that a build was interrupted before rating is not known well enough."""
    listings = store.listings.read_many(source_ids)
    newest = store.captures.newest_of(source_ids)
    checks = store.derived.find_many(Step.DOUBT, source_ids, WorkCheck)
    doubts = {source_id: "; ".join(check.why) for source_id, check in checks.items()}
    failures = store.captures.unread_of(source_ids)
    entries = store.derived.find_many(Step.REGISTRY, source_ids, RegistryEntry)
    notices = {source_id: entry.notices for source_id, entry in entries.items()}
    return {
        source_id: CitedSource(
            listing,
            newest.get(source_id),
            failures.get(source_id, ""),
            doubts.get(source_id, ""),
            notices.get(source_id, ()),
        )
        for source_id, listing in listings.items()
    }
