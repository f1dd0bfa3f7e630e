"""Quotes: found where they stand, by the stated rules, and by nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.verify.quotes import QuoteStatus, find_quote, pieces, quoted_spans

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
            "and nobody had asked.", "and nobody had asked, they said", "and nobody had asked", id="writer's full stop"
        ),
    ],
)
def test_a_quote_is_found_by_the_stated_rules(quote, text, found):
    match = find_quote(quote, text)

    assert match.status is QuoteStatus.NORMALIZED
    assert text[match.start : match.end] == found


def test_a_quote_that_stands_there_letter_by_letter_is_exact():
    match = find_quote("open weights “change who can look inside”", TEXT)

    assert match.status is QuoteStatus.EXACT
    assert TEXT[match.start : match.end] == "open weights “change who can look inside”"


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        pytest.param("sales rose 57 percent", "sales rose 58 percent", id="another number"),
        pytest.param("it rose by 5", "it rose by 57", id="a number cut short"),
        pytest.param("it rose by 5", "it rose by 5.7", id="a number without its decimals"),
        pytest.param("5 of them agreed", "1.5 of them agreed", id="a number without its beginning"),
        pytest.param("it can be trusted", "it cannot be trusted", id="a negation"),
        pytest.param("the open models won", "the models won", id="a word that is not there"),
        pytest.param("an art of war", "a cart of warm bread, an art of warfare", id="words cut short"),
    ],
)
def test_likeness_is_never_found(quote, text):
    assert find_quote(quote, text).status is QuoteStatus.ABSENT


@pytest.mark.parametrize("quote", ["", "superintelligence", "open weights", "…"])
def test_a_term_in_quotation_marks_is_too_short_to_judge_by(quote):
    assert find_quote(quote, TEXT).status is QuoteStatus.TOO_SHORT


def test_a_quote_without_spaces_between_its_words_is_found():
    assert find_quote("开源模型的安全性", "关于开源模型的安全性，各方意见不一。").status is QuoteStatus.EXACT


@given(st.text(max_size=60), st.text(max_size=60), st.text(alphabet="ab .-'\"“”ﬁ1", min_size=1, max_size=40))
def test_a_quote_cut_from_a_text_is_found_in_it(before, after, quote):
    match = find_quote(quote, f"{before} {quote} {after}")

    assert match.status in (QuoteStatus.EXACT, QuoteStatus.TOO_SHORT)


@given(st.text(alphabet="aA ﬁfi-–'’\u00ad\n1.", max_size=60), st.text(alphabet="aA ﬁfi-–'’\u00ad\n1.", max_size=200))
def test_offsets_are_always_those_of_the_text(quote, text):
    match = find_quote(quote, text)

    assert 0 <= match.start <= match.end <= len(text)
    assert (match.end > match.start) == (match.status in (QuoteStatus.EXACT, QuoteStatus.NORMALIZED))


def test_every_double_quoted_span_of_a_claim_is_taken():
    claim = "He called it \"not wise\", “a real mistake” and «une erreur», „ein Fehler“; 5'6\" tall, it's 'single'."

    assert quoted_spans(claim) == ["not wise", "a real mistake", "une erreur", "ein Fehler"]


def test_what_a_writer_left_out_or_put_in_brackets_is_no_part_of_the_quote():
    assert pieces("we … need to [be] careful") == ["we", "need to", "careful"]
    assert pieces("careful [...] about open source") == ["careful", "about open source"]


def test_a_long_text_is_searched_in_one_pass():
    assert find_quote("aaa aaa aaa b", "aaa " * 200_000).status is QuoteStatus.ABSENT
