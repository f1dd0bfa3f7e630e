"""One visit to one source: robots.txt, turns, redirects, deadline."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from sourcebook import ids
from sourcebook.config import FetchSettings
from sourcebook.fetch import robots
from sourcebook.fetch.bodies import MOST_REDIRECTS, Occasion, Seen, broken, read_head, redirect_target, seen
from sourcebook.fetch.connection import Asking, Cookies, Wire, most_bytes
from sourcebook.fetch.decoding import ACCEPT_ENCODING
from sourcebook.fetch.failures import Failure, NoAnswer
from sourcebook.fetch.links import as_http_date
from sourcebook.fetch.outage import Asked, Sign
from sourcebook.fetch.outcomes import HTML
from sourcebook.fetch.pauses import ASKED_TOO_OFTEN, pause_after
from sourcebook.fetch.probe import is_doubtful, judged, made_up
from sourcebook.fetch.turns import Turns
from sourcebook.types.captures import NEEDS_SCRIPT, Outcome
from sourcebook.types.fetching import Exchange, Fetched, NotAsked, Pause, Wanted

_ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.9,*/*;q=0.8"
_SEND_AGAIN = frozenset({307, 308})  # what a page sends goes to its own site, and nowhere from there
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


class Manner(Struct, frozen=True):
    """How we ask."""

    heeds_robots: bool = True
    probes: bool = True  # with a made-up address, where there is doubt


THOROUGH = Manner()
LINKS_ONLY = Manner(heeds_robots=False, probes=False)  # nothing is kept, and no host is asked more than its links


class Aside(Struct, frozen=True):
    """A request of a page that is being shown: it keeps the page's cookies, and belongs to a visit that has had its
    turn, so that nothing but other requests to its host is waited for."""

    url: str
    headers: Mapping[str, str]
    cookies: Cookies
    seconds: float
    sent: bytes | None = None  # by POST


AskAside = Callable[[Aside], Awaitable[Fetched]]


class Renderer(Protocol):
    """Shows a page in a browser."""

    async def render(self, plain: Fetched, ask: AskAside) -> Fetched:
        """The page that `plain` is the bare answer of, after its scripts have run. What it asks for goes by `ask`."""
        ...


class Visitor:
    """Visits the sources of one run. With a renderer, pages are shown in a browser, as the settings say."""

    renderer: Renderer | None = None

    def __init__(self, wire: Wire, settings: FetchSettings, manner: Manner, clock: Callable[[], datetime]) -> None:
        self.wire = wire
        self.settings = settings
        self.manner = manner
        self.turns = Turns(settings.delay_s, clock)
        self.robots = robots.Robots(self.turns.slow_down, clock)
        self._probes: dict[str, tuple[str, Seen] | None] = {}
        self._clock = clock

    def lane(self, wanted: Wanted) -> str:
        """The host: nobody is asked two things at once."""
        return ids.host(wanted.url)

    def wait_s(self, lane: str) -> float:
        """Seconds until the host's pause is over."""
        return self.turns.wait_s(lane)

    async def visit(self, wanted: Wanted) -> Asked:
        """Ask for a source and follow where it leads."""
        host = ids.host(wanted.url)
        began = asyncio.get_running_loop().time()
        self._remember(host, wanted)
        if resting := self.turns.resting(host):
            return Asked(NotAsked(wanted.source_id, wanted.url, resting), Sign.NEITHER, host)
        chain = _Chain(self, Occasion(wanted, "web", self._clock(), most_bytes(self.settings)), self.settings.timeout_s)
        seen = await chain.follow()
        answer = (
            await self._probed(seen, chain.seconds_left) if self.manner.probes and is_doubtful(seen) else seen.fetched
        )
        pause = self._pause(answer)
        rendered = None
        if self.renderer is not None and wants_browser(answer, self.settings.render):
            rendered = await self.renderer.render(answer, self.ask_aside)
        learned = (*self.robots.learned(), *((pause,) if pause else ()))
        return Asked(answer, chain.sign, host, asyncio.get_running_loop().time() - began, learned, rendered)

    async def ask_aside(self, aside: Aside) -> Fetched:
        """Ask for what a page needs, and follow where it leads."""
        occasion = Occasion(Wanted("", aside.url), "web", self._clock(), most_bytes(self.settings))
        answer = (await _Chain(self, occasion, aside.seconds, aside).follow()).fetched
        self._pause(answer)
        return answer

    def _pause(self, answer: Fetched) -> Pause | None:
        """Leave the host alone where it asks for that; None when it does not."""
        before = self.turns.paused(ids.host(answer.final_url))
        if before is None and answer.status not in ASKED_TOO_OFTEN:  # nearly always
            return None
        pause = pause_after(answer, before, self._clock())
        if pause is not None:
            self.turns.pause(pause)
        return pause

    def _remember(self, host: str, wanted: Wanted) -> None:
        if wanted.pause is not None and self.turns.paused(host) is None:
            self.turns.pause(wanted.pause)
        if wanted.robots is not None:
            self.robots.remember(wanted.robots)

    async def _probed(self, seen: Seen, seconds_left: float) -> Fetched:
        """The answer in the light of what a made-up address of its site gets. Asked once a host."""
        host = ids.host(seen.fetched.url)
        if host not in self._probes:
            self._probes[host] = None
            url = made_up(ids.request_url(seen.fetched.url) or seen.fetched.url)
            occasion = Occasion(Wanted("", url), "web", self._clock(), most_bytes(self.settings))
            self._probes[host] = url, await _Chain(self, occasion, seconds_left).follow()
        probe = self._probes[host]
        return seen.fetched if probe is None else judged(seen, *probe)


class _Chain:
    """A source and its redirects, under one deadline. Waiting for a turn does not count: that is our doing."""

    def __init__(self, visitor: Visitor, occasion: Occasion, seconds: float, aside: Aside | None = None) -> None:
        self.sign = Sign.NEITHER
        self.seconds_left = seconds
        self._visitor = visitor
        self._occasion = occasion
        self._exchanges: list[Exchange] = []
        self._conditions = _conditions(occasion.wanted)
        self._headers = self._conditions | _moment(occasion.wanted)
        self._cookies = Cookies()
        self._at_once = aside is not None
        self._sent = aside.sent if aside is not None else None
        if aside is not None:
            self._headers |= {name.title(): value for name, value in aside.headers.items()}
            self._cookies = aside.cookies

    async def follow(self) -> Seen:
        """Ask, and go on for as long as we are sent on."""
        url: str | None = ids.request_url(self._occasion.wanted.url)
        if url is None:
            return self._ended(self._occasion.wanted.url, Outcome.REFUSED_BY_POLICY, "no http or https address")
        been: set[tuple[str, str]] = set()
        while len(self._exchanges) <= MOST_REDIRECTS:
            here = (url, self._cookies.for_url(url))
            if here in been:
                return self._ended(url, Outcome.UNREACHABLE, "redirects that lead in a circle")
            been.add(here)
            answer = await self._step(url)
            if isinstance(answer, Seen):
                return answer
            self._exchanges.append(answer)
            head = read_head(answer.response_head)
            target = redirect_target(head, url) if head else None
            if target is None:
                return seen(self._occasion, self._exchanges, conditional=bool(self._conditions))
            if self._sent is not None and head is not None and head.status in _SEND_AGAIN:
                return self._ended(url, Outcome.UNREACHABLE, "a redirect that asks for what was sent")
            self._sent = None  # as browsers do after any other
            url = target
        return self._ended(url, Outcome.UNREACHABLE, f"more than {MOST_REDIRECTS} redirects")

    async def _step(self, url: str) -> Exchange | Seen:
        """One exchange; or the end, when there is none."""
        if resting := self._visitor.turns.resting(ids.host(url)):
            return self._ended(url, Outcome.LIMITED, resting)
        if self._visitor.manner.heeds_robots:
            rules = self._visitor.robots.known(url) or await self._visitor.robots.read(url, self._ask_for_robots)
            refusal = rules.refusal(url)
            if refusal is not None:
                return self._ended(url, refusal.outcome, refusal.words)
        answer = await self._request(Asking(url, self._headers, sent=self._sent), self._cookies)
        if isinstance(answer, NoAnswer):
            return self._ended(url, _OUTCOMES[answer.failure], answer.words)
        return answer

    async def _ask_for_robots(self, url: str) -> Exchange | NoAnswer:
        asking = Asking(url, {}, robots.MOST_BYTES)
        return await self._request(asking, Cookies())  # they are none of the page's business

    async def _request(self, asking: Asking, cookies: Cookies) -> Exchange | NoAnswer:
        """One request in its turn, within what is left of the deadline."""
        if refusal := self._visitor.wire.refusal(asking.url):
            return self._seen(NoAnswer(Failure.REFUSED, refusal))
        loop = asyncio.get_running_loop()
        host = ids.host(asking.url)
        turns = self._visitor.turns
        if not turns.take(host):
            await turns.begin(host, at_once=self._at_once)
        sent_at = None
        try:
            began = loop.time()
            reply = await self._visitor.wire.ask(asking, cookies, max(self.seconds_left, 0.0))
            self.seconds_left -= loop.time() - began
            sent_at = reply.sent_at
        finally:
            turns.end(host, sent_at)
        return self._seen(reply.answer)

    def _seen(self, answer: Exchange | NoAnswer) -> Exchange | NoAnswer:
        if self.sign is not Sign.LIFE:
            self.sign = Sign.LIFE if isinstance(answer, Exchange) else _SIGNS[answer.failure]
        return answer

    def _ended(self, url: str, outcome: Outcome, words: str) -> Seen:
        return Seen(broken(self._occasion, self._exchanges, url, outcome, words))


def headers_of(agent: str) -> dict[str, str]:
    """Those of every request of one who introduces himself so."""
    return {"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPT_ENCODING}


def wants_browser(answer: Fetched, render: str) -> bool:
    """Is this a page to be shown in a browser? Never one that was refused to us: a browser is no way round a wall."""
    if answer.media_type not in HTML or not answer.body:
        return False
    if render == "always":
        return answer.outcome in {Outcome.OK, Outcome.THIN}
    return render == "needed" and answer.outcome is Outcome.THIN and NEEDS_SCRIPT in answer.reason


def _conditions(wanted: Wanted) -> dict[str, str]:
    """Headers that ask for an answer only if it has changed since the copy that we hold."""
    said = {"If-None-Match": wanted.etag, "If-Modified-Since": wanted.last_modified}
    return {name: value for name, value in said.items() if value and value.isascii() and value.isprintable()}


def _moment(wanted: Wanted) -> dict[str, str]:
    """The header that asks an archive for a copy of when."""
    return {"Accept-Datetime": as_http_date(wanted.at)} if wanted.at is not None else {}
