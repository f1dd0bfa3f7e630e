"""`sourcebook capture`: one source now, or a copy of it that a person got by hand."""

import getpass
from datetime import UTC, datetime
from pathlib import Path

import click

from sourcebook import pipeline, wiring
from sourcebook.cli.asking import browser_option, say_networks
from sourcebook.cli.capture_lines import capture_lines
from sourcebook.cli.options import json_option, library_option, print_json
from sourcebook.cli.progress import watcher
from sourcebook.config import Config
from sourcebook.errors import ExitCode, UsageError
from sourcebook.library import Upload
from sourcebook.place import Place, place_of, read_config
from sourcebook.records import to_json


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container without a name for its user
        return "somebody"


@click.command("capture")
@click.argument("source")
@click.option(
    "--file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="file this copy instead of asking: a page, a PDF, a WACZ or WARC, …",
)
@click.option("--who", metavar="NAME", default=_user, help="who files it  [default: your login name]")
@click.option(
    "--at",
    type=click.DateTime(),
    metavar="TIME",
    help="when the copy was got, in UTC: 2026-04-07T12:00  [default: now]",
)
@browser_option
@library_option
@json_option
def command(  # noqa: PLR0913 - one parameter an option
    source: str, file: Path | None, who: str, at: datetime | None, browser: bool, library: Path | None, as_json: bool
) -> int:
    """Ask for a SOURCE now, due or not; or file a copy of it that you got by hand.

    SOURCE is a Resource ID, a Stable ID or an address. A copy from a file is marked as filed by hand, read at once, and
    says nothing of whether the link is alive.

    \b
    Examples:
      sourcebook capture 294f55e1e8c8ecbb
      sourcebook capture https://example.org/app --browser
      sourcebook capture https://example.org/report --file report.pdf --who ada
      sourcebook capture sid_kPZ1jp40IG --file browsing.wacz
    """
    place = place_of(None, library)
    if browser and file:
        raise UsageError("--browser asks for the source, and --file files a copy", "leave one of them out")
    config = read_config(place, fetch__render="always" if browser else None).config
    if file is None:
        say_networks(config)
    upload = Upload(file, who, at.replace(tzinfo=UTC) if at else None) if file else None
    not_asked = _capture(place, config, source, upload, quiet=as_json)
    with wiring.open_records(place, config) as records:
        rows = records.captures(source)
    if as_json:
        print_json(to_json(row) for row in rows)
    else:
        for line in capture_lines(rows):
            click.echo(line)
    for why in not_asked:
        click.echo(f"not asked: {why}", err=True)
    return ExitCode.FINDINGS if not_asked else ExitCode.CLEAN


def _capture(place: Place, config: Config, source: str, upload: Upload | None, *, quiet: bool) -> list[str]:
    """Do it; why nobody was asked, where that is so."""
    archive = upload.file if upload and upload.is_archive else None
    asks = wiring.Sources(archive=archive, names=(source,))
    with wiring.lock(place):
        books = wiring.open_library(place, config, asks, watcher(quiet=quiet))
        try:
            report = pipeline.capture(books, source, upload)
        finally:
            books.close()
    return [one.why for one in report.not_asked]
