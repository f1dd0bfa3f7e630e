"""How a library stands, in figures: what a build remembers of itself, for charts over time."""

from sourcebook.library.parts import Parts
from sourcebook.store import Build, Store
from sourcebook.types.builds import Step
from sourcebook.types.captures import LinkState, Outcome
from sourcebook.types.verdicts import Support


def remember(parts: Parts) -> None:
    """Keep how the library stands now."""
    parts.store.builds.save(Build(parts.clock(), make_figures(parts.store)))


def make_figures(store: Store) -> dict[str, int]:
    """Names are `group.name`; a group's names are the cases of what it counts."""
    facets = store.listings.facets()
    counts = store.pages.counts()
    claims = store.page_listings.claim_counts()
    sources = sum(facets.get("state", {}).values())
    best = store.captures.best_ids()
    documents = store.derived.fingerprints(Step.DOCUMENT)
    outcomes = facets.get("outcome", {})
    judged = sum(claims.verdicts.get(support, 0) for support in Support)
    figures = {
        "pages": counts.pages,
        "citations": counts.citations,
        "claims": counts.claims,
        "sources": sources,
        "coverage.found": sum(claims.verdicts.values()),
        "coverage.judged": judged,
        "coverage.confirmed": claims.reviewed,
        "reach.found": sources,
        "reach.captured": len(best),
        "reach.readable": sum(capture_id in documents for capture_id in best.values()),
        "venues": len([venue for venue in facets.get("venue_id", {}) if venue]),
    }
    figures |= {f"state.{state}": facets.get("state", {}).get(state, 0) for state in LinkState}
    figures |= {f"outcome.{outcome}": outcomes[outcome] for outcome in Outcome if outcomes.get(outcome)}
    figures |= {f"verdict.{verdict}": number for verdict, number in claims.verdicts.items()}
    figures |= {f"credibility.{value}": number for value, number in facets.get("credibility", {}).items()}
    return figures
