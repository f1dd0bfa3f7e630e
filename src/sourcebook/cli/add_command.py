"""`sourcebook add`: sources by their addresses, whether a page cites them or not."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from sourcebook import pipeline, wiring
from sourcebook.cli.options import json_option, library_option, print_json, your_name
from sourcebook.cli.progress import watcher
from sourcebook.errors import ExitCode, UsageError
from sourcebook.library import Added, Refused, Signed
from sourcebook.place import place_of, read_config
from sourcebook.records import to_json


@click.command("add")
@click.argument("urls", nargs=-1, metavar="[URL]...")
@click.option("--why", default="", metavar="TEXT", help="what it is wanted for, for whoever reads the record")
@click.option("--who", metavar="NAME", help="who adds it  [default: your name on this machine]")
@library_option
@json_option
def command(urls: tuple[str, ...], why: str, who: str | None, library: Path | None, as_json: bool) -> int:
    """Add a source for each URL, whether a page cites it or not.

    Its record is there at once. Nothing of the web is asked now: the next build asks for it, and looks after it from
    then on as after a source that a page cites; `sourcebook capture` asks at once. An address of a known source leads
    to that. Without URLs, one address a line is read from standard input. Undo: `sourcebook set URL wanted --undo`.

    \b
    Examples:
      sourcebook add https://example.org/report --why "background for the next page"
      sourcebook add < addresses.txt
      sourcebook add --library shelf https://example.org/report
    """
    addresses = urls or tuple(line.strip() for line in sys.stdin if line.strip())
    if not addresses:
        raise UsageError("no address is named", "give addresses, or one a line on standard input")
    place = place_of(None, library)
    config = read_config(place).config
    with wiring.lock(place):
        books = wiring.open_library(place, config, watcher=watcher(quiet=as_json))
        try:
            done = pipeline.add(books, addresses, Signed(who or your_name(), why))
        finally:
            books.close()
    if as_json:
        print_json(to_json(one) for one in done)
    else:
        for line in _lines(done):
            click.echo(line)
    refused = [one for one in done if isinstance(one, Refused)]
    for one in refused:
        click.echo(f"not added: {one.url!r}: {one.why}; {one.hint}", err=True)
    return ExitCode.FINDINGS if refused else ExitCode.CLEAN


def _lines(done: Sequence[Added | Refused]) -> Iterator[str]:
    for one in done:
        if isinstance(one, Added):
            yield f"{one.id}  {one.stable_id}  {'added' if one.new else 'known'}  {one.url}"
