"""How far to trust where a source was published: a person's word, else the user's venues, else ours, else unrated.

The venue is that of the address, or the journal that a registry names: see `placing.py`.
"""

from collections.abc import Mapping

from sourcebook import ids
from sourcebook.rate.labels import SENTENCES, label
from sourcebook.rate.placing import Placed, placed
from sourcebook.rate.source_types import source_type
from sourcebook.rate.venues import Venues
from sourcebook.types.documents import Document
from sourcebook.types.ratings import Rating
from sourcebook.types.reviews import Review, ReviewField
from sourcebook.types.sources import Imported

UNRATED = "unrated"  # a person's word for a source that nobody should rate


def rate(
    url: str,
    venues: Venues,
    document: Document | None,
    imported: Imported | None,
    reviews: Mapping[ReviewField, Review],
) -> Rating:
    """The rating of the source at an address, by all that is known of it."""
    return rate_placed(placed(url, venues), document, imported, reviews)


def rate_placed(
    place: Placed, document: Document | None, imported: Imported | None, reviews: Mapping[ReviewField, Review]
) -> Rating:
    """The same, where it is known besides what registries say of where it was published."""
    url, venue = place.url, place.venue
    domain = ids.registrable_domain(ids.host(ids.original_url(url) or ""))
    override = _override(reviews.get(ReviewField.CREDIBILITY))
    inherited = venue.credibility if venue else None
    credibility = inherited if override == "" else None if override == UNRATED else int(override)
    kind, kind_why = source_type(url, venue, document, imported, reviews.get(ReviewField.TYPE))
    return Rating(
        credibility=credibility,
        label=label(credibility),
        why=_why(credibility, place, domain),
        inherited=not override and credibility is not None,
        venue_id=venue.id if venue else "",
        venue=venue.name if venue else "",
        domain=domain,
        type=kind,
        type_why=kind_why,
        venue_by=place.by if venue is not None and not place.journal else "",
    )


def _override(review: Review | None) -> str:
    """A person's credibility, or that it has none; "" where nobody said anything that is on the scale."""
    text = str(review.value) if review else ""
    return text if text in {"1", "2", "3", "4", "5", UNRATED} else ""


def _why(credibility: int | None, place: Placed, domain: str) -> str:
    venue = place.venue
    if credibility is not None:
        return SENTENCES[credibility]
    if place.journal:
        reviewed = ", after peer review" if place.peer_reviewed else ""
        return f"Unrated. It was published in {place.journal}{reviewed}, which nobody has rated yet."
    if venue is not None:
        return f"Unrated. {venue.name} is known, but says nothing of who stands behind what is published there."
    if domain:
        return f"Unrated. No venue is known for {domain}."
    return "Unrated. The address names no site."
