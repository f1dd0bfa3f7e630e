"""What a page asks for while a browser shows it, answered by the fetcher: the browser itself asks nobody.

So address policy, robots.txt, one request a host at a time, caps and redirects are those of every other request.
"""

import asyncio
import contextlib
from collections.abc import Mapping

from playwright.async_api import Error as BrowserError
from playwright.async_api import Request, Route

from sourcebook import ids
from sourcebook.fetch.bodies import REDIRECTS, read_head
from sourcebook.fetch.connection import Cookies, root_of
from sourcebook.fetch.visit import Aside, AskAside
from sourcebook.types.fetching import Exchange, Fetched

MOST_REQUESTS = 200  # of one page: large sites make a hundred, half of them for pictures and counting
MOST_NAVIGATIONS = 5  # to other pages: a script that leads on does so once or twice
MOST_SENT = 20  # requests by POST of one page: what gets a page's words asks once or a few times
MOST_SENT_BYTES = 64 * 1024  # of one: a question, no upload
_KINDS = frozenset({"document", "script", "stylesheet", "xhr", "fetch", "image"})  # the words, and the screenshot
_SENDERS = frozenset({"xhr", "fetch"})  # scripts; neither forms nor beacons
_ASKED_TO_WAIT = frozenset({429, 503})

# of an answer: how it was packed, and what would have the browser ask by itself
_NOT_FOR_BROWSER = frozenset(
    "content-encoding content-length transfer-encoding connection keep-alive trailer upgrade alt-svc nel report-to "
    "reporting-endpoints strict-transport-security".split()
)
# of a request: what says who asks, and what is decided by the one who asks
_NOT_FOR_SERVER = frozenset(
    "user-agent accept-encoding cookie host connection content-length range if-none-match if-modified-since if-range "
    "upgrade-insecure-requests".split()
)


class PageRequests:
    """The requests of one page, within its caps."""

    def __init__(self, plain: Fetched, ask: AskAside, most_bytes: int, seconds: float) -> None:
        self.exchanges: list[Exchange] = []
        self.asked = 0
        self.left_out = 0
        self._plain: Fetched | None = plain  # the page itself was asked for before
        self._ask = ask
        self._room = most_bytes
        self._ends_at = asyncio.get_running_loop().time() + seconds
        self._cookies = Cookies()
        self._navigations = 0
        self._sent = 0
        self._waiting: set[str] = set()  # hosts that asked to be left alone
        self._under_way = 0
        self._quiet_since = asyncio.get_running_loop().time()

    def quiet_s(self) -> float:
        """For how long nothing has been asked for."""
        return 0.0 if self._under_way else asyncio.get_running_loop().time() - self._quiet_since

    async def answer(self, route: Route) -> None:
        """Answer one request of the browser."""
        self._under_way += 1
        try:
            with contextlib.suppress(BrowserError):  # the page has gone on, or is closed
                await self._answer(route)
        finally:
            self._under_way -= 1
            self._quiet_since = asyncio.get_running_loop().time()

    async def _answer(self, route: Route) -> None:
        request = route.request
        if not self._may(request):
            self.left_out += 1
            await route.abort("aborted")
            return
        found = await self._found(request)
        last = found.exchanges[-1] if found.exchanges and found.status is not None else None
        head = read_head(last.response_head) if last is not None else None
        if head is None or head.status in REDIRECTS:
            self.left_out += 1
            await route.abort("aborted")
            return
        await route.fulfill(status=head.status, headers=_for_browser(head.headers), body=found.body)

    def _may(self, request: Request) -> bool:
        """May the page have it?"""
        if request.resource_type not in _KINDS or not (request.method == "GET" or self._may_send(request)):
            return False
        if request.is_navigation_request():
            if request.frame.parent_frame is not None:
                return False  # another page in a frame: its words are not this page's
            self._navigations += 1
            if self._navigations > MOST_NAVIGATIONS:
                return False
        return self.asked < MOST_REQUESTS and self._room > 0 and ids.host(request.url) not in self._waiting

    def _may_send(self, request: Request) -> bool:
        """May a script send it? A question by POST to the site of its own page, as anybody's visit would send it."""
        if request.method != "POST" or request.resource_type not in _SENDERS or self._sent >= MOST_SENT:
            return False
        asked, page = ids.request_url(request.url), ids.request_url(request.frame.url)
        if request.frame.parent_frame is not None or not asked or not page or root_of(asked) != root_of(page):
            return False
        return len(request.post_data_buffer or b"") <= MOST_SENT_BYTES

    async def _found(self, request: Request) -> Fetched:
        if self._plain is not None and request.is_navigation_request():
            found, self._plain = self._plain, None
            return found
        self.asked += 1
        seconds = self._ends_at - asyncio.get_running_loop().time()
        sent = None
        if request.method == "POST":
            self._sent += 1
            sent = request.post_data_buffer or b""
        found = await self._ask(Aside(request.url, _for_server(request.headers), self._cookies, seconds, sent))
        self.exchanges += found.exchanges
        self._room -= sum(len(exchange.body) for exchange in found.exchanges)
        if found.status in _ASKED_TO_WAIT:
            self._waiting.add(ids.host(found.final_url))
        return found


def _for_browser(headers: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """An answer's headers as the browser may see them; several of a name in one, as the Fetch standard puts them."""
    given: dict[str, str] = {}
    for name, value in headers:
        key = name.lower()
        if key not in _NOT_FOR_BROWSER:
            between = "\n" if key == "set-cookie" else ", "
            given[key] = f"{given[key]}{between}{value}" if key in given else value
    return given


def _for_server(headers: Mapping[str, str]) -> dict[str, str]:
    """A request's headers as we send them on."""
    return {
        name: value
        for name, value in headers.items()
        if name.lower() not in _NOT_FOR_SERVER and not name.lower().startswith(("sec-", "proxy-"))
    }
