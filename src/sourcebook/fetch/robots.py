"""robots.txt by RFC 9309: who may be asked for what. Read once a site and kept for a day, also from run to run."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from msgspec import Struct, field
from protego import Protego

from sourcebook import ids
from sourcebook.fetch.bodies import read_head, redirect_target
from sourcebook.fetch.connection import root_of
from sourcebook.fetch.decoding import Undecodable, decode
from sourcebook.fetch.failures import Failure, NoAnswer
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Exchange, RobotsFile

AGENT = "Sourcebook"  # the name that a robots.txt may use for us
MOST_BYTES = 500 * 1024  # RFC 9309, 2.5; what comes after is not read
MOST_REDIRECTS = 5  # RFC 9309, 2.3.1.2
MOST_TRIES = 3  # for a site whose robots.txt gives no answer, before it is left alone
KEPT = timedelta(hours=24)  # RFC 9309, 2.4
CLOSED = timedelta(minutes=10)  # a site whose robots.txt failed is tried again after so long
_MOST_KEPT = 64 * 1024  # characters of a file that is handed on to the next run; the largest sites have 30,000

Ask = Callable[[str], Awaitable[Exchange | NoAnswer]]


class Refusal(Struct, frozen=True):
    """Why a page is not asked for."""

    outcome: Outcome
    words: str
    failure: Failure | None = None  # set when the site gave no answer at all


class Rules(Struct, frozen=True):
    """What one robots.txt says: a refusal of everything, or rules; neither allows all."""

    closed: Refusal | None = None
    rules: Protego | None = None
    text: str = ""

    def refusal(self, url: str) -> Refusal | None:
        """Why this address is not asked for; None when it may be."""
        if self.rules is None or self.rules.can_fetch(url, AGENT):
            return self.closed
        return Refusal(Outcome.REFUSED_BY_ROBOTS, f"robots.txt of {ids.host(url)} disallows {urlsplit(url).path!r}")

    @property
    def delay_s(self) -> float:
        """The pause that the file asks for; 0 when it asks for none."""
        return (self.rules.crawl_delay(AGENT) if self.rules else None) or 0.0


class _Site(Struct):
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: Rules | None = None
    until: datetime | None = None  # that they hold
    tries: int = 0

    def holds(self, now: datetime) -> bool:
        """Is there anything to go by?"""
        return self.rules is not None and (self.until is None or now < self.until)


class Robots:
    """The robots.txt of every site of a run. `slow_down(host, seconds)` is told about each Crawl-delay."""

    def __init__(self, slow_down: Callable[[str, float], None], clock: Callable[[], datetime]) -> None:
        self._slow_down = slow_down
        self._clock = clock
        self._sites: dict[str, _Site] = {}
        self._learned: list[RobotsFile] = []

    def remember(self, known: RobotsFile) -> None:
        """Take what an earlier run read, as long as it holds."""
        site = self._sites.setdefault(known.site, _Site())
        if site.rules is None and known.read_at + KEPT > self._clock():
            self._take(site, known.site, Rules(rules=Protego.parse(known.text) if known.text else None))
            site.until = known.read_at + KEPT

    def learned(self) -> tuple[RobotsFile, ...]:
        """What was read since this was last asked, for the next run."""
        learned = tuple(self._learned)
        self._learned.clear()
        return learned

    def known(self, url: str) -> Rules | None:
        """The rules for an address, where they are at hand."""
        site = self._sites.get(root_of(url))
        return site.rules if site is not None and site.holds(self._clock()) else None

    async def read(self, url: str, ask: Ask) -> Rules:
        """The rules for an address. `ask` is used where they are not at hand."""
        root = root_of(url)
        site = self._sites.get(root)
        if site is None:
            site = self._sites[root] = _Site()
        async with site.lock:
            return self.known(url) or await self._renew(site, root, ask)

    async def _renew(self, site: _Site, root: str, ask: Ask) -> Rules:
        """Read a site's file. Where the site was silent, that holds for this one page, and may not for the next."""
        rules = await self._read(root, ask)
        site.tries += 1
        silent = rules.closed is not None and rules.closed.failure is not None
        if not silent or site.tries >= MOST_TRIES:  # one lost packet must not close a site
            self._take(site, root, rules)
        return rules

    def _take(self, site: _Site, root: str, rules: Rules) -> None:
        site.rules, site.tries = rules, 0
        site.until = self._clock() + (CLOSED if rules.closed else KEPT)
        self._slow_down(ids.host(root), rules.delay_s)

    async def _read(self, root: str, ask: Ask) -> Rules:
        url = f"{root}/robots.txt"
        for _ in range(MOST_REDIRECTS + 1):
            answer = await ask(url)
            if isinstance(answer, NoAnswer):
                return _unanswered(answer)
            head = read_head(answer.response_head)
            target = redirect_target(head, url) if head else None
            if target is None:
                rules = rules_of(answer)
                if rules.closed is None and len(rules.text) <= _MOST_KEPT:
                    self._learned.append(RobotsFile(root, self._clock(), rules.text))
                return rules
            url = target
        return Rules()  # RFC 9309: too many redirects are as good as no file


def rules_of(exchange: Exchange) -> Rules:
    """What an answer to the question for robots.txt means. Pure."""
    head = read_head(exchange.response_head)
    if head is None or head.status >= 500 or head.status == 429:
        status = f"status {head.status}" if head else "no HTTP"
        return Rules(closed=Refusal(Outcome.LIMITED, f"robots.txt gave {status}: ask again later"))
    if not 200 <= head.status < 300:
        return Rules()
    body = decode(exchange.body, head.joined("content-encoding"), MOST_BYTES * 10)
    if isinstance(body, Undecodable):
        return Rules()
    text = body[:MOST_BYTES].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    return Rules(rules=Protego.parse(text), text=text)


def _unanswered(answer: NoAnswer) -> Rules:
    if answer.failure is Failure.TOO_LARGE:
        return Rules()
    outcome = Outcome.REFUSED_BY_POLICY if answer.failure is Failure.REFUSED else Outcome.UNREACHABLE
    return Rules(closed=Refusal(outcome, answer.words, answer.failure))
