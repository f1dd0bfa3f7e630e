"""What the library says of each source: who cites it, what came of it, what people and registries say. Two ways to it:
read once for all of them, or for some of which nothing changed but what people say."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from sourcebook import ids, rate
from sourcebook.library.parts import Parts
from sourcebook.library.settled import rules
from sourcebook.types.builds import Step
from sourcebook.types.captures import Capture
from sourcebook.types.pages import Page
from sourcebook.types.ratings import Counted, Standing
from sourcebook.types.registries import RegistryEntry
from sourcebook.types.reviews import Review, ReviewField
from sourcebook.types.sources import Source


class Known(Struct, frozen=True):
    """What the library says of one source."""

    source: Source
    pages: Sequence[Page]  # that cite it, by path
    counted: Counted
    place: rate.Placed
    reviews: Mapping[ReviewField, Review]  # what counts
    entry: RegistryEntry | None
    newest: Capture | None  # for which it was asked itself
    best: str  # the capture whose words are read; "" without one
    words: str  # fingerprint of what was read from it

    def mark(self) -> str:
        """Everything that decides the source's standing. Of all venues, only its own: the others say nothing of it."""
        venue = self.place.venue
        return ids.fingerprint(
            rules(),
            self.source.url,
            self.newest.id if self.newest else "",
            self.best,
            self.words,
            msgspec.json.encode(self.source.imported).decode(),
            repr(self.counted),
            repr(replace(self.place, venue=replace(venue, rules=()) if venue else None)),
            _published_in(self.entry),
            *(review.id for review in self.reviews.values()),
            *(f"{page.id}{page.digest}" for page in self.pages),
        )


class Census:
    """Read once for all sources."""

    def __init__(self, parts: Parts) -> None:
        store = parts.store
        self._venues = parts.venues
        self._pages = {page.id: page for page in store.pages.all()}
        sites = {source.id: _site(source) for source in store.sources.all()}
        self._counts = rate.Census(store.pages.citing_pairs(), sites)
        self._newest = store.captures.newest()
        self._best = store.captures.best_ids()
        self._documents = store.derived.fingerprints(Step.DOCUMENT)
        self._reviews = store.reviews.latest()
        self._entries = {entry.source_id: entry for entry in store.derived.all(Step.REGISTRY, RegistryEntry)}

    def of(self, source: Source) -> Known:
        """What is said of one of them."""
        best = self._best.get(source.id, "")
        entry = self._entries.get(source.id)
        return Known(
            source,
            [self._pages[page_id] for page_id in self._counts.pages(source.id)],
            self._counts.counted(source.id),
            rate.placed(source.url, self._venues, entry, source.container),
            self._reviews.get(source.id, {}),
            entry,
            self._newest.get(source.id),
            best,
            self._documents.get(best, ""),
        )


def known_again(parts: Parts, source_ids: Iterable[str]) -> list[Known] | None:
    """What the library says of some sources, of which people have said more. How the pages cite them, counted over the
    whole library, is as it was when they were last rated; None where one of them never was, by these means."""
    store = parts.store
    sources = store.sources.read_many(list(source_ids))
    named = list(sources)
    standings = store.derived.find_many(Step.STANDING, named, Standing)
    pages = store.pages.citing_many(named)
    captures = store.captures.of_many(named)
    best = store.captures.best_ids_of(named)
    entries = store.derived.find_many(Step.REGISTRY, named, RegistryEntry)
    found = []
    for source_id, source in sources.items():
        standing = standings.get(source_id)
        if standing is None or standing.counted is None:
            return None
        held = best.get(source_id, "")
        entry = entries.get(source_id)
        asked = [one for one in captures.get(source_id, ()) if one.asked]
        known = Known(
            source,
            pages.get(source_id, ()),
            standing.counted,
            rate.placed(source.url, parts.venues, entry, source.container),
            store.reviews.latest_of(source_id),
            entry,
            asked[-1] if asked else None,
            held,
            store.derived.fingerprint(Step.DOCUMENT, held) if held else "",
        )
        found.append(known)
    return found


def _published_in(entry: RegistryEntry | None) -> str:
    """What registries say that a rating follows from."""
    return "" if entry is None else f"{entry.venue} {entry.origins.get('venue')} {entry.peer_reviewed} {entry.keys}"


def _site(source: Source) -> str:
    return ids.registrable_domain(ids.host(source.url))
