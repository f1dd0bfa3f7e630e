"""The one way to talk to a model. Nothing of the model stack is loaded before a model is asked.

A step puts a Question and gets Answered or NoAnswer; it never sees a request, a key or a price. What came from outside
stands fenced in a question, as data; what a model says is checked before anybody reads it.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from sourcebook.llm.questions import NOTHING, Answered, Failure, NoAnswer, Prompt, Question, Spent, read_prompt

__all__ = ["NOTHING", "Answered", "Failure", "Model", "NoAnswer", "Prompt", "Question", "Spent", "read_prompt"]

A = TypeVar("A")


class Model(Protocol):
    """Answers questions. An outage, a refused key or an empty purse is NoAnswer, never an answer."""

    name: str  # as it stands in what it wrote: "openai:gpt-5-mini"

    def ask(self, questions: Iterable[Question[A]]) -> Iterator[Answered[A] | NoAnswer[A]]:
        """One for each question, in the order in which they come. `questions` is consumed as there is room for more.

        Leaving early stops what is under way. An answer is kept before it is handed over: nothing is paid twice.
        """
        ...
