"""Facts of a claim: found in every form in which a text may have them, and in no other."""

import pytest

from sourcebook.verify.facts import FactKind, facts
from sourcebook.verify.reading import read


def found(claim, text, kind):
    return {fact.words.quote: fact.found for fact in facts(claim, read(text)) if fact.kind is kind}


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        pytest.param("1,000 people came", "about 1000 people", id="without its comma"),
        pytest.param("1,000 people came", "one thousand people", id="in words"),
        pytest.param("$14 billion was paid", "they paid $14bn", id="a scale in letters"),
        pytest.param("$14 billion was paid", "they paid 14,000 million dollars", id="another scale"),
        pytest.param("$1.2 billion was paid", "they paid $1,214,300,000", id="rounded as the claim writes it"),
        pytest.param("50 % agreed", "a half of them agreed, or 50 percent", id="a share"),
        pytest.param("75 % agreed", "0.75 of them agreed", id="a share as a fraction"),
        pytest.param("over 50 agreed", "there were 52 who agreed", id="a loose number"),
        pytest.param("the 17th row", "the seventeenth row", id="an ordinal"),
        pytest.param("in the 1990s", "in 1994 and later", id="a decade"),
        pytest.param("the 2018–19 season", "the 2018-2019 season", id="years"),
        pytest.param("they won 3–2", "they won it 3-2", id="a score"),
    ],
)
def test_a_number_is_found_in_its_other_forms(claim, text):
    assert all(found(claim, text, FactKind.NUMBER).values())


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        pytest.param("57 people came", "47 people, 5.7 per cent, and 570 others", id="another number"),
        pytest.param("$14 billion was paid", "they paid $14 million, for 14 ships", id="another scale"),
        pytest.param("23 % agreed", "23 of 100 agreed", id="a count is no share"),
        pytest.param("they won 3–2", "they lost 3 games", id="half of a score"),
        pytest.param("in the 1990s", "in 1989 and 2001", id="another decade"),
        pytest.param("1,215 people came", "1,214 people came", id="nearly"),
    ],
)
def test_a_number_is_not_found_in_its_likes(claim, text):
    assert not any(found(claim, text, FactKind.NUMBER).values())


def test_a_month_is_found_in_its_days():
    assert found("It was so in March 2024.", "Published 2024-03-07.", FactKind.DATE) == {"March 2024": True}
    assert found("It was so in March 2024.", "Published 2024-04-07.", FactKind.DATE) == {"March 2024": False}


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        pytest.param("Then Angela Müller spoke", "It was Mueller who spoke", id="umlaut written out"),
        pytest.param("Then Angela Mueller spoke", "It was Müller who spoke", id="umlaut written short"),
        pytest.param("Then José Núñez spoke", "It was Jose Nunez", id="accents"),
        pytest.param("Then Volodymyr Zelenskyy spoke", "It was Zelensky", id="another transliteration"),
        pytest.param("Then Netflix's chief spoke", "Netflix said so", id="genitive"),
    ],
)
def test_a_name_is_found_in_its_other_spellings(claim, text):
    assert all(found(claim, text, FactKind.NAME).values())


def test_another_name_is_not_found():
    assert found("Then Angela Müller spoke", "Then Anna Miller spoke", FactKind.NAME) == {"Angela Müller": False}


def test_a_common_word_that_begins_a_sentence_is_no_name():
    assert found("However, they say so. Report it!", "", FactKind.NAME) == {}


def test_small_words_count_nothing():
    assert [fact.binding for fact in facts("One of the first two", read("x")) if fact.kind is FactKind.NUMBER] == [
        False
    ] * 3
