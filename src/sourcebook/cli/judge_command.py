"""`sourcebook judge`: does this text bear that claim out? Without a library."""

from pathlib import Path

import click
import msgspec

from sourcebook import ids, verify
from sourcebook.cli.json_lines import answer_lines
from sourcebook.cli.options import json_option, library_option
from sourcebook.types.documents import Document, Passage
from sourcebook.types.pages import Claim
from sourcebook.types.verdicts import QuoteCheck, Unjudged


class Question(msgspec.Struct):
    """A claim and the text that should bear it out, as they come in."""

    claim: str
    text: str
    heading: str = ""  # the section in which the claim stands
    before: str = ""  # the sentence before it
    title: str = ""  # of the text
    id: str | int | None = None


class Answer(msgspec.Struct, omit_defaults=True):
    """What the text says of the claim, as it goes out."""

    verdict: str  # supported, partial, unsupported, contradicted; or unjudged
    probability: float | None  # that the text fully bears the claim out; null where nobody judged
    passages: tuple[Passage, ...]
    missing: tuple[str, ...]
    quotes: tuple[QuoteCheck, ...]
    reason: str
    unjudged: str | None = None  # why there is no verdict
    id: str | int | None = None


@click.command("judge")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@library_option
@json_option
def command(files: tuple[Path, ...], library: Path | None, as_json: bool) -> int:  # noqa: ARG001 - every command takes them
    """Hold the claims of FILES, or of standard input, each against its text: JSON lines in, JSON lines out.

    In: claim and text, and if they are known the claim's heading and the sentence before it, and the text's title.
    An id is handed back. Out: verdict (supported, partial, unsupported, contradicted or unjudged), probability that
    the text fully bears the claim out, passages (start, end and quote) with the best first, missing facts, quotes
    and reason. docs/verifying.md says what a verdict means and what it does not.

    \b
    Examples:
      sourcebook judge < claims.jsonl > verdicts.jsonl
      echo '{"claim": "It rose by 57 %.", "text": "Sales rose by 47 %."}' | sourcebook judge
    """
    return answer_lines(files, Question, _answer)


def _answer(asked: Question) -> Answer:
    claim = Claim(ids.claim_id(asked.claim), asked.claim, asked.heading, asked.before, 0, len(asked.claim))
    said = verify.judge_words(claim, Document(text=asked.text, title=asked.title))
    if isinstance(said, Unjudged):
        return Answer("unjudged", None, (), (), (), said.why, said.reason.value, asked.id)
    return Answer(
        said.support.value, said.probability, said.passages, said.missing, said.quotes, said.why, None, asked.id
    )
