"""The place of a text that answers best."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.records.search.highlights import glimpse
from sourcebook.store.search import Wanted

TEXT = (
    "# Owls\n\nOwls are birds. " + "They are seen by few. " * 30 + "At night an owl hunts voles in the forest. "
    "What it hunts it eats. " + "Nothing more is known. " * 30
)


def hits(text: str, *words: str, **more) -> list[str]:
    return [one.text for one in glimpse(text, Wanted(words, **more)).stretches if one.hit]


def test_the_place_with_most_of_the_words_is_shown() -> None:
    place = glimpse(TEXT, Wanted(("owls", "hunting", "voles")))

    assert "hunts voles in the forest" in TEXT[place.start : place.end]
    assert hits(TEXT, "owls", "hunting", "voles") == ["owl", "hunts", "voles", "hunts"]


def test_a_text_without_the_words_is_shown_from_its_beginning() -> None:
    place = glimpse(TEXT, Wanted(("penguin",)))

    assert place.start == len("# ")
    assert not place.has_hits


def test_a_short_word_is_not_found_inside_another() -> None:
    assert hits("The category of cats and the cat.", "cat") == ["cats", "cat"]


def test_a_phrase_is_one_hit() -> None:
    assert hits("They hunt at night. At night they hunt.", phrases=(("at", "night"),)) == ["at night", "At night"]


def test_a_place_ends_where_the_next_heading_begins() -> None:
    place = glimpse("An owl is here.\n\n## Other\n\nAnother thing.", Wanted(("owl",)))

    assert "Other" not in "".join(one.text for one in place.stretches)


@given(st.text(max_size=600), st.lists(st.text(min_size=1, max_size=8), max_size=4))
def test_the_stretches_are_the_text_between_start_and_end(text: str, words: list[str]) -> None:
    place = glimpse(text, Wanted(tuple(words)))

    assert "".join(one.text for one in place.stretches) == text[place.start : place.end]
    assert all(one.text for one in place.stretches)


def test_the_first_sentence_is_shown_from_its_first_letter() -> None:
    assert glimpse("The owl hunts. It eats.", Wanted(("eats",))).start == 15
    assert glimpse("The owl hunts.", Wanted(("hunts",))).start == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("## The owl\n\nIt hunts.", "The owl\n\nIt hunts."),
        ("It hunts.\n\n- an owl\n- a vole", "an owl\n- a vole"),
        ("It hunts.\n\n3. owls", "owls"),
        ("#owl is a tag", "#owl is a tag"),
    ],
)
def test_a_place_begins_with_words_and_not_with_what_marks_their_line(text, shown):
    place = glimpse(text, Wanted(("owl",)))

    assert "".join(one.text for one in place.stretches) == shown
    assert text[place.start : place.end] == shown


def test_a_number_that_is_looked_for_is_shown_where_it_numbers_an_item():
    assert hits("One.\n\n7. nights", "7") == ["7"]
