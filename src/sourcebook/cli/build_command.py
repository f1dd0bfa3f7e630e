"""`sourcebook build`: the main job."""

from pathlib import Path

import click

from sourcebook import pipeline, wiring
from sourcebook.cli.build_report import report_lines, write_not_asked
from sourcebook.cli.options import json_option, library_option, print_json
from sourcebook.cli.progress import watcher
from sourcebook.records import to_json
from sourcebook.wiring import Sources


@click.command("build")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--offline", is_flag=True, help="ask no network; work with what is kept")
@click.option(
    "--from-archive",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="take sources from a WARC or WACZ file instead of the web",
)
@library_option
@json_option
def command(folder: Path, offline: bool, from_archive: Path | None, library: Path | None, as_json: bool) -> None:
    """Read a folder of pages and study every source that they cite.

    Asks the web politely for each source that is due, keeps a copy of what came, and works out what it is, how far to
    trust it and what it says. What is known already is not asked for again: an interrupted build goes on where it was.

    \b
    Examples:
      sourcebook build docs/
      sourcebook build docs/ --offline
      sourcebook build docs/ --from-archive crawl.wacz
    """
    place = wiring.place_of(folder, library)
    config = wiring.read_config(place).config
    with wiring.lock(place):
        books = wiring.open_library(place, config, Sources(offline, from_archive), watcher(quiet=as_json))
        try:
            report = pipeline.build(books)
        finally:
            books.close()
    if as_json:
        print_json([to_json(report)])
        return
    not_asked = write_not_asked(place.library, report.not_asked)
    for line in report_lines(report, place, not_asked):
        click.echo(line)
