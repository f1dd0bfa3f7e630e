"""Quotes: found where they stand, by the stated rules, and by nothing else."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.types.verdicts import QuoteStatus
from sourcebook.verify.quotes import check_quote, check_quotes, quoted_spans

TEXT = "The council said on Monday that open weights “change who can look inside”, and that nobody had asked."


@pytest.mark.parametrize(
    ("quote", "text", "found"),
    [
        pytest.param(
            "open weights and nobody", "On open  weights\nand nobody else", "open  weights\nand nobody", id="spaces"
        ),
        pytest.param("it 'cannot' be done", "that it ‘cannot’ be done", "it ‘cannot’ be done", id="single marks"),
        pytest.param('the "open" models', "of the “open” models", "the “open” models", id="double marks"),
        pytest.param(
            "a well-known long-term risk", "a well‑known long–term risk", "a well‑known long–term risk", id="dashes"
        ),
        pytest.param("THE COUNCIL SAID so", "The Council said so", "The Council said so", id="case"),
        pytest.param("the final office floor", "the ﬁnal oﬃce ﬂoor", "the ﬁnal oﬃce ﬂoor", id="ligatures in the text"),
        pytest.param(
            "the ﬁnal office floor", "the final office floor", "the final office floor", id="ligatures in the quote"
        ),
        pytest.param(
            "the evaluation was promised",
            "the eval\u00aduation was promised",
            "the eval\u00aduation was promised",
            id="soft hyphen",
        ),
        pytest.param(
            "the evaluation was promised",
            "the evalu-\nation was promised",
            "the evalu-\nation was promised",
            id="line end",
        ),
        pytest.param(
            "it fell by half then", "it fell by half[12] then", "it fell by half[12] then", id="footnote mark"
        ),
        pytest.param(
            "le café était fermé",
            "le cafe\u0301 e\u0301tait ferme\u0301 hier",
            "le cafe\u0301 e\u0301tait ferme\u0301",
            id="accents",
        ),
        pytest.param(
            "of [them] said **no way** to [the](https://a.example/b) plan[^3]",
            "half of [them] said no way to the plan",
            "of [them] said no way to the plan",
            id="markup",
        ),
        pytest.param("the bill is [sic] dead", "the bill is dead now", "the bill is dead", id="sic"),
        pytest.param(
            "tons of CO2 a year", "many tons of CO₂ a year", "tons of CO₂ a year", id="lowered digits in the text"
        ),
        pytest.param("tons of CO₂ a year", "many tons of CO2 a year", "tons of CO2 a year", id="lowered digits quoted"),
        pytest.param("over 1000 people came", "over 1,000 people came", "over 1,000 people came", id="thousands"),
        pytest.param(
            "and nobody had asked.", "and nobody had asked, they said", "and nobody had asked", id="writer's full stop"
        ),
    ],
)
def test_a_quote_is_found_by_the_stated_rules(quote, text, found):
    check = check_quote(quote, text)

    assert check.status is QuoteStatus.NORMALIZED
    assert check.passage.quote == text[check.passage.start : check.passage.end] == found


def test_a_quote_that_stands_there_letter_by_letter_is_exact():
    check = check_quote("open weights “change who can look inside”", TEXT)

    assert check.status is QuoteStatus.EXACT
    assert TEXT[check.passage.start : check.passage.end] == "open weights “change who can look inside”"


LONG = "The council said that sales rose 57 percent in March, that it can be trusted, and that nobody had asked why."


@pytest.mark.parametrize(
    ("quote", "difference"),
    [
        pytest.param("council said that sales rose 58", "“58” where the source has “57”", id="a number at the end"),
        pytest.param(
            "41 percent in March, that it can", "“41” where the source has “57”", id="a number at the beginning"
        ),
        pytest.param(
            "and that nobody had asked why not", "“not” is not in the source", id="more than the sentence has"
        ),
        pytest.param("sales rose 58 percent in March", "“58” where the source has “57”", id="a number"),
        pytest.param("sales rose 5 percent in March", "“5” where the source has “57”", id="a number cut short"),
        pytest.param("sales rose 57.5 percent in March", "“57.5” where the source has “57”", id="decimals"),
        pytest.param("sales rose -57 percent in March", "“-” is not in the source", id="the sign of a number"),
        pytest.param("that it can not be trusted, and", "“not” is not in the source", id="a negation"),
        pytest.param("nobody had ever asked why", "“ever” is not in the source", id="a word put in"),
        pytest.param(
            "The council said sales rose 57 percent", "“that” of the source is left out", id="a word left out"
        ),
        pytest.param("the council said that prices rose", "“prices” where the source has “sales”", id="a content word"),
    ],
)
def test_what_is_nearly_the_same_is_altered_and_the_difference_is_said(quote, difference):
    check = check_quote(quote, LONG)

    assert check.status is QuoteStatus.ALTERED
    assert check.difference == difference
    assert LONG[check.passage.start : check.passage.end] == check.passage.quote


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        pytest.param("5 of them agreed", "1.5 of them agreed", id="a number without its beginning"),
        pytest.param("it is 5 7 to one", "it is 57 to one", id="a number parted"),
        pytest.param("a notable excuse for it", "a not able excuse for it", id="a word parted"),
        pytest.param("an art of war", "a cart of warm bread, an art of warfare", id="words cut short"),
        pytest.param("it cannot be trusted", "it can be trusted", id="a negation left out"),
        pytest.param("rose why asked nobody that council", LONG, id="the same words in disorder"),
        pytest.param("nobody had … sales rose", LONG, id="parts in another order"),
        pytest.param(
            "first word [they] last word", "first word " + "and more " * 20 + "last word", id="too much in brackets"
        ),
        pytest.param("The council … had asked them", LONG, id="a part that is not there"),
        pytest.param(
            "the first word … the last word", "the first word " + "and more " * 300 + "the last word", id="far"
        ),
    ],
)
def test_likeness_is_never_found(quote, text):
    assert check_quote(quote, text).status in {QuoteStatus.ALTERED, QuoteStatus.ABSENT}


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        pytest.param("sales rose … in March", "sales rose 57 percent in March", id="left out"),
        pytest.param("sales rose [...] in March", "sales rose 57 percent in March", id="left out in brackets"),
        pytest.param("sales rose . . . in March", "sales rose 57 percent in March", id="left out with spaced stops"),
        pytest.param("that [the council] can be trusted", "that it can be trusted", id="put in"),
        pytest.param("[S]ales rose 57 percent", "rose 57 percent", id="another first letter"),
        pytest.param("… sales rose 57 percent …", "sales rose 57 percent", id="left out before and after"),
    ],
)
def test_a_quote_may_leave_out_and_put_in_brackets(quote, found):
    check = check_quote(quote, LONG)

    assert check.status in {QuoteStatus.ELIDED, QuoteStatus.NORMALIZED}
    assert check.passage.quote == found


def test_of_several_ways_to_put_the_parts_together_the_shortest_counts():
    check = check_quote("we met … in March", "In May we met, and again we met twice in March, as in March before.")

    assert check.passage.quote == "we met twice in March"


def test_a_few_words_that_stand_in_several_places_are_ambiguous():
    text = "In the first year it was so. In the first year it was not."

    assert check_quote("in the first year", text).status is QuoteStatus.AMBIGUOUS
    assert check_quote("in the first year it was not", text).status is QuoteStatus.NORMALIZED


def test_brackets_are_never_taken_off_both_sides():
    text = "The ministry said that [the firm] was not to blame for it."

    assert check_quote("said that [the firm] was not to blame", text).status is QuoteStatus.EXACT
    assert check_quote("[the firm] was to blame for it", text).status is QuoteStatus.ALTERED
    assert check_quote("The ministry said that [somebody] was to blame", text).status is QuoteStatus.ALTERED


@pytest.mark.parametrize("quote", ["", "superintelligence", "open weights", "…"])
def test_a_term_in_quotation_marks_is_too_short_to_judge_by(quote):
    assert check_quote(quote, TEXT).status is QuoteStatus.TOO_SHORT


def test_a_quote_without_spaces_between_its_words_is_found():
    assert check_quote("开源模型的安全性", "关于开源模型的安全性，各方意见不一。").status is QuoteStatus.EXACT


@given(st.text(max_size=60), st.text(max_size=60), st.text(alphabet="ab .-'\"“”ﬁ1", min_size=1, max_size=40))
def test_a_quote_cut_from_a_text_is_found_in_it(before, after, quote):
    check = check_quote(quote, f"{before} {quote} {after}")

    assert check.status in {QuoteStatus.EXACT, QuoteStatus.TOO_SHORT, QuoteStatus.AMBIGUOUS}


ODD = "aA ﬁfi-–'’\u00ad\n1.…[]"


@given(st.text(alphabet=ODD, max_size=60), st.text(alphabet=ODD, max_size=200))
def test_offsets_are_always_those_of_the_text(quote, text):
    check = check_quote(quote, text)

    assert (check.passage is None) == (check.status in {QuoteStatus.ABSENT, QuoteStatus.TOO_SHORT})
    assert check.passage is None or text[check.passage.start : check.passage.end] == check.passage.quote != ""


def test_every_double_quoted_span_of_a_claim_is_checked_by_itself():
    claim = (
        'He called it "not wise", “a real mistake” and «une erreur», „ein Fehler“, »noch einer«; '
        "5'6\" tall, it's 'single'."
    )

    assert quoted_spans(claim) == ["not wise", "a real mistake", "une erreur", "ein Fehler", "noch einer"]
    assert [
        check.status for check in check_quotes('It was "a real mistake" and "a real relief".', "a real mistake")
    ] == [
        QuoteStatus.EXACT,
        QuoteStatus.ABSENT,
    ]


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param("aaa aaa aaa b", id="of words that stand everywhere"),
        pytest.param("aaa … " * 300 + "b", id="of many parts"),
        pytest.param("a" * 2_000, id="of one long word"),
    ],
)
def test_a_long_text_is_searched_in_one_pass(quote):
    began = time.process_time()
    check_quote(quote, "aaa " * 50_000)

    assert time.process_time() - began < 3
