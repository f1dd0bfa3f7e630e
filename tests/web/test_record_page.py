"""The record: everything of it, in the order that readers know."""

import json
from itertools import pairwise

import pytest
from msgspec.structs import replace

from sourcebook.records import to_json
from sourcebook.types.captures import LinkState, Outcome
from sourcebook.types.ratings import Rating
from sourcebook.types.sources import SourceType
from sourcebook.types.summaries import Summary
from sourcebook.web.answers import MOST_PLACES
from tests.web.conftest import words_of
from tests.web.shelf import ID, NOW, PAGE, RECORD, STABLE_ID, UNRATED, URL, Shelf


def test_the_record_reads_in_the_order_of_the_seed(reader):
    text = words_of(reader.page(f"/sources/{ID}").find(".//main"))

    in_order = [
        "Back",
        RECORD.title,
        "news article",
        "Credibility Rating",
        "3/5",
        "Good (3)",
        "Good quality. Edited, with corrections",
        "Rating inherited from publication venue: The Observer Example",
        RECORD.relevance,
        "Metadata",
        "Importance: 52/100",
        "news article",
        "open weights",
        "Ann Reporter, Bo Writer",
        "Jul 30, 2025",
        "Summary",
        RECORD.summary.text,
        "Written by: extractive 1",
        "Key Points",
        *(point.text for point in RECORD.summary.points),
        "Cited by 2 pages",
        "Page Type Quality",
        "Open Source AI Safety Approach 62.0",
        "Release policies -- --",
        "line 12: The company said that it would not open all of its models. Supported",
        "line 31: Open release may no longer be the default. Unjudged",
        "Cached Content Preview",
        "HTTP 200",
        "Fetched Apr 7, 2026",
        "8 KB",
        "The makers of large models say",
        "(truncated, 8 KB total)",
        "Captures",
        "OK Apr 7, 2026",
        "All 2 captures, and what changed between them",
        "Related sources",
        "A letter to investors",
        "cited beside it on 2 pages",
        "Cite this",
        "Ann Reporter and Bo Writer (2025). Model makers signal that not all weights will be open.",
        "Corrections",
        "Apr 7, 2026 ann set tags to open weights; policy: the page's own tags were advertising",
        f"Resource ID: {ID} | Stable ID: {STABLE_ID}",
        "https://observer.example/amp/open-weights",
        "Title from og:title",
    ]
    at = 0
    for words in in_order:
        found = text.find(words, at)
        assert found >= 0, f"{words!r} is missing after {text[max(0, at - 60) : at]!r}"
        at = found + len(words)


def test_headings_step_down_by_one(reader):
    levels = [int(heading.tag[1]) for heading in reader.page(f"/sources/{ID}").iter("h1", "h2", "h3")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_venue_and_the_pages_are_linked(reader):
    links = set(reader.page(f"/sources/{ID}").xpath("//main//a/@href"))

    assert {"/venues/observer", f"/pages/{PAGE.id}", URL, "/sources"} <= links


def test_the_parts_of_the_importance_can_be_seen(reader):
    parts = reader.page(f"/sources/{ID}").find(".//table[@class='parts']")

    assert "Quality of those pages 15.5 of 25 62.0 on average" in words_of(parts)
    assert [rect.get("width") for rect in parts.findall(".//rect")] == [
        "31.2%",
        "62.0%",
        "72.0%",
        "60.0%",
    ]


def test_a_source_of_many_places_shows_some_and_leads_to_all(open_library):
    (first, *others) = RECORD.cited_by
    many = replace(RECORD, cited_by=(replace(first, places=first.places * 3), *others))

    page = open_library(Shelf((many,))).page(f"/sources/{ID}")

    assert len(page.findall(".//ul[@class='places']/li")) == MOST_PLACES
    assert page.xpath(f"//a[@href='/claims?source={ID}']")
    assert len(page.findall(".//table[@class='cited']/tbody/tr")) == len(many.cited_by)


def test_an_unrated_source_is_unrated_and_says_which_domain(reader):
    page = reader.page(f"/sources/{UNRATED.id}")

    trust = words_of(page.find(".//section[@class='trust']"))
    assert trust == "Credibility Rating Unrated No rating for unknown.example yet"
    assert "unknown.example/post" in words_of(page.find(".//h1"))


def test_a_source_without_text_says_why(reader):
    text = words_of(reader.page(f"/sources/{UNRATED.id}").find(".//main"))

    assert "No summary: there is no text to sum up." in text
    assert "Cited by 0 pages No page cites it now." in text
    assert "Last asked Apr 7, 2026 Gone status 404" in text
    assert "due again" in text


def test_a_source_that_nobody_asked_for_says_so(open_library):
    never = replace(UNRATED, capture=None, unread_why="nobody has asked for it yet", state=LinkState.UNKNOWN)

    text = words_of(open_library(Shelf((never,))).page(f"/sources/{never.id}"))

    assert "No text: nobody has asked for it yet." in text


def test_a_failing_recheck_is_shown_beside_the_good_copy(open_library):
    failing = replace(RECORD, capture=replace(RECORD.capture, outcome=Outcome.BLOCKED, reason="status 403", status=403))

    text = words_of(open_library(Shelf((failing,))).page(f"/sources/{ID}"))

    assert "HTTP 200 Fetched Apr 7, 2026" in text
    assert "Last asked Apr 7, 2026 Blocked status 403" in text


def test_a_copy_that_somebody_else_gave_is_marked_as_such(open_library):
    filed = replace(RECORD, preview=replace(RECORD.preview, status=None, given="filed by ada from 'a<b>.pdf'"))
    shown = words_of(open_library(Shelf((filed,))).page(f"/sources/{ID}"))

    assert "Not from the source itself filed by ada from 'a<b>.pdf'" in shown
    assert "HTTP 200" not in shown


def test_a_persons_rating_is_shown_as_theirs_with_the_venue_beside_it(open_library):
    rating = Rating(
        5, "Gold", "", False, "observer", "The Observer Example", "observer.example", SourceType.PAPER, "review"
    )
    overruled = replace(RECORD, rating=rating, rating_words="Set by ann on 2026-04-07: primary source")

    page = open_library(Shelf((overruled,))).page(f"/sources/{ID}")

    trust = words_of(page.find(".//section[@class='trust']"))
    assert "5/5 Gold (5)" in trust
    assert "Set by ann on 2026-04-07: primary source (venue: The Observer Example)" in trust


def test_a_venue_that_a_registry_named_is_a_link_and_its_registry_is_told(open_library):
    words = f"Rating inherited from publication venue: {RECORD.rating.venue} (venue by Crossref)"
    named = replace(RECORD, rating=replace(RECORD.rating, venue_by="crossref"), rating_words=words)

    trust = open_library(Shelf((named,))).page(f"/sources/{ID}").find(".//section[@class='trust']")

    assert words in words_of(trust)
    assert [link.text for link in trust.iter("a")] == [RECORD.rating.venue]


def test_a_summary_of_points_alone_is_shown(open_library):
    short = replace(RECORD, summary=Summary("", RECORD.summary.points[1:2], "imported"))

    text = words_of(open_library(Shelf((short,))).page(f"/sources/{ID}"))

    assert "Written by: imported" in text
    assert "Key Points The reason given is caution" in text


@pytest.mark.parametrize("other", [STABLE_ID, "E42", "https%3A%2F%2Fobserver.example%2Famp%2Fopen-weights", URL])
def test_another_id_leads_to_the_resource_id(reader, other):
    page = reader.client.get(f"/sources/{other}")
    programs = reader.client.get(f"/sources/{other}.json")

    assert (page.status_code, page.headers["location"]) == (302, f"/sources/{ID}")
    assert (programs.status_code, programs.headers["location"]) == (302, f"/sources/{ID}.json")


def test_programs_get_the_one_json_shape(reader):
    record = reader.json(f"/sources/{ID}.json")

    assert record == json.loads(json.dumps(to_json(RECORD)))
    assert list(record)[:5] == ["id", "stable_id", "url", "title", "title_origin"]
    assert record["preview"]["captured_at"] == NOW.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert record["cited_by"][1]["quality"] is None


def test_back_leads_to_the_list_that_the_reader_came_from(reader):
    def back(referer: str) -> str:
        from_there = reader.client.get(f"/sources/{ID}", headers={"referer": referer})
        return from_there.text.split('class="back"><a href="')[1].split('"')[0]

    assert back("http://testserver/sources?type=paper&page=3") == "/sources?type=paper&amp;page=3"
    assert back("http://testserver/claims") == "/claims"
    assert back("http://testserver/") == "/sources"
    assert back("http://elsewhere.example/sources?type=paper") == "/sources"


def test_a_guess_is_called_one_and_what_disagrees_is_shown(reader):
    text = words_of(reader.page(f"/sources/{ID}").find(".//main"))

    assert "Jul 30, 2025 a guess" in text
    assert "Published from json-ld low confidence; pubdate says" in text
    assert "2019-01-01" in text


def test_what_is_held_of_it_and_that_it_is_another_work_are_said(reader):
    text = words_of(reader.page(f"/sources/{ID}").find(".//main"))

    assert "Held of it preview" in text
    assert "Not the work cited cited as 'Quantum sensors', which is not what it speaks of" in text
