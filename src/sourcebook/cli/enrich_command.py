"""`sourcebook enrich`: what registries say of the works among the sources."""

from pathlib import Path

import click

from sourcebook import pipeline, wiring
from sourcebook.cli.options import folder_argument, json_option, library_option, print_json
from sourcebook.cli.progress import watcher
from sourcebook.errors import ExitCode
from sourcebook.library import EnrichReport
from sourcebook.place import place_of, read_config
from sourcebook.records import to_json


@click.command("enrich")
@folder_argument
@library_option
@json_option
def command(folder: Path | None, library: Path | None, as_json: bool) -> int:
    """Ask Crossref, DataCite, PubMed, arXiv and OpenAlex what they know of the works that a library's pages cite.

    Nothing else asks them. Each cited source with a DOI, an arXiv or a PubMed number is asked for once in
    registries.recheck_days, one request a second, in the polite pool where fetch.contact holds an e-mail address. A
    killed run goes on where it was. A retraction becomes a finding on every page that leans on the work.

    \b
    Examples:
      sourcebook enrich docs/
      SOURCEBOOK_FETCH_CONTACT=me@example.org sourcebook enrich docs/ --json
    """
    place = place_of(folder, library)
    config = read_config(place).config
    with wiring.lock(place):
        books = wiring.open_library(place, config, watcher=watcher(quiet=as_json))
        try:
            report = pipeline.enrich(books)
        finally:
            books.close()
    if as_json:
        print_json([to_json(report)])
    else:
        _print(report)
    return ExitCode.FINDINGS if report.retracted or report.failed else ExitCode.CLEAN


def _print(report: EnrichReport) -> None:
    click.echo(f"Works      {report.works:,} with identifiers, {report.not_due:,} not due")
    click.echo(f"Asked      {report.asked:,} questions; {report.known:,} works are known to a registry")
    click.echo(f"Notices    {len(report.retracted):,} retracted or withdrawn, {len(report.corrected):,} corrected")
    for source_id in report.retracted:
        click.echo(f"           retracted: {source_id} (see `sourcebook show {source_id}`)")
    for why in report.failed:
        click.echo(f"No answer  {why}", err=True)
