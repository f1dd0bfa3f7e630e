"""The web app over a library that was really built: what is kept is what is shown."""

import pytest

from sourcebook import pipeline, wiring
from sourcebook.ids import page_id, resource_id
from sourcebook.place import place_of, read_config
from tests.web.conftest import words_of

NATURE = "https://www.nature.com/articles/s41586-020-2649-2"
UNKNOWN = "https://nobody.example/essay"
PAGE = f"""---
title: Arrays
type: Concept
quality: 71
---

Arrays are the [common language]({NATURE}) of numerical work. Others [disagree]({UNKNOWN}) loudly.
"""


@pytest.fixture
def reader(tmp_path, open_library):
    folder = tmp_path / "arrays"
    folder.mkdir()
    (folder / "arrays.md").write_text(PAGE)
    place = place_of(folder, None)
    config = read_config(place, {}, engine__workers=1).config
    books = wiring.open_library(place, config, wiring.Sources(offline=True))
    try:
        pipeline.build(books)
    finally:
        books.close()
    with wiring.open_records(place, config) as records:
        yield open_library(records)


def test_a_built_page_leads_to_its_sources_and_back(reader):
    page = reader.page(f"/pages/{page_id('arrays.md')}")
    assert "Arrays Concept Quality 71.0 arrays.md" in words_of(page)
    assert "Arrays are the common language of numerical work." in words_of(page)
    assert {f"/sources/{resource_id(url)}" for url in (NATURE, UNKNOWN)} <= set(page.xpath("//main//a/@href"))

    record = reader.page(f"/sources/{resource_id(NATURE)}")
    assert "Cited by 1 page Page Type Quality Arrays Concept 71.0" in words_of(record)
    assert "Rating inherited from publication venue: Nature" in words_of(record)
    assert "No text: nobody has asked for it yet." in words_of(record)


def test_every_address_answers_people_and_programs(reader):
    venue = reader.json(f"/sources/{resource_id(NATURE)}.json")["rating"]["venue_id"]
    source, page = f"/sources/{resource_id(UNKNOWN)}", f"/pages/{page_id('arrays.md')}"

    for address in ("/sources", source, f"/venues/{venue}", "/pages", page):
        reader.page(address)
        reader.json(f"{address}.json")
    reader.page("/")

    assert reader.json("/index.json")["sources"] == 2


@pytest.mark.parametrize(
    "query", ["credibility=unrated", "words=essay", "domain=nobody.example", "state=unknown&words=ESSAY"]
)
def test_the_store_understands_every_filter(reader, query):
    assert [row["url"] for row in reader.json(f"/sources.json?{query}")["rows"]] == [UNKNOWN]
    assert "1 source" in words_of(reader.page(f"/sources?{query}"))


@pytest.mark.parametrize(
    "address",
    ["/sources/%00", "/sources/..%2f..%2fetc", "/venues/'%20or%201=1", "/pages/%ff", "/sources/" + "a" * 5000],
)
def test_no_id_upsets_the_store(reader, address):
    reader.page(address, status=404)
