"""Where a source was published: by its address, or by the registry or the bibliography that names its journal."""

from msgspec import Struct
from msgspec.structs import replace

from sourcebook.rate.venues import Venues
from sourcebook.types.ratings import Venue
from sourcebook.types.registries import RegistryEntry

BIBLIOGRAPHY = "bibliography"


class Placed(Struct, frozen=True):
    """An address, its venue, and who says that it was published there."""

    url: str
    venue: Venue | None
    by: str = ""  # the registry that named the venue, or BIBLIOGRAPHY; "" where the address did
    journal: str = ""  # that one of these names and nobody has rated
    peer_reviewed: bool | None = None  # what registries say of it


def placed(url: str, venues: Venues, entry: RegistryEntry | None = None, container: str = "") -> Placed:
    """A journal that a registry names says more than an address, which may be that of an index, a publisher or a copy.
    One that only a bibliography names, the `container`, counts where the address says nothing: anybody may write it.

    A preprint stays where it stands, whatever its work became since: what was reviewed is another version.
    """
    ours = venues.match(url)
    if entry is None or not entry.venue:
        return _contained(Placed(url, ours), container, venues)
    by, reviewed = entry.origins.get("venue", ""), entry.peer_reviewed
    theirs = venues.named(entry.venue) or _by_doi(entry, venues)
    if theirs is None:
        return Placed(url, ours, by, entry.venue, reviewed)
    if theirs == ours or (reviewed is False and (ours is not None or theirs.peer_reviewed)):
        return Placed(url, ours, peer_reviewed=reviewed)
    return Placed(url, theirs, by, peer_reviewed=reviewed)


def _contained(place: Placed, container: str, venues: Venues) -> Placed:
    if not container or (place.venue is not None and place.venue.credibility is not None):
        return place
    theirs = venues.named(container)
    return replace(place, by=BIBLIOGRAPHY, venue=theirs or place.venue, journal="" if theirs else container)


def _by_doi(entry: RegistryEntry, venues: Venues) -> Venue | None:
    """A journal that goes by another name belongs to the publisher of its DOI."""
    doi = next((key.partition(":")[2] for key in entry.keys if key.startswith("doi:")), "")
    found = venues.match(f"https://doi.org/{doi}") if doi else None
    return found if found is not None and found.credibility is not None else None  # all others are the DOI system's
