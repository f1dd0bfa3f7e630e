"""`sourcebook captures`: everything that happened when a source was asked for."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from sourcebook import wiring
from sourcebook.cli.options import json_option, library_option, print_json
from sourcebook.place import place_of, read_config
from sourcebook.records import CaptureRow, to_json


@click.command("captures")
@click.argument("source")
@library_option
@json_option
def command(source: str, library: Path | None, as_json: bool) -> None:
    """List every attempt to get a SOURCE, oldest first: what came, from whom, and which copy is read.

    SOURCE is a Resource ID, a Stable ID or an address. The copy that is read is marked with a star.

    \b
    Examples:
      sourcebook captures 294f55e1e8c8ecbb
      sourcebook captures https://example.org/report --json
    """
    place = place_of(None, library)
    with wiring.open_records(place, read_config(place).config) as records:
        rows = records.captures(source)
    if as_json:
        print_json(to_json(row) for row in rows)
        return
    for line in _lines(rows):
        click.echo(line)


def _lines(rows: Sequence[CaptureRow]) -> Iterator[str]:
    if not rows:
        yield "Nobody has asked for it yet: the next build will."
        return
    yield f"  {'Asked':<16}  {'Copy of':<10}  {'Outcome':<17}  {'Bytes':>10}  {'Words':>7}  {'From':<14}  Reason"
    for row in rows:
        star = "*" if row.is_read else " "
        words = "--" if row.words is None else f"{row.words:,}"
        yield (
            f"{star} {row.checked_at:%Y-%m-%d %H:%M}  {row.captured_at:%Y-%m-%d}  {row.outcome.value:<17}  "
            f"{row.size_bytes:>10,}  {words:>7}  {row.origin:<14}  {row.reason}"
        )
    yield ""
    due = f"asked for next on {rows[-1].due_at:%Y-%m-%d %H:%M} UTC" if rows[-1].due_at else "never asked for itself"
    yield f"State: {rows[-1].state.value}; {due}"
