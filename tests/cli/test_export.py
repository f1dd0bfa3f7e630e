"""References for other tools, from the command line."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Run = Callable[..., Ran]
PAPER, NEWS, OTHER = "https://arxiv.org/abs/1706.03741", "https://techcrunch.com/2025/a", "https://report.example/b"


@pytest.fixture
def library(run: Run, tmp_path: Path) -> Path:
    """A library of three sources on two pages, none of which was asked for."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "one.md").write_text(f"# One\n\nIt cites [news]({NEWS}) and [a paper]({PAPER}).\n", "utf-8")
    (folder / "two.md").write_text(f"# Two\n\nIt cites [a report]({OTHER}).\n", "utf-8")
    assert run("build", folder, "--offline").code == 0
    said = ("title=Deep Learning & You", "authors=Ann Reporter; Bo Writer", "published=2017-06")
    assert run("set", PAPER, *said, "--why", "I read it", "--library", folder / ".sourcebook").code == 0
    return folder / ".sourcebook"


def test_the_whole_library_goes_to_standard_output_with_corrections(run: Run, library: Path) -> None:
    ran = run("export", "bibtex", "--library", library)

    assert ran.code == 0, ran.err
    assert len(re.findall(r"^@\w+\{sid_\w{10},$", ran.out, re.MULTILINE)) == 3
    assert r"title = {{Deep Learning \& You}}," in ran.out
    assert "author = {{Ann Reporter} and {Bo Writer}}," in ran.out
    assert ran.err == "3 sources\n"
    assert run("export", "bibtex", library.parent).out == ran.out, "the folder of pages names its library as well"


def test_the_sources_of_a_page_come_in_the_order_in_which_it_cites_them(run: Run, library: Path) -> None:
    items = json.loads(run("export", "csl", "--page", "one.md", "--library", library).out)

    assert [item["URL"] for item in items] == [NEWS, PAPER]


def test_filters_narrow_what_is_named_and_the_file_is_written(run: Run, library: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.ris"
    chosen = ("--page", "one.md", "--page", "two.md", "--type", "preprint")
    ran = run("export", "ris", *chosen, "--output", file, "--library", library, "--json")

    (row,) = ran.rows
    assert (row["sources"], row["left_out"]) == (1, [])
    assert file.read_bytes().count(b"TY  - UNPB\r\n") == 1
    assert b"AU  - Ann Reporter\r\n" in file.read_bytes()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (["bibtex", "--source", "nothing"], "no source 'nothing'"),
        (["bibtex", "--page", "nothing.md"], "nothing.md"),
        (["csl", "--state", "dead"], "no sources of that"),
        (["csl", "--json"], "add --output"),
        (["wacz", "--all"], "--output FILE"),
        (["wacz", "--output", "a.wacz"], "--all"),
        (["ris", "--all", "--source", PAPER], "leave one of them out"),
        (["bibtex", "--output", "no/such/folder/a.bib"], "cannot write"),
    ],
)
def test_what_cannot_be_exported_is_said(run: Run, library: Path, said: list[str], words: str) -> None:
    ran = run("export", *said, "--library", library)

    assert ran.code == 3
    assert words in ran.err
    assert ran.out == ""
