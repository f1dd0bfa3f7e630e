"""`sourcebook evaluate`: how good a part of Sourcebook is on one's own pages."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from sourcebook import pipeline, wiring
from sourcebook.cli.options import json_option, library_option, print_json
from sourcebook.cli.progress import watcher
from sourcebook.config import LIBRARY_FOLDER
from sourcebook.errors import UsageError
from sourcebook.place import Place, place_of, read_config
from sourcebook.rate import Prediction
from sourcebook.records import to_json

HEADINGS = ("split", "sources", "cited again", "  AUC", "AUC by count", "cited once", "first 100", "first 100 by count")


@click.command("evaluate")
@click.argument("part", type=click.Choice(["importance"]))
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option(
    "--splits", type=click.IntRange(1, 1000), default=10, show_default=True, help="how often to split the pages"
)
@click.option(
    "--records",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="source records that the pages name by id, where they were never imported",
)
@library_option
@json_option
def command(part: str, folder: Path, splits: int, records: Path | None, library: Path | None, as_json: bool) -> None:  # noqa: ARG001, PLR0913 - one part so far
    """Say how good a PART is on the pages of FOLDER.

    importance: computed on half of the pages, does it tell which sources the other half cites? Prints the AUC (the
    chance that a source which is cited again stands above one that is not; 0.5 is a guess) of importance and of a plain
    count of citing pages, the AUC among sources that one page cites, and how many of the first hundred are cited again.
    Asks no network. Uses the library of FOLDER; where there is none, one that is thrown away.

    \b
    Examples:
      sourcebook evaluate importance docs/
      sourcebook evaluate importance docs/ --records records.jsonl --splits 50 --json
    """
    with _at(folder, library) as place:
        found = _predictions(place, splits, records, quiet=as_json)
    if as_json:
        print_json(to_json(one) for one in found)
    else:
        for line in _lines(found):
            click.echo(line)


@contextmanager
def _at(folder: Path, library: Path | None) -> Iterator[Place]:
    place = place_of(folder, library)
    if place.library.exists():
        yield place
        return
    with tempfile.TemporaryDirectory(prefix="sourcebook-evaluate-") as made:
        yield Place(Path(made) / LIBRARY_FOLDER, folder)


def _predictions(place: Place, splits: int, records: Path | None, *, quiet: bool) -> Sequence[Prediction]:
    config = read_config(place).config
    with wiring.lock(place):
        books = wiring.open_library(place, config, watcher=watcher(quiet=quiet))
        try:
            if records is not None:
                books.import_records(records)
            pipeline.read_pages(books)
        finally:
            books.close()
    with wiring.open_records(place, config) as opened:
        found = opened.predictions(splits)
    if not any(one.auc is not None for one in found):
        raise UsageError(
            f"the pages of {str(place.corpus)!r} share no source", "importance needs pages that cite the same sources"
        )
    return found


def _lines(found: Sequence[Prediction]) -> Iterator[str]:
    yield _row(HEADINGS)
    for one in found:
        yield _row([f"{one.seed}", f"{one.sources:,}", f"{one.cited_again:,}", *map(_rounded, _measures(one))])
    means = [_mean(values) for values in zip(*map(_measures, found), strict=True)]
    yield _row(["mean", "", "", *map(_rounded, means)])


def _measures(one: Prediction) -> tuple[float | None, ...]:
    return one.auc, one.auc_by_count, one.auc_cited_once, one.first_hundred, one.first_hundred_by_count


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _rounded(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _row(cells: Sequence[str]) -> str:
    return "  ".join(cell.rjust(len(heading)) for cell, heading in zip(cells, HEADINGS, strict=True))
