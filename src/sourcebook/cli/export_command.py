"""`sourcebook export`: copies as a file of their own."""

from collections.abc import Iterator
from pathlib import Path

import click

from sourcebook import wiring
from sourcebook.cli.options import json_option, library_option, print_json
from sourcebook.errors import ExitCode, UsageError
from sourcebook.export.wacz import Copy, write_wacz
from sourcebook.place import place_of, read_config
from sourcebook.records import Records, to_json
from sourcebook.store import Attempts


@click.command("export")
@click.argument("form", metavar="wacz", type=click.Choice(["wacz"]))
@click.option(
    "--source", "sources", multiple=True, metavar="ID", help="copies of this source; may be given several times"
)
@click.option("--page", "pages", multiple=True, metavar="ID", help="copies of all that this page cites")
@click.option("--all", "everything", is_flag=True, help="every copy of the library")
@click.option(
    "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="the file to write"
)
@library_option
@json_option
def command(  # noqa: PLR0913 - one parameter an option
    form: str,  # noqa: ARG001 - the only one there is
    sources: tuple[str, ...],
    pages: tuple[str, ...],
    everything: bool,
    output: Path,
    library: Path | None,
    as_json: bool,
) -> int:
    """Write the copies that a library holds to a WACZ file, with all that other tools need to replay them.

    Sources are named by Resource ID, Stable ID or address, pages by id or path.

    \b
    Examples:
      sourcebook export wacz --all --output library.wacz
      sourcebook export wacz --source 294f55e1e8c8ecbb --output article.wacz
      sourcebook export wacz --page responses/open-weights.md --output page.wacz
    """
    if bool(sources) + bool(pages) + everything != 1:
        raise UsageError("nothing says which copies to export", "give one of --source, --page and --all")
    place = place_of(None, library)
    with wiring.open_records(place, read_config(place).config) as records:
        copies = list(_copies(records, sources, pages))
        if not copies:
            raise UsageError(
                "there are no copies of that to export", "`sourcebook captures SOURCE` lists those there are"
            )
        attempts = Attempts(records.store.archive.folder)
        done = write_wacz(output, records.name, copies, attempts, records.clock())
    if as_json:
        print_json([to_json(done)])
    else:
        click.echo(f"{done.file}: {done.captures:,} captures, {done.pages:,} pages, {done.size_bytes:,} bytes")
    for why in done.damaged:
        click.echo(f"left out: {why}", err=True)
    return ExitCode.FINDINGS if done.damaged else ExitCode.CLEAN


def _copies(records: Records, sources: tuple[str, ...], pages: tuple[str, ...]) -> Iterator[Copy]:
    cited = (citation.source_id for page in pages for citation in records.page(page).citations if citation.source_id)
    for source_id in dict.fromkeys((*sources, *cited)) if sources or pages else records.store.sources.ids():
        yield from (Copy(capture, title) for capture, title in records.copies(source_id))
