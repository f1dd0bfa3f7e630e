"""Columns are read one after the other, however the page was drawn."""

from sourcebook.extract.layout import lines_of
from sourcebook.extract.sheets import Sheet, Word

WORDS = "the minutes of the council say what was found".split()


def row(left: float, base: float, mark: str, line: int, words: list[str] = WORDS, size: float = 10) -> list[Word]:
    """A line of words 6 points a letter; the first of them is its mark."""
    made, place = [], left
    for word in [mark, *words]:
        made.append(Word(word, place, place + 5 * len(word), base, size, False, line))
        place += 5 * len(word) + 3
    return made


def order(words: list[Word]) -> list[str]:
    return [line.text.split()[0] for line in lines_of(Sheet(612, 792, tuple(words)), 1)]


def two_columns(drawn_by_rows: bool) -> list[Word]:
    rows = [(row(50, 600 - 12 * n, f"L{n}", n), row(320, 600 - 12 * n, f"R{n}", n)) for n in range(8)]
    if drawn_by_rows:
        return [word for pair in rows for part in pair for word in part]
    return [word for side in (0, 1) for pair in rows for word in pair[side]]


def test_columns_are_read_one_after_the_other_even_where_they_were_drawn_row_by_row() -> None:
    wanted = [f"L{n}" for n in range(8)] + [f"R{n}" for n in range(8)]

    assert order(two_columns(drawn_by_rows=False)) == wanted
    assert order(two_columns(drawn_by_rows=True)) == wanted


def test_a_title_over_both_columns_comes_first_and_a_table_across_them_parts_them() -> None:
    title = row(100, 640, "TITLE", 90, WORDS * 2)
    table = row(50, 550, "TABLE", 91, WORDS * 2)
    words = [*title, *two_columns(drawn_by_rows=True), *table]
    words = [word for word in words if word.base != 552]  # the row that the table stands on

    assert order(words) == "TITLE L0 L1 L2 L3 R0 R1 R2 R3 TABLE L5 L6 L7 R5 R6 R7".split()


def test_a_table_of_numbers_is_read_by_rows() -> None:
    words = [
        word
        for n in range(8)
        for word in [*row(50, 600 - 12 * n, f"Row{n}", n, ["fleet"]), *row(300, 600 - 12 * n, f"{n}0", n, [])]
    ]

    assert order(words) == [f"Row{n}" for n in range(8)]


def test_what_stands_aslant_is_no_text() -> None:
    stamp = Word("DRAFT", 10, 20, 400, 40, False, 99, upright=False)

    assert "DRAFT" not in order([stamp, *two_columns(drawn_by_rows=False)])
