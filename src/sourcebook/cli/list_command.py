"""`sourcebook list`: the sources of a library."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from sourcebook import wiring
from sourcebook.cli.options import folder_argument, json_option, library_option, print_json
from sourcebook.cli.source_filters import ALL, query_of, source_filters
from sourcebook.place import place_of, read_config
from sourcebook.records import to_json
from sourcebook.store import Listings, ListQuery
from sourcebook.types.listings import Listing


@click.command("list")
@folder_argument
@click.option(
    "--sort", default="-importance", show_default=True, help="a column, with - in front for the largest first"
)
@source_filters
@click.option("--limit", type=click.IntRange(min=1), help="at most so many  [default: all]")
@library_option
@json_option
def command(folder: Path | None, library: Path | None, as_json: bool, **filters: Any) -> None:
    """List the sources of a library, the most important first.

    \b
    Examples:
      sourcebook list docs/
      sourcebook list --credibility unrated --sort domain
      sourcebook list --state dead --json
    """
    query = _query(filters)
    place = place_of(folder, library)
    with wiring.open_records(place, read_config(place).config) as records:
        page = records.sources(query)
    if as_json:
        print_json(to_json(row) for row in page.rows)
        return
    for line in _table(page.rows):
        click.echo(line)
    click.echo(f"{len(page.rows):,} of {page.total:,} sources", err=True)


def _query(filters: dict[str, Any]) -> ListQuery:
    sort = str(filters["sort"])
    if sort.lstrip("-") not in Listings.SORTS:
        raise click.BadParameter(f"{sort!r} is none of {', '.join(Listings.SORTS)}", param_hint="--sort")
    return query_of(filters, sort, int(filters["limit"] or ALL))


def _table(rows: Iterable[Listing]) -> Iterable[str]:
    yield f"{'ID':<16}  {'Cred.':<5}  {'Imp.':>4}  {'Pages':>5}  {'State':<7}  {'Type':<13}  Title"
    for row in rows:
        credibility = "--" if row.credibility is None else f"{row.credibility}/5"
        yield (
            f"{row.source_id:<16}  {credibility:<5}  {row.importance:>4}  {row.pages:>5}  {row.state.value:<7}  "
            f"{row.type.value:<13}  {row.title}"
        )
