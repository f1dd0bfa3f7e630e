"""Asks nobody: what `--offline` means."""

from collections.abc import Iterable, Iterator

from sourcebook.types.fetching import NotAsked, Wanted


class NoFetcher:
    """Leaves every source alone, and says so."""

    name = "nobody"

    def fetch(self, wanted: Iterable[Wanted]) -> Iterator[NotAsked]:
        """One "offline" for each wanted source."""
        for one in wanted:
            yield NotAsked(one.source_id, one.url, "offline")
