"""Politeness between requests: one at a time to a host, and time between them."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct, field

from sourcebook.fetch.slots import Slots
from sourcebook.types.fetching import Pause

MOST_WAIT_S = 30.0  # a host that wants a longer pause is asked in another run
MOST_CRAWL_DELAY_S = 30.0  # a longer one would hold a run for days; robots.txt rarely asks for more and means it


class _Turn(Struct):
    slot: Slots = field(default_factory=lambda: Slots(1))
    free_at: float = 0.0  # on the loop's clock
    delay_s: float = 0.0
    pause: Pause | None = None


def rest_s(delay_s: float, took_s: float) -> float:
    """How long a host is left alone after an answer. Pure.

    The delay lies between the beginnings of two requests; but a host that needs long to answer, which may have much to
    do, is then left alone for as long as it needed, up to the delay.
    """
    return max(delay_s - took_s, min(took_s, delay_s))


class Turns:
    """Who may ask which host when. Belongs to one run and one event loop."""

    def __init__(self, delay_s: float, clock: Callable[[], datetime]) -> None:
        self._delay_s = delay_s
        self._clock = clock
        self._turns: dict[str, _Turn] = {}
        self._now = asyncio.get_running_loop().time

    def take(self, host: str) -> bool:
        """Begin the turn of one request to a host, as `begin` does, where nothing has to be waited for; was it so?"""
        turn = self._turn(host)
        return turn.free_at <= self._now() and turn.slot.take()

    async def begin(self, host: str, *, at_once: bool = False) -> None:
        """Wait for the turn of one request to a host, and hold it until `end`.

        `at_once` leaves out the time between two requests: what a page needs belongs to one visit.
        """
        turn = self._turn(host)
        await turn.slot.wait()
        try:
            while not at_once and (seconds := self.wait_s(host)) > 0:  # a timer may be early by half a millisecond
                await asyncio.sleep(seconds)
        except BaseException:  # being cancelled too: a turn that nobody gives back is never had again
            turn.slot.give_back()
            raise

    def end(self, host: str, sent_at: float | None = None) -> None:
        """Give the turn back: the request is over. `sent_at` says when it was on the wire, where that is known."""
        turn, now = self._turn(host), self._now()
        turn.free_at = now + rest_s(turn.delay_s, 0.0 if sent_at is None else now - sent_at)
        turn.slot.give_back()

    def wait_s(self, host: str) -> float:
        """Seconds until the pause after the last request to a host is over; 0 when it is."""
        free_at = self._turn(host).free_at
        return free_at and max(free_at - self._now(), 0.0)

    def slow_down(self, host: str, delay_s: float) -> None:
        """Leave at least so much time between requests, as the host's robots.txt asks."""
        self._turn(host).delay_s = max(self._delay_s, min(delay_s, MOST_CRAWL_DELAY_S))

    def pause(self, pause: Pause) -> None:
        """Leave a host alone: a short pause is waited for, a longer one outlasts the run."""
        turn = self._turn(pause.host)
        turn.pause = pause
        seconds = (pause.until - self._clock()).total_seconds()
        if 0 < seconds <= MOST_WAIT_S:
            turn.free_at = max(turn.free_at, self._now() + seconds)

    def paused(self, host: str) -> Pause | None:
        """What a host last asked of us; None when it never asked for a pause."""
        return self._turn(host).pause

    def resting(self, host: str) -> str:
        """Why a host is not asked now; "" when it may be."""
        pause = self._turn(host).pause
        if pause is None or (pause.until - self._clock()).total_seconds() <= MOST_WAIT_S:
            return ""
        return f"{host} is left alone until {pause.until:%Y-%m-%d %H:%M} UTC: {pause.why}"

    def _turn(self, host: str) -> _Turn:
        turn = self._turns.get(host)
        if turn is None:
            turn = self._turns[host] = _Turn(delay_s=self._delay_s)
        return turn
