"""The browser itself: which program, how it is started so that nothing leaves it but by us, and how it is ended.

Three walls keep it from the network, each enough by itself: every request is answered by us (`page_requests.py`); the
only proxy that it knows has a name that leads nowhere; and no name leads anywhere. docs/fetching.md explains it.
"""

import asyncio
import contextlib
import uuid
from types import TracebackType
from typing import Self

from playwright.async_api import Browser as Chromium
from playwright.async_api import BrowserContext, Playwright, ViewportSize, async_playwright
from playwright.async_api import Error as BrowserError

from sourcebook.errors import UsageError
from sourcebook.fetch.installed import is_root
from sourcebook.fetch.processes import end, marked

_VIEW = ViewportSize(
    width=1280, height=1600
)  # a screenshot shows the beginning of a page, as wide as sites are made for
_NOWHERE = "http://nowhere.invalid:1"
_FLAGS = (
    f"--proxy-server={_NOWHERE}",
    "--proxy-bypass-list=<-loopback>",  # this machine is no exception
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--dns-prefetch-disable",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--no-pings",
)
# what scripts could use to look for other ways out, in every frame before anything else runs
_SHUT = "for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport']) delete self[name];"
_START_S = 30.0
_GOODBYE_S = 5.0


class Browser:
    """One browser for all pages of a run, started when the first needs it. An async context manager."""

    def __init__(self, program: str, agent: str) -> None:
        self._program = program
        self._agent = agent
        self._mark = f"--sourcebook-run={uuid.uuid4()}"  # Chromium ignores it; it tells our processes from others
        self._driver: Playwright | None = None
        self._chromium: Chromium | None = None
        self._starting = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._end()
        if self._driver is not None:
            with contextlib.suppress(BrowserError, OSError, TimeoutError):
                async with asyncio.timeout(_GOODBYE_S):
                    await self._driver.stop()

    async def open(self) -> BrowserContext:
        """A window that shares nothing with any other. Raises UsageError when the browser does not start."""
        async with self._starting:
            if self._chromium is None or not self._chromium.is_connected():
                await self._end()
                self._chromium = await self._start()
        context = await self._chromium.new_context(
            user_agent=self._agent, viewport=_VIEW, service_workers="block", accept_downloads=False
        )
        await context.add_init_script(_SHUT)
        await context.route_web_socket("**", lambda socket: socket.close())
        return context

    async def close(self, context: BrowserContext) -> None:
        """Close a window, whatever its page does; at worst by ending the browser."""
        try:
            async with asyncio.timeout(_GOODBYE_S):
                await context.close()
        except (BrowserError, TimeoutError):
            await self._end()

    def memory_bytes(self) -> int:
        """The memory of its largest process; 0 where the system does not say."""
        return max((process.memory_bytes for process in marked(self._mark)), default=0)

    async def _start(self) -> Chromium:
        try:
            if self._driver is None:
                self._driver = await async_playwright().start()
            return await self._driver.chromium.launch(
                executable_path=self._program,
                args=[*_FLAGS, self._mark],
                chromium_sandbox=not is_root(),
                ignore_default_args=["--disable-popup-blocking"],
                timeout=_START_S * 1000,
            )
        except (BrowserError, OSError) as error:
            words = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
            hint = "start it by hand to see why, or name another in fetch.browser"
            raise UsageError(f"the browser {self._program!r} does not start: {words[:200]}", hint) from error

    async def _end(self) -> None:
        """End the browser, by force where it does not go."""
        if self._chromium is None:
            return
        with contextlib.suppress(BrowserError, TimeoutError):
            async with asyncio.timeout(_GOODBYE_S):
                await self._chromium.close()
        self._chromium = None
        end(marked(self._mark))
