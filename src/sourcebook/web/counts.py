"""The numbers beside the filters of a list."""

from collections.abc import Callable, Mapping

KEPT_S = (
    30.0  # counting 100,000 sources four ways takes twice the time of the list itself, and changes with a build only
)

Facets = Mapping[str, Mapping[str, int]]


class Counts:
    """Counts anew when the last count is older than half a minute; lists themselves are always of this moment."""

    def __init__(self, count: Callable[[], Facets], clock_s: Callable[[], float]) -> None:
        self._count = count
        self._clock_s = clock_s
        self._kept: tuple[float, Facets] | None = None

    def read(self) -> Facets:
        """How many sources there are by type, credibility and state."""
        kept, now = self._kept, self._clock_s()
        if kept is None or now - kept[0] >= KEPT_S:
            kept = self._kept = (now, self._count())  # one assignment: two threads may count twice, never see half
        return kept[1]
