"""`sourcebook captures`: everything that happened when a source was asked for."""

from pathlib import Path

import click

from sourcebook import wiring
from sourcebook.cli.capture_lines import capture_lines
from sourcebook.cli.options import json_option, library_option, print_json
from sourcebook.place import place_of, read_config
from sourcebook.records import to_json


@click.command("captures")
@click.argument("source")
@library_option
@json_option
def command(source: str, library: Path | None, as_json: bool) -> None:
    """List every attempt to get a SOURCE, oldest first: what came, from whom, and which copy is read.

    SOURCE is a Resource ID, a Stable ID or an address. The copy that is read is marked with a star.

    \b
    Examples:
      sourcebook captures 294f55e1e8c8ecbb
      sourcebook captures https://example.org/report --json
    """
    place = place_of(None, library)
    with wiring.open_records(place, read_config(place).config) as records:
        rows = records.captures(source)
    if as_json:
        print_json(to_json(row) for row in rows)
        return
    for line in capture_lines(rows):
        click.echo(line)
