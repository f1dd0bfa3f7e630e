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
