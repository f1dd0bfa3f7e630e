"""`sourcebook id`: what an address is known by, without a library."""

import sys
from pathlib import Path

import click

from sourcebook import ids, rate
from sourcebook.cli.options import json_option, library_option, print_json
from sourcebook.config import VENUES_FILE, load_config
from sourcebook.errors import ExitCode
from sourcebook.rate import Venues, load_venues


@click.command("id")
@click.argument("urls", nargs=-1)
@library_option
@json_option
def command(urls: tuple[str, ...], library: Path | None, as_json: bool) -> int:
    """Say what each URL is known by: Resource ID, Stable ID, match key, venue, credibility and type.

    A work may be named by its identifier: DOI, arXiv, PMID, PMC or ISBN.

    Without URLs, one address a line is read from standard input. The library's own venues count when one is named.

    \b
    Examples:
      sourcebook id https://arxiv.org/abs/1706.03741
      sourcebook id doi:10.1038/s41586-020-2649-2
      sourcebook id --json < addresses.txt
    """
    folder = library.parent if library else Path.cwd()
    file = folder / VENUES_FILE
    venues = load_venues(load_config(folder).config.venues, file if file.exists() else None)
    addresses = urls or tuple(line.strip() for line in sys.stdin if line.strip())
    unusable = 0
    for url in addresses:
        row = _row(ids.address(url), venues)
        unusable += row["match_key"] is None
        if as_json:
            print_json([row])
        else:
            click.echo("\t".join("-" if value is None else str(value) for value in row.values()))
    if unusable:
        click.echo(f"{unusable} of {len(addresses)} are not addresses that can be asked for", err=True)
    return ExitCode.FINDINGS if unusable else ExitCode.CLEAN


def _row(url: str, venues: Venues) -> dict[str, str | int | None]:
    key = ids.match_key(url)
    rating = rate.rate(url, venues, None, None, {})
    return {
        "url": url,
        "id": ids.resource_id(url),
        "stable_id": ids.stable_id(key) if key else None,
        "match_key": key,
        "venue": rating.venue or None,
        "credibility": rating.credibility,
        "type": rating.type.value,
    }
