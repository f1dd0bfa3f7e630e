"""Asks the live web, politely and exactly. docs/fetching.md says how."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

import sourcebook
from sourcebook.config import FetchSettings
from sourcebook.errors import UsageError
from sourcebook.fetch.connection import Wire, trust_of
from sourcebook.fetch.outage import Asked, Outage
from sourcebook.fetch.policy import policy_of
from sourcebook.fetch.robots import AGENT
from sourcebook.fetch.stream import Stream, Visitor
from sourcebook.fetch.visit import THOROUGH, Manner
from sourcebook.fetch.visit import Visitor as WebVisitor
from sourcebook.types import Fetched, Learned, Lull, NotAsked, Wanted

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
        async with Wire(self._settings, self._policy, self._trust, self._clock) as wire:
            agent = user_agent(self._settings.contact)
            yield WebVisitor(wire, self._settings, replace(self._manner, user_agent=agent), self._clock)


def user_agent(contact: str) -> str:
    """How we introduce ourselves."""
    return f"{AGENT}/{sourcebook.__version__} (source library{'; ' + contact if contact else ''})"


def _check(settings: FetchSettings) -> None:
    if not settings.contact.isascii() or not settings.contact.isprintable():
        raise UsageError(f"setting 'fetch.contact' is {settings.contact!r}", "use plain letters: it goes into a header")
    for name, least in _LEAST.items():
        if not getattr(settings, name) >= least:
            raise UsageError(f"setting 'fetch.{name}' must be at least {least:g}", "raise it")
