"""A model that is not asked: it counts what would be sent and what that would cost."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from sourcebook.llm.asking import Endpoint, Shelf
from sourcebook.llm.questions import Answered, Failure, NoAnswer, Question

WHY = "only a rehearsal"

A = TypeVar("A")


class Rehearsal:
    """A Model that answers nothing: what each question would cost at the most is what it says was spent."""

    def __init__(self, name: str, open_endpoint: Callable[[], Endpoint], shelf: Shelf) -> None:
        self.name = name
        self._open = open_endpoint
        self._shelf = shelf

    def ask(self, questions: Iterable[Question[A]]) -> Iterator[Answered[A] | NoAnswer[A]]:
        """See `Model.ask`."""
        endpoint: Endpoint | None = None
        for question in questions:
            if self._shelf.find(question.key(self.name)) is None:
                endpoint = endpoint or self._open()
                yield NoAnswer(question, Failure.BUDGET, WHY, endpoint.most(question))
