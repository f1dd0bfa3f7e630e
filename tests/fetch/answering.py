"""The web fetcher for tests that are about answers only."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime

from sourcebook.config import FetchSettings
from sourcebook.fetch.connection import Asking, Cookies, Reply, Wire
from sourcebook.fetch.stream import Visitor
from sourcebook.fetch.visit import Visitor as WebVisitor
from sourcebook.fetch.web import WebFetcher
from sourcebook.types.fetching import Fetched, Learned, Lull, NotAsked, Wanted


class Answering(WebFetcher):
    """Keeps to itself what it learns about hosts, and notes what was asked for and when that was on the wire: by our
    own clock, since a server notes requests late when it is busy."""

    def __init__(self, settings: FetchSettings, clock: Callable[[], datetime]) -> None:
        super().__init__(settings, clock)
        self.sent: list[tuple[str, float]] = []

    def fetch(self, wanted: Iterable[Wanted]) -> Iterator[Fetched | NotAsked]:
        for one in super().fetch(wanted):
            if not isinstance(one, Learned | Lull):
                yield one

    @asynccontextmanager
    async def _visitor(self) -> AsyncIterator[Visitor]:
        async with super()._visitor() as visitor:
            assert isinstance(visitor, WebVisitor)
            visitor.wire = _Noting(vars(visitor.wire), self.sent)
            yield visitor


class _Noting(Wire):
    """The same wire, and a list of what goes over it."""

    def __init__(self, wire: Mapping[str, object], sent: list[tuple[str, float]]) -> None:
        vars(self).update(wire)
        self._sent = sent

    async def ask(self, asking: Asking, cookies: Cookies, seconds: float) -> Reply:
        reply = await super().ask(asking, cookies, seconds)
        if reply.sent_at is not None:
            self._sent.append((asking.url, reply.sent_at))
        return reply
