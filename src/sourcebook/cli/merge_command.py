"""`sourcebook merge`: two sources that are one work."""

from pathlib import Path

import click

from sourcebook import pipeline, wiring
from sourcebook.cli.options import json_option, library_option, print_json, your_name
from sourcebook.cli.progress import watcher
from sourcebook.errors import UsageError
from sourcebook.library import Signed
from sourcebook.place import place_of, read_config
from sourcebook.records import to_json


@click.command("merge")
@click.argument("source")
@click.argument("into", required=False)
@click.option("--why", default="", metavar="TEXT", help="how you know, for whoever reads the record after you")
@click.option("--who", metavar="NAME", help="who says it  [default: your name on this machine]")
@click.option("--undo", is_flag=True, help="give SOURCE its own record back")
@library_option
@json_option
def command(  # noqa: PLR0913 - one parameter an option
    source: str, into: str | None, why: str, who: str | None, undo: bool, library: Path | None, as_json: bool
) -> None:
    """Say that SOURCE is the same work as INTO: a paper and its PDF, an article and its print version.

    Both are named by Resource ID, Stable ID or address. INTO keeps its record, which then has the citations, claims,
    copies and names of both; the ids and addresses of SOURCE lead to it, and SOURCE is not asked for any more. What is
    said is added to reviews.jsonl and never edited; nothing is lost, and --undo gives SOURCE its record back.

    \b
    Examples:
      sourcebook merge https://example.org/paper.pdf https://example.org/paper --why "the same paper"
      sourcebook merge sid_kPZ1jp40IG 294f55e1e8c8ecbb --why "the print version"
      sourcebook merge https://example.org/paper.pdf --undo
    """
    if undo == (into is not None):
        raise UsageError(
            "a merge names two sources, and its undoing the one that was merged",
            "write `sourcebook merge SOURCE INTO`, or `sourcebook merge SOURCE --undo`",
        )
    signed = Signed(who or your_name(), why)
    place = place_of(None, library)
    config = read_config(place).config
    with wiring.lock(place):
        books = wiring.open_library(place, config, watcher=watcher(quiet=as_json))
        try:
            said = pipeline.part(books, source, signed) if into is None else pipeline.merge(books, source, into, signed)
        finally:
            books.close()
    if as_json:
        print_json([to_json(said)])
        return
    with wiring.open_records(place, config) as records:
        record = records.record(source)
    click.echo(f"{record.id}  {record.stable_id}  {record.title}")
    if undo:
        click.echo("  it has its own record again")
    else:
        click.echo(f"  now the record of both; undo: sourcebook merge {said.source_id} --undo")
