"""`sourcebook evaluate`: on one's own pages, with or without a library."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Ran

Run = Callable[..., Ran]


def write_pages(folder: Path) -> Path:
    folder.mkdir()
    for number in range(8):
        (folder / f"page{number}.md").write_text(
            f"A [report](https://report.example/a) and [one more](https://other{number}.example/b/c/d).\n", "utf-8"
        )
    return folder


def test_importance_is_held_against_the_other_half_of_the_pages(run: Run, tmp_path: Path) -> None:
    docs = write_pages(tmp_path / "docs")
    ran = run("evaluate", "importance", docs, "--splits", 3, "--json")

    assert ran.code == 0
    assert [row["seed"] for row in ran.rows] == [0, 1, 2]
    assert all((row["pages"], row["sources"], row["cited_again"]) == (4, 5, 1) for row in ran.rows)
    assert all(row["auc"] == 1.0 for row in ran.rows)
    assert not (docs / ".sourcebook").exists()


def test_a_person_sees_a_table_with_means(run: Run, tmp_path: Path) -> None:
    shown = run("evaluate", "importance", write_pages(tmp_path / "docs"), "--splits", 2).out.splitlines()

    assert shown[0].split()[0] == "split"
    assert shown[-1].split()[:2] == ["mean", "1.000"]
    assert len(shown) == 4


def test_pages_that_share_no_source_can_tell_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("A [link](https://a.example/b).", "utf-8")
    ran = run("evaluate", "importance", tmp_path / "docs")

    assert ran.code == 3
    assert "share no source" in ran.err
