"""`sourcebook rank`: which of these texts answer a question? The search of a library, without a library."""

from pathlib import Path

import click
import msgspec

from sourcebook import wiring
from sourcebook.cli.json_lines import answer_lines, read_lines
from sourcebook.cli.options import json_option, library_option
from sourcebook.records import Ranker


class Text(msgspec.Struct):
    """A text to be searched, as it comes in."""

    id: str
    text: str
    title: str = ""


class Question(msgspec.Struct):
    """What is looked for, as it comes in."""

    query: str
    id: str | int | None = None


class Ranked(msgspec.Struct):
    """A text that was found."""

    id: str
    score: float


class Answer(msgspec.Struct):
    """The texts that answer a question, best first, as they go out."""

    results: tuple[Ranked, ...]
    id: str | int | None = None


@click.command("rank")
@click.argument("documents", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 200), help="how many texts to name")
@click.option(
    "--semantic",
    default="auto",
    show_default=True,
    type=click.Choice(["auto", "on", "off"]),
    help="whether meanings count beside words, as the setting search.semantic",
)
@library_option
@json_option
def command(  # noqa: PLR0913 - one parameter an option
    documents: Path,
    files: tuple[Path, ...],
    limit: int,
    semantic: str,
    library: Path | None,  # noqa: ARG001 - every command takes it
    as_json: bool,  # noqa: ARG001 - every command takes it
) -> int:
    """Search the texts in DOCUMENTS for the questions in FILES, or on standard input: JSON lines in, JSON lines out.

    DOCUMENTS has an id, a text and perhaps a title a line; a question is a query, with an id that is handed back. Out:
    results, the id and score of each text, best first. What is found, and in what order, is what `sourcebook search`
    would find among sources.

    \b
    Examples:
      sourcebook rank texts.jsonl < questions.jsonl > results.jsonl
      echo '{"query": "open weights"}' | sourcebook rank texts.jsonl --limit 3
    """
    with wiring.open_ranker(semantic) as ranker:
        ranker.add((one.id, one.title, one.text) for one in read_lines(documents, Text))
        return answer_lines(files, Question, lambda asked: _answer(ranker, asked, limit))


def _answer(ranker: Ranker, asked: Question, limit: int) -> Answer:
    found = ranker.rank(asked.query, limit)
    return Answer(tuple(Ranked(hit.subject, round(hit.score, 4)) for hit in found.hits), asked.id)
