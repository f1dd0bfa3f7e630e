"""Asks the live web, politely and exactly. docs/fetching.md says how."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime

import sourcebook
from sourcebook.config import FetchSettings
from sourcebook.errors import UsageError
from sourcebook.fetch.connection import Wire, trust_of
from sourcebook.fetch.installed import RENDER, find_browser
from sourcebook.fetch.outage import Asked, Outage
from sourcebook.fetch.policy import policy_of
from sourcebook.fetch.robots import AGENT
from sourcebook.fetch.stream import Stream, Visitor
from sourcebook.fetch.visit import THOROUGH, Manner, headers_of
from sourcebook.fetch.visit import Visitor as WebVisitor
from sourcebook.types.fetching import Fetched, Learned, Lull, NotAsked, Wanted

# a shorter deadline asks for nothing but failures
_LEAST = {"timeout_s": 0.1, "connect_timeout_s": 0.1, "max_mb": 1e-6, "hosts": 1, "delay_s": 0}


class WebFetcher:
    """Asks servers for sources. Raises UsageError for settings that make no sense."""

    name = "web"

    def __init__(self, settings: FetchSettings, clock: Callable[[], datetime], manner: Manner = THOROUGH) -> None:
        _check(settings)
        self._manner = manner
        self._settings = settings
        self._clock = clock
        self._program = _browser_of(settings)
        self._policy = policy_of(settings.allow_networks)
        self._trust = trust_of(settings.ca_file)

    def fetch(self, wanted: Iterable[Wanted]) -> Iterator[Fetched | NotAsked | Learned | Lull]:
        """An answer for each wanted source, in the order in which they come, and what is learned on the way.

        Closing the iterator stops at once.
        """
        outage = Outage()
        with self._stream(wanted) as stream:
            for asked in stream:
                if asked is None:
                    yield Lull()
                    continue
                yield from outage.sort(asked)
                if asked.rendered is not None:
                    yield asked.rendered
                yield from asked.learned
                if outage.certain:
                    break
        yield from outage.rest()
        for one in stream.unanswered():
            yield NotAsked(one.source_id, one.url, outage.why())

    def visits(self, wanted: Iterable[Wanted]) -> Iterator[Asked]:
        """The same, with nothing held back: what each visit by itself shows, and how long it took."""
        with self._stream(wanted) as stream:
            yield from (asked for asked in stream if asked is not None)

    def _stream(self, wanted: Iterable[Wanted]) -> Stream:
        return Stream(self._visitor, wanted, self._settings.hosts)

    @asynccontextmanager
    async def _visitor(self) -> AsyncIterator[Visitor]:
        async with AsyncExitStack() as stack:
            agent = user_agent(self._settings.contact)
            wire = Wire(self._settings, self._policy, self._trust, self._clock, headers_of(agent))
            visitor = WebVisitor(await stack.enter_async_context(wire), self._settings, self._manner, self._clock)
            if self._program:
                # an extra, and slow to load
                from sourcebook.fetch.browser import Browser  # noqa: PLC0415
                from sourcebook.fetch.rendering import Renderer  # noqa: PLC0415

                browser = await stack.enter_async_context(Browser(self._program, agent))
                visitor.renderer = Renderer(browser, self._settings, self._clock)
            yield visitor


def user_agent(contact: str) -> str:
    """How we introduce ourselves."""
    return f"{AGENT}/{sourcebook.__version__} (source library{'; ' + contact if contact else ''})"


def _browser_of(settings: FetchSettings) -> str:
    """The browser's program; "" when no page is to be shown in one. Raises UsageError where it is missing."""
    if settings.render not in RENDER:
        raise UsageError(f"setting 'fetch.render' must be one of {', '.join(RENDER)}", "correct the value")
    if settings.render == "never":
        return ""
    program, missing = find_browser(settings.browser)
    if missing:
        raise UsageError(f"pages are to be shown in a browser, and {missing[0]}", missing[1])
    return program


def _check(settings: FetchSettings) -> None:
    if not settings.contact.isascii() or not settings.contact.isprintable():
        raise UsageError(f"setting 'fetch.contact' is {settings.contact!r}", "use plain letters: it goes into a header")
    for name, least in _LEAST.items():
        if not getattr(settings, name) >= least:
            raise UsageError(f"setting 'fetch.{name}' must be at least {least:g}", "raise it")
