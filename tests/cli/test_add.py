"""`sourcebook add`: a source by its address."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Run = Callable[..., Ran]
URL = "https://report.example/ferries"


@pytest.fixture
def library(run: Run, tmp_path: Path) -> Path:
    """A library with one source that a page cites."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "page.md").write_text("# A page\n\nIt cites [a report](https://cited.example/a).\n", "utf-8")
    assert run("build", folder, "--offline").code == 0
    return folder / ".sourcebook"


def test_a_source_is_added_shown_and_no_longer_wanted(run: Run, library: Path) -> None:
    added = run("add", URL, "--why", "for the next page", "--who", "Ann", "--library", library)
    again = run("add", f"{URL}#top", "--library", library, "--json")
    shown = run("show", URL, "--library", library)
    undone = run("set", URL, "wanted", "--undo", "--library", library)

    assert added.code == 0, added.err
    assert added.out.split()[2:] == ["added", URL]
    (row,) = again.rows
    assert (row["new"], row["id"]) == (False, added.out.split()[0])
    assert "wanted: yes (Ann, " in shown.out
    assert "for the next page" in shown.out
    assert undone.out == "wanted: no longer\n"


def test_addresses_come_from_standard_input_and_what_is_none_is_said(run: Run, library: Path) -> None:
    ran = run("add", "--library", library, stdin=f"{URL}\n\nno address\nhttps://report.example/b\n")

    assert ran.code == 2
    assert len(ran.out.splitlines()) == 2
    assert "not added: 'no address': it is not an address of the web; write it whole" in ran.err
    assert run("list", "--library", library, "--json").out.count('"source_id"') == 3


def test_a_build_that_is_called_again_asks_for_what_was_added(run: Run, library: Path) -> None:
    folder = library.parent
    assert run("build", folder, "--offline").code == 0
    run("add", URL, "--library", library)
    (report,) = run("build", folder, "--offline", "--json").rows

    assert {one["url"] for one in report["not_asked"]} == {URL, "https://cited.example/a"}


def test_a_library_may_live_of_what_was_added(run: Run, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf" / ".sourcebook"
    added = run("add", URL, "--library", shelf)
    built = run("build", shelf.parent, "--offline", "--json")

    assert added.code == 0, added.err
    assert (built.code, built.err) == (0, "")
    assert [one["url"] for one in built.rows[0]["not_asked"]] == [URL]


def test_without_an_address_or_a_library_nothing_is_made(run: Run, tmp_path: Path) -> None:
    assert run("add", stdin="\n").code == 3
    assert run("add", URL).code == 3
    assert not (tmp_path / ".sourcebook").exists()
