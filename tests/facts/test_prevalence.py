"""Which words much of a library uses."""

import pytest

from sourcebook.facts.prevalence import COMMON, common_words, share

TEXTS = [
    *["Models were evaluated by the council. Ferries sail."] * 5,
    *["A model of a bridge, evaluated by nobody."] * 3,
    *["Bees."] * 2,
]


def test_a_word_is_counted_once_a_text_in_all_of_its_forms() -> None:
    shares = common_words(TEXTS)

    assert share("model", shares) == share("Models", shares) == 0.8
    assert share("evaluates", shares) == share("EVALUATED", shares) == 0.8
    assert share("bees", shares) == COMMON


def test_what_few_have_is_left_out_and_nothing_is_common_in_nothing() -> None:
    assert common_words(["bees", *["locks"] * 9]) == {"lock": 0.9}
    assert common_words([]) == {}


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        pytest.param("model", 0.8, id="a word"),
        pytest.param("ferries sailing", 0.5, id="words that stand together"),
        pytest.param("council ferries sail", 0.5, id="as common as its rarest two"),
        pytest.param("ferry models", 0.0, id="common words that never stand together"),
        pytest.param("quantum models", 0.0, id="a word that few have"),
        pytest.param("the council", 0.5, id="stop words say nothing"),
        pytest.param("of the", 0.0, id="nothing but stop words"),
        pytest.param("", 0.0, id="nothing"),
    ],
)
def test_a_phrase_is_in_no_more_texts_than_its_rarest_two_words(phrase: str, expected: float) -> None:
    assert share(phrase, common_words(TEXTS)) == expected
