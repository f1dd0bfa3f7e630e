"""`sourcebook rebuild`: after the database is lost."""

from pathlib import Path

import click

from sourcebook import wiring
from sourcebook.cli.options import folder_argument, json_option, library_option, print_json
from sourcebook.place import place_of, read_config
from sourcebook.records import to_json


@click.command("rebuild")
@folder_argument
@library_option
@json_option
def command(folder: Path | None, library: Path | None, as_json: bool) -> None:
    """Restore a library whose database is lost or damaged.

    Sources and reviews come back from sources.jsonl and reviews.jsonl, captures from the archive. A damaged database is
    moved aside, not deleted. Run `sourcebook build` afterwards: it makes the rest again.

    \b
    Examples:
      sourcebook rebuild docs/
      sourcebook rebuild --library docs/.sourcebook
    """
    place = place_of(folder, library)
    config = read_config(place).config
    report = wiring.rebuild_store(place, config)
    if as_json:
        print_json([to_json(report)])
        return
    click.echo(f"Restored {report.sources:,} sources, {report.reviews:,} reviews and {report.captures:,} captures")
    click.echo("Next: sourcebook build FOLDER, which reads the pages and makes the rest again")
