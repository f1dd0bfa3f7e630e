"""Searching a library from the command line, and ranking texts without one."""

import importlib.util
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.cli.filed import Run, filed

URL = "https://report.example/ferries"
CLAIM = "The yard in Bergen sold seven electric ferries."
WORDS = f"""{CLAIM}

The council of the city paid for them in the spring, and the first of them sails between the islands since May.
"""


@pytest.fixture
def docs(run: Run, tmp_path: Path) -> Path:
    """A library with one source whose words are kept, and one without words."""
    other = "https://nobody.example/whales"
    page = f"# Ferries\n\n{CLAIM}[^1] Whales [came back]({other}).\n\n[^1]: {URL}\n"
    return filed(run, tmp_path, page, URL, WORDS)


def search(run: Run, docs: Path, *arguments: str) -> Ran:
    return run("search", *arguments, "--library", docs / ".sourcebook", "--json")


def test_words_are_found_in_sources_pages_and_claims(run: Run, docs: Path) -> None:
    [answer] = search(run, docs, "council", "ferry").rows

    [source] = answer["sources"]
    assert source["listing"]["url"] == URL
    text = "".join(one["text"] for one in source["place"]["stretches"])
    assert text == WORDS.strip()[source["place"]["start"] : source["place"]["end"]]
    assert [one["text"] for one in source["place"]["stretches"] if one["hit"]] == ["ferries", "council"]
    assert [page["page"]["path"] for page in answer["pages"]] == ["page.md"]
    assert [(claim["path"], claim["line"]) for claim in answer["claims"]] == [("page.md", 3)]


def test_a_capture_is_found_at_once_and_a_page_that_went_is_not(run: Run, docs: Path) -> None:
    (docs / "page.md").write_text("# Other\n\nNothing is cited.\n", "utf-8")
    assert run("build", docs, "--offline").code == 0

    answer = search(run, docs, "ferries")
    assert answer.rows[0]["pages"] == []
    assert answer.rows[0]["claims"] == []


def test_a_search_can_be_narrowed(run: Run, docs: Path) -> None:
    assert search(run, docs, "council site:report.example").rows[0]["total"] == 1
    assert search(run, docs, "council site:nobody.example").rows[0]["total"] == 0
    assert search(run, docs, "site:nobody.example").rows[0]["total"] == 1  # without words: all of them
    assert search(run, docs, "council cited-by:page.md").rows[0]["total"] == 1


def test_a_word_with_a_minus_needs_no_quotation_marks_around_the_question(run: Run, docs: Path) -> None:
    assert search(run, docs, "council", "-whales").rows[0]["total"] == 1
    assert search(run, docs, "council", "-ferries").rows[0]["total"] == 0
    assert search(run, docs, '-"electric ferries"', "site:report.example").rows[0]["total"] == 0
    assert search(run, docs, "-owls").rows[0]["total"] == 2, "nothing but what must not be there"
    assert search(run, docs, "-ferries").rows[0]["total"] == 1
    assert search(run, docs, "-ferries", "-whales").rows[0]["total"] == 0
    assert run("search", "-h").code == 0


def test_nothing_found_is_told_by_the_exit_code(run: Run, docs: Path) -> None:
    assert search(run, docs, "ferries").code == 0
    nothing = run("search", "zeppelin", "--library", docs / ".sourcebook")

    assert nothing.code == 2
    assert nothing.out.strip() == "No sources"


def test_a_question_that_cannot_be_followed_says_what_can(run: Run, docs: Path) -> None:
    for words in (["type:owl"], ["cited-by:nowhere.md"], ["credibility:12"], []):
        answer = search(run, docs, *words)

        assert answer.code == 3, words
        assert "hint: " in answer.err
        assert "Traceback" not in answer.err


def test_a_quote_leads_to_the_source_that_says_it(run: Run, docs: Path) -> None:
    exact = search(run, docs, "--quote", "the first of them sails between the islands")
    altered = search(run, docs, "--quote", "sold nine electric ferries")
    absent = search(run, docs, "--quote", "the moon is made of cheese and milk")

    assert exact.rows[0]["check"]["status"] == "exact"
    assert altered.rows[0]["check"]["status"] == "altered"
    assert "nine" in altered.rows[0]["check"]["difference"]
    assert absent.code == 2
    assert search(run, docs, "--quote", "ferries").code == 3  # too short to tell


def test_a_lost_index_is_made_again_by_the_next_build(run: Run, docs: Path) -> None:
    for file in (docs / ".sourcebook").glob("search.db*"):
        file.unlink()
    without = search(run, docs, "ferries")
    assert without.code == 3
    assert "sourcebook build" in without.err

    assert run("build", docs, "--offline").code == 0
    assert search(run, docs, "ferries").rows[0]["total"] == 1


def test_a_damaged_index_is_named(run: Run, docs: Path) -> None:
    (docs / ".sourcebook" / "search.db").write_bytes(b"no database at all" * 100)
    answer = search(run, docs, "ferries")

    assert answer.code == 1
    assert "search.db" in answer.err
    assert "delete" in answer.err


def test_texts_are_ranked_without_a_library(run: Run, tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    rows = [{"id": "a", "text": "Owls hunt voles."}, {"id": "b", "title": "Voles", "text": "A vole eats grass."}]
    texts.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    asked = run("rank", texts, "--semantic", "off", stdin='{"id": 7, "query": "hunting owls"}\n{"query": "vole"}\nno\n')

    assert asked.code == 2  # a line that is no question
    first, second, third = asked.rows
    assert first["id"] == 7
    assert [one["id"] for one in first["results"]] == ["a"]
    assert [one["id"] for one in second["results"]] == ["b", "a"]
    assert third["line"] == 3


def test_texts_that_cannot_be_read_are_named(run: Run, tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    texts.write_text('{"id": "a"}\n', "utf-8")

    for file, words in ((texts, "line 1"), (tmp_path / "none.jsonl", "none.jsonl")):
        answer = run("rank", file, stdin="")
        assert answer.code == 3
        assert words in answer.err


@pytest.mark.skipif(importlib.util.find_spec("wordllama") is None, reason="the model of the extra is not installed")
def test_meanings_count_beside_words_where_the_extra_is_installed(run: Run, tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    rows = [
        {"id": "car", "text": "The automobile has a petrol engine."},
        {"id": "cat", "text": "The kitten sleeps on a pillow."},
    ]
    texts.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    question = '{"query": "cars with motors"}\n'

    assert run("rank", texts, "--semantic", "off", stdin=question).rows[0]["results"] == []
    assert [one["id"] for one in run("rank", texts, "--semantic", "on", stdin=question).rows[0]["results"]] == ["car"]
