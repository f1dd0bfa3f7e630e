"""`sourcebook summarise`: what each text says, in brief, without a library."""

from pathlib import Path

import click
import msgspec

from sourcebook import rate
from sourcebook.cli.json_lines import answer_lines
from sourcebook.cli.options import json_option, library_option
from sourcebook.summarise.extractive import EXTRACTIVE, WRITER
from sourcebook.types import Document, SourceType


class Text(msgspec.Struct):
    """A text to sum up, as it comes in."""

    text: str
    title: str = ""
    type: str = ""
    id: str | int | None = None


class KeyPoint(msgspec.Struct):
    """A point and the passage that it rests on: `text[start:end] == quote`."""

    text: str
    start: int
    end: int
    quote: str


class InBrief(msgspec.Struct, omit_defaults=True):
    """What a text says, as it goes out."""

    summary: str
    key_points: list[KeyPoint]
    engine: str
    id: str | int | None = None


@click.command("summarise")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@library_option
@json_option
def command(files: tuple[Path, ...], library: Path | None, as_json: bool) -> int:  # noqa: ARG001 - every command takes them
    """Sum up the texts of FILES, or of standard input: JSON lines in, JSON lines out; needs no library.

    In: text, and if they are known title and type ("news article", "paper", …). An id is handed back. Out: summary,
    key_points (text, start, end and quote, where quote is what stands in the text from start to end) and engine.

    \b
    Examples:
      sourcebook summarise < texts.jsonl > summaries.jsonl
      sourcebook summarise news.jsonl papers.jsonl
    """
    return answer_lines(files, Text, _in_brief)


def _in_brief(asked: Text) -> InBrief:
    document = Document(text=asked.text, title=asked.title)
    found = EXTRACTIVE.summarise(document, rate.type_in_words(asked.type) or SourceType.WEB_PAGE)
    if found is None:
        return InBrief("", [], WRITER, asked.id)
    points = [
        KeyPoint(point.text, point.passage.start, point.passage.end, point.passage.quote)
        for point in found.points
        if point.passage is not None
    ]
    return InBrief(found.text, points, found.writer, asked.id)
