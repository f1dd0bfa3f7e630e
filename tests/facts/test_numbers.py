"""Numbers and dates: what they are worth, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.facts.dates import dates
from sourcebook.facts.numbers import Kind, numbers


@pytest.mark.parametrize(
    ("text", "values", "kind"),
    [
        pytest.param("$14 billion", (14e9,), Kind.MONEY, id="a sum in words"),
        pytest.param("14bn", (14e9,), Kind.PLAIN, id="a scale in letters"),
        pytest.param("€3.2m", (3.2e6,), Kind.MONEY, id="a short scale"),
        pytest.param("40–50 %", (40, 50), Kind.SHARE, id="a range of shares"),
        pytest.param("57 per cent", (57,), Kind.SHARE, id="per cent"),
        pytest.param("two thirds", (2 / 3,), Kind.PLAIN, id="a fraction"),
        pytest.param("half a million", (5e5,), Kind.PLAIN, id="half a scale"),
        pytest.param("5½", (5.5,), Kind.PLAIN, id="a glyph"),
        pytest.param("1,234,567", (1234567,), Kind.PLAIN, id="thousands"),
        pytest.param("3-2", (3, 2), Kind.PLAIN, id="a score"),
        pytest.param("1998–99", (1998, 1999), Kind.YEAR, id="years"),
        pytest.param("1990s", (1990,), Kind.YEAR, id="a decade"),
        pytest.param("17th", (17,), Kind.ORDINAL, id="an ordinal"),
        pytest.param("seventeenth", (17,), Kind.ORDINAL, id="an ordinal in words"),
        pytest.param("twenty-five", (25,), Kind.PLAIN, id="in words"),
        pytest.param("two hundred and fifty thousand", (250_000,), Kind.PLAIN, id="long in words"),
        pytest.param("a dozen", (12,), Kind.PLAIN, id="a dozen"),
        pytest.param("10^25", (1e25,), Kind.PLAIN, id="a power"),
        pytest.param("10^23 to 10^24", (1e23, 1e24), Kind.PLAIN, id="a range of powers"),
        pytest.param("10²³–10²⁴", (1e23, 1e24), Kind.PLAIN, id="a range of raised powers"),
    ],
)
def test_a_number_is_worth_what_it_says(text, values, kind):
    (number,) = numbers(f"There were {text} of them.")

    assert number.values == pytest.approx(values)
    assert number.kind is kind
    assert number.words.quote == text


def test_numbers_within_names_and_longer_numbers_are_none():
    assert [number.words.quote for number in numbers("B12, COVID-19 and 1.5.2 of A4")] == ["19"]


def test_what_is_about_a_number_is_loose():
    about, exact = numbers("More than 50 came, and 60 stayed.")

    assert (about.loose, exact.loose) == (True, False)


@given(st.text(alphabet="1290 ,.-–%$kmtwo hundred half", max_size=80))
def test_numbers_stand_where_they_say(text):
    for number in numbers(text):
        assert text[number.words.start : number.words.end] == number.words.quote != ""


@pytest.mark.parametrize("text", ["2024-03-07", "7 March 2024", "March 7th, 2024", "7. Mar 2024", "07/03/2024"])
def test_a_date_is_the_same_however_it_is_written(text):
    assert (2024, 3, 7) in [(date.year, date.month, date.day) for date in dates(f"It was so on {text} already.")]


def test_a_day_is_within_its_month_and_a_month_is_not_within_its_day():
    (day,), (month,) = dates("on 2024-03-07"), dates("in March 2024")

    assert day.holds(month)
    assert not month.holds(day)


def test_may_and_march_are_words_too():
    assert dates("It may be that 12 march on.") == []
