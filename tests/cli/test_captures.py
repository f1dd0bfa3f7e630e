"""Every attempt to get a source, and asking again before its time."""

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Ran, Site

Run = Callable[..., Ran]


def test_captures_lists_what_came_and_names_the_copy_that_is_read(run: Run, docs: Path, site: Site) -> None:
    run("build", docs)
    (first,) = run("captures", site.url("/article/autumn"), "--library", docs / ".sourcebook", "--json").rows
    shown = run("captures", site.url("/lost"), "--library", docs / ".sourcebook")

    assert (first["outcome"], first["reason"], first["status"], first["origin"]) == ("ok", "status 200", 200, "web")
    assert first["is_read"]
    assert first["words"] > 100
    assert first["size_bytes"] > 1000
    assert (first["state"], first["due_at"] > first["checked_at"]) == ("alive", True)
    assert "gone" in shown.out
    assert "status 404: not found" in shown.out
    assert "State: suspect; asked for next on" in shown.out


def test_refresh_asks_for_everything_again(run: Run, docs: Path, site: Site) -> None:
    run("build", docs)
    site.asked.clear()
    report = run("build", docs, "--refresh", "--json").rows[0]
    rows = run("captures", site.url("/article/autumn"), "--library", docs / ".sourcebook", "--json").rows

    assert (report["asked"], report["not_due"]) == (3, 0)
    assert {path for path in site.asked if path != "/robots.txt"} == {"/article/autumn", "/article/spring", "/lost"}
    assert [row["is_read"] for row in rows] == [False, True]


def test_refresh_asks_for_those_that_are_named_and_no_others(run: Run, docs: Path, site: Site) -> None:
    run("build", docs)
    site.asked.clear()
    report = run("build", docs, "--refresh", site.url("/lost"), "--json").rows[0]

    assert report["outcomes"] == {"gone": 1}
    assert {path for path in site.asked if path != "/robots.txt"} == {"/lost"}


def test_a_thin_answer_or_a_failure_takes_no_good_copy_away(run: Run, docs: Path, site: Site) -> None:
    run("build", docs)
    url = site.url("/article/autumn")
    site.bodies["/article/autumn"] = f"<h1>Autumn</h1><p>{'Read the rest in our app, which is free of charge. ' * 4}"
    run("build", docs, "--refresh")
    site.bodies["/article/autumn"] = None
    run("build", docs, "--refresh", url)
    rows = run("captures", url, "--library", docs / ".sourcebook", "--json").rows
    (record,) = run("show", url, "--library", docs / ".sourcebook", "--json").rows

    assert [(row["outcome"], row["is_read"]) for row in rows] == [("ok", True), ("ok", False), ("gone", False)]
    assert "counted forty-one safeguards" in record["preview"]["text"]
    assert record["state"] == "suspect"


def test_a_refresh_that_cannot_be_is_said_so(run: Run, docs: Path) -> None:
    run("build", docs)
    unknown = run("build", docs, "--refresh", "https://nobody.example/cites-this")
    nobody = run("build", docs, "--refresh", "--offline")
    alone = run("build", docs, "https://a.example/x")

    assert [ran.code for ran in (unknown, nobody, alone)] == [3, 3, 3]
    assert "no source 'https://nobody.example/cites-this'" in unknown.err
    assert "leave one of them out" in nobody.err
    assert "add --refresh" in alone.err


def test_one_source_is_asked_for_now_or_filed_by_hand(run: Run, docs: Path, site: Site, tmp_path: Path) -> None:
    run("build", docs, "--offline")
    library = docs / ".sourcebook"
    asked = run("capture", site.url("/lost"), "--library", library, "--json").rows
    (tmp_path / "saved.html").write_text(f"<title>Found</title><p>{'These are the words of the lost page. ' * 40}")
    filed = run("capture", site.url("/lost"), "--file", tmp_path / "saved.html", "--who", "ada", "--library", library)
    report = run("build", docs, "--json").rows[0]

    assert [(row["outcome"], row["origin"]) for row in asked] == [("gone", "web")]
    assert "upload          filed by ada from 'saved.html'" in filed.out
    assert "* " in filed.out
    assert (report["asked"], report["not_due"], report["documents"]) == (2, 1, 3), "the others waited for the build"
