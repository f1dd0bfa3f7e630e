"""Run a step in worker processes, which may die, or be put an end to, without harm to the build."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import wait
from time import monotonic
from typing import Generic

from msgspec import Struct

from sourcebook.engine import Done, Failed, Result, Subject
from sourcebook.engine.worker import Broke, Lost, Made, Refused, Worker

DEADLINE_S = 30.0  # for one subject: no page takes a second, and a PDF has 20 s by its own rule
MOST_MB = 1_000  # of memory that a worker may ask for; what takes more is built to


class Workers(Struct, frozen=True):
    """As many worker processes as asked for, started as subjects come. A subject that takes longer than the deadline,
    or more memory than is allowed, is Failed as one whose worker died."""

    count: int
    deadline_s: float = DEADLINE_S
    most_mb: int = MOST_MB

    def each(
        self, step: Callable[[Subject], Result], subjects: Iterable[Subject]
    ) -> Iterator[Done[Subject, Result] | Failed[Subject]]:
        """See `Engine.each`."""
        crew = _Crew(self, step, subjects)
        try:
            while crew.hand_out():
                for worker in crew.ready():
                    yield crew.answer(worker)
        finally:
            crew.end()


class _Crew(Generic[Subject, Result]):
    """The workers of one `each`, and the subjects that wait for them."""

    def __init__(self, terms: Workers, step: Callable[[Subject], Result], subjects: Iterable[Subject]) -> None:
        self._terms = terms
        self._step = step
        self._more: Iterator[Subject] | None = iter(subjects)
        self._waiting: deque[Subject] = deque()
        self._workers: list[Worker[Subject, Result]] = []

    def hand_out(self) -> bool:
        """One subject to whoever has least to do. False when all are answered."""
        if self._has_room() and self._is_waiting():
            self._worker().hand(self._waiting.popleft())
        self._dismiss()
        return bool(self._workers or self._is_waiting())

    def ready(self) -> list[Worker[Subject, Result]]:
        """Those who have answered, died, or held a subject for too long. Waits for one when nothing else is to do."""
        busy = [worker for worker in self._workers if worker.in_hand]
        if not busy:
            return []
        idle = bool(self._waiting or self._more) and self._has_room()
        end = min(worker.since for worker in busy) + self._terms.deadline_s
        heard = wait([worker.connection for worker in busy], 0 if idle else max(0.0, end - monotonic()))
        late = monotonic() - self._terms.deadline_s
        return [worker for worker in busy if worker.connection in heard or worker.since <= late]

    def answer(self, worker: Worker[Subject, Result]) -> Done[Subject, Result] | Failed[Subject]:
        """The answer to the first subject that a worker has in hand."""
        subject = worker.in_hand[0]
        answer = worker.hear()
        match answer:
            case Made(result):
                return Done(subject, result)
            case Refused(message):
                return Failed(subject, message)
            case Broke(error):
                raise error
        self._waiting.extendleft(reversed(worker.in_hand))
        worker.in_hand.clear()
        why = "died" if answer is Lost.DIED else f"was stopped after {self._terms.deadline_s:.0f} s"
        return Failed(subject, f"the worker that read it {why}")

    def end(self) -> None:
        """Nobody works on."""
        for worker in self._workers:
            worker.end()

    def _is_waiting(self) -> bool:
        """Is there a subject for the next worker? Takes one from the stream only when there is none in store."""
        if not self._waiting and self._more is not None:
            for subject in self._more:
                self._waiting.append(subject)
                return True
            self._more = None
        return bool(self._waiting)

    def _has_room(self) -> bool:
        return len(self._workers) < self._terms.count or any(worker.has_room for worker in self._workers)

    def _worker(self) -> Worker[Subject, Result]:
        """Whoever has least to do; somebody new rather than somebody busy."""
        free = min((one for one in self._workers if one.has_room), key=lambda one: len(one.in_hand), default=None)
        if free is None or (free.in_hand and len(self._workers) < self._terms.count):
            free = Worker(self._step, self._terms.most_mb)
            self._workers.append(free)
        return free

    def _dismiss(self) -> None:
        """Let go of those who are done: dead, worn out, or without anything left to do."""
        nothing_left = not self._waiting and self._more is None
        for worker in [one for one in self._workers if not one.in_hand]:
            if nothing_left or not worker.has_room:
                worker.end()
                self._workers.remove(worker)
