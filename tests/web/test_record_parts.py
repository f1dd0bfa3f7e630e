"""The record's further pages: captures, what changed between two, how to cite it; and pages that are kept ready."""

import pytest
from msgspec.structs import replace

from sourcebook.records import ChangedLine, Changes, PassageFate
from sourcebook.records.changes import compare
from sourcebook.store import Build
from sourcebook.types.captures import Capture, Outcome
from sourcebook.web.charts import HIGH, charts_of
from sourcebook.web.kept_pages import MOST, KeptPages
from tests.web.conftest import words_of
from tests.web.shelf import ID, NOW, PAGE, STABLE_ID, Shelf
from tests.web.test_hostile import SCRIPT

CAPTURE = Capture("cap1", ID, "https://a.example", "https://a.example", NOW, NOW, Outcome.OK, "status 200", "web")
CHANGES = Changes(
    ID,
    "An article",
    CAPTURE,
    replace(CAPTURE, id="cap2"),
    (ChangedLine("skipped", "3 lines are the same"), ChangedLine("gone", "Seven."), ChangedLine("new", "Nine.")),
    1,
    1,
    (PassageFate("Seven.", "There are seven.", True, False), PassageFate("Ferries sail.", "", True, True)),
)


@pytest.fixture
def shelf():
    return Shelf(compared=CHANGES)


def test_captures_stand_in_time_and_two_can_be_compared(reader):
    page = reader.page(f"/sources/{ID}/captures")

    text = words_of(page.find(".//main"))
    assert "2 attempts" in text
    assert "This copy is read" in text
    assert "status 200; text/html, 8 KB; 900 words a.warc.gz, byte 7" in text
    assert page.xpath("//select[@name='from']/option[@selected]/@value") == ["cap1"]
    assert page.xpath("//select[@name='to']/option[@selected]/@value") == ["cap2"]
    assert [row["id"] for row in reader.json(f"/sources/{ID}/captures.json")] == ["cap1", "cap2"]
    assert reader.client.get(f"/sources/{STABLE_ID}/captures").headers["location"] == f"/sources/{ID}/captures"


def test_a_comparison_says_what_came_and_went_and_what_became_of_passages(reader):
    page = reader.page(f"/sources/{ID}/changes?from=cap1&to=cap2")

    text = words_of(page.find(".//main"))
    assert "1 line gone, 1 line new" in text
    assert "Gone Seven. for: There are seven." in text
    assert "Still there Ferries sail." in text
    assert [words_of(one) for one in page.xpath("//del | //ins")] == ["Gone: Seven.", "New: Nine."]
    assert reader.json(f"/sources/{ID}/changes.json?from=cap1&to=cap2")["gone"] == 1


def test_hostile_words_of_captures_stay_words(open_library):
    lines = (ChangedLine("new", SCRIPT), ChangedLine("gone", SCRIPT), ChangedLine("same", SCRIPT))
    changes = replace(CHANGES, title=SCRIPT, lines=lines, passages=(PassageFate(SCRIPT, SCRIPT, True, True),))

    page = open_library(Shelf(compared=changes)).page(f"/sources/{ID}/changes?from=a&to=b")

    assert page.xpath("//script | //img") == []
    assert page.text_content().count("<script>alert(1)</script>") >= 5


def test_a_comparison_keeps_what_stays_around_a_change():
    old = [f"line {n}" for n in range(20)]
    new = [*old[:10], "another", *old[11:]]

    assert [(line.kind, line.text) for line in compare(old, new)] == [
        ("skipped", "8 lines are the same"),
        ("same", "line 8"),
        ("same", "line 9"),
        ("gone", "line 10"),
        ("new", "another"),
        ("same", "line 11"),
        ("same", "line 12"),
        ("skipped", "7 lines are the same"),
    ]
    assert [line.kind for line in compare(old, old)] == ["skipped"]


def test_a_record_is_cited_in_each_form(reader):
    page = reader.page(f"/sources/{ID}")
    bib = reader.client.get(f"/sources/{ID}/cite.bib")
    csl = reader.client.get(f"/sources/{ID}/cite.json")

    assert "Ann Reporter and Bo Writer (2025)." in words_of(page)
    assert {f"/sources/{ID}/cite.bib", f"/sources/{ID}/cite.json"} <= set(page.xpath("//a/@href"))
    assert bib.text.startswith("@misc{sid_kPZ1jp40IG,")
    assert bib.headers["content-disposition"] == f'attachment; filename="{ID}.bib"'
    assert csl.json()[0]["type"] == "article-newspaper"
    assert reader.client.get(f"/sources/{ID}/cite.ris").text.startswith("TY  - NEWS\r\n")
    assert reader.client.get(f"/sources/{ID}/cite.doc").status_code == 404


def test_a_page_says_what_it_rests_on(reader):
    text = words_of(reader.page(f"/pages/{PAGE.id}").find(".//main"))

    assert "This page rests on 2 claims, 0 on venues of 4 or more." in text
    assert "Claims 2 Supported 0 Partial 0 Flagged 1 " in text


def test_the_overview_draws_the_library_over_time_with_its_numbers(open_library):
    figures = {"state.alive": 30, "state.dead": 2, "sources": 32, "reach.found": 32, "reach.captured": 16}
    before = Build(NOW.replace(day=1), figures | {"state.dead": 0, "sources": 30})

    page = open_library(Shelf(built=(Build(NOW, figures), before))).page("/")

    text = words_of(page.find(".//main"))
    assert "2 builds, the last of them on the right. Since the build before: sources +2. Links: dead +2." in text
    assert len(page.xpath("//figure")) == 7
    assert "Apr 7, 2026, 09:05 UTC 30 0 0 2" in text


def test_bars_are_as_tall_as_what_they_count():
    links, *_, claims, _ = charts_of([Build(NOW, {"state.alive": 3, "state.dead": 1, "coverage.found": 8})])

    assert [(bar.mark, bar.height) for bar in links.bars] == [("state-alive", HIGH * 0.75), ("state-dead", HIGH / 4)]
    assert sum(bar.height for bar in links.bars) == HIGH
    assert links.bars[1].y == 0
    assert [(bar.mark, bar.height) for bar in claims.bars] == [("depth-1", HIGH)]
    assert charts_of([])[0].bars == ()


def test_the_answers_of_sources_are_drawn_and_none_is_left_out_or_counted_twice():
    figures = {f"outcome.{outcome}": 1 for outcome in Outcome}
    answers = next(chart for chart in charts_of([Build(NOW, figures)]) if chart.title == "Last answers")

    assert sorted(name for layer in answers.layers for name in layer.figures) == sorted(figures)
    assert [answers.number(answers.builds[0], layer) for layer in answers.layers] == [1, 6, 2, 4]
    assert [bar.mark for bar in answers.bars] == ["outcome-ok", "outcome-kept", "outcome-unknown", "outcome-gone"]
    assert sum(bar.height for bar in answers.bars) == pytest.approx(HIGH, abs=0.05)


def test_a_page_is_kept_until_the_library_changes_or_it_ages(open_library):
    shelf = Shelf(version="1")
    reader = open_library(shelf)
    first = reader.client.get(f"/sources/{ID}")
    shelf.records = (replace(shelf.records[0], title="Another title"), shelf.records[1])
    kept = reader.client.get(f"/sources/{ID}")
    shelf.version = "2"
    fresh = reader.client.get(f"/sources/{ID}")

    assert kept.content == first.content
    assert kept.headers["content-security-policy"] == first.headers["content-security-policy"]
    assert "Another title" in fresh.text
    now = [0.0]
    pages = KeptPages(lambda: "1", lambda: now[0])
    for number in range(MOST + 1):
        pages.keep(str(number), b"page", "1")
    assert (pages.find("0", "1"), pages.find("1", "1")) == (None, b"page")
    now[0] = 31.0
    assert pages.find("1", "1") is None


def test_nothing_is_kept_of_a_library_that_cannot_tell_when_it_changes(open_library):
    shelf = Shelf(version="")
    reader = open_library(shelf)
    reader.client.get(f"/sources/{ID}")
    shelf.records = (replace(shelf.records[0], title="Another title"), shelf.records[1])

    assert "Another title" in reader.client.get(f"/sources/{ID}").text
