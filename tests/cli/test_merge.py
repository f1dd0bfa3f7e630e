"""Two sources that are one work, from the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Run = Callable[..., Ran]
PAPER, PDF = "https://report.example/a", "https://report.example/a.pdf"


@pytest.fixture
def docs(run: Run, tmp_path: Path) -> Path:
    """A library with two sources that nobody was asked for."""
    folder = tmp_path / "docs"
    folder.mkdir()
    text = f"# A page\n\nIce is [cold]({PAPER}).\n\nFire is [hot]({PDF}).\n"
    (folder / "page.md").write_text(text, "utf-8")
    assert run("build", folder, "--offline").code == 0
    return folder


def show(run: Run, docs: Path, name: str) -> dict:
    return run("show", name, "--library", docs / ".sourcebook", "--json").rows[0]


def claims(record: dict) -> list[str]:
    return [place["claim"] for page in record["cited_by"] for place in page["places"]]


def test_a_source_is_merged_into_another_and_parted_again(run: Run, docs: Path) -> None:
    paper, pdf = show(run, docs, PAPER), show(run, docs, PDF)
    merged = run("merge", PDF, PAPER, "--why", "the same report", "--who", "Ann", "--library", docs / ".sourcebook")
    both = show(run, docs, pdf["id"])
    scanned = run("check", docs, "--json")
    undone = run("merge", pdf["id"], "--undo", "--who", "Ann", "--library", docs / ".sourcebook")
    said = [json.loads(line) for line in (docs / ".sourcebook" / "reviews.jsonl").read_text("utf-8").splitlines()]

    assert merged.code == 0, merged.err
    assert f"now the record of both; undo: sourcebook merge {pdf['id']} --undo" in merged.out
    assert (both["id"], both["stable_id"]) == (paper["id"], paper["stable_id"])
    assert claims(both) == ["Ice is cold.", "Fire is hot."]
    assert [(one["id"], one["who"], one["why"]) for one in both["merged"]] == [(pdf["id"], "Ann", "the same report")]
    assert scanned.code in {0, 2}, scanned.err
    assert undone.code == 0, undone.err
    assert [(one["field"], one["value"]) for one in said] == [("merged", paper["id"]), ("merged", "")]
    assert [claims(show(run, docs, one)) for one in (PAPER, PDF)] == [["Ice is cold."], ["Fire is hot."]]
    assert show(run, docs, PDF)["stable_id"] == pdf["stable_id"]


def test_the_record_tells_people_what_shares_it(run: Run, docs: Path) -> None:
    run("merge", PDF, PAPER, "--why", "the same report", "--who", "Ann", "--library", docs / ".sourcebook")

    shown = run("show", PAPER, "--library", docs / ".sourcebook").out
    assert f"Same work    {PDF}" in shown
    assert "Ann: the same report" in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param([PDF, "--why", "x"], "a merge names two sources", id="one source"),
        pytest.param([PDF, PAPER, "--undo"], "a merge names two sources", id="two to undo"),
        pytest.param([PDF, PAPER], "--why", id="no reason"),
        pytest.param([PDF, PDF, "--why", "x"], "one source already", id="itself"),
        pytest.param([PDF, "https://no.example/", "--why", "x"], "no source", id="unknown"),
        pytest.param([PDF, "--undo"], "nobody has merged", id="nothing to undo"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_kept(
    run: Run, docs: Path, arguments: list[str], words: str
) -> None:
    ran = run("merge", *arguments, "--library", docs / ".sourcebook")

    assert ran.code == 3
    assert words in ran.err
    assert not (docs / ".sourcebook" / "reviews.jsonl").exists()
