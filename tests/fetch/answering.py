"""The web fetcher for tests that are about answers only."""

from collections.abc import Iterable, Iterator

from sourcebook.fetch.web import WebFetcher
from sourcebook.types.fetching import Fetched, Learned, Lull, NotAsked, Wanted


class Answering(WebFetcher):
    """Keeps to itself what it learns about hosts."""

    def fetch(self, wanted: Iterable[Wanted]) -> Iterator[Fetched | NotAsked]:
        for one in super().fetch(wanted):
            if not isinstance(one, Learned | Lull):
                yield one
