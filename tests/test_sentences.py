"""The sentence splitter: what a person would call one sentence, and offsets that always hold."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.sentences import spans


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param("One thing. Another thing.", ["One thing.", "Another thing."], id="two plain sentences"),
        pytest.param("It rose 3.5 percent. Then it fell.", ["It rose 3.5 percent.", "Then it fell."], id="decimal"),
        pytest.param("Dr. Smith met Mr. Jones.", ["Dr. Smith met Mr. Jones."], id="titles"),
        pytest.param(
            "J. K. Rowling wrote it. A fan read it.", ["J. K. Rowling wrote it.", "A fan read it."], id="initials"
        ),
        pytest.param("See Fig. 3 and e.g. Table 2.", ["See Fig. 3 and e.g. Table 2."], id="abbreviations"),
        pytest.param("Made by Acme Inc. The firm grew.", ["Made by Acme Inc.", "The firm grew."], id="company ends"),
        pytest.param("Acme Inc. Chairman Bob left.", ["Acme Inc. Chairman Bob left."], id="company goes on"),
        pytest.param("In the U.S. Senate it failed.", ["In the U.S. Senate it failed."], id="acronym goes on"),
        pytest.param("He left the U.S. They stayed.", ["He left the U.S.", "They stayed."], id="acronym ends"),
        pytest.param("“Stop.” He went on.", ["“Stop.”", "He went on."], id="closing quote"),
        pytest.param("“Why?” he asked. Nobody knew.", ["“Why?” he asked.", "Nobody knew."], id="question inside"),
        pytest.param("(It held.) Then it broke.", ["(It held.)", "Then it broke."], id="closing bracket"),
        pytest.param("It held.[1][^two] Then it broke.", ["It held.[1][^two]", "Then it broke."], id="footnote marks"),
        pytest.param("Wait … what? Yes!", ["Wait … what?", "Yes!"], id="ellipsis goes on"),
        pytest.param("これは文です。次の文です。", ["これは文です。", "次の文です。"], id="stops without spaces"),
        pytest.param("A line\nthat wraps. End.", ["A line\nthat wraps.", "End."], id="line break is a space"),
        pytest.param("A heading\n\nA paragraph", ["A heading", "A paragraph"], id="blank line ends"),
        pytest.param("- one\n- two\n1. three", ["- one", "- two", "1. three"], id="list items"),
        pytest.param("Smith et al. Found it.", ["Smith et al. Found it."], id="et al"),
        pytest.param("We met on 5 Jan. 2024. It rained.", ["We met on 5 Jan. 2024.", "It rained."], id="month"),
        pytest.param("Run v1.2.3 at example.com/a.b today.", ["Run v1.2.3 at example.com/a.b today."], id="inner dots"),
        pytest.param("", [], id="nothing"),
        pytest.param(" \n\n ", [], id="only space"),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(text, sentences):
    assert cut(text) == sentences


@given(st.text(alphabet=st.sampled_from('aB1.!?… \n"”)]。-|#'), max_size=80))
def test_sentences_are_in_order_and_hold_every_word(text):
    found = spans(text)

    assert all(a < b for a, b in found)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(found))
    assert "".join("".join(text[a:b] for a, b in found).split()) == "".join(text.split())


def test_a_megabyte_without_a_stop_is_read_in_one_pass():
    assert spans("word " * 200_000) == [(0, 999_999)]
    assert len(spans("Mr. " * 250_000)) == 1
