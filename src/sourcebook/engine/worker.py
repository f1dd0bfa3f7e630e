"""One worker process and the end of it that its employer holds."""

import multiprocessing
import queue
import resource
import signal
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any, Generic

from msgspec import Struct

from sourcebook.engine import Result, Subject
from sourcebook.errors import StepError

RECYCLE = 500  # subjects until a worker is replaced: text libraries leak a little with each page
START_S = 5.0  # is granted to a new worker: it has libraries to load before it can begin
AHEAD = 2  # subjects at one worker: one in hand and one waiting keeps it busy


class Made(Struct, Generic[Result], frozen=True):
    """The step was done."""

    result: Result


class Refused(Struct, frozen=True):
    """The step could not be done on this subject."""

    message: str


class Broke(Struct, frozen=True):
    """The step has a fault."""

    error: Exception


class Lost(Enum):
    """There will be no answer."""

    DIED = "died"
    LATE = "late"


class Worker(Generic[Subject, Result]):
    """A process that does one step on subject after subject. Subjects leave `in_hand` with their answer, in order."""

    def __init__(self, step: Callable[[Subject], Result], most_mb: int) -> None:
        # a fork of a process in which the fetcher's thread runs may deadlock; a fork server has no threads
        context = multiprocessing.get_context("forkserver")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(step, theirs, most_mb), daemon=True)
        self._process.start()
        theirs.close()
        self._handed = 0
        self.in_hand: deque[Subject] = deque()
        self.since = 0.0  # when it began with the first in hand

    @property
    def has_room(self) -> bool:
        """May one more subject be handed to it?"""
        return len(self.in_hand) < AHEAD and self._handed < RECYCLE

    def hand(self, subject: Subject) -> None:
        """One more subject. One that is handed to a dead worker is answered by its death."""
        if not self.in_hand:
            self.since = monotonic() + (0.0 if self._handed else START_S)
        self.in_hand.append(subject)
        self._handed += 1
        with suppress(BrokenPipeError, ConnectionResetError):  # its death is heard where answers are
            self.connection.send(subject)

    def hear(self) -> Made[Result] | Refused | Broke | Lost:
        """What became of the first subject in hand: the answer that is there, else the worker's end."""
        self.in_hand.popleft()
        self.since = monotonic()
        if not self.connection.poll():
            return self._lose(Lost.LATE)
        try:
            answer: Made[Result] | Refused | Broke = self.connection.recv()
        except (EOFError, ConnectionResetError):
            return self._lose(Lost.DIED)
        return answer

    def _lose(self, how: Lost) -> Lost:
        self._handed = RECYCLE
        self.end()
        return how

    def end(self) -> None:
        """Put an end to it, whatever it does."""
        self.connection.close()
        self._process.kill()
        self._process.join()


def _work(step: Callable[[Any], Any], employer: "Connection[Any, Any]", most_mb: int) -> None:
    """The life of a worker: answers each subject that comes, until the line is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the employer answers it
    resource.setrlimit(resource.RLIMIT_DATA, (most_mb << 20, most_mb << 20))
    subjects: queue.SimpleQueue[list[Any]] = queue.SimpleQueue()
    # subjects are taken off the line while the step is busy, so that nobody waits with both ends full
    threading.Thread(target=_listen, args=(employer, subjects), daemon=True).start()
    while subject := subjects.get():
        employer.send(_answer(step, subject[0]))


def _listen(employer: "Connection[Any, Any]", subjects: "queue.SimpleQueue[list[Any]]") -> None:
    """Each subject in a list of one; an empty list at the end of the line."""
    try:
        while True:
            subjects.put([employer.recv()])
    except (EOFError, OSError, MemoryError):
        subjects.put([])


def _answer(step: Callable[[Any], Any], subject: Any) -> Made[Any] | Refused | Broke:
    try:
        return Made(step(subject))
    except StepError as error:
        return Refused(error.message)
    except MemoryError:
        return Refused("it takes more memory than a worker may have")
    except Exception as error:  # noqa: BLE001 - the edge of a process: whoever employs it raises it again
        return Broke(error)
