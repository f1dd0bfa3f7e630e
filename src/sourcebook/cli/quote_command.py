"""`sourcebook quote`: are these words in that text? Without a library."""

from pathlib import Path

import click
import msgspec

from sourcebook.cli.json_lines import answer_lines
from sourcebook.cli.options import json_option, library_option
from sourcebook.types.verdicts import QuoteStatus
from sourcebook.verify.quotes import check_quote


class Question(msgspec.Struct):
    """A quote and the text that should hold it, as they come in."""

    quote: str
    text: str
    id: str | int | None = None


class Answer(msgspec.Struct, omit_defaults=True):
    """What became of the quote, as it goes out: `text[start:end]` was found, or is what an altered quote is like."""

    status: QuoteStatus
    start: int | None
    end: int | None
    difference: str
    id: str | int | None = None


@click.command("quote")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@library_option
@json_option
def command(files: tuple[Path, ...], library: Path | None, as_json: bool) -> int:  # noqa: ARG001 - every command takes them
    """Look for the quotes of FILES, or of standard input, each in its text: JSON lines in, JSON lines out.

    In: quote and text. An id is handed back. Out: status (exact, normalized, elided, altered, ambiguous, absent or
    too_short), start and end in the text, and the difference of an altered quote. docs/verifying.md says what each
    status means.

    \b
    Examples:
      sourcebook quote < questions.jsonl > answers.jsonl
      echo '{"quote": "Call me Ishmael", "text": "“Call me Ishmael.”"}' | sourcebook quote
    """
    return answer_lines(files, Question, _answer)


def _answer(asked: Question) -> Answer:
    check = check_quote(asked.quote, asked.text)
    start, end = (check.passage.start, check.passage.end) if check.passage else (None, None)
    return Answer(check.status, start, end, check.difference, asked.id)
