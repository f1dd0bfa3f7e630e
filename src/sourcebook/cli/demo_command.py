"""`sourcebook demo`: the whole product on a bundled knowledge base, without a network."""

import shutil
from importlib import resources
from pathlib import Path

import click

from sourcebook import pipeline, wiring
from sourcebook.cli.build_report import report_lines, write_not_asked
from sourcebook.cli.options import json_option, library_option, print_json, your_name
from sourcebook.cli.progress import watcher
from sourcebook.desk import Desk
from sourcebook.errors import StoreError
from sourcebook.place import Place, place_of, read_config
from sourcebook.records import to_json
from sourcebook.types.builds import BuildReport
from sourcebook.web.server import Writing, serve
from sourcebook.wiring import Sources

PAGES = "open-and-closed-models"
WEB = "demo.wacz"
RECORDS = "records.jsonl"


@click.command("demo")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("sourcebook-demo"),
    show_default=True,
    help="where the demo's pages are copied to",
)
@click.option("--host", help="address to listen on  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="port to listen on; 0 picks a free one  [default: 8377]")
@click.option("--serve/--no-serve", "and_serve", default=True, help="open the library in the browser when it is built")
@library_option
@json_option
def command(  # noqa: PLR0913 - one parameter an option
    folder: Path, host: str | None, port: int | None, and_serve: bool, library: Path | None, as_json: bool
) -> None:
    """Build the bundled demo library and serve it.

    Copies a small knowledge base on open and closed AI models into a folder of yours, and studies its sources from a
    bundled web archive. Nothing is asked of the network.

    \b
    Examples:
      sourcebook demo
      sourcebook demo --folder /tmp/demo --no-serve
    """
    examples = _examples()
    _copy_pages(examples / PAGES, folder)
    place = place_of(folder, library)
    config = read_config(place, serve__host=host, serve__port=port).config
    report = _build(place, examples, quiet=as_json)
    not_asked = write_not_asked(place.library, report.not_asked)
    if as_json:
        print_json([to_json(report)])
    else:
        for line in report_lines(report, place, not_asked):
            click.echo(line)
    if and_serve:
        with wiring.open_records(place, config) as records:
            writing = Writing(Desk(place, config, your_name()))
            serve(records, config.serve.host, config.serve.port, _ready, writing)


def _build(place: Place, examples: Path, *, quiet: bool) -> BuildReport:
    config = read_config(place).config
    with wiring.lock(place):
        books = wiring.open_library(place, config, Sources(archive=examples / WEB), watcher(quiet=quiet))
        try:
            pipeline.take_in(books, examples / RECORDS)
            return pipeline.build(books)
        finally:
            books.close()


def _ready(address: str) -> None:
    click.echo(f"\nOpen {address} in your browser; stop with Ctrl-C")


def _examples() -> Path:
    """The demo's files: inside the package where it was installed, beside it in a clone."""
    installed = Path(str(resources.files("sourcebook"))) / "examples"
    cloned = Path(__file__).parents[3] / "examples"
    for folder in (installed, cloned):
        if (folder / WEB).is_file():
            return folder
    raise StoreError("the demo's files are missing from this installation", "install Sourcebook again")


def _copy_pages(origin: Path, folder: Path) -> None:
    """The demo's pages, in a folder where a person may change them; what stands there already is left alone."""
    for file in sorted(origin.rglob("*")):
        target = folder / file.relative_to(origin)
        if file.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
