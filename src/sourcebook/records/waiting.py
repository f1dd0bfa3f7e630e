"""What waits for a person's review: verdicts that say less than that a claim is borne out, and that nobody has seen."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from sourcebook.store import ClaimPlace, Store, all_verdicts
from sourcebook.types.verdicts import Support, Verdict


class Waiting(Struct, frozen=True):
    """A verdict that a person should look at, and nobody has."""

    page: str
    line: int
    claim_id: str
    claim: str
    source_id: str
    title: str
    verdict: Verdict


class WaitingList(Struct, frozen=True):
    """The verdicts that wait for a person's review, the most urgent first."""

    waiting: tuple[Waiting, ...]
    total: int


_URGENT_FIRST = (Support.CONTRADICTED, Support.UNSUPPORTED, Support.PARTIAL)


def make_waiting(store: Store, limit: int) -> WaitingList:
    """The worst first, and of the same finding those that the judge is surest of."""
    reviewed = store.reviews.verdicts()
    found = [
        verdict
        for verdict in all_verdicts(store.derived)
        if verdict.support in _URGENT_FIRST
        and verdict.together is not Support.SUPPORTED
        and (verdict.claim_id, verdict.source_id) not in reviewed
    ]
    found.sort(key=_urgency)
    return WaitingList(tuple(_placed(store, found[:limit])), len(found))


def _placed(store: Store, verdicts: Sequence[Verdict]) -> Iterator[Waiting]:
    places = store.pages.places_of([verdict.claim_id for verdict in verdicts])
    rows = store.listings.read_many([verdict.source_id for verdict in verdicts])
    for verdict in verdicts:
        place = places.get(verdict.claim_id, ClaimPlace())
        row = rows.get(verdict.source_id)
        title = row.title if row else ""
        yield Waiting(place.path, place.line, verdict.claim_id, place.text, verdict.source_id, title, verdict)


def _urgency(verdict: Verdict) -> tuple[int, float, str, str]:
    return _URGENT_FIRST.index(verdict.support), verdict.probability, verdict.claim_id, verdict.source_id
