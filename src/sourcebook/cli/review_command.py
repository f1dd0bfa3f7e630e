"""`sourcebook review`: a person's word on what a source says of a claim."""

from collections.abc import Iterator
from pathlib import Path

import click

from sourcebook import wiring
from sourcebook.cli.options import json_option, library_option, print_json, your_name
from sourcebook.errors import UsageError
from sourcebook.library import DISMISS, WORDS, Signed
from sourcebook.place import Place, place_of, place_of_pages, read_config
from sourcebook.records import WaitingList, to_json
from sourcebook.types.reviews import Review, ReviewField


@click.command("review")
@click.argument("claim", required=False)
@click.argument("source", required=False)
@click.argument("said", required=False)
@click.option("--why", default="", metavar="TEXT", help="the reason, for whoever reads the record after you")
@click.option("--who", metavar="NAME", help="who says it  [default: your name on this machine]")
@click.option("--undo", is_flag=True, help="take the last word on the verdict back")
@click.option("--finding", is_flag=True, help="CLAIM is where a finding of a parser stands; SAID is dismiss")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="list at most so many")
@library_option
@json_option
def command(  # noqa: PLR0913 - one parameter an option
    claim: str | None,
    source: str | None,
    said: str | None,
    why: str,
    who: str | None,
    undo: bool,
    finding: bool,
    limit: int,
    library: Path | None,
    as_json: bool,
) -> None:
    """Say what a SOURCE says of a CLAIM, where the judge's verdict needs a person; or list the verdicts that do.

    \b
    SAID is one of
      confirm       the verdict is right
      supported, partial, unsupported, contradicted
                    the verdict is wrong: this is what the source says
      dismiss       right or wrong, there is nothing to report here

    CLAIM is its id, four or more characters of that, or where it stands: FILE:LINE or FILE:LINE:COLUMN. SOURCE is a
    Resource ID, Stable ID or address; it may be left out where the claim leans on one source. What is said outranks the
    judge, is shown beside it, is added to reviews.jsonl and never edited, and no build overwrites it.

    With --finding, what a parser found in a page (an undefined footnote, an unknown id) is dismissed for as long as the
    page has it.

    \b
    Examples:
      sourcebook review
      sourcebook review docs/ferries.md:12 supported --why "the table on page 3 says so"
      sourcebook review 9f86d081 294f55e1e8c8ecbb dismiss --why "cited for the picture"
      sourcebook review 9f86d081 294f55e1e8c8ecbb --undo
      sourcebook review --finding docs/ferries.md:46 dismiss --why "the note comes with the next edition"
    """
    place = _place(claim, library)
    if claim is None:
        if why or undo:
            raise UsageError("no claim is named", "name it by its id, or as FILE:LINE")
        _list(place, limit, as_json=as_json)
        return
    signed = Signed(who or your_name(), why)
    if finding:
        made = _dismiss(place, claim, (source, said), signed, undo=undo)
    else:
        source, said = (None, source) if said is None and source in WORDS else (source, said)
        made = _review(place, (claim, source or "", said), signed, undo=undo)
    if as_json:
        print_json([to_json(made)])
    else:
        for line in _lines(made):
            click.echo(line)


def _place(claim: str | None, library: Path | None) -> Place:
    """The library of the page that is named, else the one in sight."""
    page = Path((claim or "").partition(":")[0])
    in_sight = library is not None or claim is None or ":" not in claim or not page.is_file()
    return place_of(None, library) if in_sight else place_of_pages((page,), None)


def _review(place: Place, named: tuple[str, str, str | None], signed: Signed, *, undo: bool) -> Review:
    claim, source, said = named
    if undo and said is not None:
        raise UsageError(f"{said!r} says something, and --undo takes something back", "leave one of the two out")
    if not undo and said is None:
        raise UsageError("nothing is said of the verdict", f"say one of {', '.join(WORDS)}, or add --undo")
    with wiring.lock(place):
        books = wiring.open_library(place, read_config(place).config)
        try:
            if said is None:
                return books.take_back_review(claim, source, signed)
            return books.review(claim, source, said, signed)
        finally:
            books.close()


def _dismiss(place: Place, finding: str, said: tuple[str | None, str | None], signed: Signed, *, undo: bool) -> Review:
    if said != ((None, None) if undo else (DISMISS, None)):
        raise UsageError("a finding can be dismissed, and nothing else", "FILE:LINE dismiss --why …, or --undo")
    with wiring.lock(place):
        books = wiring.open_library(place, read_config(place).config)
        try:
            return books.take_back_dismissal(finding, signed) if undo else books.dismiss(finding, signed)
        finally:
            books.close()


def _list(place: Place, limit: int, *, as_json: bool) -> None:
    with wiring.open_records(place, read_config(place).config) as records:
        found = records.waiting(limit)
    if as_json:
        print_json(to_json(one) for one in found.waiting)
        return
    for line in _waiting(found):
        click.echo(line)
    click.echo(f"{len(found.waiting):,} of {found.total:,} verdicts that wait for a review", err=True)


def _waiting(found: WaitingList) -> Iterator[str]:
    for one in found.waiting:
        yield f"{one.page}:{one.line}: {one.verdict.support.value}: {one.claim}"
        yield f"    source   {one.title}"
        if one.verdict.passages:
            yield f"    says     “{' '.join(one.verdict.passages[0].quote.split())}”"
        yield f"    why      {one.verdict.why}"
        yield f"    review   sourcebook review {one.claim_id} {one.source_id} SAID --why …"
        yield ""


def _lines(made: Review) -> Iterator[str]:
    if made.field is ReviewField.FINDING:
        yield f"{made.finding}: " + ("waits again" if made.takes_back else f"dismissed, says {made.who}: {made.why}")
        return
    if made.takes_back:
        yield "taken back: what was said before counts again, or else the judge's verdict"
        return
    yield f"{made.value}, says {made.who}: {made.why}"
    yield f"  undo: sourcebook review {made.claim_id} {made.source_id} --undo"
