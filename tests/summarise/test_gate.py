"""The grounding gate: what the source does not hold is caught, what it holds passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.summarise import Rule, gate

SOURCE = """The council of Example City published the weights of its largest model on Monday, 3 March 2025.

“Forty of the sixty tests were dropped,” said Jane Doe, who chairs the council. The tests had cost 2.5 million euros,
and John Roe of the American Institute for Counting asked for 1,200 more hours.
Members of the United Nations took no part.
"""


def rules(said):
    return [one.rule for one in gate(said, SOURCE).caught]


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("The council published the weights of its largest model on Monday.", id="the source's own words"),
        pytest.param("The council dropped 40 of its 60 tests.", id="figures for words"),
        pytest.param("The tests had cost €2,500,000.", id="a number written out"),
        pytest.param("The tests had cost 2.5m euros.", id="a scale as a letter"),
        pytest.param("John Roe asked for 1200 more hours.", id="no comma"),
        pytest.param("On March 3 the council published the weights.", id="the day after the month"),
        pytest.param("The UN took no part in the tests.", id="a name made short"),
        pytest.param("Jane Doe's council dropped forty tests.", id="a possessive"),
        pytest.param("One of the members asked for more hours.", id="one is not a number"),
        pytest.param(
            "Members took no part in the tests of the council of Example City.", id="first word of a sentence"
        ),
        pytest.param("John Roe is from America and asked for hours.", id="a country by its people"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_the_source_holds_passes(said):
    assert rules(said) == []


@pytest.mark.parametrize(
    ("said", "rule", "what"),
    [
        pytest.param("The council dropped 41 of the sixty tests.", Rule.NUMBER, "41", id="another number"),
        pytest.param("The council dropped fifty of the tests.", Rule.NUMBER, "fifty", id="another number in words"),
        pytest.param("The tests had cost 2.5 billion euros.", Rule.NUMBER, "2.5 billion euros", id="another scale"),
        pytest.param("A million tests were dropped by the council.", Rule.NUMBER, "A million", id="an article"),
        pytest.param("The tests were dropped in 2024 by the council.", Rule.NUMBER, "2024", id="another year"),
        pytest.param("The council published the weights on Tuesday.", Rule.DATE, "Tuesday", id="another weekday"),
        pytest.param("The council published the weights in April.", Rule.DATE, "April", id="another month"),
        pytest.param("The council met Jane Poe and dropped the tests.", Rule.NAME, "Jane Poe", id="another name"),
        pytest.param("The council asked John Doe for the tests.", Rule.NAME, "John Doe", id="two names made one"),
        pytest.param("OpenAI published the weights of its model.", Rule.NAME, "OpenAI", id="a name at the start"),
        pytest.param("Rockets fly to distant moons of Jupiter.", Rule.WORDS, "only 0 of 4 words are the source's",
                     id="words of its own"),
    ],
)  # fmt: skip
def test_what_the_source_does_not_hold_is_caught(said, rule, what):
    assert (rule, what) in [(one.rule, one.what) for one in gate(said, SOURCE).caught]
    assert not gate(said, SOURCE).ok


def test_a_day_and_a_month_of_different_dates_make_no_date():
    source = "It began on 3 March and ended on 9 April."

    assert gate("It ended on 9 April.", source).ok
    assert [one.what for one in gate("It ended on 3 April.", source).caught] == ["3 April"]


def test_dates_in_figures_hold_dates_in_words():
    assert gate("The tests began on 4 March 2025.", "The tests began: 2025-03-04.").ok


def test_two_points_that_say_the_same_are_caught():
    points = ["Forty of the sixty tests were dropped.", "Of the sixty tests, forty were dropped by the council."]

    assert rules(points) == [Rule.REPEATED]
    assert rules(points[:1]) == []


def test_copied_words_score_above_joined_ones_and_those_above_invented_ones():
    copied = "The council of Example City published the weights of its largest model on Monday."
    joined = "The council of Example City published the weights, who chairs the council of tests."
    invented = "The council of Sample Town sold 99 weights on Friday."
    scores = [gate(said, SOURCE).score for said in (copied, joined, invented)]

    assert scores[0] == 1.0
    assert scores == sorted(scores, reverse=True)
    assert scores[2] < 0.3


def test_one_bad_sentence_costs_more_than_its_share():
    good = "The council of Example City published the weights of its largest model on Monday."
    bad = "Rockets fly to distant moons of Jupiter."

    assert gate([good, bad], SOURCE).score < gate(good, SOURCE).score / 2


def test_texts_that_a_tool_took_apart_are_held_against_texts_that_it_did_not():
    source = "The council didn't publish its weights (those of the model). Jane Doe's tests were dropped."
    apart = "the council did n't publish its weights -lrb- those of the model -rrb- . jane doe 's tests were dropped ."

    assert gate(apart, source).ok
    assert gate(apart, source).score == 1.0


def test_a_language_that_writes_its_nouns_in_capitals_is_not_full_of_names():
    source = "Der Rat der Stadt hat am Montag die Gewichte seines Modells ohne Prüfung der Folgen veröffentlicht."

    assert gate("Die Stadt hat die Modelle des Rates ohne Prüfungen veröffentlicht.", source).caught == ()


@given(st.integers(13, 10**9), st.text("ab 1234567890.,%\n", max_size=200))
def test_no_number_gets_through_that_is_not_in_the_source(number, text):
    source = text.replace(str(number), "")
    found = gate(f"They counted {number} things.", source)
    digits = {"".join(filter(str.isdigit, part)) for part in source.split()}

    assert found.ok is False or any(str(number) in one for one in digits)


@given(st.text(max_size=200), st.text(max_size=200))
def test_every_score_is_a_share(said, source):
    found = gate(said, source)

    assert 0 <= found.score <= 1
    assert found.ok is not bool(found.caught)


@given(st.text(alphabet="aB cdé.,! \n12", min_size=1, max_size=120))
def test_a_text_holds_itself(text):
    assert {one.rule for one in gate(text, text).caught} <= {Rule.REPEATED}
