"""A list as CSV that a spreadsheet can open: no cell becomes a formula, whatever a page on the web is called."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")  # how a cell begins that a spreadsheet may run
Cell = str | int | float | bool | datetime | tuple[str, ...] | None


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The head and the rows as lines of RFC 4180."""
    yield _line(head)
    for cells in rows:
        yield _line([in_cell(cell) for cell in cells])


def in_cell(value: Cell) -> str:
    """A value as a cell shows it: text that could be a formula gets the apostrophe by which spreadsheets know text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    text = "; ".join(value) if isinstance(value, tuple) else value
    text = text.replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULAS) else text


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
