"""Lists, the overview, venues and pages: sorted, filtered and paged by addresses that can be shared."""

from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from sourcebook.errors import UsageError
from sourcebook.records import CATALOGUES, ListName, View, parse_view
from sourcebook.records.lists import MOST_FOUND
from sourcebook.store import ListQuery, RowQuery
from sourcebook.types.captures import LinkState, Outcome
from sourcebook.types.sources import SourceType
from tests.web.conftest import words_of
from tests.web.shelf import ID, OTHER_PAGE, PAGE, RECORD, UNRATED, Shelf, listing_of, many_rows

SOURCES = CATALOGUES[ListName.SOURCES]


@pytest.fixture
def shelf():
    return Shelf(rows=(listing_of(RECORD), *many_rows(229)))


def titles(page):
    return [link.text_content() for link in page.xpath("//td[contains(@class, 'col-first')]/a")]


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
        most=MOST_FOUND,
        limit=25,
    )
    assert shelf.asked == [wanted]


@pytest.mark.parametrize("column", SOURCES.columns, ids=lambda column: column.name)
def test_every_column_sorts_both_ways_by_its_head(reader, shelf, column):
    def head(page):
        return page.xpath(f"//th[contains(@class, 'col-{column.name}')]")[0]

    other = "title" if column.name == "domain" else "domain"
    start = f"/sources?sort={other}&type=paper&columns={column.name}"
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
    assert {option.removeprefix("-") for option in options} == {column.name for column in SOURCES.columns}
    assert page.xpath("//select[@name='sort']/option[@selected]/@value") == ["importance"]
    assert page.xpath("//input[@name='words']/@value") == ["article"]
    assert page.xpath("//input[@name='venue']/@value") == ["venue1"]
    assert page.xpath("//select[@name='rows']/option[@selected]/@value") == ["25"]


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
        pytest.param({"columns": "domain,title", "since": "2026-01-31"}, id="columns and a day"),
        pytest.param({"words": "a&b=c #?%", "domain": "ü.example"}, id="signs of addresses"),
    ],
)
def test_the_address_of_a_list_says_the_same_list(said):
    asked = parse_view(SOURCES, said.items())

    assert parse_view(SOURCES, parse_qsl(urlsplit(asked.address()).query)) == asked


def test_empty_fields_of_the_form_are_no_filters():
    said = {"type": "", "words": "  ", "credibility": "", "page": "", "sort": "-importance", "rows": "50"}
    assert parse_view(SOURCES, said.items()) == View(SOURCES)


def test_a_list_without_sources_has_one_page():
    assert View(SOURCES).pages(0) == 1
    assert View(SOURCES, rows=25).pages(25) == 1
    assert View(SOURCES, rows=25).pages(26) == 2


def test_the_overview_says_numbers_problems_and_when(reader, shelf):
    page = reader.page("/")
    text = words_of(page)

    assert "Last built Apr 7, 2026, 09:05 UTC" in text
    assert "Sources 230" in text
    assert "Error Dead links 1 An old report" in text
    assert "Error Undefined footnotes 1 Footnote [^7] is not defined open-source.md, line 31" in text
    assert {f"/sources/{UNRATED.id}", f"/pages/{PAGE.id}", "/sources?credibility=3"} <= set(
        page.xpath("//main//a/@href")
    )
    threes = sum(row.credibility == 3 for row in shelf.rows)
    assert f"3/5 Good {threes} " in text


def test_the_list_of_claims_says_that_it_counts_them_for_each_source_and_the_overview_leads_there(reader):
    assert "claims, counted once for each of their sources" in words_of(reader.page("/claims"))
    assert "counted once" not in words_of(reader.page("/sources"))
    assert "/claims" in reader.page("/").xpath("//dl[@class='figures']//a/@href")


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
    assert [row["path"] for row in reader.json("/pages.json")["rows"]] == [OTHER_PAGE.path, PAGE.path]
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


def test_columns_are_chosen_and_stay_chosen(reader):
    page = reader.page("/sources?columns=domain,state")

    assert [words_of(head) for head in page.xpath("//th")] == ["Source", "Link", "Domain"]
    ticked = page.xpath("//input[@name='columns'][@checked]/@value")
    assert ticked == ["title", "state", "domain"]
    assert "/sources?sort=domain&columns=title,state,domain" in page.xpath("//th/a/@href")


def test_a_form_leads_to_the_address_that_can_be_shared(reader):
    said = "words=&type=&credibility=3&sort=-importance&rows=50&columns=type&columns=venue&since="

    answer = reader.client.get(f"/sources?{said}")

    assert answer.status_code == 302
    assert answer.headers["location"] == "/sources?credibility=3&columns=title,type,venue"


def test_every_list_shows_its_columns_in_words(reader):
    claims, captures, venues, pages = (
        words_of(reader.page(f"/{name}").xpath("//tbody")[0]) for name in ("claims", "captures", "venues", "pages")
    )

    assert "would not open all of its models. Contradicted" in claims
    assert "Unjudged Dismissed" in claims
    assert "Unrated" in claims
    assert "Apr 7, 2026, 09:05 UTC observer.example/2025/07/30/open-weights Gone status 404: not found" in captures
    assert "The Observer Example observer.example, news.example/observer news 3/5 Good Sources 1" in venues
    assert (
        "Open Source AI Safety open-source.md Approach Quality 62.0 Claims 14 Supported 9 Partial 2 Flagged 1" in pages
    )
    assert f"/pages/{PAGE.id}#findings" in reader.page("/pages").xpath("//tbody//a/@href")


def test_every_list_is_asked_as_its_address_says(reader, shelf):
    reader.page(
        "/claims?verdict=contradicted&credibility=unrated&review=none&quote=altered&cited_by=p1&tag=Policy&page=2"
    )
    reader.page("/captures?outcome=gone&status=404&since=2026-04-01&until=2026-04-07&sort=size_bytes&rows=25")
    reader.page("/pages?with=dead&source=s1")

    claims, captures, pages = shelf.asked_rows
    where = (("verdict", "contradicted"), ("credibility", None), ("review", ""), ("quote_altered", True))
    assert claims == RowQuery("page", where, (("tag", "Policy"), ("page", "p1")), offset=50, most=MOST_FOUND)
    assert (captures.where, captures.sort, captures.limit) == ((("outcome", "gone"), ("status", 404)), "size_bytes", 25)
    assert [str(day.date()) for day in (captures.since, captures.before)] == ["2026-04-01", "2026-04-08"]
    assert (pages.where, pages.among) == ((("with", "dead"),), (("source", "s1"),))


@pytest.mark.parametrize(
    ("of", "said"),
    [
        ("sources", {"sort": "colour"}),
        ("sources", {"type": "opinion"}),
        ("sources", {"columns": "title,colour"}),
        ("sources", {"rows": "201"}),
        ("sources", {"page": "-1"}),
        ("sources", {"since": "yesterday"}),
        ("sources", {"until": "2026-02-30"}),
        ("sources", {"words": "x" * 201}),
        ("sources", {"tag": "a\x00b"}),
        ("claims", {"verdict": "true"}),
        ("claims", {"credibility": "6"}),
        ("captures", {"status": "ok"}),
        ("pages", {"with": "errors"}),
    ],
)
def test_what_no_list_can_have_is_refused_with_what_can_be(reader, of, said):
    with pytest.raises(UsageError) as caught:
        parse_view(CATALOGUES[ListName(of)], said.items())

    assert caught.value.hint
    answer = reader.client.get(f"/{of}.json", params=said)
    assert (answer.status_code, set(answer.json())) == (400, {"status", "message", "hint"})
    assert reader.client.get(f"/export/{of}.csv", params=said).status_code == 400


@pytest.mark.parametrize("of", ["sources", "claims", "pages", "captures", "venues", "problems"])
def test_a_filter_with_a_slip_in_its_name_is_refused_to_programs_and_passed_over_for_people(reader, of):
    for address in (f"/{of}.json", f"/export/{of}.csv", f"/export/{of}.json"):
        answer = reader.client.get(address, params={"credibilty": "5"})
        assert (answer.status_code, "credibilty" in answer.text, ", sort, columns" in answer.text) == (400, True, True)
    assert reader.client.get(f"/{of}", params={"utm_source": "letter"}).status_code == 200


def test_a_list_is_taken_away_whole(reader, shelf):
    csv = reader.client.get("/export/sources.csv?credibility=3&columns=title,domain&rows=25&page=2")
    lines = csv.text.split("\r\n")

    threes = [row for row in shelf.rows if row.credibility == 3]
    assert csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert csv.headers["content-disposition"] == 'attachment; filename="sources.csv"'
    assert lines[0] == "source_id,stable_id,url,title,domain"
    assert len(lines) == len(threes) + 2
    rows = reader.json("/export/sources.json?credibility=3")
    assert {row["source_id"] for row in rows} == {row.source_id for row in threes}
    assert reader.client.get("/export/secrets.csv").status_code == 404
    assert reader.client.get("/export/sources.xlsx").status_code == 404


@pytest.mark.parametrize("name", ["sources", "claims", "pages", "captures", "venues"])
def test_every_list_can_be_taken_away_with_every_column(reader, name):
    columns = ",".join(column.name for column in CATALOGUES[ListName(name)].columns)

    assert len(reader.client.get(f"/export/{name}.csv?columns={columns}").text.splitlines()) > 1
    assert reader.json(f"/export/{name}.json")
