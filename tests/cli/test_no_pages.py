"""A folder without pages: no library is left behind, and what to do next is said."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Ran

Run = Callable[..., Ran]


def test_a_folder_without_pages_is_told_what_pages_are_and_no_command_sees_a_library_there(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("no page")
    built = run("build", "notes")

    assert built.code == 3
    assert [path.name for path in (tmp_path / "notes").rglob("*")] == ["a.txt"]
    assert "pages are files that match **/*.md" in built.err
    assert "corpus.include in sourcebook.toml" in built.err
    assert run("list").err.startswith("sourcebook: no library in sight")
    (tmp_path / "notes" / "sourcebook.toml").write_text('[corpus]\ninclude = ["*.txt"]\n')
    assert run("build", "notes", "--offline").code == 0


def test_a_library_whose_pages_are_all_gone_keeps_its_records_and_says_so(run: Run, docs: Path) -> None:
    run("build", docs, "--offline")
    for page in docs.glob("*.md"):
        page.unlink()
    built = run("build", docs, "--offline")

    assert built.code == 0, built.err
    assert "Pages      0: " in built.out
    assert "none matches corpus.include" in built.out
    assert run("list", docs, "--json").rows


def test_pages_in_a_language_that_nobody_reads_are_told_by_every_command_that_passes_over_them(
    run: Run, docs: Path
) -> None:
    (docs / "old").mkdir()
    for name in ("old/a.rst", "old/b.rst", "c.org"):
        (docs / name).write_text("`the report <https://a.example/1>`_\n")

    assert "Not read   2 reStructuredText, 1 Org: " in run("build", docs, "--offline").out
    assert "Not read   2 reStructuredText, 1 Org: " in run("build", docs, "--offline").out  # from the last one's note
    (docs / "old" / "d.rst").write_text("")
    assert "Not read   3 reStructuredText, 1 Org: " in run("build", docs, "--offline").out
    assert "; not read: 3 reStructuredText, 1 Org\n" in run("scan", docs).err
    assert "; not read: 3 reStructuredText, 1 Org\n" in run("links", docs).err
    assert "4 skipped (3 in reStructuredText, unread, 1 in Org, unread)" in run("check", docs).out
    assert "3 found: 0 checked, 3 skipped (3 in reStructuredText, unread)" in run("check", docs / "old").out
    assert "a.rst:1:1: unreadable-page: reStructuredText is not read" in run("scan", docs / "old" / "a.rst").err
    assert "no pages in 'docs/old' that can be read: only 3 reStructuredText" in run("build", "docs/old").err
