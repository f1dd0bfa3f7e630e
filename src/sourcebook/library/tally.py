"""What a build found, did and left: every count that its report shows."""

from collections import Counter
from typing import Any

from msgspec import Struct, field

from sourcebook.llm import NOTHING, Answered, NoAnswer, Spent
from sourcebook.types.builds import ModelUse
from sourcebook.types.fetching import NotAsked


class Tally(Struct):
    """Counted while the build runs; turned into a Report at its end."""

    pages: int = 0
    pages_read: int = 0
    pages_gone: int = 0
    pages_unread: dict[str, int] = field(default_factory=dict)
    watched: set[str] = field(default_factory=set)  # files beside the pages that decide what these cite
    sources_new: int = 0
    asked: int = 0
    not_due: int = 0
    sought: int = 0
    found: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    not_asked: list[NotAsked] = field(default_factory=list)
    documents_read: int = 0
    documents_failed: int = 0
    summaries: int = 0
    rated: int = 0
    judged: int = 0
    model_answered: int = 0
    model_known: int = 0
    model_unanswered: Counter[str] = field(default_factory=Counter)
    model_spent: Spent = NOTHING

    def count(self, answer: Answered[Any] | NoAnswer[Any]) -> None:
        """One question to a model, answered or not."""
        self.model_spent += answer.spent
        if isinstance(answer, NoAnswer):
            self.model_unanswered[answer.why] += 1
        elif answer.spent == NOTHING:
            self.model_known += 1
        else:
            self.model_answered += 1

    def model_use(self, name: str) -> ModelUse | None:
        """What was asked of a model; None when nothing was."""
        unanswered = dict(self.model_unanswered.most_common())
        if not (self.model_answered or self.model_known or unanswered):
            return None
        spent = self.model_spent
        return ModelUse(
            name, self.model_answered, self.model_known, unanswered, spent.tokens_in, spent.tokens_out, spent.usd
        )
