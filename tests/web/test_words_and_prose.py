"""How values and archived text are said to readers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.web import words
from sourcebook.web.prose import Heading, Items, Paragraph, Table, parse_prose


@pytest.mark.parametrize(
    ("size_bytes", "shown"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (8000, "8 KB"),
        (8210, "8 KB"),
        (9_949, "10 KB"),
        (12_345, "12 KB"),
        (999_999, "1 MB"),
        (2_500_000, "2.5 MB"),
        (25_400_000, "25 MB"),
        (5_000_000_000_000, "5,000 GB"),
    ],
)
def test_sizes_read_short(size_bytes, shown):
    assert words.size(size_bytes) == shown


@pytest.mark.parametrize(
    ("name", "shown"), [("local 1", "the local judge"), ("a-model:8b, judge 3", "a-model:8b, judge 3")]
)
def test_a_judge_is_named_without_a_version_of_ours(name, shown):
    assert words.judge(name) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2025-07-30", "Jul 30, 2025"),
        ("2025-07-30T10:56:00-07:00", "Jul 30, 2025"),
        ("2025-07", "Jul 2025"),
        ("2025", "2025"),
        ("2025-13", "2025-13"),
        ("2025-02-45", "2025-02-45"),
        ("around 2025", "around 2025"),
        ("", ""),
        ("20250730", "20250730"),
    ],
)
def test_dates_are_shown_to_the_precision_that_they_have(text, shown):
    assert words.date(text) == shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(0, 0, "0%"), (0, 9, "0%"), (1, 1000, "<1%"), (999, 1000, ">99%"), (9, 9, "100%"), (1, 3, "33%")],
)
def test_a_share_is_never_rounded_to_nothing_or_all(part, whole, shown):
    assert words.percent(part, whole) == shown


def test_counts_agree_with_their_noun():
    assert [words.count(number, "page") for number in (0, 1, 1204)] == ["0 pages", "1 page", "1,204 pages"]


def test_addresses_lose_what_nobody_reads():
    assert words.shown_address("https://a.example/b/") == "a.example/b"
    assert words.shown_address("E42") == "E42"


def test_blank_lines_part_paragraphs_and_keep_lines_together():
    assert parse_prose("one\ntwo\n\nthree") == (Paragraph("one\ntwo"), Paragraph("three"))


def test_without_blank_lines_each_line_is_a_paragraph():
    assert parse_prose("one\ntwo\nthree") == (Paragraph("one"), Paragraph("two"), Paragraph("three"))


def test_headings_lists_and_tables_are_known():
    text = "# Title\n\n- a\n- b\n\n1. c\n\n| h | i |\n|---|---|\n| j | k |\n\n| l |"

    assert parse_prose(text) == (
        Heading("Title"),
        Items(("a", "b")),
        Items(("c",)),
        Table(("h", "i"), (("j", "k"),)),
        Table((), (("l",),)),
    )


def test_a_sum_is_no_list_and_a_rule_no_table():
    assert parse_prose("2.5 million\n-5 degrees") == (Paragraph("2.5 million"), Paragraph("-5 degrees"))


@given(st.text(alphabet="ab|-#*. 1)\n\t", max_size=80))
def test_no_letter_is_lost(text):
    blocks = parse_prose(text)

    letters = "".join(letter for letter in text if letter in "ab")
    shown = "".join(_text(block) for block in blocks)
    assert "".join(letter for letter in shown if letter in "ab") == letters


def _text(block):
    if isinstance(block, Items):
        return "".join(block.items)
    if isinstance(block, Table):
        return "".join(block.head) + "".join(cell for row in block.rows for cell in row)
    return block.text
