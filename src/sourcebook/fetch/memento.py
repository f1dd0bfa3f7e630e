"""Asks web archives for the copy of a source nearest to a moment (RFC 7089), where the source itself is lost.

An archive is asked by its TimeGate, which leads to the nearest copy, and where that gives no good one by its TimeMap,
which lists all copies. Each request goes the way of every other: address policy, robots.txt, turns, caps, redirects.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from sourcebook import ids
from sourcebook.config import FetchSettings, MementoSettings
from sourcebook.errors import UsageError
from sourcebook.fetch.bodies import Occasion, answered, broken, read_head
from sourcebook.fetch.connection import most_bytes
from sourcebook.fetch.links import Link, http_date, read_links
from sourcebook.fetch.outage import Asked, Sign
from sourcebook.fetch.stream import Visitor
from sourcebook.fetch.visit import Manner
from sourcebook.fetch.web import WebFetcher
from sourcebook.types.captures import MEMENTO, Outcome
from sourcebook.types.fetching import Fetched, Learned, NotAsked, Wanted

MOST_COPIES = 3  # of a TimeMap that are tried: where the three nearest are walls or errors, so are most others
_REPLAYED = re.compile(r"/(\d{14})/(?=https?:)")  # how Wayback and pywb write a copy; "id_" asks for it unchanged


class MementoFetcher(WebFetcher):
    """Answers with other people's copies. `Wanted.at` says of when. A source that nobody holds a good copy of is an
    answer too."""

    name = "memento"

    def __init__(self, settings: FetchSettings, archives: MementoSettings, clock: Callable[[], datetime]) -> None:
        super().__init__(settings, clock, Manner(probes=False))  # an archive's own pages prove nothing
        _check(archives)
        self._archives = archives

    @asynccontextmanager
    async def _visitor(self) -> AsyncIterator[Visitor]:
        async with super()._visitor() as web:
            yield _Archives(web, self._archives, self._clock, most_bytes(self._settings))


class _Archives:
    """Visits archives instead of the sources themselves, for one source at a time: they all lead to the same hosts."""

    def __init__(self, web: Visitor, settings: MementoSettings, clock: Callable[[], datetime], most_bytes: int) -> None:
        self._web = web
        self._settings = settings
        self._clock = clock
        self._most_bytes = most_bytes

    def lane(self, _wanted: Wanted) -> str:
        return "archives"

    def wait_s(self, lane: str) -> float:  # noqa: ARG002 - the Protocol's
        """Each request waits for its own turn."""
        return 0.0

    async def visit(self, wanted: Wanted) -> Asked:
        """Ask one archive after the other, under one deadline."""
        search = _Search(self._web, wanted, self._clock(), self._most_bytes)
        found: Fetched | None = None
        try:
            async with asyncio.timeout(self._settings.timeout_s):
                found = await search.run(self._settings.timegates, self._settings.timemaps)
        except TimeoutError:
            search.failed(Outcome.UNREACHABLE, f"no good copy within {self._settings.timeout_s:g} s")
        return Asked(found or search.nothing(), search.sign, search.host, learned=tuple(search.learned))


class _Copy(Struct, frozen=True):
    """An archive's answer that is a copy: where, of what and of when."""

    answer: Fetched
    of: str
    at: datetime


class _Search:
    """The search for one source: what was tried, and what came of it."""

    def __init__(self, web: Visitor, wanted: Wanted, now: datetime, most_bytes: int) -> None:
        self.sign = Sign.NEITHER
        self.learned: list[Learned] = []
        self.host = ""
        self._web = web
        self._wanted = wanted
        self._at = wanted.at or now
        self._now = now
        self._most_bytes = most_bytes
        self._tried: set[str] = set()
        self._fates: list[tuple[Outcome | None, str]] = []  # None: the archive was not asked

    async def run(self, timegates: tuple[str, ...], timemaps: tuple[str, ...]) -> Fetched | None:
        """The first good copy; None when there is none to be had."""
        for gate in timegates:
            if (found := await self._through(gate + self._wanted.url)) is not None:
                return found
        for timemap in timemaps:
            for url in await self._listed(timemap + self._wanted.url):
                if (found := await self._through(url)) is not None:
                    return found
        return None

    def failed(self, outcome: Outcome | None, words: str) -> None:
        """Remember why there is no copy."""
        self._fates.append((outcome, words))

    def nothing(self) -> Fetched | NotAsked:
        """The answer when no good copy was found: not asked at all, not to be known, or not there."""
        words = "; ".join(dict.fromkeys(words for _, words in self._fates))
        outcomes = [outcome for outcome, _ in self._fates if outcome is not None]
        if not outcomes:
            return NotAsked(self._wanted.source_id, self._wanted.url, words or "no web archive is set")
        unsure = next((outcome for outcome in outcomes if outcome is not Outcome.GONE), Outcome.GONE)
        return broken(self._occasion(self.host), (), self._wanted.url, unsure, words)

    async def _through(self, url: str) -> Fetched | None:
        """What an address of an archive leads to, where that is a good copy; as it was served where the archive can."""
        copy = await self._copy(url)
        if copy is None or copy.answer.final_url in self._tried:
            return None
        self._tried.add(copy.answer.final_url)
        plain = _REPLAYED.sub(r"/\1id_/", copy.answer.final_url, count=1)
        if plain != copy.answer.final_url and (unchanged := await self._copy(plain)) is not None:
            copy = unchanged
        found = self._judged(copy)
        if found.outcome is Outcome.OK and found.body:
            return found
        self.failed(Outcome.GONE, f"the copy at {copy.answer.final_url!r} is no good one: {found.reason}")
        return None

    async def _copy(self, url: str) -> _Copy | None:
        """An answer that says of itself that it is a copy."""
        answer = await self._ask(url)
        if answer is None:
            return None
        head = read_head(answer.exchanges[-1].response_head) if answer.exchanges and answer.status else None
        at = http_date(head.first("memento-datetime")) if head else None
        if head is None or at is None:
            host = ids.host(answer.final_url)
            if answer.outcome in {Outcome.GONE, Outcome.SOFT_GONE, Outcome.OK, Outcome.THIN}:
                self.failed(Outcome.GONE, f"{host} has no copy")
            else:
                self.failed(answer.outcome, f"{host}: {answer.reason}")
            return None
        links = read_links(head.joined("link"))
        of = next((ids.request_url(link.url) for link in links if "original" in link.relations), None)
        return _Copy(answer, of or self._wanted.url, at)

    async def _listed(self, url: str) -> list[str]:
        """The nearest copies of a TimeMap, the nearest first. One that is in parts leads to the nearest part."""
        links = await self._timemap(url)
        if not any("memento" in link.relations for link in links):
            parts = [link for link in links if "timemap" in link.relations and link.url != url]
            if parts:
                links = await self._timemap(min(parts, key=lambda part: part.distance(self._at)).url)
        copies = [link for link in links if "memento" in link.relations and link.at is not None]
        copies.sort(key=lambda link: link.distance(self._at))
        return [link.url for link in copies if link.url not in self._tried][:MOST_COPIES]

    async def _timemap(self, url: str) -> list[Link]:
        answer = await self._ask(url)
        if answer is None:
            return []
        if answer.status != 200:
            gone = answer.outcome is Outcome.GONE
            host = ids.host(answer.final_url)
            self.failed(answer.outcome, f"{host} has no copy" if gone else f"{host}: {answer.reason}")
            return []
        return list(read_links(answer.body.decode("utf-8", "replace")))

    async def _ask(self, url: str) -> Fetched | None:
        """One request, with its redirects; None when the archive is left alone."""
        asked = await self._web.visit(replace(self._wanted, url=url, at=self._at, etag="", last_modified=""))
        self.learned += asked.learned
        self.sign = Sign.LIFE if Sign.LIFE in {self.sign, asked.sign} else asked.sign
        self.host = asked.host
        if isinstance(asked.answer, NotAsked):
            self.failed(None, asked.answer.why)
            return None
        return asked.answer

    def _judged(self, copy: _Copy) -> Fetched:
        """What the copy is, by the rules for the source itself; with its own time, and the exchanges as they were."""
        last = replace(copy.answer.exchanges[-1], url=copy.of)
        host = ids.host(copy.answer.final_url)
        found = answered(self._occasion(host), [last])
        return replace(
            found,
            captured_at=copy.at,
            reason=f"{found.reason}; copy of {copy.at:%Y-%m-%d} at {copy.answer.final_url}",
            etag="",  # of the archive: no use for asking the source
            last_modified="",
            exchanges=copy.answer.exchanges,
        )

    def _occasion(self, host: str) -> Occasion:
        return Occasion(self._wanted, f"{MEMENTO}{host}", self._now, self._most_bytes)


def _check(settings: MementoSettings) -> None:
    for url in (*settings.timegates, *settings.timemaps):
        if ids.request_url(url) is None:
            raise UsageError(f"{url!r} is no address of an archive", "mend memento.timegates and memento.timemaps")
    if not settings.timeout_s > 0:
        raise UsageError("setting 'memento.timeout_s' must be more than 0", "raise it")
