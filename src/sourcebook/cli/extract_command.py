"""`sourcebook extract`: what files say and what they say about themselves, without a library."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
import msgspec

from sourcebook.cli.extract_lines import MOST_BYTES, Answer, Asked, Line, answers, read_lines, to_json
from sourcebook.cli.options import json_option, library_option
from sourcebook.config import load_config
from sourcebook.engine.workers import Workers
from sourcebook.errors import ExitCode, StepError, UsageError


@click.command("extract")
@click.argument("file", required=False)
@click.option("--url", default="", metavar="URL", help="the address that FILE came from")
@click.option("--manifest", metavar="FILE.jsonl", help='read many files: {"path": "…", "url": "…"} a line')
@library_option
@json_option
def command(file: str | None, url: str, manifest: str | None, library: Path | None, as_json: bool) -> int:
    """Say what the words of FILE (- for standard input) are, and its title, authors, dates and identifiers.

    Needs no library. With --json, origins tells where each field was read. With --manifest, each line names a file (in
    the folder of the manifest, else here) and its address, and may give the media_type and charset that its server
    sent. One JSON object a line answers, in the same order, read by as many processes as engine.workers says. A file
    that cannot be read has the reason in error, and costs no other file anything.

    \b
    Examples:
      sourcebook extract page.html --url https://example.org/report --json
      sourcebook extract - < paper.pdf
      sourcebook extract --manifest pages.jsonl > documents.jsonl
    """
    if (file is None) == (manifest is None):
        raise UsageError("name one FILE, or a --manifest of many", "see `sourcebook extract --help`")
    if manifest is not None:
        with _opened(manifest) as lines:
            return _many(read_lines(lines, Path(manifest).parent), library)
    if file != "-" and not Path(str(file)).is_file():
        kind = "is a folder" if Path(str(file)).is_dir() else "does not exist"
        raise UsageError(f"{file!r} {kind}", "name one file, or several in a --manifest")
    line = Line(0, msgspec.json.encode(Asked(str(file), url)), ".", _standard_input() if file == "-" else None)
    (answer,) = answers(Workers(1), [line])
    if as_json:
        sys.stdout.buffer.write(to_json(answer))
        return ExitCode.FINDINGS if answer.error else ExitCode.CLEAN
    if answer.error:
        raise StepError(answer.error, "look for another copy")
    for shown in _shown(answer):
        click.echo(shown)
    return ExitCode.CLEAN


def _many(lines: Iterable[Line], library: Path | None) -> int:
    """Nothing read is not a pass; single files that could not be are in the answers, and in the count."""
    settings = load_config(library.parent if library else Path.cwd()).config.engine
    engine = Workers(settings.workers or os.cpu_count() or 1)
    read = failed = 0
    for answer in answers(engine, lines):
        read += not answer.error
        failed += bool(answer.error)
        sys.stdout.buffer.write(to_json(answer))
    sys.stdout.buffer.flush()
    click.echo(f"{read:,} files read, {failed:,} could not be read", err=True)
    return ExitCode.CLEAN if read else ExitCode.FINDINGS


@contextmanager
def _opened(manifest: str) -> Iterator[BinaryIO]:
    if manifest == "-":
        yield sys.stdin.buffer
        return
    if not Path(manifest).is_file():
        raise UsageError(f"there is no file {manifest!r}", "name a file of JSON lines")
    with Path(manifest).open("rb") as file:
        yield file


def _standard_input() -> bytes:
    body = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise StepError(f"standard input is larger than {MOST_BYTES:,} bytes", "look for a smaller copy")
    return body


def _shown(answer: Answer) -> Iterator[str]:
    """For a person: what it says of itself with where that was read, then its words."""
    document, origins = answer.document, answer.document.origins or {}
    for name, origin in origins.items():
        value = getattr(document, name)
        words = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        yield f"{name:<12} {words}  (from {origin})"
    yield ""
    yield document.text
