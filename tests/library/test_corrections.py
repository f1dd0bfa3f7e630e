"""What a person may say of each field."""

import pytest

from sourcebook.errors import UsageError
from sourcebook.library import corrections
from sourcebook.types.reviews import ReviewField


@pytest.mark.parametrize(
    ("name", "said", "value"),
    [
        pytest.param("title", ["  A better\n title "], "A better title", id="on one line"),
        pytest.param("type", ["web page"], "web page", id="a type"),
        pytest.param("type", ["blog"], "blog post", id="a type in other words"),
        pytest.param("author", ["Doe, Ann; Roe, Bo"], ("Doe, Ann", "Roe, Bo"), id="a list, by semicolons"),
        pytest.param("tags", ["a", "b; a;"], ("a", "b"), id="a list, said twice over"),
        pytest.param("date", ["2025"], "2025", id="a year"),
        pytest.param("published", ["2024-02-29"], "2024-02-29", id="a day"),
        pytest.param("key points", ["One. Two; three"], ("One. Two", "three"), id="a name with a space"),
        pytest.param("credibility", ["5"], 5, id="credibility"),
        pytest.param("credibility", ["Unrated"], "unrated", id="no credibility"),
        pytest.param("importance", ["0"], 0, id="importance"),
    ],
)
def test_what_is_said_is_kept_as_its_field_holds_it(name, said, value):
    assert corrections.parse_value(corrections.field_named(name), said) == value


@pytest.mark.parametrize(
    ("field", "said", "words"),
    [
        pytest.param("type", ["poem"], "there is no type 'poem'", id="an unknown type"),
        pytest.param("type", ["papr"], "did you mean 'paper'?", id="a type with a slip"),
        pytest.param("credibility", ["6"], "from 1 to 5", id="off the scale"),
        pytest.param("credibility", ["³"], "from 1 to 5", id="not a digit"),
        pytest.param("importance", ["-1"], "from 0 to 100", id="below the scale"),
        pytest.param("published", ["2025-02-30"], "is not a date", id="a day that never was"),
        pytest.param("published", ["2025-7"], "2025-07-30", id="a month with one digit"),
        pytest.param("published", ["last year"], "2025-07-30", id="a date in words"),
        pytest.param("title", [" "], "nothing is said of 'title'", id="nothing"),
        pytest.param("tags", [";"], "nothing is said of 'tags'", id="an empty list"),
        pytest.param("title", ["A", "B"], "set twice", id="two titles"),
        pytest.param("summary", ["word " * 2000], "longer than 5,000", id="a whole book"),
    ],
)
def test_what_its_field_cannot_hold_is_refused_with_what_it_can(field, said, words):
    with pytest.raises(UsageError) as refused:
        corrections.parse_value(ReviewField(field), said)

    assert words in f"{refused.value.message} {refused.value.hint}"
    assert refused.value.hint


@pytest.mark.parametrize("name", ["titel", "verdict", "", "id"])
def test_only_fields_of_a_source_can_be_set(name):
    with pytest.raises(UsageError, match="no field"):
        corrections.field_named(name)
