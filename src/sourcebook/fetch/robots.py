"""robots.txt by RFC 9309: who may be asked for what. Read once a site and kept for the run."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from sourcebook import ids
from sourcebook.fetch.bodies import read_head, redirect_target
from sourcebook.fetch.decoding import Undecodable, decode
from sourcebook.fetch.failures import Failure, NoAnswer
from sourcebook.types import Exchange, Outcome

AGENT = "Sourcebook"  # the name that a robots.txt may use for us
MOST_BYTES = 500 * 1024  # RFC 9309, 2.5; what comes after is not read
MOST_REDIRECTS = 5  # RFC 9309, 2.3.1.2
MOST_TRIES = 3  # for a site whose robots.txt gives no answer, in one run

Ask = Callable[[str], Awaitable[Exchange | NoAnswer]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a page is not asked for."""

    outcome: Outcome
    words: str
    failure: Failure | None = None  # set when the site gave no answer at all


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says: a refusal of everything, or rules; neither allows all."""

    closed: Refusal | None = None
    rules: Protego | None = None

    def refusal(self, url: str) -> Refusal | None:
        """Why this address is not asked for; None when it may be."""
        if self.rules is None or self.rules.can_fetch(url, AGENT):
            return self.closed
        return Refusal(Outcome.REFUSED_BY_ROBOTS, f"robots.txt of {ids.host(url)} disallows {urlsplit(url).path!r}")

    @property
    def delay_s(self) -> float:
        """The pause that the file asks for; 0 when it asks for none."""
        return (self.rules.crawl_delay(AGENT) if self.rules else None) or 0.0


@dataclass(slots=True)
class _Site:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: Rules | None = None
    tries: int = 0


class Robots:
    """The robots.txt of every site of a run. `slow_down(host, seconds)` is told about each Crawl-delay."""

    def __init__(self, slow_down: Callable[[str, float], None]) -> None:
        self._slow_down = slow_down
        self._sites: dict[str, _Site] = {}

    async def refusal(self, url: str, ask: Ask) -> Refusal | None:
        """Why this address is not asked for; None when it may be. `ask` is used where the file is not at hand."""
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        site = self._sites.setdefault(root, _Site())
        async with site.lock:
            if site.rules is None:
                rules = await self._read(f"{root}/robots.txt", ask)
                site.tries += 1
                silent = rules.closed is not None and rules.closed.failure is not None
                if silent and site.tries < MOST_TRIES:
                    return rules.closed  # one lost packet must not close a site for the whole run
                site.rules = rules
                self._slow_down(ids.host(url), rules.delay_s)
        return site.rules.refusal(url)

    async def _read(self, url: str, ask: Ask) -> Rules:
        for _ in range(MOST_REDIRECTS + 1):
            answer = await ask(url)
            if isinstance(answer, NoAnswer):
                return _unanswered(answer)
            head = read_head(answer.response_head)
            target = redirect_target(head, url) if head else None
            if target is None:
                return rules_of(answer)
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
    return Rules(rules=Protego.parse(text))


def _unanswered(answer: NoAnswer) -> Rules:
    if answer.failure is Failure.TOO_LARGE:
        return Rules()
    outcome = Outcome.REFUSED_BY_POLICY if answer.failure is Failure.REFUSED else Outcome.UNREACHABLE
    return Rules(closed=Refusal(outcome, answer.words, answer.failure))
