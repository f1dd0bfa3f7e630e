"""Whether importance tells what will be cited, asked of a library's own pages."""

from collections.abc import Iterable
from datetime import date

from sourcebook import freshness, ids, rate
from sourcebook.rate import Known, Prediction, Venues
from sourcebook.store import Store
from sourcebook.types.builds import Step
from sourcebook.types.registries import RegistryEntry


def make_predictions(store: Store, venues: Venues, seeds: Iterable[int], today: date) -> tuple[Prediction, ...]:
    """One prediction for each seed: each splits the pages in another way."""
    reviews = store.reviews.latest()
    entries = {entry.source_id: entry for entry in store.derived.all(Step.REGISTRY, RegistryEntry)}
    known: dict[str, Known] = {}
    for source in store.sources.all():
        place = rate.placed(source.url, venues, entries.get(source.id), source.container)
        rating = rate.rate_placed(place, None, source.imported, reviews.get(source.id, {}))
        known[source.id] = Known(
            url=source.url,
            site=ids.registrable_domain(ids.host(source.url)),
            credibility=rating.credibility,
            state=freshness.link_state(store.captures.of(source.id)),
            kept=source.imported is not None and not source.imported.in_bibliography,
        )
    pairs = store.pages.citing_pairs()
    return tuple(rate.predict(pairs, known, seed, today) for seed in seeds)
