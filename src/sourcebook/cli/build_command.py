"""`sourcebook build`: the main job."""

from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from sourcebook import unchanged
from sourcebook.cli.build_report import report_lines, write_not_asked
from sourcebook.cli.options import json_option, library_option, print_json
from sourcebook.config import Config
from sourcebook.place import Place, place_of, read_config
from sourcebook.types import BuildReport


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
    place = place_of(folder, library)
    config = read_config(place).config
    asks = "nobody" if offline else str(from_archive.resolve()) if from_archive else "web"
    report = unchanged.last_report(place, config, asks, datetime.now(UTC))
    if report is None:
        report = _build(place, config, from_archive, offline=offline, quiet=as_json)
        unchanged.leave_note(place, config, asks, report)
    if as_json:
        print_json([msgspec.to_builtins(report)])
        return
    not_asked = write_not_asked(place.library, report.not_asked)
    for line in report_lines(report, place, not_asked):
        click.echo(line)


def _build(place: Place, config: Config, archive: Path | None, *, offline: bool, quiet: bool) -> BuildReport:
    # a build that finds nothing changed never gets here, and need not wait for the database library to load
    from sourcebook import pipeline, wiring  # noqa: PLC0415
    from sourcebook.cli.progress import watcher  # noqa: PLC0415

    with wiring.lock(place):
        books = wiring.open_library(place, config, wiring.Sources(offline, archive), watcher(quiet=quiet))
        try:
            return pipeline.build(books)
        finally:
            books.close()
