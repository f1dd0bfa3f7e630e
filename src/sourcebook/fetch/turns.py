"""Politeness between requests: one at a time to a host, and a pause after each."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

MOST_CRAWL_DELAY_S = 30.0  # a longer one would hold a run for days; robots.txt rarely asks for more and means it


@dataclass(slots=True)
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0  # on the loop's clock
    delay_s: float = 0.0
    resting: str = ""


class Turns:
    """Who may ask which host when. Belongs to one run and one event loop."""

    def __init__(self, delay_s: float) -> None:
        self._delay_s = delay_s
        self._turns: dict[str, _Turn] = {}

    @asynccontextmanager
    async def of(self, host: str) -> AsyncIterator[None]:
        """Wait for the turn of one request to a host, and hold it while the request lasts."""
        turn = self._turn(host)
        async with turn.lock:
            await _sleep_until(turn.free_at)
            try:
                yield
            finally:
                turn.free_at = asyncio.get_running_loop().time() + max(self._delay_s, turn.delay_s)

    async def free(self, host: str) -> None:
        """Wait until the pause after the last request is over, without taking a turn."""
        await _sleep_until(self._turn(host).free_at)

    def slow_down(self, host: str, delay_s: float) -> None:
        """Leave at least so much time between requests, as the host's robots.txt asks."""
        self._turn(host).delay_s = min(delay_s, MOST_CRAWL_DELAY_S)

    def rest(self, host: str, why: str) -> None:
        """Ask this host nothing more in this run."""
        self._turn(host).resting = why

    def resting(self, host: str) -> str:
        """Why a host is not asked any more; "" when it may be."""
        return self._turn(host).resting

    def _turn(self, host: str) -> _Turn:
        return self._turns.setdefault(host, _Turn(delay_s=self._delay_s))


async def _sleep_until(moment: float) -> None:
    seconds = moment - asyncio.get_running_loop().time()
    if seconds > 0:
        await asyncio.sleep(seconds)
