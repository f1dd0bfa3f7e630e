"""What is put to a model, and what comes back. Pure values; how a question is written down is decided here."""

from collections.abc import Callable
from enum import StrEnum
from importlib import resources
from typing import Generic, TypeVar

from msgspec import Struct

from sourcebook import ids
from sourcebook.errors import StoreError

A = TypeVar("A")


class Prompt(Struct, frozen=True):
    """Instructions with a version: another version is another question."""

    name: str
    version: int
    instructions: str

    @property
    def label(self) -> str:
        """As it stands in what a model wrote: "judge 1"."""
        return f"{self.name} {self.version}"


class Question(Struct, Generic[A], frozen=True):
    """One thing to ask. `material` is fenced: a name, and words that came from outside."""

    subject: str  # what it is about, for reports: "source 294f55e1e8c8ecbb"
    prompt: Prompt
    material: tuple[tuple[str, str], ...]
    answer: type[A]  # a flat dataclass, which Pydantic reads, of texts, numbers and lists of texts
    check: Callable[[A], str]  # what is wrong with an answer, in words that a model can act on; "" when nothing is

    def text(self) -> str:
        """The question as it is sent: each piece of material between marks that it cannot hold itself."""
        return "\n\n".join(_fenced(name, words) for name, words in self.material)

    def key(self, model: str) -> str:
        """What its answer is filed under: model, prompt and everything that was put to it."""
        parts = (part for pair in self.material for part in pair)
        return ids.fingerprint(model, self.prompt.label, self.prompt.instructions, self.answer.__name__, *parts)


class Failure(StrEnum):
    """Why there is no answer."""

    MODEL_FAILED = "model_failed"  # an outage, a refusal: the same question may be put again
    UNFIT = "unfit"  # what came did not pass, however often it was put back: asking again would cost the same
    BUDGET = "budget"


class Spent(Struct, frozen=True):
    """What answers cost. `usd` is None where no price is known."""

    tokens_in: int = 0
    tokens_out: int = 0
    usd: float | None = 0.0

    def __add__(self, other: "Spent") -> "Spent":
        usd = None if self.usd is None or other.usd is None else self.usd + other.usd
        return Spent(self.tokens_in + other.tokens_in, self.tokens_out + other.tokens_out, usd)


NOTHING = Spent()


class Answered(Struct, Generic[A], frozen=True):
    """An answer that passed the question's own check."""

    question: Question[A]
    answer: A
    model: str
    spent: Spent  # nothing when it was known already


class NoAnswer(Struct, Generic[A], frozen=True):
    """No answer, and why."""

    question: Question[A]
    failure: Failure
    why: str
    spent: Spent = NOTHING  # what the attempt cost all the same


def read_prompt(name: str) -> Prompt:
    """A prompt of this package: a file whose first line is its version."""
    text = resources.files(__package__).joinpath("prompts", f"{name}.md").read_text(encoding="utf-8")
    first, _, instructions = text.partition("\n")
    label, _, version = first.partition(": ")
    if label != "version" or not version.isdecimal():
        raise StoreError(f"prompt {name!r} does not begin with its version", "install Sourcebook again")
    return Prompt(name, int(version), instructions.strip())


def _fenced(name: str, words: str) -> str:
    """Words between two marks made from their own digest, which they therefore cannot hold."""
    mark = ids.fingerprint(name, words)[:12]
    return f"{name}, between the two lines that hold {mark}:\n[{mark}\n{words}\n{mark}]"
