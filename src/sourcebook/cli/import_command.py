"""`sourcebook import`: source records of another system."""

from pathlib import Path

import click

from sourcebook import pipeline, wiring
from sourcebook.cli.options import json_option, library_option, print_json
from sourcebook.cli.progress import watcher
from sourcebook.errors import ExitCode
from sourcebook.library import ImportReport
from sourcebook.place import place_for_import, read_config
from sourcebook.records import to_json

SHOWN = 20  # rejected lines that are printed in full


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@library_option
@json_option
def command(file: Path, library: Path | None, as_json: bool) -> int:
    """Take in source records from FILE, one JSON object a line.

    Fields: url (the only one that must be there), id, stable_id, title, type, authors, published_date, summary,
    key_points, tags, credibility_override. A bad line is reported by its number, and the rest goes in.

    \b
    Examples:
      sourcebook import records.jsonl
      sourcebook import records.jsonl --library docs/.sourcebook
    """
    place = place_for_import(library)
    config = read_config(place).config
    with wiring.lock(place):
        books = wiring.open_library(place, config, watcher=watcher(quiet=as_json))
        try:
            report = pipeline.take_in(books, file)
        finally:
            books.close()
    if as_json:
        print_json([to_json(report)])
    else:
        _print(report)
    return ExitCode.FINDINGS if report.rejected else ExitCode.CLEAN


def _print(report: ImportReport) -> None:
    click.echo(
        f"{report.lines:,} lines: {report.added:,} added, {report.updated:,} updated, {report.merged:,} merged, "
        f"{len(report.rejected):,} rejected"
    )
    if report.linked:
        click.echo(f"{report.linked:,} citations found the source that they name")
    for rejected in report.rejected[:SHOWN]:
        click.echo(f"line {rejected.line}: {rejected.why}", err=True)
    if len(report.rejected) > SHOWN:
        click.echo(f"… and {len(report.rejected) - SHOWN:,} more: --json lists them all", err=True)
