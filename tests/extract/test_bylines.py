"""Who wrote it, where pages say it in several places and in many ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.extract import About, extract
from sourcebook.extract.names import account_in, group_in, people_in
from sourcebook.types.documents import Confidence, Document

_WORDS = "There is enough to read on this page for it to have a text, and it is all about one thing. " * 3


def read(head: str = "", beside: str = "", url: str = "https://post.example/council") -> Document:
    """A page with a head, and with something between its heading and its text."""
    page = (
        f"<html><head><title>Council drops tests</title>{head}</head><body><article><h1>Council drops tests</h1>"
        f"{beside}<p>{_WORDS}</p></article></body></html>"
    )
    return extract(page.encode(), About(url, "text/html"))


def ld(author: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {author}}}</script>'


@pytest.mark.parametrize(
    ("said", "people"),
    [
        pytest.param("By Jane Doe", ["Jane Doe"], id="by"),
        pytest.param("Von Jana Döring und Jörg Roß", ["Jana Döring", "Jörg Roß"], id="another language"),
        pytest.param("Jane Doe Jul 18, 2025 7 min", ["Jane Doe"], id="a date behind it"),
        pytest.param("December 16, 2016 Jane Doe-Roe", ["Jane Doe-Roe"], id="a date before it"),
        pytest.param("By Jane Doe Thursday, November 9, 2023 4:41AM", ["Jane Doe"], id="a weekday"),
        pytest.param("By Jane Doe, CNN", ["Jane Doe"], id="her employer in capitals"),
        pytest.param("Written by Dr. Jane Doe, PhD, Staff Writer", ["Jane Doe"], id="honours, degrees and roles"),
        pytest.param("By Jan van der Berg", ["Jan van der Berg"], id="a name with small words"),
        pytest.param("By the Example Team", [], id="a team"),
        pytest.param("Tricks für zu Hause", [], id="a piece of a sentence"),
        pytest.param("By Reuters", [], id="an agency"),
        pytest.param("Medically reviewed by Jane Doe, MD", [], id="another hand"),
        pytest.param("By Jane Doe Edited by John Roe", ["Jane Doe"], id="another hand beside the author"),
        pytest.param("The Example Post (www.post.example)", [], id="a site with its address"),
        pytest.param("https://www.facebook.com/janedoe", [], id="an address"),
    ],
)
def test_a_byline_names_people_and_nothing_else(said, people):
    assert list(people_in(said, strong=False)) == people


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ("By the Example Team", "the Example Team"),
        ("dpa/lno", "dpa/lno"),
        ("Source: Reuters", "Reuters"),
        ("Jane Doe", ""),
    ],
)
def test_a_byline_may_name_a_team_or_an_agency(said, group):
    assert group_in(said) == group


def test_an_account_is_one_word():
    assert account_in("Posted by jane_d") == "jane_d"
    assert account_in("by Jane Doe") == ""


def test_what_readers_see_goes_before_the_account_that_a_tag_names():
    document = read(ld('{"@type": "Person", "name": "Luke Keeper"}'), "<p>By: Jane Doe</p>")

    assert document.authors == ("Jane Doe",)
    assert document.origins is not None
    assert document.origins["authors"] == "by"
    assert [conflict.value for conflict in document.conflicts["authors"]] == ["Luke Keeper"]


def test_a_tag_that_readers_see_borne_out_is_kept():
    document = read(ld('"Jane Doe"'), "<p>By <a>Jane Doe</a> and others</p>")

    assert document.authors == ("Jane Doe",)
    assert document.confidences["authors"] is Confidence.HIGH


def test_one_word_after_by_next_to_the_title_is_a_name():
    assert read(beside="<p>by <a>Amanda</a> · 3 comments</p>").authors == ("Amanda",)


def test_a_name_goes_before_an_account():
    assert read('<meta name="author" content="jdoe12">', "<p>By Jane Doe</p>").authors == ("Jane Doe",)


def test_names_that_are_links_of_their_own_are_one_byline():
    document = read(beside="<div>By <a>Jane Doe</a>, <a>John Roe</a> and <a>Jo Poe</a> <b>May 3, 2025</b></div>")

    assert document.authors == ("Jane Doe", "John Roe", "Jo Poe")


def test_a_name_in_the_line_of_the_date_is_a_guess():
    document = read(beside="<p>11.12.2019 - Amelie Musterfrau</p>")

    assert document.authors == ("Amelie Musterfrau",)
    assert document.confidences["authors"] is Confidence.LOW


def test_the_site_is_not_its_own_author():
    assert read('<meta name="author" content="post">', url="https://post.example/a").authors == ()


def test_an_organisation_in_json_ld_is_an_author_where_no_person_is():
    document = read(ld('[{"@type": "Organization", "name": "The Council"}]'))

    assert document.authors == document.organisations == ("The Council",)


def test_organisations_beside_people_are_left_out():
    document = read(ld('[{"@type": "Organization", "name": "The Council"}, {"@type": "Person", "name": "Jane Doe"}]'))

    assert document.authors == ("Jane Doe",)
    assert document.organisations == ()


@given(st.text(max_size=300), st.booleans(), st.booleans())
def test_any_text_gives_names_that_are_short_and_clean(text, strong, last_first):
    for name in people_in(text, strong=strong, last_first=last_first):
        assert 1 < len(name) <= 60
        assert name == name.strip()
        assert "\n" not in name
