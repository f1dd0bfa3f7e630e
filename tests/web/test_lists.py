"""Lists, the overview, venues and pages: sorted, filtered and paged by addresses that can be shared."""

from urllib.parse import parse_qs, urlsplit

import pytest

from sourcebook.store import ListQuery
from sourcebook.types import LinkState, Outcome, SourceType
from sourcebook.web.listing import COLUMNS, SourceList, parse_list
from tests.web.conftest import words_of
from tests.web.shelf import ID, OTHER_PAGE, PAGE, RECORD, UNRATED, Shelf, listing_of, many_rows


@pytest.fixture
def shelf():
    return Shelf(rows=(listing_of(RECORD), *many_rows(229)))


def titles(page):
    return [link.text_content() for link in page.xpath("//td[contains(@class, 'col-title')]/a")]


def test_a_list_shows_the_most_important_first(reader, shelf):
    page = reader.page("/sources")

    assert titles(page)[0] == max(shelf.rows, key=lambda row: row.importance).title
    assert len(titles(page)) == 50
    assert "230 sources, 1 to 50 shown" in words_of(page)
    assert [head.get("aria-sort") for head in page.xpath("//th[@aria-sort]")] == ["descending"]


def test_an_address_becomes_one_query(reader, shelf):
    reader.page(
        "/sources?type=news+article&credibility=unrated&state=dead&outcome=soft_gone&venue=v1&domain=a.example"
        "&words=open%20weights&sort=-captured_at&rows=25&page=3"
    )

    wanted = ListQuery(
        sort="-captured_at",
        type=SourceType.NEWS_ARTICLE,
        venue_id="v1",
        credibility="unrated",
        state=LinkState.DEAD,
        outcome=Outcome.SOFT_GONE,
        domain="a.example",
        words="open weights",
        offset=50,
        limit=25,
    )
    assert shelf.asked == [wanted]


@pytest.mark.parametrize(
    "column", [column for column in COLUMNS if column.name != "domain"], ids=lambda column: column.name
)
def test_every_column_sorts_both_ways_by_its_head(reader, shelf, column):
    def head(page):
        return page.xpath(f"//th[contains(@class, 'col-{column.name}')]")[0]

    start = "/sources?sort=domain&type=paper"
    once = head(reader.page(start)).find("a").get("href")
    twice = head(reader.page(once)).find("a").get("href")
    page = reader.page(twice)

    assert shelf.asked[1].sort == column.first + column.name
    assert shelf.asked[2].sort == ("" if column.first else "-") + column.name
    assert {query.type for query in shelf.asked} == {SourceType.PAPER}
    assert head(page).get("aria-sort") == ("ascending" if column.first else "descending")


def test_the_form_offers_every_sort_and_keeps_the_chosen_one(reader):
    page = reader.page("/sources?sort=importance&words=article&venue=venue1&rows=25")

    options = page.xpath("//select[@name='sort']/option/@value")
    assert {option.removeprefix("-") for option in options} == {column.name for column in COLUMNS}
    assert page.xpath("//select[@name='sort']/option[@selected]/@value") == ["importance"]
    assert page.xpath("//input[@name='words']/@value") == ["article"]
    assert page.xpath("//input[@name='venue']/@value") == ["venue1"]
    assert page.xpath("//input[@name='rows']/@value") == ["25"]


def test_filters_show_their_counts(reader, shelf):
    page = reader.page("/sources")

    unrated = sum(row.credibility is None for row in shelf.rows)
    assert words_of(page.xpath("//option[@value='unrated']")[0]) == f"Unrated ({unrated})"
    dead = sum(row.state is LinkState.DEAD for row in shelf.rows)
    assert words_of(page.xpath("//select[@name='state']/option[@value='dead']")[0]) == f"Dead ({dead})"


def test_paging_keeps_the_filters_and_reaches_every_source(reader, shelf):
    seen: list[str] = []
    address = "/sources?credibility=3&sort=title&rows=25"
    while address:
        page = reader.page(address)
        seen += titles(page)
        address = next(iter(page.xpath("//a[@rel='next']/@href")), "")
        if address:
            said = parse_qs(urlsplit(address).query)
            assert (said["credibility"], said["sort"], said["rows"]) == (["3"], ["title"], ["25"])

    assert seen == sorted(row.title for row in shelf.rows if row.credibility == 3)


def test_a_filter_can_be_lifted_alone(reader):
    page = reader.page("/sources?credibility=3&state=alive&page=2")

    assert page.xpath("//a[@class='lift']/@href") == ["/sources?state=alive", "/sources?credibility=3"]


def test_an_empty_list_says_what_to_do(open_library, reader):
    assert "sourcebook build FOLDER" in words_of(open_library(Shelf(records=())).page("/sources"))
    assert "No source fits" in words_of(reader.page("/sources?words=nothing+like+it"))
    past = reader.page("/sources?page=999")
    assert "There is no page 999" in words_of(past)
    assert "/sources?page=5" in past.xpath("//main//a/@href")


def test_a_list_for_programs_is_the_same_list(reader, shelf):
    page = reader.json("/sources.json?credibility=3&rows=2&page=2")

    assert page["total"] == sum(row.credibility == 3 for row in shelf.rows)
    assert len(page["rows"]) == 2
    assert {row["credibility"] for row in page["rows"]} == {3}


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"page": "7", "rows": "200", "sort": "title"}, id="place"),
        pytest.param({"words": "a&b=c #?%", "domain": "ü.example"}, id="signs of addresses"),
    ],
)
def test_the_address_of_a_list_says_the_same_list(said):
    asked = parse_list(said)

    query = urlsplit(asked.address()).query
    assert parse_list({name: values[0] for name, values in parse_qs(query).items()}) == asked


def test_empty_fields_of_the_form_are_no_filters():
    assert parse_list({"type": "", "words": "  ", "credibility": "", "page": ""}) == SourceList()


def test_a_list_without_sources_has_one_page():
    assert SourceList().pages(0) == 1
    assert SourceList(rows=25).pages(25) == 1
    assert SourceList(rows=25).pages(26) == 2


def test_the_overview_says_numbers_problems_and_when(reader, shelf):
    page = reader.page("/")
    text = words_of(page)

    assert "Last built Apr 7, 2026, 09:05 UTC" in text
    assert "Sources 230" in text
    assert "Error Dead link (gone): An old report" in text
    assert "Undefined footnote, open-source.md, line 31" in text
    assert {f"/sources/{UNRATED.id}", "/pages/open-source.md", "/sources?credibility=3"} <= set(
        page.xpath("//main//a/@href")
    )
    threes = sum(row.credibility == 3 for row in shelf.rows)
    assert f"3/5 Good {threes} " in text


def test_an_empty_library_says_how_to_fill_it(open_library):
    empty = Shelf(records=(), problems=())
    overview = empty.overview()
    empty.overview = lambda: type(overview)("Open models", *[0] * 8, overview.facets, {}, (), None)

    text = words_of(open_library(empty).page("/"))

    assert "Nothing here yet Run sourcebook build FOLDER" in text


def test_a_venue_shows_its_rating_and_its_sources(reader):
    page = reader.page("/venues/observer")

    text = words_of(page)
    assert "The Observer Example news 3/5 Good (3) Good quality." in text
    assert "observer.example news.example/observer" in text
    assert "1 source" in text
    assert titles(page) == [RECORD.title]
    assert "/sources?venue=observer&sort=title" in page.xpath("//th/a/@href")
    assert reader.json("/venues/observer.json")["venue"]["name"] == "The Observer Example"


def test_pages_are_listed_and_shown_with_what_they_cite(reader):
    assert [row["path"] for row in reader.json("/pages.json")] == [OTHER_PAGE.path, PAGE.path]
    assert f"/pages/{PAGE.id}" in reader.page("/pages").xpath("//main//a/@href")

    page = reader.page(f"/pages/{PAGE.id}")
    text = words_of(page)
    assert "Open Source AI Safety Approach Quality 62.0 open-source.md" in text
    assert "The company said that it would not open all of its models. Supported Nobody was surprised." in text
    assert "Footnote [^7] is not defined" in text
    assert f"/sources/{ID}" in page.xpath("//main//a/@href")


def test_a_page_is_found_by_its_path(reader):
    assert reader.client.get("/pages/labs/policy.md").headers["location"] == f"/pages/{OTHER_PAGE.id}"
    assert reader.client.get("/pages/labs/policy.md.json").headers["location"] == f"/pages/{OTHER_PAGE.id}.json"
