"""Run a step in worker processes, which may die without harm to the build."""

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from sourcebook.engine import Done, Failed, Result, Subject
from sourcebook.errors import StepError

AHEAD = 2  # subjects in flight for each worker: one in hand and one waiting keeps it busy
RECYCLE = 500  # subjects until a worker is replaced: text libraries leak a little with each page


class Workers:
    """As many worker processes as asked for, started when the first subject comes."""

    def __init__(self, count: int) -> None:
        self._count = count

    def each(
        self, step: Callable[[Subject], Result], subjects: Iterable[Subject]
    ) -> Iterator[Done[Subject, Result] | Failed[Subject]]:
        """See `Engine.each`."""
        waiting = iter(subjects)
        while True:
            in_flight: dict[Future[Result], Subject] = {}
            with self._pool(self._count) as pool:
                try:
                    yield from self._stream(pool, step, waiting, in_flight)
                except BrokenProcessPool:
                    survivors = list(in_flight.values())
                else:
                    return
            yield from self._one_by_one(step, survivors)

    def _stream(
        self,
        pool: ProcessPoolExecutor,
        step: Callable[[Subject], Result],
        waiting: Iterator[Subject],
        in_flight: dict[Future[Result], Subject],
    ) -> Iterator[Done[Subject, Result] | Failed[Subject]]:
        """Answers until the subjects run out. A broken pool leaves its unanswered subjects in `in_flight`."""
        for subject in waiting:
            # in flight before it is handed over: a pool that is broken already must not lose it
            handed_over = _hand_over(pool, step, subject, in_flight)
            if len(in_flight) >= self._count * AHEAD or not handed_over:
                yield from _collect(in_flight)
        while in_flight:
            yield from _collect(in_flight)

    def _one_by_one(
        self, step: Callable[[Subject], Result], subjects: list[Subject]
    ) -> Iterator[Done[Subject, Result] | Failed[Subject]]:
        """Each in a worker of its own, to tell the subject that kills its worker from those that were beside it."""
        for subject in subjects:
            with self._pool(1) as pool:
                future = pool.submit(step, subject)
                try:
                    yield _answer(future, subject)
                except BrokenProcessPool:
                    yield Failed(subject, "the worker that read it died")

    def _pool(self, count: int) -> ProcessPoolExecutor:
        # a fork of a process in which the fetcher's thread runs may deadlock; a fork server has no threads
        context = multiprocessing.get_context("forkserver")
        return ProcessPoolExecutor(
            count, mp_context=context, max_tasks_per_child=RECYCLE, initializer=_leave_interrupts
        )


def _leave_interrupts() -> None:
    """Ctrl-C reaches every process of a terminal; the build answers it, its workers just end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _hand_over(
    pool: ProcessPoolExecutor,
    step: Callable[[Subject], Result],
    subject: Subject,
    in_flight: dict[Future[Result], Subject],
) -> bool:
    try:
        in_flight[pool.submit(step, subject)] = subject
    except BrokenProcessPool as error:
        lost: Future[Result] = Future()
        lost.set_exception(error)
        in_flight[lost] = subject
        return False
    return True


def _collect(in_flight: dict[Future[Result], Subject]) -> Iterator[Done[Subject, Result] | Failed[Subject]]:
    """The answers that are ready; waits for the first. A subject leaves `in_flight` only with its answer."""
    ready, _ = wait(in_flight, return_when=FIRST_COMPLETED)
    for future in ready:
        answer = _answer(future, in_flight[future])
        del in_flight[future]
        yield answer


def _answer(future: Future[Result], subject: Subject) -> Done[Subject, Result] | Failed[Subject]:
    try:
        return Done(subject, future.result())
    except StepError as error:
        return Failed(subject, error.message)
