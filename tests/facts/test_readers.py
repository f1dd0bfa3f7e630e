"""The readers of dates, names and odd numbers, which both the gate and the judge go by."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.facts.dates import days_named
from sourcebook.facts.names import name_words, names
from sourcebook.facts.numbers import every_number, numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("a speed of 1.500 in some places", {1.5, 1500.0}, id="a point that groups or parts"),
        pytest.param("sie zahlten 2,5 Kronen", {2.0, 2.5}, id="a comma that parts"),
        pytest.param("it is 5m long", {5e6, 5.0}, id="a scale or a unit"),
        pytest.param("1.500.000 people", {1500000.0}, id="grouped by points"),
        pytest.param("the F16 flew", {16.0}, id="within a word"),
        pytest.param("a one year term", {1.0}, id="an article before a number"),
        pytest.param("a hundred and one", {101.0}, id="an article before a scale"),
    ],
)
def test_every_number_is_read_with_all_that_it_may_mean(text, values):
    assert {value for number in every_number(text) for value in (*number.values, *number.also)} == values


def test_what_a_judge_reads_is_among_every_number():
    text = "In 1998–99 the F16 cost $14 billion, two thirds of it in 1.5 years."

    assert [number for number in every_number(text) if number.words.quote != "16"] == numbers(text)


@given(st.text(alphabet="ab 12,.-–%kM\n", max_size=80))
def test_no_run_of_digits_is_left_unread_and_the_words_of_a_number_are_the_texts(text):
    found = every_number(text)
    read = {place for number in found for place in range(number.words.start, number.words.end)}

    assert all(text[one.words.start : one.words.end] == one.words.quote for one in found)
    assert all(not read.isdisjoint(range(*run.span())) for run in re.finditer(r"\d+(?:[.,]\d+)*", text))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("on Monday, 3 March 2025", [("monday", 0), ("march", 3)], id="a day"),
        pytest.param("since 2025-03-04", [("march", 4)], id="in figures"),
        pytest.param("They met in April.", [("april", 0)], id="a month alone"),
        pytest.param("They met last May.", [("may", 0)], id="a month that is a word, after one that says so"),
        pytest.param("May they march on? March on, Jan!", [], id="words that are months"),
    ],
)
def test_months_and_weekdays_are_named_with_their_day(text, days):
    assert list(days_named(text)) == days


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("The US and the WHO met Ada van der Berg", ["US", "WHO", "Ada", "Berg"], id="short names"),
        pytest.param("about Birth-weight", ["Birth"], id="a name and a word"),
        pytest.param("an iPhone or a xB1", [], id="no capital in the middle of a word"),
    ],
)
def test_the_words_of_names_are_those_in_capitals(text, words):
    assert [word for name in names(text) for word in name_words(name.quote)] == words
