"""The archive on the command line."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Ran, Site

Run = Callable[..., Ran]


def test_a_whole_archive_is_said_to_be_whole(run: Run, docs: Path) -> None:
    run("build", docs)
    verified = run("archive", "verify", docs)

    assert (verified.code, verified.out) == (0, "")
    assert "3 captures, 0 damaged" in verified.err


def test_damage_is_reported_by_file_offset_and_address(run: Run, docs: Path, site: Site) -> None:
    run("build", docs)
    (path,) = (docs / ".sourcebook" / "archive").glob("*.warc.gz")
    rows = run("captures", site.url("/article/autumn"), "--library", docs / ".sourcebook", "--json").rows
    data = bytearray(path.read_bytes())
    data[rows[0]["offset"] + 300] ^= 255
    path.write_bytes(data)
    verified = run("archive", "verify", docs)
    (damage,) = run("archive", "verify", docs, "--json").rows

    assert verified.code == 2
    assert verified.out.startswith(f"{path.name}:{rows[0]['offset']}: {site.url('/article/autumn')}: damaged")
    assert damage["file"] == path.name
    assert damage["offset"] == rows[0]["offset"]
    assert damage["url"] == site.url("/article/autumn")


def test_an_exported_library_is_built_anew_without_asking_anybody(
    run: Run, docs: Path, site: Site, tmp_path: Path
) -> None:
    run("build", docs)
    library = docs / ".sourcebook"
    exported = run("export", "wacz", "--all", "--output", tmp_path / "all.wacz", "--library", library)
    site.asked.clear()
    built = run("build", docs, "--from-archive", tmp_path / "all.wacz", "--library", tmp_path / "new", "--json")

    assert exported.code == 0, exported.err
    assert "3 captures, 2 pages" in exported.out
    assert built.rows[0]["outcomes"] == {"ok": 2, "gone": 1}
    assert site.asked == []


def test_the_copies_of_a_source_or_of_a_page_can_be_exported_alone(run: Run, docs: Path, site: Site) -> None:
    run("build", docs)
    library = docs / ".sourcebook"
    page = run("export", "wacz", "--page", "gone.md", "--output", docs / "a.wacz", "--library", library, "--json").rows[
        0
    ]
    url = site.url("/article/autumn")
    one = run("export", "wacz", "--source", url, "--output", docs / "b.wacz", "--library", library, "--json").rows[0]

    assert (page["captures"], page["pages"]) == (1, 0)
    assert (one["captures"], one["pages"]) == (1, 1)


def test_an_export_of_nothing_is_said_so(run: Run, docs: Path) -> None:
    run("build", docs, "--offline")
    library = docs / ".sourcebook"
    nothing = run("export", "wacz", "--all", "--output", docs / "a.wacz", "--library", library)
    unsaid = run("export", "wacz", "--output", docs / "a.wacz", "--library", library)

    assert (nothing.code, unsaid.code) == (3, 3)
    assert "no copies of that" in nothing.err
    assert "--all" in unsaid.err
    assert not (docs / "a.wacz").exists()
