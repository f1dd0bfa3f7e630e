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
