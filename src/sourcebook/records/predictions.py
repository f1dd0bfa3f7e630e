"""Whether importance tells what will be cited, asked of a library's own pages."""

from collections.abc import Iterable
from datetime import date

from sourcebook import freshness, ids, rate
from sourcebook.rate import Known, Prediction, Venues
from sourcebook.store import Store


def make_predictions(store: Store, venues: Venues, seeds: Iterable[int], today: date) -> tuple[Prediction, ...]:
    """One prediction for each seed: each splits the pages in another way."""
    reviews = store.reviews.latest()
    known: dict[str, Known] = {}
    for source in store.sources.all():
        rating = rate.rate(source.url, venues, None, source.imported, reviews.get(source.id, {}))
        known[source.id] = Known(
            url=source.url,
            site=ids.registrable_domain(ids.host(source.url)),
            credibility=rating.credibility,
            state=freshness.link_state(store.captures.of(source.id)),
            kept=source.imported is not None,
        )
    pairs = store.pages.citing_pairs()
    return tuple(rate.predict(pairs, known, seed, today) for seed in seeds)
