"""Answers on their way into the store, many at a time: one sync of the disk and one transaction for all of them."""

from collections.abc import Sequence

from sourcebook.library.parts import Parts
from sourcebook.library.settled import unsettle
from sourcebook.types.captures import Capture
from sourcebook.types.fetching import Fetched, Learned


def keep(parts: Parts, answers: Sequence[Fetched], learned: Sequence[Learned] = ()) -> list[Capture]:
    """File answers, each of another source: their bytes in the archive, then their rows."""
    parts.store.hosts.keep(learned)
    if not answers:
        return []
    unsettle(parts)
    return parts.store.captures.add_many(answers)
