"""The state of a library at a glance."""

from datetime import datetime

from sourcebook.config import Config
from sourcebook.rate import Venues
from sourcebook.records.catalogues import VENUES
from sourcebook.records.lists import parse_view
from sourcebook.records.queue import make_kinds
from sourcebook.records.venues import list_venues
from sourcebook.records.views.library import Overview
from sourcebook.store import Store
from sourcebook.types.builds import Step

FIRST_OF_EACH = 2  # problems of each kind; the queue has the rest


def make_overview(store: Store, config: Config, venues: Venues, name: str) -> Overview:
    """How much there is, how well it is known, and what to look at first."""
    counts = store.pages.counts()
    facets = store.listings.facets()
    credibility = facets.get("credibility", {})
    unrated = credibility.get("unrated", 0)
    built_at = store.meta.read("built_at")
    return Overview(
        name=name,
        pages=counts.pages,
        citations=counts.citations,
        claims=counts.claims,
        sources=store.sources.count(),
        captured=sum(venue.captured for venue in store.listings.venues().values()),
        read=store.derived.count(Step.DOCUMENT),
        rated=sum(credibility.values()) - unrated,
        unrated=unrated,
        facets=facets,
        outcomes={outcome: number for outcome, number in facets.get("outcome", {}).items() if outcome != "none"},
        problems=make_kinds(store, config, FIRST_OF_EACH),
        built_at=datetime.fromisoformat(built_at) if built_at else None,
        venues=list_venues(store, venues, parse_view(VENUES, [("held", "yes"), ("rows", "8")])).rows,
    )
