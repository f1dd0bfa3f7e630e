"""`sourcebook set`: a person's word on a source."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from sourcebook import pipeline, wiring
from sourcebook.cli.options import json_option, library_option, print_json, your_name
from sourcebook.errors import UsageError
from sourcebook.library import Library, Signed, field_named
from sourcebook.place import place_of, read_config
from sourcebook.records import Record, in_words, to_json
from sourcebook.types.reviews import Review, ReviewField


@click.command("set")
@click.argument("source")
@click.argument("said", nargs=-1, metavar="FIELD=VALUE...")
@click.option("--why", default="", metavar="TEXT", help="the reason, for whoever reads the record after you")
@click.option("--who", metavar="NAME", help="who says it  [default: your name on this machine]")
@click.option("--undo", is_flag=True, help="take the last word on each FIELD back; without any, the last word of all")
@library_option
@json_option
def command(  # noqa: PLR0913 - one parameter an option
    source: str, said: tuple[str, ...], why: str, who: str | None, undo: bool, library: Path | None, as_json: bool
) -> None:
    """Correct fields of a SOURCE, named by its Resource ID, Stable ID or address; or take a correction back.

    Fields: title, type, authors, published (or date), summary, key_points, tags, credibility (1 to 5, or unrated),
    importance (0 to 100), relevance, wanted (yes: look after it though no page cites it). The parts of a list stand
    between semicolons, or in several FIELD=VALUE. What is said is added to reviews.jsonl and never edited; no build
    overwrites it; the record shows it beside what we derived.

    \b
    Examples:
      sourcebook set 294f55e1e8c8ecbb "title=Meta may not open every model" --why "the headline was changed"
      sourcebook set sid_kPZ1jp40IG credibility=4 "authors=Ann Reporter; Bo Writer" --why "the byline says so"
      sourcebook set sid_kPZ1jp40IG title --undo
    """
    signed = Signed(who or your_name(), why)
    place = place_of(None, library)
    config = read_config(place).config
    with wiring.lock(place):
        books = wiring.open_library(place, config)
        try:
            made = _undo(books, source, said, signed) if undo else _set(books, source, said, signed)
        finally:
            books.close()
    with wiring.open_records(place, config) as records:
        record = records.record(source)
    if as_json:
        print_json(to_json(one) for one in made)
    else:
        for line in _lines(record, made):
            click.echo(line)


def _set(books: Library, source: str, said: Sequence[str], signed: Signed) -> list[Review]:
    values: dict[ReviewField, list[str]] = {}
    for one in said:
        name, is_set, value = one.partition("=")
        if not is_set:
            raise UsageError(
                f"nothing is said of {one!r}", "write FIELD=VALUE, or add --undo to take the last word back"
            )
        values.setdefault(field_named(name), []).append(value)
    if not values:
        raise UsageError("no field is set", "write FIELD=VALUE, as in title='A better title'")
    return pipeline.correct(books, source, values, signed)


def _undo(books: Library, source: str, said: Sequence[str], signed: Signed) -> list[Review]:
    if wrong := next((one for one in said if "=" in one), ""):
        raise UsageError(
            f"{wrong!r} sets a field, and --undo takes one back", "name the field alone, or leave --undo out"
        )
    return pipeline.take_back(books, source, [field_named(one) for one in said], signed)


def _lines(record: Record, made: Sequence[Review]) -> Iterator[str]:
    """What counts now of each field, and what we would say."""
    standing = {correction.field: correction for correction in record.corrections}
    for review in made:
        name = review.field.value
        derived = review.field is not ReviewField.WANTED
        if (counts := standing.get(review.field)) is None:
            yield f"{name}: what we derived counts again" if derived else f"{name}: no longer"
            continue
        yield f"{name}: {in_words(counts.value)}" + (f" (we derived: {in_words(counts.ours)})" if derived else "")
        if not review.takes_back:
            yield f"  undo: sourcebook set {record.id} {name} --undo"
