"""Run a step in this process, one subject after the other."""

from collections.abc import Callable, Iterable, Iterator

from sourcebook.engine import Done, Failed, Result, Subject
from sourcebook.errors import StepError


class Here:
    """The simplest engine, and the one that uses the least memory."""

    def each(
        self, step: Callable[[Subject], Result], subjects: Iterable[Subject]
    ) -> Iterator[Done[Subject, Result] | Failed[Subject]]:
        """See `Engine.each`."""
        for subject in subjects:
            try:
                result = step(subject)
            except StepError as error:
                yield Failed(subject, error.message)
            else:
                yield Done(subject, result)
