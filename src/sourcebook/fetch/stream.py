"""The one event loop of the house: it lives in a thread of its own and streams answers to synchronous code.

Sources wait in lanes, one a host, so that a hundred sources of one site hold nobody up. A lane asks for one source at a
time; a bounded number of lanes ask at once; answers that nobody has taken yet stop the lanes, so memory stays bounded
however slow the reader is.
"""

import asyncio
import contextlib
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager
from itertools import islice
from typing import Protocol

from sourcebook.fetch.outage import Asked
from sourcebook.fetch.slots import Slots
from sourcebook.types.fetching import Wanted

LOOK_AHEAD = 1_000  # sources taken from the caller before they are answered: enough to meet many hosts, 1 MB at most
_UNTAKEN = 96  # answers that may wait for the reader, beside one a lane
_BATCH = 16  # so many are taken before the loop is told of it
_GATHER_S = 0.002  # answers of so long are handed over together: waking the reader costs as much as a third of a page
_GOODBYE_S = 5.0  # for the loop to close its connections


_Answers = queue.SimpleQueue[list[tuple[int, Asked]] | BaseException]


class Visitor(Protocol):
    """Asks for one source."""

    def lane(self, wanted: Wanted) -> str:
        """What must not be asked twice at once: the host."""
        ...

    def wait_s(self, lane: str) -> float:
        """Seconds until a lane may ask again; 0 when it may now."""
        ...

    async def visit(self, wanted: Wanted) -> Asked:
        """Ask, and say what happened."""
        ...


class Stream:
    """Answers to `wanted`, as they come. Iterate over it, inside `with`: leaving early stops the loop at once."""

    def __init__(
        self, open_visitor: Callable[[], AbstractAsyncContextManager[Visitor]], wanted: Iterable[Wanted], hosts: int
    ) -> None:
        self._wanted = iter(wanted)
        self._waiting: dict[int, Wanted] = {}
        self._number = 0
        self._answers: _Answers = queue.SimpleQueue()
        self._lanes = _Lanes(open_visitor, self._answers, hosts)

    def __enter__(self) -> "Stream":
        self._lanes.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._lanes.stop()

    def __iter__(self) -> Iterator[Asked | None]:
        """Each answer, and None before the next one has to be waited for."""
        given = False
        self._take_in()
        while self._waiting or self._take_in():
            if given and self._answers.empty():
                yield None
            answers = self._answers.get()
            if isinstance(answers, BaseException):
                raise answers
            for number, asked in answers:
                del self._waiting[number]
                self._lanes.taken()
                yield asked
                given = True
                if len(self._waiting) <= LOOK_AHEAD - _BATCH:  # a word to the loop costs more than what it says
                    self._take_in()

    def unanswered(self) -> Iterator[Wanted]:
        """Everything that has had no answer, the rest of `wanted` included."""
        yield from self._waiting.values()
        yield from self._wanted

    def _take_in(self) -> bool:
        """Hand on what there is room for, by the batch: the first are asked for while the caller makes the others."""
        room = LOOK_AHEAD - len(self._waiting)
        while room > 0 and (batch := list(enumerate(islice(self._wanted, min(room, _BATCH)), self._number + 1))):
            self._number += len(batch)
            self._waiting |= batch
            self._lanes.put(batch)
            room -= len(batch)
        return bool(self._waiting)


def _new_loop() -> asyncio.AbstractEventLoop:
    """uvloop's where there is one for this machine: it needs a third less time for the same answers."""
    try:
        import uvloop  # noqa: PLC0415 - not every machine can have it
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


class _Lanes:
    """The loop's side."""

    def __init__(
        self,
        open_visitor: Callable[[], AbstractAsyncContextManager[Visitor]],
        answers: "_Answers",
        hosts: int,
    ) -> None:
        self._open_visitor = open_visitor
        self._answers = answers
        self._loop = _new_loop()
        self._thread = threading.Thread(target=self._run, name="fetch", daemon=True)
        self._stopped = asyncio.Event()
        self._slots = Slots(hosts)
        self._room = Slots(hosts + _UNTAKEN)
        self._queues: dict[str, deque[tuple[int, Wanted]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._visitor: Visitor | None = None
        self._taken = 0
        self._done: list[tuple[int, Asked]] = []  # and not yet given to the reader
        self._early: list[tuple[int, Wanted]] = []  # what came in before the visitor was ready

    def start(self) -> None:
        self._thread.start()

    def put(self, batch: list[tuple[int, Wanted]]) -> None:
        self._call(lambda: self._take_in(batch))

    def taken(self) -> None:
        self._taken += 1
        if self._taken == _BATCH:
            self._taken = 0
            self._call(self._make_room)

    def _make_room(self) -> None:
        for _ in range(_BATCH):
            self._room.give_back()

    def stop(self) -> None:
        self._call(self._stopped.set)
        self._thread.join(_GOODBYE_S)

    def _call(self, what: Callable[[], object]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended by itself; its last word is in the queue
            self._loop.call_soon_threadsafe(what)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            try:
                runner.run(self._main())
            except BaseException as error:  # noqa: BLE001  # the edge of the thread: the reader raises it
                self._answers.put(error)

    async def _main(self) -> None:
        async with self._open_visitor() as self._visitor:
            self._take_in(self._early)
            try:
                await self._stopped.wait()
            finally:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)

    def _take_in(self, batch: list[tuple[int, Wanted]]) -> None:
        if self._visitor is None:
            self._early += batch
            return
        for numbered in batch:
            lane = self._visitor.lane(numbered[1])
            if lane in self._queues:
                self._queues[lane].append(numbered)
                continue
            self._queues[lane] = deque([numbered])
            task = asyncio.get_running_loop().create_task(self._serve(self._visitor, lane))
            self._tasks.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._answers.put(error)

    async def _serve(self, visitor: Visitor, lane: str) -> None:
        """Ask for all that waits in one lane."""
        waiting = self._queues[lane]
        while waiting:
            number, wanted = waiting.popleft()
            if (seconds := visitor.wait_s(lane)) > 0:
                await asyncio.sleep(seconds)  # without a slot: a pause is no work
            if not self._slots.take():
                await self._slots.wait()
            try:
                asked = await visitor.visit(wanted)
                if not self._room.take():
                    await self._room.wait()
                self._hand_over(number, asked)
            finally:
                self._slots.give_back()
        del self._queues[lane]

    def _hand_over(self, number: int, asked: Asked) -> None:
        """Give an answer to the reader, together with those that come right behind it."""
        if not self._done:
            asyncio.get_running_loop().call_later(_GATHER_S, self._put)
        self._done.append((number, asked))

    def _put(self) -> None:
        self._answers.put(self._done)
        self._done = []
