"""Asks a model: what is known already is not asked again, so many at once, and no further than the budget reaches."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any, Protocol, TypeVar

import msgspec
from msgspec import Struct

from sourcebook.llm.budget import Budget, Purse
from sourcebook.llm.failures import ModelBusy, ModelFailed, ModelRefused, ModelSilent, ModelUnfit
from sourcebook.llm.questions import Answered, Failure, NoAnswer, Question, Spent

BUSY_TRIES = 5  # with the longest waits this is four minutes: a limit that lasts longer is not a matter of waiting
LONGEST_WAIT_S = 60.0
SILENT_IN_A_ROW = 3  # so many unanswered questions, one after the other, are an outage and not a hard question

A = TypeVar("A")


class Shelf(Protocol):
    """Where answers are kept, as JSON, under `Question.key`."""

    def find(self, key: str) -> bytes | None:
        """The answer to a question that was put before."""
        ...

    def keep(self, key: str, answer: bytes) -> None:
        """File an answer."""
        ...


class Endpoint(Protocol):
    """Something that answers one question at a time, or several at once."""

    def most(self, question: Question[Any]) -> Spent:
        """The most that one asking may cost."""
        ...

    async def reply(self, question: Question[A]) -> tuple[A, Spent]:
        """An answer that passed the question's check, and what it cost. Raises ModelFailed."""
        ...

    async def close(self) -> None:
        """Let go of the connections."""
        ...


class Limits(Struct, frozen=True):
    """How far asking may go."""

    in_flight: int
    budget: Budget


class Asker:
    """A Model over an endpoint, a shelf and a purse. The purse is that of the run: each `ask` takes from it."""

    def __init__(self, name: str, open_endpoint: Callable[[], Endpoint], shelf: Shelf, limits: Limits) -> None:
        self.name = name
        self._open = open_endpoint
        self._shelf = shelf
        self._limits = limits
        self._purse = Purse(limits.budget)
        self._refused = ""
        self._silent = 0

    @property
    def spent(self) -> Spent:
        """What this run has cost so far."""
        return self._purse.spent

    def ask(self, questions: Iterable[Question[A]]) -> Iterator[Answered[A] | NoAnswer[A]]:
        """See `Model.ask`."""
        with _Loop(self._open) as loop:
            under_way: _UnderWay[A] = {}
            for question in questions:
                known = self._known(question)
                if known is not None:
                    yield known
                    continue
                yield from self._make_room(question, loop, under_way)
                refusal = self._refusal(question, loop)
                if refusal is not None:
                    yield refusal
                    continue
                reserved = loop.endpoint.most(question)
                self._purse = self._purse.reserve(reserved)
                under_way[loop.submit(question)] = (question, reserved)
            while under_way:
                yield from self._collect(under_way)

    def _known(self, question: Question[A]) -> Answered[A] | None:
        """The answer that was given before; None when there is none, or when today's check would not pass it."""
        found = self._shelf.find(question.key(self.name))
        if found is None:
            return None
        try:
            answer = msgspec.json.decode(found, type=question.answer)
        except msgspec.DecodeError:
            return None
        return None if question.check(answer) else Answered(question, answer, self.name, Spent())

    def _make_room(
        self, question: Question[A], loop: "_Loop", under_way: "_UnderWay[A]"
    ) -> Iterator[Answered[A] | NoAnswer[A]]:
        """Wait until fewer are under way than may be, and until what they cost is known if the budget hangs on it."""
        while under_way and (len(under_way) >= self._limits.in_flight or self._refusal(question, loop) is not None):
            yield from self._collect(under_way)

    def _refusal(self, question: Question[A], loop: "_Loop") -> NoAnswer[A] | None:
        if self._refused:
            return NoAnswer(question, Failure.MODEL_FAILED, self._refused)
        why = self._purse.refusal(loop.endpoint.most(question))
        return NoAnswer(question, Failure.BUDGET, why) if why else None

    def _collect(self, under_way: "_UnderWay[A]") -> Iterator[Answered[A] | NoAnswer[A]]:
        """What came in; waits for the first."""
        ready, _ = wait(under_way, return_when=FIRST_COMPLETED)
        for future in ready:
            question, reserved = under_way.pop(future)
            try:
                answer, spent = future.result()
            except ModelFailed as failure:
                self._purse = self._purse.settle(reserved, failure.spent)
                self._note(failure)
                kind = Failure.UNFIT if isinstance(failure, ModelUnfit) else Failure.MODEL_FAILED
                yield NoAnswer(question, kind, failure.message, failure.spent)
            else:
                self._purse = self._purse.settle(reserved, spent)
                self._silent = 0
                self._shelf.keep(question.key(self.name), msgspec.json.encode(answer))
                yield Answered(question, answer, self.name, spent)

    def _note(self, failure: ModelFailed) -> None:
        self._silent = self._silent + 1 if isinstance(failure, ModelSilent) else 0
        if isinstance(failure, ModelRefused) or self._silent >= SILENT_IN_A_ROW:
            self._refused = failure.message


_UnderWay = dict[Future[tuple[A, Spent]], tuple[Question[A], Spent]]


class _Loop:
    """An event loop in a thread of its own, with the endpoint that lives in it. Started by the first question."""

    def __init__(self, open_endpoint: Callable[[], Endpoint]) -> None:
        self._open = open_endpoint
        self._endpoint: Endpoint | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> "_Loop":
        return self

    def __exit__(self, *_: object) -> None:
        if self._loop is not None and self._thread is not None:
            asyncio.run_coroutine_threadsafe(_leave(self.endpoint), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()

    @property
    def endpoint(self) -> Endpoint:
        """The endpoint, opened when it is first needed: most runs find every answer on the shelf."""
        if self._endpoint is None:
            self._endpoint = self._open()
        return self._endpoint

    def submit(self, question: Question[A]) -> Future[tuple[A, Spent]]:
        """Put a question; the answer comes in the future."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=_run, args=(self._loop,), name="model", daemon=True)
            self._thread.start()
        return asyncio.run_coroutine_threadsafe(_patiently(self.endpoint, question), self._loop)


def _run(loop: asyncio.AbstractEventLoop) -> None:
    try:
        loop.run_forever()
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()


async def _leave(endpoint: Endpoint) -> None:
    """Cancel what is under way, wait until it has let go, and close the endpoint."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await endpoint.close()


async def _patiently(endpoint: Endpoint, question: Question[A]) -> tuple[A, Spent]:
    """A reply, after as many waits as an endpoint that is asked too often may want."""
    for attempt in range(BUSY_TRIES):
        try:
            return await endpoint.reply(question)
        except ModelBusy as busy:
            if attempt == BUSY_TRIES - 1:
                raise
            await asyncio.sleep(min(busy.wait_s if busy.wait_s is not None else 2.0**attempt, LONGEST_WAIT_S))
    raise AssertionError
