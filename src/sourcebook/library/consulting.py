"""Ask a model, where one is set: what it makes of a source is kept beside what we made of it, and never instead."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct

from sourcebook import ids
from sourcebook.library.parts import Parts
from sourcebook.library.tally import Tally
from sourcebook.llm import Answered, Failure, NoAnswer, Question, read_prompt
from sourcebook.types.builds import Step


class Errand(Struct, frozen=True):
    """Something to ask about one subject, and what an answer is kept as. What it asks is read when it is asked."""

    subject: str
    rests_on: str  # fingerprint of what we made ourselves: when that changes, an answer is about something else
    prepare: Callable[[], tuple[Question[Any], Callable[[Answered[Any]], object]] | None]  # None: nothing to ask


class Stage(Struct, frozen=True):
    """Errands of one kind."""

    words: str  # for whoever watches
    step: Step
    prompt: str
    errands: Callable[[Parts], Iterable[Errand]]


def consult(parts: Parts, tally: Tally, stage: Stage) -> None:
    """Put the questions that were not put before. What got no answer is left as it was, and counted with its reason."""
    if parts.model is None:
        return
    round_ = _Round(parts, stage)
    due = round_.due()
    parts.watcher.begin(stage.words, len(due))
    for answer in parts.model.ask(round_.questions(due)):
        round_.keep(answer)
        tally.count(answer)
        parts.watcher.advance(answer.question.subject)
    parts.watcher.end()


_Due = tuple[Errand, str]  # with the mark that its answer is to be kept under


class _Round:
    """One stage under way."""

    def __init__(self, parts: Parts, stage: Stage) -> None:
        assert parts.model is not None
        self._derived = parts.store.derived
        self._stage = stage
        self._parts = parts
        prompt = read_prompt(stage.prompt)
        self._asker = ids.fingerprint(parts.model.name, prompt.label, prompt.instructions)
        self._under_way: dict[int, tuple[Errand, str, Callable[[Answered[Any]], object]]] = {}

    def due(self) -> list[_Due]:
        """Errands that have no answer of this model and prompt, nor are known to get none."""
        known = self._derived.fingerprints(self._stage.step)
        marked = ((one, ids.fingerprint(one.rests_on, self._asker)) for one in self._stage.errands(self._parts))
        return [(errand, mark) for errand, mark in marked if known.get(errand.subject) != mark]

    def questions(self, due: Iterable[_Due]) -> Iterator[Question[Any]]:
        """What is asked, each read from the store when its turn comes."""
        for errand, mark in due:
            prepared = errand.prepare()
            if prepared is not None:
                question, value = prepared
                self._under_way[id(question)] = (errand, mark, value)
                yield question

    def keep(self, answer: Answered[Any] | NoAnswer[Any]) -> None:
        """File an answer, or that what came did not pass. An outage or an empty purse leaves the errand due."""
        errand, mark, value = self._under_way.pop(id(answer.question))
        if isinstance(answer, Answered):
            self._derived.save(self._stage.step, errand.subject, mark, value(answer))
        elif answer.failure is Failure.UNFIT:
            self._derived.fail(self._stage.step, errand.subject, mark, answer.why)
