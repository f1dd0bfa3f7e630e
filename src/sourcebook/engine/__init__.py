"""How one step is spread over its subjects. The work is the same everywhere; only where it runs differs."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

Subject = TypeVar("Subject")
Result = TypeVar("Result")


class Done(Struct, Generic[Subject, Result], frozen=True):
    """A subject and what the step made of it."""

    subject: Subject
    result: Result


class Failed(Struct, Generic[Subject], frozen=True):
    """A subject that the step could not be done on, and why."""

    subject: Subject
    message: str


class Engine(Protocol):
    """Runs a step over subjects."""

    def each(
        self, step: Callable[[Subject], Result], subjects: Iterable[Subject]
    ) -> Iterator[Done[Subject, Result] | Failed[Subject]]:
        """One answer for each subject, in the order in which they are ready.

        `subjects` is consumed as there is room for more, so that it may itself be a stream. `step` is a plain function
        of one module, and may run in another process. A StepError becomes Failed, and so does a worker that dies; any
        other exception ends the iteration.
        """
        ...
