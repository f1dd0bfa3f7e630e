"""Deadlines of many requests by one timer: a timer of uvloop's for each would cost a twentieth of what a page does."""

import asyncio
from types import TracebackType
from typing import Self

_TICK_S = 0.1  # a deadline may be late by so much


class Watch:
    """Watches the deadlines of one event loop."""

    def __init__(self) -> None:
        self._watched: set[Deadline] = set()
        self._timer: asyncio.Handle | None = None

    def within(self, seconds: float) -> "Deadline":
        """For `with`: the running task is interrupted after so many seconds. Raises TimeoutError at the end then."""
        return Deadline(self, asyncio.get_running_loop().time() + seconds)

    def add(self, deadline: "Deadline") -> None:
        """Begin to watch."""
        self._watched.add(deadline)
        loop = asyncio.get_running_loop()
        if deadline.when <= loop.time():
            loop.call_soon(self._look)
        elif self._timer is None:
            self._timer = loop.call_later(_TICK_S, self._tick)

    def remove(self, deadline: "Deadline") -> None:
        """Watch it no longer."""
        self._watched.discard(deadline)

    def _tick(self) -> None:
        self._look()
        self._timer = asyncio.get_running_loop().call_later(_TICK_S, self._tick) if self._watched else None

    def _look(self) -> None:
        now = asyncio.get_running_loop().time()
        for deadline in [one for one in self._watched if one.when <= now]:
            self._watched.discard(deadline)
            deadline.pass_by()


class Deadline:
    """As `asyncio.timeout`: what is inside is cancelled when the time has come, and the cancelling ends here."""

    __slots__ = ("_before", "_task", "_watch", "expired", "when")

    def __init__(self, watch: Watch, when: float) -> None:
        self.when = when
        self.expired = False
        self._watch = watch

    def __enter__(self) -> Self:
        task = asyncio.current_task()
        assert task is not None
        self._task, self._before = task, task.cancelling()
        self._watch.add(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._watch.remove(self)
        if self.expired and self._task.uncancel() <= self._before and kind is asyncio.CancelledError:
            raise TimeoutError from error

    def pass_by(self) -> None:
        """Interrupt what is inside."""
        self.expired = True
        self._task.cancel()
