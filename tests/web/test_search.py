"""The search page, over a library that was really built."""

import pytest

from sourcebook import pipeline, wiring
from sourcebook.ids import page_id, resource_id
from sourcebook.library import Upload
from sourcebook.place import place_of, read_config
from tests.web.conftest import words_of

URL = "https://report.example/ferries"
CLAIM = "The yard sold seven electric ferries."
SCRIPT = "<script>alert(1)</script> \"' {{ 7 * 7 }}"
WORDS = f"{CLAIM} {SCRIPT} Ferries are quiet."


@pytest.fixture
def reader(tmp_path, open_library):
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "page.md").write_text(f"# Ferries\n\n{CLAIM}[^1]\n\n[^1]: {URL}\n")
    copy = tmp_path / "copy.txt"
    copy.write_text(WORDS)
    place = place_of(folder, None)
    config = read_config(place, {}, engine__workers=1).config
    books = wiring.open_library(place, config, wiring.Sources(offline=True))
    try:
        pipeline.build(books)
        pipeline.capture(books, URL, Upload(copy, "Ada"))
    finally:
        books.close()
    with wiring.open_records(place, config) as records:
        yield open_library(records)


def test_an_empty_search_says_how_to_search(reader):
    page = reader.page("/search")

    assert "credibility:>=4" in words_of(page)
    assert page.xpath("//form[@role='search']//input[@name='q']/@value") == [""]


def test_a_hit_leads_to_its_record_and_into_the_kept_copy(reader):
    page = reader.page("/search?q=quiet+ferry")

    [record] = page.xpath("//ol//h3/a/@href")
    assert record == f"/sources/{resource_id(URL)}"
    [kept] = page.xpath("//ol//p[@class='glimpse']/a/@href")
    assert words_of(reader.page(kept).xpath("//mark")[0]).startswith("The yard sold")
    assert {mark.text for mark in page.xpath("//ol//mark")} == {"Ferries", "ferries", "quiet"}
    assert page.xpath("//ul//a/@href")[0] == f"/pages/{page_id('page.md')}"


def test_a_claim_leads_to_its_place_in_the_page(reader):
    address = reader.page("/search?q=electric").xpath("//ul//p[@class='byline']/a/@href")[0]
    path, _, anchor = address.partition("#")

    assert reader.page(path).xpath(f"//*[@id='{anchor}']")


def test_a_quote_leads_to_its_source_with_what_is_different(reader):
    page = reader.page("/search?q=sold+nine+electric+ferries&for=quote")

    assert page.xpath("//ol//h3/a/@href") == [f"/sources/{resource_id(URL)}"]
    assert "Altered" in words_of(page)
    assert "“nine”" in words_of(page)


@pytest.mark.parametrize("address", ["/search?q={}", "/search?q={}&for=quote"])
def test_a_script_in_a_question_or_a_text_stays_text(reader, address):
    page = reader.page(address.format("%3Cscript%3Ealert(1)%3C%2Fscript%3E+%22+onload%3D1+quiet+ferries"))

    assert page.xpath("//script") == []
    assert not {name for element in page.iter() for name in element.attrib if name.startswith("on")}


@pytest.mark.parametrize(
    "query", ["q=type:owl", "q=a&page=0", "q=a&page=x", "q=a&page=9999", f"q={'x' * 1001}", "q=owl&for=quote"]
)
def test_what_cannot_be_followed_is_refused_in_words(reader, query):
    page = reader.page(f"/search?{query}", status=400)

    assert words_of(page.xpath("//main")[0])


def test_odd_characters_are_words_or_nothing(reader):
    for query in ("%00", "%22", "NEAR(", "*", "a:b", "%F0%9F%A6%89", "'; DROP TABLE entries; --"):
        reader.page(f"/search?q={query}")


def test_programs_get_the_same_answer(reader):
    answer = reader.json("/search.json?q=ferries")

    assert answer["total"] == 1
    assert answer["sources"][0]["listing"]["url"] == URL
    assert reader.json("/search.json") is None


def test_every_page_has_a_search_box(reader):
    assert reader.page("/").xpath("//form[@action='/search']//input[@name='q']")
