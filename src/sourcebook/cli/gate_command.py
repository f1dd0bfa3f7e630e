"""`sourcebook gate`: whether summaries are held by their sources, without a library."""

from pathlib import Path

import click
import msgspec
from msgspec import Struct

from sourcebook.cli.json_lines import answer_lines
from sourcebook.cli.options import json_option, library_option
from sourcebook.summarise import Caught, gate


class Said(Struct, frozen=True):
    """A text, and what somebody says of it: a summary, or points."""

    text: str
    summary: str | list[str]
    id: str | int | None = None


class Answer(msgspec.Struct):
    """Whether it may stand, and if not, why."""

    ok: bool
    score: float
    caught: tuple[Caught, ...]
    id: str | int | None = None


@click.command("gate")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@library_option
@json_option
def command(files: tuple[Path, ...], library: Path | None, as_json: bool) -> int:  # noqa: ARG001 - every command takes them
    """Hold summaries against the texts that they are about: JSON lines in, JSON lines out; needs no library.

    In: text and summary (a text, or a list of points). An id is handed back. Out: ok, score (0 to 1: how much of the
    summary is the text's own, word for word) and caught: each with rule (number, date, name, words, repeated), what and
    the sentence. Whatever a model writes of a source goes through this gate before anybody reads it.

    \b
    Examples:
      sourcebook gate < summaries.jsonl > judged.jsonl
      sourcebook gate one.jsonl two.jsonl
    """
    return answer_lines(files, Said, _answer)


def _answer(said: Said) -> Answer:
    found = gate(said.summary, said.text)
    return Answer(found.ok, found.score, found.caught, said.id)
