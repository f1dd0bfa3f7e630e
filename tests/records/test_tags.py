"""Tags and suggestions as a reader sees them."""

from datetime import UTC, datetime

import pytest

from sourcebook.facts.words import stem
from sourcebook.records.tags import suggested_tags, tags_of, unsuggested_why
from sourcebook.types.documents import Document
from sourcebook.types.ratings import Importance, Rating, Standing, Tag
from sourcebook.types.sources import Imported, Source, SourceType
from sourcebook.types.summaries import Summary

SOURCE = Source(
    "1", "sid_1", "key", "https://a.example/", datetime(2026, 4, 7, tzinfo=UTC), (), Imported(tags=("Policy",))
)
STANDING = Standing(
    "Title",
    "address",
    Rating(None, "Unrated", "", False, "", "", "a.example", SourceType.WEB_PAGE, ""),
    Importance(1, (), ""),
    "",
    tags=(Tag("policy", "page tag"), Tag("open weights", "page tag")),
)


def test_each_tag_is_shown_once_as_it_came_first():
    assert tags_of(SOURCE, STANDING) == ("Policy", "open weights")


def test_what_the_tags_say_is_not_suggested_again():
    ours = Summary("", (), "extractive 2", ("Open Weights", "compute"))

    assert suggested_tags(Document(tags=("compute", "bees")), ours, ("open weights",)) == ("compute", "bees")


def test_what_half_of_the_library_has_is_not_suggested_and_what_many_have_comes_last():
    common = {stem("compute"): 0.3, stem("bees"): 0.5, stem("honey"): 0.9, f"{stem('honey')} {stem('bees')}": 0.5}
    ours = Summary("", (), "extractive 2", ("bees", "compute", "honey bees", "bees lock", "weights"))

    assert suggested_tags(Document(), ours, (), common) == ("bees lock", "weights", "compute")
    assert suggested_tags(Document(), ours, (), {}) == ours.tags


@pytest.mark.parametrize(
    ("language", "suggested", "says"),
    [
        pytest.param("de", (), "'de'", id="another language"),
        pytest.param("de", ("Rat",), "", id="its own keywords are enough"),
        pytest.param("en-GB", (), "", id="English"),
        pytest.param("", (), "", id="nobody knows"),
    ],
)
def test_a_language_that_is_not_counted_is_said(language, suggested, says):
    why = unsuggested_why(Document(text="Text.", language=language), suggested)

    assert says in why
    assert bool(why) is bool(says)
