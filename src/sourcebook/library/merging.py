"""Two sources that are one work, by a person's word: one record for both, until that is taken back.

What a person said is a review of the merged source. Which source shares whose record follows from all of them, so that
a library that is made again, or a colleague's reviews that come in by git, lead to the same.
"""

from collections.abc import Mapping

from sourcebook.errors import NotFoundError, UsageError
from sourcebook.library.corrections import Signed, keep
from sourcebook.library.parts import Parts
from sourcebook.library.settled import unsettle
from sourcebook.types.builds import Step
from sourcebook.types.reviews import Review, ReviewField
from sourcebook.types.sources import Source


def merge(parts: Parts, any_id: str, into: str, signed: Signed) -> Review:
    """Keep that a source is the same work as another one. Raises UsageError or NotFoundError for what cannot be."""
    source, other = _led(parts, any_id), _led(parts, into)
    if source.id == other.id:
        raise UsageError(f"{any_id!r} and {into!r} are one source already", "`sourcebook show` has the record of both")
    if not signed.why.strip():
        raise UsageError("a merge says why", "add --why, for whoever reads the record after you")
    (said,) = keep(parts, source.id, {ReviewField.MERGED: other.id}, signed)
    return said


def take_back(parts: Parts, any_id: str, signed: Signed) -> Review:
    """Undo the last word that a source is the same work as another. Raises UsageError where nobody said so."""
    source_id = parts.store.sources.own_by_any_id((any_id,)).get(any_id, "")
    if source_id not in parts.store.reviews.merged():
        raise UsageError(
            f"nobody has merged {any_id!r} with another source",
            "name the one that was merged, by its id or its address: the record of the other lists it",
        )
    (said,) = keep(parts, source_id, {ReviewField.MERGED: ""}, signed)
    return said


def bring_up(parts: Parts) -> list[str]:
    """Have every source share the record that people say it shares; which ones now have another than before."""
    store = parts.store
    before = store.merges.all()
    said = {source_id: str(review.value) for source_id, review in store.reviews.merged().items()}
    if not (said or before):
        return []
    known = store.sources.read_many(tuple({*said, *said.values()}))
    after = roots({one: into for one, into in said.items() if one in known and into in known})
    changes = {
        one: after.get(one, "") for one in sorted({*before, *after}) if before.get(one, "") != after.get(one, "")
    }
    if changes:
        with store.write():
            unsettle(parts)
            store.merges.save(changes)
            gone = [one for one, into in changes.items() if into]
            store.listings.remove(gone)
            for step in (Step.STANDING, Step.DOUBT):
                store.derived.remove(step, gone)
    return list(changes)


def roots(said: Mapping[str, str]) -> dict[str, str]:
    """For each source the one whose record it shares in the end. Words that lead in a circle lead nowhere."""
    found: dict[str, str] = {}
    for one in said:
        passed, at = {one}, said[one]
        while at in said and at not in passed:
            passed.add(at)
            at = said[at]
        if at not in passed:
            found[one] = at
    return found


def _led(parts: Parts, any_id: str) -> Source:
    source = parts.store.sources.find(any_id)
    if source is None:
        raise NotFoundError(f"no source {any_id!r} in this library", "`sourcebook list` names those there are")
    return source
