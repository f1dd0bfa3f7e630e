"""A list in a spreadsheet: every cell comes back, and none of them runs."""

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.export.csv_rows import csv_lines, in_cell


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "|calc", "%0", '=HYPERLINK("http://x")', "\0=1"],
)
def test_no_text_begins_a_formula(text: str) -> None:
    cell = in_cell(text)

    assert cell.startswith("'")
    assert cell[1:] == text.replace("\0", "")


def test_values_are_written_as_people_read_them() -> None:
    at = datetime(2026, 4, 7, tzinfo=UTC)

    cells = [in_cell(value) for value in (None, True, -3, 62.5, at, ("a", "b"), "plain")]

    assert cells == ["", "yes", "-3", "62.5", "2026-04-07T00:00:00Z", "a; b", "plain"]


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), max_size=5))
def test_every_cell_comes_back(rows: list[list[str]]) -> None:
    text = "".join(csv_lines(("one", "two"), rows))

    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == ["one", "two"]
    assert [[cell.removeprefix("'") for cell in row] for row in read[1:]] == [
        [in_cell(cell).removeprefix("'") for cell in row] for row in rows
    ]
