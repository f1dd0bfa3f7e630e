"""A page as a browser shows it: its words after its scripts have run, and a picture of it."""

import asyncio
import contextlib
from base64 import b64decode
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from playwright.async_api import BrowserContext, Dialog, Page
from playwright.async_api import Error as BrowserError

from sourcebook import ids
from sourcebook.config import FetchSettings
from sourcebook.fetch.bodies import Occasion, broken, look
from sourcebook.fetch.browser import Browser
from sourcebook.fetch.connection import most_bytes
from sourcebook.fetch.outcomes import Answer, decide
from sourcebook.fetch.page_requests import PageRequests
from sourcebook.fetch.visit import AskAside
from sourcebook.types.captures import BROWSER, Outcome
from sourcebook.types.fetching import Exchange, Fetched, Wanted

AT_ONCE = 2  # pages: each takes a core and some hundred megabytes
MOST_MEMORY = 1_500_000_000  # bytes of one process: the heaviest sites that people cite stay below half of it
_QUIET_S = 0.5  # without a request: the page is as its scripts meant it
_TAKE_S = 10.0  # to hand out what is there; a page that lets nobody in has nothing for us
_LOOK_S = 0.25
_SCREENSHOT = {"format": "jpeg", "quality": 70}


class _Shown(Struct, frozen=True):
    """What a browser showed, or why it showed nothing."""

    words: str  # about how it went
    url: str = ""
    html: str | None = None  # None: nothing could be taken
    screenshot: bytes = b""


class Renderer:
    """Shows pages that a fetcher has got. Requests go through `ask`."""

    def __init__(self, browser: Browser, settings: FetchSettings, clock: Callable[[], datetime]) -> None:
        self._browser = browser
        self._settings = settings
        self._clock = clock
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def render(self, plain: Fetched, ask: AskAside) -> Fetched:
        """The page that `plain` is the bare answer of, once it has settled or its time is up.

        A page that shows nothing, or never lets go, is `thin`. Raises UsageError when there is no browser to be had.
        """
        async with self._slots:
            # two attempts at one moment would be one attempt
            began = max(self._clock(), plain.checked_at + timedelta(microseconds=1))
            requests = PageRequests(plain, ask, most_bytes(self._settings), self._settings.timeout_s)
            shown = await self._show(plain.final_url, requests)
            return self._fetched(replace(plain, checked_at=began), requests, shown)

    async def _show(self, url: str, requests: PageRequests) -> _Shown:
        context = await self._browser.open()
        try:
            await context.route("**/*", requests.answer)
            async with self._bounded(context) as too_large:
                try:
                    page = await context.new_page()
                    _shut_doors(context, page)
                    late = await self._settle(page, url, requests)
                    return await self._take(page, late)
                except TimeoutError:
                    return _Shown(f"its scripts did not let go within {self._settings.timeout_s:g} s")
                except BrowserError as error:
                    heavy = f"it took more than {MOST_MEMORY / 1e9:g} GB" if too_large.is_set() else ""
                    return _Shown(heavy or f"it broke: {str(error).splitlines()[0][:160]}")
        finally:
            await self._browser.close(context)

    async def _settle(self, page: Page, url: str, requests: PageRequests) -> str:
        """Wait until the page has come to rest, as long as it may take; how that ended, "" when it did."""
        try:
            async with asyncio.timeout(self._settings.timeout_s):
                with contextlib.suppress(BrowserError):  # its script leads to another page before this one is there
                    await page.goto(url, wait_until="load", timeout=0)
                while requests.quiet_s() < _QUIET_S and not page.is_closed():
                    await asyncio.sleep(_LOOK_S)
        except TimeoutError:
            return f", still at work after {self._settings.timeout_s:g} s"
        return ""

    async def _take(self, page: Page, late: str) -> _Shown:
        """The page's words, read where its scripts cannot interfere, and a picture. Raises TimeoutError."""
        async with asyncio.timeout(_TAKE_S):
            session = await page.context.new_cdp_session(page)
            await session.send(
                "Emulation.setScriptExecutionDisabled", {"value": True}
            )  # a page at work has had its time
            tree = await session.send("Page.getFrameTree")
            frame = tree["frameTree"]["frame"]["id"]
            world = await session.send("Page.createIsolatedWorld", {"frameId": frame})
            asked = {
                "expression": f"({_script()})({most_bytes(self._settings)})",
                "contextId": world["executionContextId"],
                "returnByValue": True,
                "timeout": _TAKE_S * 1000,
            }
            answer: dict[str, Any] = await session.send("Runtime.evaluate", asked)
        html = answer["result"].get("value")
        if not isinstance(html, str):
            return _Shown("it is too large to be taken" if "exceptionDetails" not in answer else "it cannot be read")
        screenshot = b""
        with contextlib.suppress(BrowserError, TimeoutError):
            async with asyncio.timeout(_TAKE_S):
                screenshot = b64decode((await session.send("Page.captureScreenshot", _SCREENSHOT))["data"])
        return _Shown(late, page.url, html, screenshot)

    @contextlib.asynccontextmanager
    async def _bounded(self, context: BrowserContext) -> AsyncIterator[asyncio.Event]:
        """While this lasts, the window is closed when a process of the browser grows too large; says whether."""
        too_large = asyncio.Event()

        async def watch() -> None:
            while (await asyncio.to_thread(self._browser.memory_bytes)) <= MOST_MEMORY:
                await asyncio.sleep(_LOOK_S)
            too_large.set()
            await self._browser.close(context)

        task = asyncio.create_task(watch())
        try:
            yield too_large
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def _fetched(self, plain: Fetched, requests: PageRequests, shown: _Shown) -> Fetched:
        """What was shown, judged by the rules for every page."""
        occasion = Occasion(Wanted(plain.source_id, plain.url), BROWSER, plain.checked_at, most_bytes(self._settings))
        words = f"{requests.asked} requests of its own" + (
            f", {requests.left_out} left out" if requests.left_out else ""
        )
        if shown.html is None:
            return broken(occasion, (), plain.final_url, Outcome.THIN, f"in a browser: {shown.words}; {words}")
        body = shown.html.encode("utf-8", "replace")
        final_url = ids.request_url(shown.url) or plain.final_url
        answer = Answer(ids.request_url(plain.url) or plain.url, final_url, 200, {}, "text/html", body)
        outcome, reason = decide(answer, look("text/html", body, "utf-8"))
        at = max(self._clock(), plain.checked_at)
        return replace(
            broken(occasion, (), final_url, outcome, f"in a browser: {reason}{shown.words}; {words}"),
            captured_at=at,
            status=plain.status,
            media_type="text/html",
            charset="utf-8",
            body=body,
            exchanges=(*requests.exchanges, Exchange(final_url, at, b"", b"", body)),
            screenshot=shown.screenshot,
        )


def _shut_doors(context: BrowserContext, page: Page) -> None:
    """No second window, and no question that waits for a person."""

    async def close(other: Page) -> None:
        with contextlib.suppress(BrowserError):
            await other.close()

    async def dismiss(dialog: Dialog) -> None:
        with contextlib.suppress(BrowserError):
            await dialog.dismiss()

    context.on("page", close)
    page.on("dialog", dismiss)


def _script() -> str:
    return files("sourcebook.fetch").joinpath("rendered.js").read_text(encoding="utf-8")
