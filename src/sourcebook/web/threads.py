"""Where answers are made. The records are synchronous, so each answer is made in a thread; the way there that Starlette
takes by itself costs a tenth of what a record does, and a pool of the standard library half of that."""

from asyncio import AbstractEventLoop, Future, get_running_loop
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from threading import Lock, RLock, Thread
from weakref import finalize

from starlette.requests import Request
from starlette.responses import Response

Endpoint = Callable[[Request], Response]
_Asked = tuple[AbstractEventLoop, "Future[Response]", Endpoint, Request]


class _Queue:
    """What is asked, for whichever thread answered last: its memory is still at hand, and the others sleep on. The
    queues of the standard library go round all threads, and wake a second one each time, for nothing."""

    def __init__(self) -> None:
        self._asked: deque[_Asked | None] = deque()  # None: no more will be asked
        self._bells: list[Lock] = []  # of those who wait, the latest last
        self._lock = RLock()  # what is cleared up while a thread holds it may put, see `finalize`

    def put(self, one: _Asked | None) -> None:
        with self._lock:
            self._asked.append(one)
            bell = self._bells.pop() if self._bells else None
        if bell is not None:
            bell.release()

    def get(self) -> _Asked | None:
        """The next; waits for it."""
        while True:
            bell = Lock()
            bell.acquire()
            with self._lock:
                if self._asked:
                    return self._asked.popleft()
                self._bells.append(bell)
            bell.acquire()


class Threads:
    """A few threads that answer. They begin with the first question, and end with whatever asks them."""

    def __init__(self, number: int) -> None:
        self._asked = _Queue()
        self._unbegun = number
        self._beginning = Lock()

    def answering(self, endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
        """The same in one of them."""

        async def answer(request: Request) -> Response:
            if self._unbegun:
                self._begin()
            loop = get_running_loop()
            future: Future[Response] = loop.create_future()
            self._asked.put((loop, future, endpoint, request))
            return await future

        return answer

    def _begin(self) -> None:
        with self._beginning:
            for _ in range(self._unbegun):
                Thread(target=_work, args=(self._asked,), name="answers", daemon=True).start()
                finalize(self, self._asked.put, None)
            self._unbegun = 0


def _work(asked: _Queue) -> None:
    while (one := asked.get()) is not None:
        _answer(*one)
        del one  # what was asked is not kept until something else is


def _answer(loop: AbstractEventLoop, future: "Future[Response]", endpoint: Endpoint, request: Request) -> None:
    try:
        tell = partial(future.set_result, endpoint(request))
    except BaseException as error:  # noqa: BLE001 - whoever waits for the answer has it raised
        tell = partial(future.set_exception, error)
    with suppress(RuntimeError):  # the loop has ended meanwhile, and nobody waits
        loop.call_soon_threadsafe(_tell, future, tell)


def _tell(future: "Future[Response]", tell: Callable[[], None]) -> None:
    if not future.done():  # whoever asked may have gone
        tell()
