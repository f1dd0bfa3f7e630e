"""Step 2: ask for a source and say what happened."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from sourcebook.types.fetching import Fetched, Learned, Lull, NotAsked, Wanted


class Fetcher(Protocol):
    """Asks for sources; what the world did is a value, never an exception."""

    name: str

    def fetch(self, wanted: Iterable[Wanted]) -> Iterator[Fetched | NotAsked | Learned | Lull]:
        """An answer for each wanted source, in the order in which they come. `wanted` is consumed as it is needed.

        What is learned about hosts on the way comes between the answers, to be given back with the next `Wanted`; so
        does a `Lull` before the next answer has to be waited for.
        An archive that holds several copies of a source gives them all, one after the other, the oldest first.
        """
        ...
