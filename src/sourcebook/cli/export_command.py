"""`sourcebook export`: copies and references as files for other tools."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from sourcebook import wiring
from sourcebook.cli.options import folder_argument, json_option, library_option, print_json
from sourcebook.cli.source_filters import FILTERS, query_of, source_filters
from sourcebook.errors import ExitCode, NotFoundError, UsageError
from sourcebook.export.references import Form, reference_lines
from sourcebook.export.wacz import Copy, write_wacz
from sourcebook.export.whole import written_whole
from sourcebook.place import place_of, read_config
from sourcebook.records import Record, Records, to_json
from sourcebook.store import Attempts

FORMS = ("wacz", *(form.value for form in Form))


@click.command("export")
@click.argument("form", metavar="|".join(FORMS), type=click.Choice(FORMS))
@folder_argument
@click.option("--source", "sources", multiple=True, metavar="ID", help="this source; may be given several times")
@click.option(
    "--page", "pages", multiple=True, metavar="ID", help="all that this page cites; may be given several times"
)
@click.option("--all", "everything", is_flag=True, help="everything in the library")
@source_filters
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="the file to write  [default: standard output, for all but wacz]",
)
@library_option
@json_option
def command(
    form: str, folder: Path | None, output: Path | None, library: Path | None, as_json: bool, **which: Any
) -> int:
    """Write what the library of FOLDER holds to a file for other tools.

    \b
    FORM is one of
      wacz      the kept copies, with all that other tools need to replay them
      bibtex    the sources as BibTeX entries, named by Stable ID
      csl       the sources as CSL-JSON, for Zotero, pandoc and citation processors
      ris       the sources as RIS, for EndNote, Zotero and Mendeley

    Sources are named by Resource ID, Stable ID or address, pages by id or path; the filters of `sourcebook list` narrow
    what is named, or the whole library. A wacz file of everything wants --all. Records are written as they count: with
    the corrections of people.

    \b
    Examples:
      sourcebook export bibtex docs/ > library.bib
      sourcebook export csl --page responses/open-weights.md --output page.json
      sourcebook export ris --type paper --credibility 5 --output papers.ris
      sourcebook export wacz --all --output library.wacz
      sourcebook export wacz --source 294f55e1e8c8ecbb --output article.wacz
    """
    chosen = _Chosen(tuple(which["sources"]), tuple(which["pages"]), which)
    if which["everything"] and chosen.is_narrowed:
        raise UsageError("--all means everything, and something is chosen besides", "leave one of them out")
    if form == "wacz" and output is None:
        raise UsageError("a wacz file cannot go to the screen", "say where to: --output FILE")
    if form == "wacz" and not (which["everything"] or chosen.is_narrowed):
        raise UsageError("nothing says which copies to export", "give --source, --page, a filter, or --all")
    if as_json and output is None:
        raise UsageError("--json says what was written, and the file goes to the same place", "add --output FILE")
    place = place_of(folder, library)
    with wiring.open_records(place, read_config(place).config) as records:
        if form == "wacz" and output is not None:
            return _write_copies(records, chosen, output, as_json=as_json)
        return _write_references(records, Form(form), chosen, output, as_json=as_json)


class _Chosen(Struct, frozen=True):
    """Which sources are meant."""

    sources: tuple[str, ...]
    pages: tuple[str, ...]
    filters: Mapping[str, Any]

    @property
    def is_filtered(self) -> bool:
        """Does a filter narrow them?"""
        return any(self.filters[name] for name in FILTERS)

    @property
    def is_narrowed(self) -> bool:
        """Is anything less than everything meant?"""
        return bool(self.sources or self.pages or self.is_filtered)

    def ids(self, records: Records) -> list[str]:
        """Their ids: as named and cited, or all in order. Raises NotFoundError for a name that leads to none."""
        named = [_source_id(records, name) for name in self.sources]
        named += [one.source_id for page in self.pages for one in records.page(page).citations if one.source_id]
        found = list(dict.fromkeys(named)) if self.sources or self.pages else records.store.sources.ids()
        if not self.is_filtered:
            return found
        fit = {row.source_id for row in records.sources(query_of(self.filters)).rows}
        return [one for one in found if one in fit]


def _source_id(records: Records, name: str) -> str:
    source = records.store.sources.find(name)
    if source is None:
        raise NotFoundError(f"no source {name!r} in this library", "`sourcebook list` names those there are")
    return source.id


def _write_references(records: Records, form: Form, chosen: _Chosen, output: Path | None, *, as_json: bool) -> int:
    ids = chosen.ids(records)
    if not ids:
        raise UsageError("there are no sources of that to export", "`sourcebook list` with the same filters lists them")
    unrated: list[str] = []
    lines = reference_lines(form, _records(records, ids, unrated))
    if output is None:
        for line in lines:
            sys.stdout.buffer.write(line.encode())
        sys.stdout.buffer.flush()
    else:
        _write(output, lines)
    number = len(ids) - len(unrated)
    if as_json:
        print_json([{"file": str(output), "form": form.value, "sources": number, "left_out": unrated}])
    else:
        click.echo(f"{number:,} sources" + (f" in {str(output)!r}" if output else ""), err=True)
    for source_id in unrated:
        click.echo(f"left out: source {source_id} is not rated yet; run `sourcebook build`", err=True)
    return ExitCode.FINDINGS if unrated else ExitCode.CLEAN


def _records(records: Records, ids: Sequence[str], unrated: list[str]) -> Iterator[Record]:
    """The records one by one; those that an interrupted build has left are noted."""
    for source_id in ids:
        try:
            yield records.record(source_id)
        except NotFoundError:
            unrated.append(source_id)


def _write(output: Path, lines: Iterable[str]) -> None:
    with written_whole(output) as part, part.open("wb") as out:
        out.writelines(line.encode() for line in lines)


def _write_copies(records: Records, chosen: _Chosen, output: Path, *, as_json: bool) -> int:
    found = (copy for source_id in chosen.ids(records) for copy in records.copies(source_id))
    copies = [Copy(capture, title) for capture, title in found]
    if not copies:
        raise UsageError("there are no copies of that to export", "`sourcebook captures SOURCE` lists those there are")
    done = write_wacz(output, records.name, copies, Attempts(records.store.archive.folder), records.clock())
    if as_json:
        print_json([to_json(done)])
    else:
        click.echo(f"{done.file}: {done.captures:,} captures, {done.pages:,} pages, {done.size_bytes:,} bytes")
    for why in done.damaged:
        click.echo(f"left out: {why}", err=True)
    return ExitCode.FINDINGS if done.damaged else ExitCode.CLEAN
