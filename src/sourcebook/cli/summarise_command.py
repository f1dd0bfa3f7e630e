"""`sourcebook summarise`: what each text says, in brief, without a library."""

from pathlib import Path
from typing import Annotated

import click
import msgspec

from sourcebook import rate
from sourcebook.cli.json_lines import answer_lines
from sourcebook.cli.options import json_option, library_option
from sourcebook.summarise import EXTRACTIVE, Subject, likely_type
from sourcebook.types.documents import Document
from sourcebook.types.sources import SourceType
from sourcebook.types.summaries import Summary

MOST_ASKED = 20


class Text(msgspec.Struct):
    """A text to sum up, as it comes in."""

    text: str
    title: str = ""
    type: str = ""
    sentences: Annotated[int, msgspec.Meta(ge=1, le=MOST_ASKED)] | None = None
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
    type: SourceType
    id: str | int | None = None


@click.command("summarise")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--sentences",
    type=click.IntRange(1, MOST_ASKED),
    help="how long a summary is to be; a line's own `sentences` wins  [default: 2 or 3, by the length of the text]",
)
@library_option
@json_option
def command(files: tuple[Path, ...], sentences: int | None, library: Path | None, as_json: bool) -> int:  # noqa: ARG001 - every command takes them
    """Sum up the texts of FILES, or of standard input: JSON lines in, JSON lines out; needs no library.

    In: text, and if they are known title, type ("news article", "paper", …) and sentences. An id is handed back.
    Out: summary, key_points (text, start, end and quote, where quote is what stands in the text from start to end),
    engine, and the type that it was summed up as. Without a type, the words of the text decide. The summary of a paper
    opens on what the paper does; the first sentence alone is its summary in one sentence.

    \b
    Examples:
      sourcebook summarise < texts.jsonl > summaries.jsonl
      sourcebook summarise --sentences 1 papers.jsonl
    """
    return answer_lines(files, Text, lambda asked: _in_brief(asked, asked.sentences or sentences))


def _in_brief(asked: Text, sentences: int | None) -> InBrief:
    kind = rate.type_in_words(asked.type) or likely_type(asked.text)
    document = Document(text=asked.text, title=asked.title)
    found = EXTRACTIVE.summarise(Subject(document, kind, sentences)) or Summary("", (), EXTRACTIVE.writer)
    points = [
        KeyPoint(point.text, point.passage.start, point.passage.end, point.passage.quote)
        for point in found.points
        if point.passage is not None
    ]
    return InBrief(found.text, points, found.writer, kind, asked.id)
