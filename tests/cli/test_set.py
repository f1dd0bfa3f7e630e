"""A person's word on a source, from the command line: kept beside ours, never edited, taken back by saying so."""

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Run = Callable[..., Ran]
URL = "https://report.example/a"


@pytest.fixture
def docs(run: Run, tmp_path: Path) -> Path:
    """A library with one source that nobody was asked for."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "page.md").write_text(f"# A page\n\nIt cites [The Long Report]({URL}).\n", "utf-8")
    assert run("build", folder, "--offline").code == 0
    return folder


def show(run: Run, docs: Path) -> dict:
    return run("show", URL, "--library", docs / ".sourcebook", "--json").rows[0]


def test_every_field_can_be_set_and_ours_is_shown_beside_it(run: Run, docs: Path) -> None:
    said = {
        "title": "The Short Report",
        "type": "report",
        "authors": "Ann Reporter; Bo Writer",
        "published": "2025-07",
        "summary": "It says little.",
        "key_points": "It is short; It is a report",
        "tags": "reports; brevity",
        "credibility": "4",
        "importance": "77",
        "relevance": "It is what the page is about.",
    }
    ours = show(run, docs)
    ran = run("set", URL, *(f"{name}={value}" for name, value in said.items()), "--why", "I read it", "--who", "Ann")
    record = show(run, docs)
    listed = run("list", "--library", docs / ".sourcebook", "--json").rows[0]

    assert ran.code == 0, ran.err
    assert record["title"] == listed["title"] == "The Short Report"
    assert record["type"] == record["rating"]["type"] == listed["type"] == "report"
    assert record["authors"] == ["Ann Reporter", "Bo Writer"]
    assert record["published"] == "2025-07"
    assert record["summary"]["text"] == "It says little."
    assert [point["text"] for point in record["summary"]["points"]] == ["It is short", "It is a report"]
    assert record["tags"] == ["reports", "brevity"]
    assert record["rating"]["credibility"] == listed["credibility"] == 4
    assert record["rating_words"].startswith("Set by Ann on ")
    assert (record["importance_by_hand"], listed["importance"]) == (77, 77)
    assert record["importance"]["score"] != 77
    assert record["relevance"] == said["relevance"]
    beside = {one["field"]: (one["ours"], one["who"], one["why"]) for one in record["corrections"]}
    assert beside.keys() == said.keys()
    assert beside["title"] == (ours["title"], "Ann", "I read it")
    assert beside["credibility"][0] is None


def test_what_is_said_is_added_and_undone_by_adding_and_survives_a_rebuild(run: Run, docs: Path) -> None:
    file = docs / ".sourcebook" / "reviews.jsonl"
    ours = show(run, docs)["title"]
    kept = []
    for arguments in (
        ("title=One", "--why", "first"),
        ("title=Two", "--why", "second"),
        ("title", "--undo"),
        ("--undo",),
    ):
        ran = run("set", URL, *arguments, "--who", "Ann")
        assert ran.code == 0, ran.err
        kept.append((show(run, docs)["title"], file.read_text("utf-8")))
    run("set", URL, "title=Three", "--why", "third", "--who", "Ann")
    for name in ("library.db", "library.db-wal", "library.db-shm"):
        (docs / ".sourcebook" / name).unlink(missing_ok=True)
    run("rebuild", docs)
    run("build", docs, "--offline")

    assert [title for title, _ in kept] == ["One", "Two", "One", ours]
    assert all(later.startswith(earlier) for (_, earlier), (_, later) in pairwise(kept))
    assert [json.loads(line)["value"] for line in kept[-1][1].splitlines()] == ["One", "Two", "", ""]
    assert show(run, docs)["title"] == "Three"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["titel=A", "--why", "x"], "did you mean 'title'?", id="an unknown field"),
        pytest.param(["title=A"], "--why", id="no reason"),
        pytest.param(["title"], "FIELD=VALUE", id="no value"),
        pytest.param([], "no field is set", id="no field"),
        pytest.param(["title", "--undo"], "nobody has said title", id="nothing to undo"),
        pytest.param(["title=A", "--undo"], "leave --undo out", id="both at once"),
    ],
)
def test_what_cannot_be_said_is_refused_and_nothing_is_kept(
    run: Run, docs: Path, arguments: list[str], words: str
) -> None:
    ran = run("set", URL, *arguments, "--who", "Ann")

    assert ran.code == 3
    assert words in ran.err
    assert "hint: " in ran.err
    assert not (docs / ".sourcebook" / "reviews.jsonl").exists()


def test_a_source_that_nobody_cites_cannot_be_corrected(run: Run, docs: Path) -> None:
    assert run("set", "https://other.example/", "title=A", "--why", "x", "--who", "Ann").code == 3


def test_a_person_sees_what_counts_what_we_derived_and_how_to_undo_it(run: Run, docs: Path) -> None:
    said = run("set", URL, "credibility=unrated", "--why", "a mirror", "--who", "Ann").out
    shown = run("show", URL, "--library", docs / ".sourcebook").out

    assert "credibility: unrated (we derived: nothing)" in said
    assert "credibility --undo" in said
    assert "Set by people\n  credibility: unrated (Ann, " in shown
    assert "we derived: nothing" in shown
