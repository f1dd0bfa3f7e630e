"""One visit to one source: robots.txt, turns, redirects, deadline."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from sourcebook import ids
from sourcebook.config import FetchSettings
from sourcebook.fetch.bodies import MOST_REDIRECTS, Occasion, answered, broken, read_head, redirect_target
from sourcebook.fetch.connection import Wire, most_bytes
from sourcebook.fetch.decoding import ACCEPT_ENCODING
from sourcebook.fetch.failures import Failure, NoAnswer
from sourcebook.fetch.outage import Asked, Sign
from sourcebook.fetch.robots import Robots
from sourcebook.fetch.turns import Turns
from sourcebook.types import Exchange, Fetched, NotAsked, Outcome, Wanted

_ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.9,*/*;q=0.8"
_OUTCOMES = {
    Failure.LOOKUP: Outcome.UNREACHABLE,
    Failure.SILENT: Outcome.UNREACHABLE,
    Failure.BROKEN: Outcome.UNREACHABLE,
    Failure.REFUSED: Outcome.REFUSED_BY_POLICY,
    Failure.TOO_LARGE: Outcome.WRONG_TYPE,  # it is there, and we do not read it
}
_SIGNS = {
    Failure.LOOKUP: Sign.SILENCE,
    Failure.SILENT: Sign.SILENCE,
    Failure.BROKEN: Sign.LIFE,
    Failure.REFUSED: Sign.NEITHER,
    Failure.TOO_LARGE: Sign.LIFE,
}


class Visitor:
    """Visits the sources of one run."""

    def __init__(self, wire: Wire, settings: FetchSettings, clock: Callable[[], datetime], user_agent: str) -> None:
        self.wire = wire
        self.settings = settings
        self.turns = Turns(settings.delay_s)
        self.robots = Robots(self.turns.slow_down)
        self.headers = {"User-Agent": user_agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPT_ENCODING}
        self._clock = clock

    def lane(self, wanted: Wanted) -> str:
        """The host: nobody is asked two things at once."""
        return ids.host(wanted.url)

    async def ready(self, lane: str) -> None:
        """Wait until the host's pause is over."""
        await self.turns.free(lane)

    async def visit(self, wanted: Wanted) -> Asked:
        """Ask for a source and follow where it leads."""
        host = ids.host(wanted.url)
        if resting := self.turns.resting(host):
            return Asked(NotAsked(wanted.source_id, wanted.url, resting), Sign.NEITHER, host)
        began = asyncio.get_running_loop().time()
        occasion = Occasion(wanted, "web", self._clock(), most_bytes(self.settings))
        async with self.wire.session() as session:
            chain = _Chain(self, session, occasion)
            answer = await chain.follow()
        if answer.status == 429:
            last = ids.host(answer.final_url)
            self.turns.rest(last, f"{last} says that it is asked too often")
        return Asked(answer, chain.sign, host, asyncio.get_running_loop().time() - began)


class _Chain:
    """A source and its redirects, under one deadline. Waiting for a turn does not count: that is our doing."""

    def __init__(self, visitor: Visitor, session: aiohttp.ClientSession, occasion: Occasion) -> None:
        self.sign = Sign.NEITHER
        self._visitor = visitor
        self._session = session
        self._occasion = occasion
        self._seconds = visitor.settings.timeout_s
        self._exchanges: list[Exchange] = []
        self._headers = visitor.headers | _conditions(occasion.wanted)

    async def follow(self) -> Fetched:
        """Ask, and go on for as long as we are sent on."""
        url: str | None = ids.request_url(self._occasion.wanted.url)
        if url is None:
            return self._ended(self._occasion.wanted.url, Outcome.REFUSED_BY_POLICY, "no http or https address")
        been: set[tuple[str, str]] = set()
        while len(self._exchanges) <= MOST_REDIRECTS:
            here = (url, self._session.cookie_jar.filter_cookies(URL(url, encoded=True)).output())
            if here in been:
                return self._ended(url, Outcome.UNREACHABLE, "redirects that lead in a circle")
            been.add(here)
            answer = await self._step(url)
            if isinstance(answer, Fetched):
                return answer
            self._exchanges.append(answer)
            head = read_head(answer.response_head)
            target = redirect_target(head, url) if head else None
            if target is None:
                return answered(self._occasion, self._exchanges, conditional=len(self._headers) > 3)
            url = target
        return self._ended(url, Outcome.UNREACHABLE, f"more than {MOST_REDIRECTS} redirects")

    async def _step(self, url: str) -> Exchange | Fetched:
        """One exchange; or the end, when there is none."""
        refusal = await self._visitor.robots.refusal(url, self._ask_for_robots)
        if refusal is not None:
            return self._ended(url, refusal.outcome, refusal.words)
        answer = await self._request(self._session, url, self._headers)
        if isinstance(answer, NoAnswer):
            return self._ended(url, _OUTCOMES[answer.failure], answer.words)
        return answer

    async def _ask_for_robots(self, url: str) -> Exchange | NoAnswer:
        async with self._visitor.wire.session() as session:  # its cookies are none of the page's business
            return await self._request(session, url, self._visitor.headers)

    async def _request(self, session: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> Exchange | NoAnswer:
        """One request in its turn, within what is left of the deadline."""
        if refusal := self._visitor.wire.refusal(url):
            return self._seen(NoAnswer(Failure.REFUSED, refusal))
        loop = asyncio.get_running_loop()
        async with self._visitor.turns.of(urlsplit(url).hostname or ""):
            began = loop.time()
            answer = await self._visitor.wire.ask(session, url, headers, max(self._seconds, 0.0))
            self._seconds -= loop.time() - began
        return self._seen(answer)

    def _seen(self, answer: Exchange | NoAnswer) -> Exchange | NoAnswer:
        if self.sign is not Sign.LIFE:
            self.sign = Sign.LIFE if isinstance(answer, Exchange) else _SIGNS[answer.failure]
        return answer

    def _ended(self, url: str, outcome: Outcome, words: str) -> Fetched:
        return broken(self._occasion, self._exchanges, url, outcome, words)


def _conditions(wanted: Wanted) -> dict[str, str]:
    """Headers that ask for an answer only if it has changed since the copy that we hold."""
    said = {"If-None-Match": wanted.etag, "If-Modified-Since": wanted.last_modified}
    return {name: value for name, value in said.items() if value and value.isascii() and value.isprintable()}
