"""`sourcebook extract`, as its callers meet it: files in, one answer each, in order, whatever the files are."""

import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import ARTICLE, Ran
from tests.extract.pdfs import scanned

Run = Callable[..., Ran]

PROMISED = """title authors published modified site_name language type doi identifiers canonical text regions
    completeness origins confidence error""".split()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "page.html"
    file.write_text(ARTICLE.format(name="Autumn report"), encoding="utf-8")
    return file


def write_manifest(folder: Path, *rows: object) -> Path:
    file = folder / "pages.jsonl"
    file.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return file


def test_a_file_is_read_with_the_origin_of_each_field(run: Run, page: Path) -> None:
    ran = run("extract", page, "--url", "https://a.example/autumn", "--json")
    (row,) = ran.rows

    assert ran.code == 0
    assert set(PROMISED) <= set(row)
    assert (row["title"], row["authors"], row["type"]) == ("Autumn report", ["Ada Reader"], "news article")
    assert "counted forty-one safeguards" in row["text"]
    assert row["origins"]["published"] == "article:published_time"
    assert row["confidence"] == "high"
    assert row["error"] == ""


def test_standard_input_is_read_and_shown_to_a_person(run: Run, page: Path) -> None:
    shown = run("extract", "-", stdin=page.read_text())

    assert shown.code == 0
    assert "title        Autumn report  (from h1)" in shown.out
    assert "counted forty-one safeguards" in shown.out


def test_many_are_answered_in_their_order_and_a_bad_one_costs_only_itself(run: Run, page: Path) -> None:
    packed = page.with_name("packed.html.gz")
    packed.write_bytes(gzip.compress(page.read_bytes()))
    (page.parent / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5_000))
    manifest = write_manifest(
        page.parent,
        {"path": "page.html", "url": "https://a.example/1"},
        {"path": "missing.html", "url": "https://a.example/2"},
        "no JSON",
        {"path": str(packed), "url": "https://a.example/4"},
        {"path": "picture.png", "url": "https://a.example/5"},
        *({"path": "page.html", "url": f"https://a.example/{number}"} for number in range(6, 40)),
    )
    ran = run("extract", "--manifest", manifest)

    assert ran.code == 0
    assert [row["url"] for row in ran.rows] == ["https://a.example/1", "https://a.example/2", ""] + [
        f"https://a.example/{number}" for number in range(4, 40)
    ]
    assert "cannot read 'missing.html'" in ran.rows[1]["error"]
    assert "cannot read line 'no JSON" in ran.rows[2]["error"]
    assert ran.rows[3]["title"] == "Autumn report"
    assert ran.rows[4]["error"] == "no extractor for media type 'image/png'"
    assert "36 files read, 3 could not be read" in ran.err


def test_paths_are_found_from_here_too(run: Run, page: Path) -> None:
    (page.parent / "lists").mkdir()
    manifest = write_manifest(page.parent / "lists", {"path": "page.html"})

    assert run("extract", "--manifest", manifest, cwd=page.parent).rows[0]["title"] == "Autumn report"


def test_nothing_read_is_not_a_pass(run: Run, tmp_path: Path) -> None:
    assert run("extract", "--manifest", write_manifest(tmp_path, {"path": "missing.html"})).code == 2
    assert run("extract", "--manifest", write_manifest(tmp_path)).code == 2


def test_a_scanned_document_has_a_code_of_its_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(scanned(2))
    ran = run("extract", tmp_path / "scan.pdf", "--url", "https://a.example/scan.pdf", "--json")

    assert ran.code == 2
    assert (ran.rows[0]["text"], ran.rows[0]["error"].split(": ")[0]) == ("", "non_text")


def test_a_file_that_cannot_be_read_has_its_reason(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    as_json = run("extract", "empty.html", "--json")
    shown = run("extract", "empty.html")

    assert as_json.code == 2
    assert "it is empty" in as_json.rows[0]["error"]
    assert shown.code == 1
    assert "it is empty" in shown.err


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="nothing to read"),
        pytest.param(["page.html", "--manifest", "pages.jsonl"], id="both"),
        pytest.param(["--manifest", "nowhere.jsonl"], id="a missing manifest"),
        pytest.param(["nowhere.pdf"], id="a missing file"),
        pytest.param([".", "--json"], id="a folder"),
    ],
)
def test_a_wrong_call_is_said_so(run: Run, page: Path, arguments: list[str]) -> None:
    ran = run("extract", *arguments)

    assert ran.code == 3
    assert "hint: " in ran.err


def test_a_bomb_is_not_unpacked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bomb.html.gz").write_bytes(gzip.compress(bytes(200_000_000)))
    started = time.monotonic()
    (row,) = run("extract", "bomb.html.gz", "--json").rows

    assert "unpacks to more than" in row["error"]
    assert time.monotonic() - started < 10
