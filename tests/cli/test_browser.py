"""A source that is nothing without its script, from the page that cites it to its record."""

import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from sourcebook import wiring
from sourcebook.place import place_of, read_config
from sourcebook.web.app import make_app
from tests.cli.conftest import Ran
from tests.fetch.chromium import WORDS, application, needs_chromium
from tests.fetch.site import Site, open_site

with warnings.catch_warnings():  # it would rather use httpx's successor, which the lock does not have
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

Run = Callable[..., Ran]


@pytest.fixture
def cited(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "sourcebook.toml").write_text(
        '[fetch]\nallow_networks = ["127.0.0.0/8"]\ndelay_s = 0\n[engine]\nworkers = 1\n', encoding="utf-8"
    )
    return folder


def cite(folder: Path, site: Site) -> str:
    url = site.url("/app")
    (folder / "page.md").write_text(f"# A page\n\nThe committee met on Tuesday.[^1]\n\n[^1]: {url}\n", encoding="utf-8")
    return url


@needs_chromium
def test_a_source_that_needs_a_browser_has_a_record_a_picture_and_a_whole_archive(run: Run, cited: Path) -> None:
    with open_site() as site:
        application(site)
        url = cite(cited, site)
        plain = run("build", cited, "--json").rows[0]
        shown = run("build", cited, "--browser", "--json").rows[0]
        again = run("build", cited, "--browser", "--json").rows[0]
    library = cited / ".sourcebook"
    rows = run("captures", url, "--library", library, "--json").rows
    (record,) = run("show", url, "--library", library, "--json").rows

    assert (plain["outcomes"], plain["documents"]) == ({"thin": 1}, 0)
    assert (shown["outcomes"], shown["documents"], again["asked"]) == ({"ok": 1}, 1, 0)
    assert [(row["origin"], row["outcome"], row["is_read"]) for row in rows] == [
        ("web", "thin", False),
        ("web", "thin", False),
        ("browser", "ok", True),
    ]
    assert WORDS.format(3) in record["preview"]["text"]
    assert record["title"] == "Report of the committee"
    assert (record["state"], record["capture"]["origin"], record["preview"]["rendered"]) == ("alive", "browser", True)
    assert record["preview"]["screenshot_bytes"] > 1000
    assert run("archive", "verify", library.parent, "--library", library).code == 0
    place = place_of(None, library)
    with wiring.open_records(place, read_config(place, {}).config) as records, TestClient(make_app(records)) as client:
        picture = client.get(f"/copies/{record['id']}.jpg")
        page = client.get(f"/sources/{record['id']}")
    assert (picture.headers["content-type"], picture.content[:2]) == ("image/jpeg", b"\xff\xd8")
    assert len(picture.content) == record["preview"]["screenshot_bytes"]
    assert f'src="/copies/{record["id"]}.jpg"' in page.text
    assert "As a browser showed it" in page.text
    assert run("rebuild", "--library", library).code == 0
    restored = run("captures", url, "--library", library, "--json").rows
    assert [row | {"words": 0} for row in restored] == [row | {"words": 0} for row in rows]


@needs_chromium
def test_a_page_that_a_browser_showed_can_be_taken_elsewhere(run: Run, cited: Path, tmp_path: Path) -> None:
    with open_site() as site:
        application(site)
        url = cite(cited, site)
        run("build", cited, "--browser")
    exported = run("export", "wacz", "--all", "--output", tmp_path / "all.wacz", "--library", cited / ".sourcebook")
    run("build", cited, "--from-archive", tmp_path / "all.wacz", "--library", tmp_path / "other")
    (record,) = run("show", url, "--library", tmp_path / "other", "--json").rows

    assert exported.code == 0, exported.err
    assert WORDS.format(3) in record["preview"]["text"]


@needs_chromium
def test_fetch_with_a_browser_prints_the_page_as_shown_and_keeps_both(run: Run, tmp_path: Path) -> None:
    with open_site() as site:
        application(site)
        ran = run(
            "fetch", site.url("/app"), "--browser", "--allow-network", "127.0.0.0/8", "--delay", 0,
            "--warc", tmp_path / "kept.warc",
        )  # fmt: skip
    (line,) = ran.rows
    kept = (tmp_path / "kept.warc").read_bytes()

    assert (line["outcome"], line["status"], line["redirects"]) == ("ok", 200, 0)
    assert line["reason"].startswith("in a browser: ")
    assert line["bytes"] > 1500
    assert b"urn:view:" in kept
    assert kept.count(b"WARC-Type: response") == 4


def test_a_browser_that_is_not_there_is_a_wrong_call_and_doctor_says_so(run: Run, cited: Path) -> None:
    (cited / "sourcebook.toml").write_text('[fetch]\nbrowser = "no-such-browser"\n', encoding="utf-8")
    (cited / "page.md").write_text("A [link](https://example.org/).\n", encoding="utf-8")

    ran = run("build", cited, "--browser")
    doctor = run("doctor", cited)

    assert ran.code == 3
    assert "no-such-browser" in ran.err or "sourcebook[browser]" in ran.err
    assert doctor.code == 2
    assert "wrong  browser" in doctor.out


@pytest.mark.parametrize("other", [("--offline",), ("--from-archive", "x.wacz")])
def test_a_browser_makes_no_sense_where_the_web_is_not_asked(run: Run, cited: Path, other: tuple[str, ...]) -> None:
    ran = run("build", cited, "--browser", *other)

    assert ran.code == 3
    assert "--browser" in ran.err
