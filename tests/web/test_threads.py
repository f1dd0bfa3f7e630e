"""Answers are made in a few threads, and come back to whoever asked."""

import asyncio
import gc
import threading
import time

import pytest
from starlette.requests import Request
from starlette.responses import Response

from sourcebook.errors import UsageError
from sourcebook.web.threads import Threads

REQUEST = Request({"type": "http", "method": "GET", "path": "/", "headers": []})


def test_answers_are_made_at_once_and_in_no_more_threads_than_there_are() -> None:
    used: set[int] = set()
    together = threading.Barrier(2, timeout=10)

    def answer(_: Request) -> Response:
        used.add(threading.get_ident())
        together.wait()
        return Response("made")

    async def ask() -> list[Response]:
        asked = Threads(2).answering(answer)
        return await asyncio.gather(*(asked(REQUEST) for _ in range(6)))

    answers = asyncio.run(ask())

    assert [one.body for one in answers] == [b"made"] * 6
    assert len(used) == 2
    assert threading.get_ident() not in used


def test_a_failure_is_raised_to_whoever_asked() -> None:
    def fail(_: Request) -> Response:
        raise UsageError("no such thing", "ask for another")

    with pytest.raises(UsageError, match="no such thing"):
        asyncio.run(_asked(Threads(1), fail))


def test_whoever_goes_before_the_answer_is_there_harms_nobody() -> None:
    threads, goes_on = Threads(1), threading.Event()

    def slow(_: Request) -> Response:
        goes_on.wait(10)
        return Response("late")

    async def leave() -> Response:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(threads.answering(slow)(REQUEST), 0.01)
        goes_on.set()
        return await threads.answering(lambda _: Response("next"))(REQUEST)

    assert asyncio.run(leave()).body == b"next"


def test_threads_end_with_what_asked_them() -> None:
    before = set(threading.enumerate())
    assert asyncio.run(_asked(Threads(3), lambda _: Response("made"))).body == b"made"
    gc.collect()

    ends = time.monotonic() + 10
    while (left := set(threading.enumerate()) - before) and time.monotonic() < ends:
        time.sleep(0.01)
    assert not left


async def _asked(threads: Threads, endpoint) -> Response:  # type: ignore[no-untyped-def]
    return await threads.answering(endpoint)(REQUEST)
