"""Venues as a list: those of our file and of the user's, with what a library holds of each."""

from collections.abc import Iterable, Mapping

from sourcebook.rate import Venues
from sourcebook.records.lists import View
from sourcebook.records.views.library import VenueListing
from sourcebook.store import UNRATED, RowPage, Store, VenueCounts

_NONE = VenueCounts(0, 0, 0, 0)


def list_venues(store: Store, venues: Venues, view: View) -> RowPage[VenueListing]:
    """A page of the list: unknown values last, ties by name. There are few, so they are sorted here."""
    rows = [row for row in _rows(venues, store.listings.venues()) if _fits(row, view)]
    rows.sort(key=lambda row: row.name.casefold())
    name = view.sorting.removeprefix("-")
    known = [row for row in rows if getattr(row, name) is not None]
    known.sort(key=lambda row: _order(getattr(row, name)), reverse=view.sorting.startswith("-"))
    rows = known + [row for row in rows if getattr(row, name) is None]
    return RowPage(tuple(rows[view.offset : view.offset + view.rows]), len(rows))


def _rows(venues: Venues, counts: Mapping[str, VenueCounts]) -> Iterable[VenueListing]:
    for venue in venues.all():
        held = counts.get(venue.id, _NONE)
        yield VenueListing(
            venue.id,
            venue.name,
            venue.type,
            venue.credibility,
            venue.peer_reviewed,
            venue.rules,
            held.sources,
            held.captured,
            held.dead,
            held.pages,
        )


def _fits(row: VenueListing, view: View) -> bool:
    said = dict(view.filters)
    credibility = UNRATED if row.credibility is None else str(row.credibility)
    words = said.get("words", "").casefold()
    return (
        said.get("credibility", credibility) == credibility
        and said.get("type", row.type).casefold() == row.type.casefold()
        and said.get("held", "yes" if row.sources else "no") == ("yes" if row.sources else "no")
        and (words in row.name.casefold() or any(words in rule.casefold() for rule in row.rules))
    )


def _order(value: str | int) -> str | int:
    return value.casefold() if isinstance(value, str) else value
