"""When it was published: the order of evidence, the tier, and what disagrees."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.extract import About, extract
from sourcebook.extract.dates import parse_date, same_day
from sourcebook.types.documents import Confidence, Document

_WORDS = "There is enough to read on this page for it to have a text, and it is all about one thing. " * 3


def read(head: str = "", beside: str = "", url: str = "https://post.example/council", language: str = "en") -> Document:
    page = (
        f'<html lang="{language}"><head><title>Council drops tests</title>{head}</head><body><article>'
        f"<h1>Council drops tests</h1>{beside}<p>{_WORDS}</p></article></body></html>"
    )
    return extract(page.encode(), About(url, "text/html"))


@pytest.mark.parametrize(
    ("head", "beside", "url", "published", "confidence"),
    [
        pytest.param(
            '<meta property="article:published_time" content="2025-07-30">', "", "", "2025-07-30", "high", id="a tag"
        ),
        pytest.param(
            '<meta name="xyz:publish-time" content="2025-07-30">', "", "", "2025-07-30", "high", id="a tag of their own"
        ),
        pytest.param(
            "", '<span itemprop="datePublished">July 30, 2025</span>', "", "2025-07-30", "high", id="microdata"
        ),
        pytest.param("", '<time datetime="2025-07-30">x</time>', "", "2025-07-30", "medium", id="a time alone"),
        pytest.param(
            "",
            '<div class="post-date"><time datetime="2025-07-30">July 30, 2025</time></div>',
            "",
            "2025-07-30",
            "high",
            id="marked in both ways and read beside the title",
        ),
        pytest.param(
            "",
            '<div class="post-date">July 30, 2025</div>',
            "",
            "2025-07-30",
            "medium",
            id="marked in one way and read beside the title",
        ),
        pytest.param(
            "",
            "<time>July 30, 2025</time>",
            "https://a.example/2025/07/30/x",
            "2025-07-30",
            "high",
            id="address agrees",
        ),
        pytest.param("", "", "https://a.example/2025/07/30/x", "2025-07-30", "medium", id="the address alone"),
        pytest.param("", "<p>July 30, 2025</p>", "", "2025-07-30", "low", id="text beside the title"),
        pytest.param("", "<p>Updated July 30, 2025</p>", "", "2025-07-30", "low", id="nothing but a change"),
        pytest.param(
            "",
            "<p>Updated July 31, 2025</p><p>Published: July 30, 2025</p>",
            "",
            "2025-07-30",
            "low",
            id="a change and a publication",
        ),
        pytest.param(
            '<meta property="article:modified_time" content="2025-07-30">', "", "", "2025-07-30", "low", id="modified"
        ),
        pytest.param("", "", "", "", None, id="none"),
    ],
)
def test_a_date_comes_with_its_tier(head, beside, url, published, confidence):
    document = read(head, beside, url or "https://post.example/council")

    assert document.published == published
    assert document.confidences.get("published") == confidence


def test_tags_that_disagree_are_not_certain_and_both_are_shown():
    document = read(
        '<meta property="article:published_time" content="2025-07-30"><meta name="pubdate" content="2019-01-01">'
    )

    assert document.published == "2025-07-30"
    assert document.confidences["published"] is Confidence.MEDIUM
    assert [(one.value, one.origin) for one in document.conflicts["published"]] == [("2019-01-01", "pubdate")]


def test_a_day_goes_before_its_month():
    document = read(
        '<meta name="citation_date" content="2025-07"><meta property="article:published_time" content="2025-07-30">'
    )

    assert document.published == "2025-07-30"


@pytest.mark.parametrize(
    ("language", "published"), [("en", "2025-03-07"), ("en-GB", "2025-07-03"), ("fr", "2025-07-03")]
)
def test_the_language_tells_the_order_of_day_and_month(language, published):
    assert read('<meta name="date" content="3/7/2025">', language=language).published == published


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("28.01.22", "2022-01-28"),
        ("Fri Feb 18 10:27:24 2022", "2022-02-18"),
        ("5 Mayıs 2025", "2025-05-05"),
        ("13 травня 2026", "2026-05-13"),
        ("5 mei 2025", "2025-05-05"),
        ("1.2.3", ""),
        ("version 10.11.12.13", ""),
    ],
)
def test_dates_are_read_as_people_write_them(said, iso):
    assert parse_date(said) == iso


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back_from_its_common_forms(day):
    iso = day.isoformat()
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%B %d, %Y", "%d %B %Y", "%Y%m%d", "%Y年%m月%d日"):
        assert parse_date(day.strftime(form)) == iso
    assert same_day(iso, f"{iso}T23:00:00Z")


@given(st.text(max_size=200))
def test_any_text_gives_a_date_or_none(text):
    assert len(parse_date(text)) in (0, 4, 7, 10, 20, 25)
