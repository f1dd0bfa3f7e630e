"""`sourcebook links` as a person and a CI job run it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.fetch.site import article, http, moved, open_site

Run = Callable[..., Ran]
OPEN = ("--allow-network", "127.0.0.0/8", "--delay", "0")


def page(folder: Path, name: str, *addresses: str) -> None:
    lines = "".join(f"A [link]({one}) of a page.\n\n" for one in addresses)
    (folder / name).write_text(lines, encoding="utf-8")


def test_broken_links_are_listed_where_they_stand_and_asked_for_once(run: Run, tmp_path: Path) -> None:
    with open_site() as site:
        site.page("/there", article())
        site.page("/soft", b"<title>Page not found</title><h1>Oops</h1>")
        site.page("/wall", b"", status="403 Forbidden")
        site.page("/robots.txt", b"User-agent: *\nDisallow: /", "Content-Type: text/plain")
        page(tmp_path, "a.md", *map(site.url, ("/there#part", "/gone", "/wall")))
        page(tmp_path, "b.md", *map(site.url, ("/gone", "/soft", "/there")))
        ran = run("links", *OPEN, tmp_path)
        asked = site.asked(robots=True)
        gone, soft = site.url("/gone"), site.url("/soft")

    assert ran.code == 2
    assert sorted(line.partition(" (")[0] for line in ran.out.splitlines()) == [
        f"a.md:3:3: gone: {gone}",
        f"b.md:1:3: gone: {gone}",
        f"b.md:3:3: soft_gone: {soft}",
    ]
    assert "6 links to 4 addresses: 1 there, 2 broken, 1 unknown, 0 not asked" in ran.err
    assert sorted(asked) == ["/gone", "/soft", "/there", "/wall"]


def test_all_places_of_a_link_are_told_though_it_was_asked_for_before_the_last_page_was_read(
    run: Run, tmp_path: Path
) -> None:
    with open_site() as site:
        page(tmp_path, "a.md", site.url("/gone"))
        page(tmp_path, "b.md", *(site.url(f"/{number}") for number in range(1_050)))
        page(tmp_path, "c.md", site.url("/gone"))
        ran = run("links", *OPEN, tmp_path)

    assert [line.partition(" (")[0] for line in ran.out.splitlines()[:2]] == [
        f"a.md:1:3: gone: {site.url('/gone')}",
        f"c.md:1:3: gone: {site.url('/gone')}",
    ]
    assert "1,052 links to 1,051 addresses: 0 there, 1,051 broken" in ran.err


def test_a_path_that_does_not_exist_is_said_before_anybody_is_asked(run: Run, tmp_path: Path) -> None:
    with open_site() as site:
        page(tmp_path, "a.md", site.url("/a"))
        ran = run("links", *OPEN, tmp_path / "a.md", tmp_path / "b.md")
        asked = site.asked(robots=True)

    assert ran.code == 3
    assert "b.md' does not exist" in ran.err
    assert asked == []


def test_links_that_are_all_there_are_clean(run: Run, tmp_path: Path) -> None:
    with open_site() as site:
        site.page("/b", article())
        site.say("/a", moved("/b"))
        page(tmp_path, "a.md", site.url("/a"))
        ran = run("links", *OPEN, tmp_path, "--json")
        a, b = site.url("/a"), site.url("/b")

    assert ran.code == 0
    assert ran.rows == [
        {"url": a, "link": "there", "outcome": "ok", "reason": "status 200", "status": 200, "final_url": b,
         "places": ["a.md:1:3"]}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("No links.", 0, id="no links"),
        pytest.param("A [link](http://no-such-host.invalid/).", 1, id="nobody could be asked"),
        pytest.param("A [link](http://10.0.0.1/).", 0, id="nobody may be asked: that is no fault of the link"),
    ],
)
def test_what_could_not_be_checked_is_no_pass(run: Run, tmp_path: Path, text: str, code: int) -> None:
    (tmp_path / "a.md").write_text(text)

    assert run("links", tmp_path, "--deadline", "3").code == code


def test_no_pages_are_a_wrong_call(run: Run, tmp_path: Path) -> None:
    ran = run("links", tmp_path)

    assert ran.code == 3
    assert "hint: " in ran.err


def test_hosts_that_ask_for_a_pause_are_not_called_broken(run: Run, tmp_path: Path) -> None:
    with open_site() as site:
        site.say("/a", http(b"", "Retry-After: 3600", status="429 Too Many Requests"))
        page(tmp_path, "a.md", site.url("/a"), site.url("/b"))
        ran = run("links", *OPEN, tmp_path)

    assert ran.code == 0
    assert "0 there, 0 broken, 1 unknown, 1 not asked" in ran.err


def test_settings_that_make_no_sense_are_a_wrong_call(run: Run, tmp_path: Path) -> None:
    page(tmp_path, "a.md", "http://127.0.0.1/a")
    ran = run("links", tmp_path, "--delay", "-1")

    assert ran.code == 3
    assert ran.err.splitlines() == [
        "sourcebook: setting 'fetch.delay_s' must be at least 0",
        "hint: raise it",
    ]


def test_what_lies_in_the_folder_of_the_pages_is_not_run(run: Run, tmp_path: Path) -> None:
    with open_site() as site:
        site.page("/a", article())
        for name in ("asyncio", "json", "aiohttp", "sourcebook"):
            (tmp_path / f"{name}.py").write_text("raise SystemExit('run')")
        page(tmp_path, "a.md", site.url("/a"))
        command = [Path(sys.executable).with_name("sourcebook"), "links", *OPEN, tmp_path]
        ran = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)

    assert ran.returncode == 0
    assert "1 there" in ran.stderr
