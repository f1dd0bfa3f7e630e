import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sourcebook.cli import COMMANDS
from tests.cli.conftest import Ran, Site

Run = Callable[..., Ran]

SEED = "https://techcrunch.com/2025/07/30/zuckerberg-says-meta-likely-wont-open-source-all-of-its-superintelligence-ai-models/"


def write_lines(file: Path, *lines: object) -> Path:
    file.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines), "utf-8")
    return file


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example_and_takes_a_library(run: Run, name: str) -> None:
    shown = run(name, "--help")

    assert shown.code == 0
    assert f"sourcebook {name}" in shown.out.partition("Example")[2]
    assert "--library DIR" in shown.out
    assert "--json" in shown.out


def test_help_names_every_command(run: Run) -> None:
    shown = run("--help")

    assert all(name in shown.out for name in COMMANDS)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["bild"], id="an unknown command"),
        pytest.param(["build", "--colour"], id="an unknown option"),
        pytest.param(["show"], id="a missing argument"),
        pytest.param(["show", "abc"], id="no library in sight"),
        pytest.param(["scan", "nowhere"], id="a missing path"),
        pytest.param(["list", "--library", "nowhere"], id="a missing library"),
        pytest.param(["import", "nowhere.jsonl"], id="a missing file"),
        pytest.param(["build", ".", "--from-archive", "nowhere.wacz"], id="a missing archive"),
    ],
)
def test_a_wrong_call_is_exit_3_with_a_hint(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "page.md").write_text("A [link](https://a.example/page).")
    ran = run(*arguments)

    assert ran.code == 3
    assert "sourcebook: " in ran.err
    assert "hint: " in ran.err
    assert "Traceback" not in ran.err
    assert ran.out == ""


def test_id_says_what_an_address_is_known_by(run: Run) -> None:
    (row,) = run("id", SEED, "--json").rows

    assert row == {
        "url": SEED,
        "id": "294f55e1e8c8ecbb",
        "stable_id": row["stable_id"],
        "match_key": SEED.rstrip("/"),
        "venue": "TechCrunch",
        "credibility": 3,
        "type": "news article",
    }
    assert row["stable_id"].startswith("sid_")


def test_id_reads_addresses_from_standard_input_and_counts_the_unusable(run: Run) -> None:
    ran = run("id", "--json", stdin="https://arxiv.org/abs/1706.03741v4\n\nnot an address\n")
    first, second = ran.rows

    assert ran.code == 2
    assert first["match_key"] == "arxiv:1706.03741"
    assert second["match_key"] is None
    assert "1 of 2" in ran.err


def test_scan_lists_every_citation_and_says_what_it_did_not_understand(run: Run, docs: Path, site: Site) -> None:
    ran = run("scan", docs, "--json")
    rows = [(row["page"], row["line"], row["kind"], row["url"], row["footnote"]) for row in ran.rows]

    assert ran.code == 0
    assert rows == [
        ("counting.md", 7, "footnote", site.url("/article/autumn"), "1"),
        ("counting.md", 7, "link", site.url("/article/spring"), None),
        ("counting.md", 9, "link", site.url("/article/autumn"), None),
        ("gone.md", 3, "link", site.url("/lost"), None),
    ]
    assert ran.rows[0]["claim"] == "Two of five safeguards survived the test."
    assert "gone.md:3:" in ran.err
    assert "undefined-footnote" in ran.err
    assert not (docs / ".sourcebook").exists(), "a scan writes nothing"


def test_scan_offsets_point_into_the_file(run: Run, docs: Path) -> None:
    (docs / "wide.md").write_text("Grüße 🌍 an *alle* [hier](https://a.example/ü) und [dort](https://b.example).\n")
    text = (docs / "wide.md").read_text(encoding="utf-8")
    rows = run("scan", docs / "wide.md", "--json").rows

    assert [text[row["start"] : row["end"]] for row in rows] == [
        "[hier](https://a.example/ü)",
        "[dort](https://b.example)",
    ]


def test_an_import_reports_bad_lines_by_number_and_takes_the_rest(run: Run, tmp_path: Path) -> None:
    file = write_lines(
        tmp_path / "records.jsonl",
        {"url": "https://a.example/one", "title": "One", "type": "paper", "tags": ["x"], "unknown": 1},
        "{broken",
        {"title": "no address"},
        {"url": "mailto:a@b.example"},
        {"url": "https://a.example/two", "credibility_override": 9},
        {"url": "https://a.example/three", "stable_id": "sid_short"},
        {"url": "https://www.a.example/one?utm_source=feed", "title": "One again"},
        {"url": "https://a.example/four", "credibility_override": 4, "stable_id": "sid_kPZ1jp40IG"},
    )
    ran = run("import", file, "--json", "--library", tmp_path / "library")
    (report,) = ran.rows

    assert ran.code == 2
    assert [one["line"] for one in report["rejected"]] == [2, 3, 4, 5, 6]
    assert (report["lines"], report["added"], report["updated"], report["merged"]) == (8, 2, 0, 1)
    assert report["lines"] == report["added"] + report["updated"] + report["merged"] + len(report["rejected"])


def test_an_imported_record_shows_what_was_imported_and_a_persons_rating_wins(run: Run, tmp_path: Path) -> None:
    record = {
        "id": "0123456789abcdef",
        "stable_id": "sid_kPZ1jp40IG",
        "url": "https://arxiv.org/abs/1706.03741",
        "title": "A paper",
        "type": "paper",
        "authors": ["Ada Reader"],
        "published_date": "2017-06",
        "summary": "It says this.",
        "key_points": ["First", "Second"],
        "credibility_override": 5,
    }
    library = tmp_path / "library"
    run("import", write_lines(tmp_path / "r.jsonl", record), "--library", library)
    by_any = [run("show", name, "--library", library, "--json").rows[0] for name in (
        "0123456789abcdef", "sid_kPZ1jp40IG", "https://arxiv.org/abs/1706.03741", "14df73723b4d14d7"
    )]  # fmt: skip
    shown = by_any[0]

    assert all(one == shown for one in by_any)
    assert (shown["title"], shown["authors"], shown["published"]) == ("A paper", ["Ada Reader"], "2017-06")
    assert shown["summary"]["text"] == "It says this."
    assert [point["text"] for point in shown["summary"]["points"]] == ["First", "Second"]
    assert shown["rating"]["credibility"] == 5
    assert shown["rating"]["inherited"] is False
    assert shown["rating_words"].startswith("Set by import of r.jsonl")


def test_importing_twice_changes_nothing(run: Run, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "r.jsonl", {"url": "https://a.example/one", "credibility_override": 2})
    library = tmp_path / "library"
    run("import", file, "--library", library)
    identities = (library / "sources.jsonl").read_bytes()
    reviews = (library / "reviews.jsonl").read_bytes()
    (report,) = run("import", file, "--library", library, "--json").rows

    assert (report["added"], report["updated"]) == (0, 1)
    assert (library / "sources.jsonl").read_bytes() == identities
    assert (library / "reviews.jsonl").read_bytes() == reviews


def test_a_citation_finds_its_source_when_the_record_is_imported_later(run: Run, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "page.mdx").write_text('A claim with <R id="14df73723b4d14d7">its source</R> in it.\n')
    before = run("build", pages, "--offline", "--json").rows[0]
    file = write_lines(tmp_path / "r.jsonl", {"id": "14df73723b4d14d7", "url": "https://arxiv.org/abs/1706.03741"})
    (report,) = run("import", file, "--library", pages / ".sourcebook", "--json").rows
    (shown,) = run("show", "14df73723b4d14d7", "--library", pages / ".sourcebook", "--json").rows
    after = run("build", pages, "--offline", "--json").rows[0]

    assert [finding["rule"] for finding in before["findings"]] == ["unknown-source"]
    assert report["linked"] == 1
    assert [page["path"] for page in shown["cited_by"]] == ["page.mdx"]
    assert after["findings"] == []


def test_list_filters_and_sorts(run: Run, docs: Path, site: Site) -> None:
    run("build", docs)
    library = docs / ".sourcebook"
    by_title = run("list", "--library", library, "--sort", "title", "--json").rows
    gone = run("list", docs, "--state", "suspect", "--json").rows

    assert [row["title"] for row in by_title] == sorted(row["title"] for row in by_title)
    assert [row["url"] for row in gone] == [site.url("/lost")]
    assert run("list", docs, "--sort", "colour").code == 3


def test_config_shows_every_value_and_where_it_came_from(run: Run, docs: Path) -> None:
    rows = {row["name"]: row for row in run("config", docs, "--json").rows}

    assert rows["fetch.delay_s"]["value"] == 0.0
    assert rows["fetch.delay_s"]["origin"].endswith("sourcebook.toml")
    assert rows["fetch.hosts"]["origin"] == "default"


def test_doctor_finds_nothing_wrong_with_a_good_library(run: Run, docs: Path) -> None:
    run("build", docs)
    ran = run("doctor", docs, "--json")

    assert ran.code == 0
    assert {row["health"] for row in ran.rows} <= {"ok", "note"}
    assert any("127.0.0.0/8" in row["words"] for row in ran.rows), "an opened network is shown"


def test_doctor_finds_a_damaged_archive(run: Run, docs: Path) -> None:
    run("build", docs)
    (archive,) = (docs / ".sourcebook" / "archive").glob("*.warc.gz")
    data = bytearray(archive.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    archive.write_bytes(bytes(data))
    ran = run("doctor", docs, "--json")

    assert ran.code == 2
    assert any(row["health"] == "wrong" for row in ran.rows)


def test_a_library_in_sight_is_found_without_being_named(run: Run, docs: Path) -> None:
    run("build", docs, "--offline")

    assert run("list", "--json", cwd=docs).code == 0
    assert len(run("list", "--json", cwd=docs.parent).rows) == 3


def test_quote_answers_line_by_line(run: Run) -> None:
    lines = [{"quote": "look inside a model", "text": "You may look  inside a model."}, {"quote": "gone", "text": "x"}]
    ran = run("quote", stdin="".join(json.dumps(line) + "\n" for line in lines))

    assert ran.rows == [
        {"status": "normalized", "start": 8, "end": 28, "difference": ""},
        {"status": "too_short", "start": None, "end": None, "difference": ""},
    ]


def test_a_work_is_known_by_its_identifier(run):
    by_name, by_address = run("id", "doi:10.1000/182", "https://doi.org/10.1000/182", "--json").rows

    assert by_name == by_address
    assert by_name["match_key"] == "doi:10.1000/182"
