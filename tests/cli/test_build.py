import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from sourcebook import wiring
from sourcebook.config import Config
from sourcebook.place import place_of
from tests.cli.conftest import PROGRAM, Ran, Site

Run = Callable[..., Ran]


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    """Return when the condition holds; fail when it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.02)


def add_settings(docs: Path, text: str) -> None:
    """More settings for a folder of pages."""
    file = docs / "sourcebook.toml"
    file.write_text(file.read_text() + text)


def test_a_folder_of_pages_becomes_a_library_of_records(run: Run, docs: Path, site: Site) -> None:
    built = run("build", docs)
    (record,) = run("show", site.url("/article/autumn"), "--library", docs / ".sourcebook", "--json").rows

    assert built.code == 0, built.err
    assert "Asked      3: 2 ok, 1 gone" in built.out
    assert "1 undefined-footnote" in built.out
    assert "gone.md:3:" in built.out
    assert "private networks may be asked: 127.0.0.0/8" in built.err
    assert record["title"] == "autumn"
    assert record["authors"] == ["Ada Reader"]
    assert record["published"].startswith("2025-03-04")
    assert record["type"] == "news article"
    assert record["state"] == "alive"
    assert record["rating"]["credibility"] is None
    assert [(page["title"], page["type"], page["quality"]) for page in record["cited_by"]] == [
        ("Counting safeguards", "Concept", 62.0)
    ]
    assert record["cited_by"][0]["places"][0]["claim"] == "Two of five safeguards survived the test."
    assert "counted forty-one safeguards" in record["preview"]["text"]
    assert record["summary"]["points"]


def test_a_second_build_asks_for_nothing_and_says_so(run: Run, docs: Path, site: Site) -> None:
    run("build", docs)
    asked = list(site.asked)
    again = run("build", docs)

    assert again.code == 0
    assert "Nothing was due" in again.out
    assert "Not due    3" in again.out
    assert site.asked == asked


def test_the_report_says_how_to_open_a_library_that_is_kept_elsewhere(run: Run, docs: Path, tmp_path: Path) -> None:
    built = run("build", docs, "--library", tmp_path / "my library", "--offline")

    assert f"Open it: sourcebook serve {docs} --library '{tmp_path / 'my library'}'" in built.out


def test_a_changed_page_is_all_that_is_read_again(run: Run, docs: Path, site: Site) -> None:
    run("build", docs)
    (docs / "new.md").write_text(f"A new page cites [spring]({site.url('/article/spring?utm_source=x')}).\n")
    report = run("build", docs, "--json").rows[0]

    assert (report["pages"], report["pages_read"]) == (3, 1)
    assert report["sources_new"] == 0, "tracking parameters do not make another source"
    assert report["asked"] == 0


def test_a_page_that_is_gone_is_forgotten_and_its_sources_are_not(run: Run, docs: Path, site: Site) -> None:
    run("build", docs)
    (docs / "gone.md").unlink()
    report = run("build", docs, "--json").rows[0]
    (record,) = run("show", site.url("/lost"), "--library", docs / ".sourcebook", "--json").rows

    assert report["pages_gone"] == 1
    assert report["sources"] == 3
    assert record["cited_by"] == []


def test_offline_asks_nobody_and_names_every_source_with_the_reason(run: Run, docs: Path, site: Site) -> None:
    built = run("build", docs, "--offline")
    listed = (docs / ".sourcebook" / "not-asked.txt").read_text(encoding="utf-8").splitlines()

    assert built.code == 0
    assert site.asked == []
    assert "Not asked  3: offline" in built.out
    assert sorted(line.split("\t")[1:] for line in listed) == [
        [site.url(path), "offline"] for path in ("/article/autumn", "/article/spring", "/lost")
    ]


def test_without_a_network_no_source_is_blamed(run: Run, tmp_path: Path) -> None:
    docs = tmp_path / "kb"
    docs.mkdir()
    urls = [f"https://host-{number}.invalid/page" for number in range(5)]
    (docs / "page.md").write_text("\n\n".join(f"A claim with a [link]({url})." for url in urls))
    report = run("build", docs, "--json").rows[0]

    assert report["outcomes"] == {}
    assert sorted(one["url"] for one in report["not_asked"]) == urls
    assert all("no network" in one["why"] for one in report["not_asked"])


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        pytest.param("missing", 3, "'missing' does not exist", id="a missing folder"),
        pytest.param("empty", 3, "no pages in 'empty'", id="an empty folder"),
        pytest.param("file.md", 3, "'file.md' is not a folder", id="a file"),
    ],
)
def test_a_folder_that_cannot_be_built_is_said_so(run: Run, tmp_path: Path, name: str, code: int, words: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.md").write_text("x")
    built = run("build", name)

    assert built.code == code
    assert words in built.err
    assert "hint: " in built.err
    assert "Traceback" not in built.err


def test_a_page_that_is_not_utf8_is_a_finding(run: Run, docs: Path) -> None:
    (docs / "latin.md").write_bytes("Die Zahl der Fälle [stieg](https://a.example/x).\n".encode("latin-1"))
    (docs / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    report = run("build", docs, "--offline", "--json").rows[0]

    found = {finding["page"] for finding in report["findings"] if finding["rule"] == "unreadable-page"}
    assert found == {"latin.md", "picture.md"}
    assert report["pages"] == 4


def test_a_huge_page_is_a_finding_and_not_read(run: Run, docs: Path) -> None:
    with (docs / "huge.md").open("wb") as file:
        file.truncate(50_000_000)
    report = run("build", docs, "--offline", "--json").rows[0]

    (finding,) = [finding for finding in report["findings"] if finding["page"] == "huge.md"]
    assert finding["rule"] == "unreadable-page"
    assert "20" in finding["message"]


def test_broken_front_matter_is_a_finding_and_the_rest_of_the_page_is_read(run: Run, docs: Path) -> None:
    (docs / "broken.md").write_text("---\ntitle: [unclosed\n---\n\nA [link](https://b.example/page).\n")
    report = run("build", docs, "--offline", "--json").rows[0]

    assert [finding["page"] for finding in report["findings"] if finding["rule"] == "broken-front-matter"] == [
        "broken.md"
    ]
    assert "https://b.example/page" in {one["url"] for one in report["not_asked"]}


def test_a_hundred_findings_of_one_rule_do_not_hide_the_only_one_of_another(run: Run, docs: Path) -> None:
    (docs / "first.md").write_text("".join(f"It rose.[^{number}]\n\n" for number in range(100)), encoding="utf-8")
    (docs / "last.md").write_text("---\ntitle: [\n---\nIt rose.\n", encoding="utf-8")

    lines = run("build", docs, "--offline").out.splitlines()

    told = [line for line in lines if line.startswith("             ")]
    assert sum("[undefined-footnote]" in line for line in told) == 4
    assert sum("[broken-front-matter]" in line for line in told) == 1
    assert any(" more: `sourcebook check`" in line for line in told)


def test_two_builds_at_once_do_not_meet(run: Run, docs: Path) -> None:
    with wiring.lock(place_of(docs, None)):
        second = run("build", docs, "--offline")

    assert second.code == 3
    assert f"process {os.getpid()} is building" in second.err
    assert run("build", docs, "--offline").code == 0


def test_an_unknown_setting_stops_the_build_with_a_guess(run: Run, docs: Path) -> None:
    (docs / "sourcebook.toml").write_text("[fetch]\ndelay = 1\n")
    built = run("build", docs)

    assert built.code == 3
    assert "did you mean 'fetch.delay_s'?" in built.err


@pytest.fixture
def many(docs: Path, site: Site) -> Path:
    """Forty more sources, each of which takes a moment to answer."""
    links = "\n\n".join(f"Claim number {n} [rests here]({site.url(f'/article/n{n}')})." for n in range(40))
    (docs / "many.md").write_text(links)
    site.pause_s = 0.05
    return docs


@pytest.mark.parametrize(
    ("how", "code"),
    [
        pytest.param(signal.SIGINT, 130, id="Ctrl-C"),
        pytest.param(signal.SIGKILL, -signal.SIGKILL, id="kill -9"),
    ],
)
def test_an_interrupted_build_loses_nothing_and_goes_on(
    run: Run, many: Path, site: Site, environ: dict[str, str], how: signal.Signals, code: int
) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "build", str(many)], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    wait_for(lambda: sum(path.startswith("/article/") for path in site.asked) >= 10)
    site.pause_s = 2.0  # however busy this machine is, the build does not end before it is told to
    process.send_signal(how)
    _, err = process.communicate(timeout=60)
    site.pause_s = 0.0
    kept = len(run("list", "--library", many / ".sourcebook", "--json").rows)
    before = len(site.asked)
    built = run("build", many, "--json")
    (report,) = built.rows

    assert process.returncode == code
    assert "Traceback" not in err
    assert built.code == 0, built.err
    assert report["sources"] == 43
    assert report["documents"] == 42
    assert report["asked"] < 43, "what was kept before is not asked for again"
    assert sum(path.startswith("/article/") for path in site.asked[before:]) == report["asked"] - (
        "/lost" in site.asked[before:]
    )
    assert kept <= 43


def test_a_full_disk_is_said_so_and_nothing_is_lost(run: Run, docs: Path, tmp_path: Path, site: Site) -> None:
    small = tmp_path / "small"
    small.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(small)], check=True)
    try:
        (small / "ballast").write_bytes(b"x" * 300_000)
        built = run("build", docs, "--library", small / "library")
        (small / "ballast").unlink()
        subprocess.run(["mount", "-o", "remount,size=50m", str(small)], check=True)
        again = run("build", docs, "--library", small / "library", "--json")
    finally:
        subprocess.run(["umount", str(small)], check=True)

    assert built.code == 1, built.out
    assert "space" in built.err
    assert "Traceback" not in built.err
    assert again.code == 0, again.err
    assert again.rows[0]["documents"] == 2


def test_a_library_of_a_newer_version_is_left_alone(run: Run, docs: Path) -> None:
    run("build", docs, "--offline")
    library = wiring.open_library(place_of(docs, None), Config())
    library.parts.store.database.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    library.close()
    files = {path: path.read_bytes() for path in (docs / ".sourcebook").glob("*.jsonl")}
    built = run("build", docs, "--offline")

    assert built.code == 3
    assert "newer" in built.err
    assert "9999" in built.err
    assert {path: path.read_bytes() for path in files} == files


def test_a_lost_database_is_rebuilt_from_text_and_archive(run: Run, docs: Path, site: Site) -> None:
    run("build", docs)
    before = run("show", site.url("/article/autumn"), "--library", docs / ".sourcebook", "--json").rows[0]
    for file in (docs / ".sourcebook").glob("library.db*"):
        file.unlink()
    asked = len(site.asked)
    lost = run("build", docs)
    rebuilt = run("rebuild", docs)
    built = run("build", docs)
    after = run("show", site.url("/article/autumn"), "--library", docs / ".sourcebook", "--json").rows[0]

    assert lost.code == 1
    assert "rebuild" in lost.err
    assert rebuilt.code == 0, rebuilt.err
    assert "3 sources" in rebuilt.out
    assert built.code == 0
    assert len(site.asked) == asked, "the archive answers for what was captured"
    assert before == after


def test_the_demo_builds_without_a_network_and_twice(run: Run, tmp_path: Path) -> None:
    first = run("demo", "--no-serve", "--folder", tmp_path / "demo")
    second = run("demo", "--no-serve", "--folder", tmp_path / "demo", "--json").rows[0]
    (record,) = run("show", "294f55e1e8c8ecbb", "--library", tmp_path / "demo" / ".sourcebook", "--json").rows

    assert first.code == 0, first.err
    assert second["asked"] == 0
    assert second["documents_read"] == 0
    assert record["stable_id"] == "sid_kPZ1jp40IG"
    assert record["rating"]["venue"] == "TechCrunch"
    assert record["rating"]["credibility"] == 3
    assert record["rating"]["inherited"] is True
    assert record["type"] == "news article"
    assert record["relevance"]
    assert 0 < record["importance"]["score"] <= 100
    assert record["summary"]["text"]
    assert len(record["summary"]["points"]) >= 3
    assert [(page["title"], page["type"], page["quality"]) for page in record["cited_by"]] == [
        ("Open Source AI Safety", "Approach", 62.0)
    ]
    assert record["preview"]["status"] == 200
    assert record["preview"]["captured_at"].startswith("2026-04-07")
    assert record["preview"]["truncated"] is True
    assert record["tags"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda docs: (docs / "new.md").write_text("Nothing cited.\n"), id="a page"),
        pytest.param(lambda docs: (docs / "venues.toml").write_text(VENUE), id="the user's venues"),
        pytest.param(lambda docs: add_settings(docs, "[fresh]\nretry_days = 9\n"), id="settings"),
        pytest.param(lambda docs: (docs / ".sourcebook" / "last-build.json").unlink(), id="the note itself"),
        pytest.param(lambda docs: (docs / ".sourcebook" / "last-build.json").write_text("{"), id="a torn note"),
    ],
)
def test_a_build_runs_again_when_anything_changed(run: Run, docs: Path, change: Callable[[Path], object]) -> None:
    run("build", docs)
    unchanged = run("build", docs)
    change(docs)
    changed = run("build", docs)

    assert "Rating sources" not in unchanged.err
    assert unchanged.err == "", "nothing was opened, so nothing is told of stages"
    assert changed.code == 0, changed.err
    assert (docs / ".sourcebook" / "last-build.json").stat().st_size > 100


VENUE = """[[venues]]
id = "loopback"
name = "The Loopback Post"
rules = ["127.0.0.1"]
type = "news"
credibility = 4
why = "A venue of the test's own."
"""


def test_a_new_venue_rates_what_was_unrated(run: Run, docs: Path, site: Site) -> None:
    run("build", docs)
    (docs / "venues.toml").write_text(VENUE)
    report = run("build", docs, "--json").rows[0]
    (record,) = run("show", site.url("/article/autumn"), "--library", docs / ".sourcebook", "--json").rows

    assert (report["rated"], report["asked"], report["documents_read"]) == (3, 0, 0)
    assert record["rating"]["venue"] == "The Loopback Post"
    assert record["rating_words"] == "Rating inherited from publication venue: The Loopback Post"


def test_a_source_that_is_due_is_asked_again(run: Run, docs: Path, site: Site) -> None:
    run("build", docs)
    add_settings(docs, "[fresh]\nrecheck_days = 0\nretry_days = 0\n")
    asked = len(site.asked)
    report = run("build", docs, "--json").rows[0]

    assert report["asked"] == 3
    assert len(site.asked) > asked
    assert run("build", docs, "--json").rows[0]["asked"] == 3, "no note stands in the way of what is due"
