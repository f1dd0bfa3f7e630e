"""What the claims on a source say of it, all of it in one number on the source's own row: a list of sources is narrowed
by a verdict while the index of its order is walked, without a look at the claims."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, bindparam, select, update

from sourcebook.store.database import Database, batches
from sourcebook.store.tables import claim_listings, listings
from sourcebook.types.listings import UNJUDGED
from sourcebook.types.verdicts import Support

_BITS = {verdict: 1 << place for place, verdict in enumerate((*Support, UNJUDGED))}
_SAID = select(claim_listings.c.source_id, claim_listings.c.verdict).distinct()
_KEPT = select(listings.c.source_id, listings.c.verdicts)
_UPDATE = update(listings).where(listings.c.source_id == bindparam("which")).values(verdicts=bindparam("said"))


def says(verdict: str) -> ColumnElement[bool]:
    """Has a source a claim of which it says this? None has where no verdict is called so."""
    return listings.c.verdicts.bitwise_and(_BITS.get(verdict, 0)) != 0


def read_verdicts(database: Database, source_ids: Sequence[str]) -> dict[str, int]:
    """What the claims on those sources say, by source id; sources without a claim are left out."""
    found: dict[str, int] = {}
    for some in batches(source_ids):
        found |= _together(database.rows(_SAID.where(claim_listings.c.source_id.in_(some))))
    return found


def settle_verdicts(database: Database, source_ids: Sequence[str] | None = None) -> None:
    """Make what the rows of those sources say follow from their claims; of all sources, without ids."""
    with database.write():
        changed = list(_changed(database, source_ids))
        for some in batches(changed):
            database.execute(_UPDATE, [{"which": source_id, "said": said} for source_id, said in some])


def _changed(database: Database, source_ids: Sequence[str] | None) -> Iterator[tuple[str, int]]:
    if source_ids is None:
        yield from _differing(_together(database.rows(_SAID)), database.rows(_KEPT))
        return
    for some in batches(source_ids):
        kept = database.rows(_KEPT.where(listings.c.source_id.in_(some)))
        yield from _differing(read_verdicts(database, some), kept)


def _differing(said: dict[str, int], kept: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    yield from ((source_id, said.get(source_id, 0)) for source_id, was in kept if was != said.get(source_id, 0))


def _together(claims: Sequence[tuple[str, str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for source_id, verdict in claims:
        found[source_id] = found.get(source_id, 0) | _BITS.get(verdict, 0)
    return found
