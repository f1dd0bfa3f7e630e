"""`sourcebook search`: which sources, pages and claims hold some words; or which source says a quote."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from sourcebook import wiring
from sourcebook.cli.options import json_option, library_option, print_json
from sourcebook.errors import ExitCode, UsageError
from sourcebook.place import place_of, read_config
from sourcebook.records import QuoteFound, SearchAnswer, Stretch, to_json
from sourcebook.types.listings import Listing


class _Search(click.Command):
    """Takes `-rumour` for a word that must not be there: no option of ours is a minus and several letters."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Such words behind all options, where nothing is one any more."""
        own, minus, rest = args, [], []
        if "--" in args:
            own, rest = args[: args.index("--")], args[args.index("--") + 1 :]
        minus = [one for one in own if len(one) > len("-h") and one[0] == "-" != one[1]]
        return super().parse_args(ctx, [*(one for one in own if one not in minus), "--", *minus, *rest])


@click.command("search", cls=_Search)
@click.argument("words", nargs=-1)
@click.option("--quote", is_flag=True, help="look for the source that says these words, rather than for each of them")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 200), help="how many of each to show")
@library_option
@json_option
def command(words: tuple[str, ...], *, quote: bool, limit: int, library: Path | None, as_json: bool) -> int:
    """Search a library for WORDS: sources by their kept text, pages, and claims.

    \b
    Words may stand anywhere; rarer words count for more. What is in quotation marks must be there as it is, and what
    has a minus in front must not. Narrow a search with
      site:example.org  type:paper  credibility:>=4  credibility:unrated  state:dead  cited-by:PAGE

    \b
    Examples:
      sourcebook search open weights
      sourcebook search 'superintelligence "open source" credibility:>=3'
      sourcebook search --quote 'not everything will be open'

    Exit codes: 0 found, 2 nothing found, 3 a question that cannot be followed.
    """
    typed = " ".join(words)
    if not typed.strip():
        raise UsageError("no words to look for", "sourcebook search open weights")
    place = place_of(None, library)
    with wiring.open_records(place, read_config(place).config) as records:
        if quote:
            found = records.who_says(typed, limit)
            _print(map(to_json, found), _quoted(found), as_json=as_json)
            return ExitCode.CLEAN if found else ExitCode.FINDINGS
        answer = records.search(typed, limit)
    _print([to_json(answer)], _lines(answer), as_json=as_json)
    return ExitCode.CLEAN if answer.sources or answer.pages or answer.claims else ExitCode.FINDINGS


def _print(values: Iterable[object], lines: Iterable[str], *, as_json: bool) -> None:
    if as_json:
        print_json(values)
        return
    for line in lines:
        click.echo(line)


def _lines(answer: SearchAnswer) -> Iterator[str]:
    """Sources first, each with the place that answers best; what was looked for stands out on a terminal."""
    for word, other in answer.respelled.items():
        yield f"Nothing holds {word!r}: looked for {other!r} instead."
    yield f"Sources ({'more than ' if answer.more else ''}{answer.total:,})" if answer.total else "No sources"
    for hit in answer.sources:
        yield from _source(hit.listing)
        if hit.place is not None:
            yield f"    {_marked(hit.place.stretches)}"
    if answer.pages:
        yield f"\nPages ({len(answer.pages)})"
        for page in answer.pages:
            yield f"\n  {page.page.title} | {page.page.path}\n    {_marked(page.place)}"
    if answer.claims:
        yield f"\nClaims ({len(answer.claims)})"
        for claim in answer.claims:
            yield f"\n  {claim.path}:{claim.line}\n    {_marked(claim.text)}"


def _source(listing: Listing) -> Iterator[str]:
    rating = f"{listing.credibility}/5" if listing.credibility is not None else "unrated"
    yield f"\n  {click.style(listing.title, bold=True)}"
    yield f"  {listing.source_id} | {listing.type} | {rating} | {listing.url}"


def _marked(stretches: Iterable[Stretch]) -> str:
    return " ".join("".join(click.style(one.text, bold=True) if one.hit else one.text for one in stretches).split())


def _quoted(found: Sequence[QuoteFound]) -> Iterator[str]:
    if not found:
        yield "No kept copy says this."
    for one in found:
        yield from _source(one.listing)
        yield f"    {one.check.status.value}: {one.check.passage.quote if one.check.passage else ''}"
        if one.check.difference:
            yield f"    {one.check.difference}"
