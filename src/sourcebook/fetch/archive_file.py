"""Answers from a WARC or WACZ file instead of the web: the demo, an offline rebuild, another tool's crawl."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from sourcebook.config import FetchSettings
from sourcebook.errors import UsageError
from sourcebook.fetch.archive_index import Place, read_index
from sourcebook.fetch.archive_record import Unusable, read_exchange
from sourcebook.fetch.bodies import MEGABYTE, MOST_REDIRECTS, Occasion, answered, broken, read_head, redirect_target
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Exchange, Fetched, NotAsked, Wanted

_MOST_COPIES = 20  # of one address, the newest: a crawl that was repeated every day need not fill a library


class ArchiveFetcher:
    """Answers with what an archive holds. Raises UsageError for a file that is missing or no archive."""

    def __init__(self, path: Path, clock: Callable[[], datetime], max_mb: float = FetchSettings().max_mb) -> None:
        if not path.is_file():
            raise UsageError(f"no archive at {str(path)!r}", "give the path of a .warc, .warc.gz or .wacz file")
        self.name = path.name
        self._index = read_index(path)
        self._clock = clock
        self._most_bytes = int(max_mb * MEGABYTE)
        self._last: datetime | None = None

    def fetch(self, wanted: Iterable[Wanted]) -> Iterator[Fetched | NotAsked]:
        """Every copy of each wanted source, oldest first; NotAsked for a source of which none can be read."""
        for one in wanted:
            places = self._index.find(one.url)[-_MOST_COPIES:]
            answers = [self._answer(one, place) for place in places]
            copies = [answer for answer in answers if isinstance(answer, Fetched)]
            yield from copies or answers[-1:] or [self._not_held(one, "")]

    def _answer(self, wanted: Wanted, place: Place) -> Fetched | NotAsked:
        """What a copy says, or the one that it leads to."""
        occasion = Occasion(wanted, self.name, self._now(), self._most_bytes)
        exchanges: list[Exchange] = []
        been = {place}
        url = wanted.url
        while len(exchanges) <= MOST_REDIRECTS:
            exchange = read_exchange(self._index, place, url, self._most_bytes)
            if isinstance(exchange, Unusable):
                return self._unusable(occasion, exchanges, place, exchange)
            exchanges.append(exchange)
            head = read_head(exchange.response_head)
            if head is not None and head.status == 304:
                return self._unusable(occasion, [], place, Unusable("an answer that says 'unchanged' and no more"))
            target = redirect_target(head, exchange.url) if head else None
            if target is None:
                return answered(occasion, exchanges)
            nearest = self._nearest(target, exchange.at, been)
            if nearest is None:
                return self._not_held(wanted, f"leads to {target!r}, which is ")
            if nearest in been:
                return broken(occasion, exchanges, target, Outcome.UNREACHABLE, "redirects that lead in a circle")
            been.add(nearest)
            place, url = nearest, target
        return broken(occasion, exchanges, url, Outcome.UNREACHABLE, f"more than {MOST_REDIRECTS} redirects")

    def _nearest(self, target: str, at: datetime, been: set[Place]) -> Place | None:
        """The copy of a redirect's target that was made nearest to it. A page that merely has the same match key, such
        as the one that redirects from http to https, is no answer to itself."""
        exact = self._index.find(target, exactly=True)
        places = exact or [place for place in self._index.find(target) if place not in been]
        return min(places, key=lambda place: abs(place.at - at), default=None)

    def _unusable(
        self, occasion: Occasion, exchanges: list[Exchange], place: Place, record: Unusable
    ) -> Fetched | NotAsked:
        if record.too_large:
            answer = broken(occasion, exchanges, occasion.wanted.url, Outcome.WRONG_TYPE, record.why)
            return replace(answer, captured_at=place.at)
        return NotAsked(occasion.wanted.source_id, occasion.wanted.url, f"{record.why}, in {self.name}")

    def _not_held(self, wanted: Wanted, leads: str) -> NotAsked:
        damage = f" ({self._index.damage})" if self._index.damage else ""
        return NotAsked(wanted.source_id, wanted.url, f"{leads}not in {self.name}{damage}")

    def _now(self) -> datetime:
        """A moment for each answer of its own, however coarse the clock: a capture is known by it."""
        now = self._clock()
        if self._last is not None and now <= self._last:
            now = self._last + timedelta(microseconds=1)
        self._last = now
        return now
