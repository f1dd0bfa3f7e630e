"""Copies that a person got by hand."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from sourcebook import pipeline, wiring
from sourcebook.config import FetchSettings
from sourcebook.errors import NotFoundError, UsageError
from sourcebook.library import Upload
from sourcebook.store import open_store
from sourcebook.types.captures import UPLOAD, LinkState, Outcome
from tests.extract.pdfs import Line, pdf
from tests.fetch.archives import Kept, wacz, warc
from tests.fetch.site import article
from tests.library.conftest import START, Shelf

URL = "https://walled.example/report"


@pytest.fixture
def walled(shelf: Shelf) -> Shelf:
    shelf.page("page.md", f"---\ntitle: A page\n---\n\nA claim of [a report]({URL}).\n")
    shelf.build()
    return shelf


def file_it(shelf: Shelf, file: Path, at: datetime | None = None) -> None:
    upload = Upload(file, "ada", at)
    archive = file if upload.is_archive else None
    with shelf.open(wiring.Sources(archive=archive, names=(URL,))) as library:
        pipeline.capture(library, URL, upload)


def test_a_page_that_a_person_filed_is_read_and_marked_as_such(walled: Shelf, tmp_path: Path) -> None:
    file = tmp_path / "saved.html"
    file.write_bytes(article())
    file_it(walled, file, datetime(2026, 4, 1, tzinfo=UTC))
    (row,) = walled.captures(URL)
    record = walled.record(URL)

    assert (row.origin, row.outcome, row.status, row.media_type) == (UPLOAD, Outcome.OK, None, "text/html")
    assert row.reason == "filed by ada from 'saved.html'"
    assert (row.checked_at, row.captured_at) == (START, datetime(2026, 4, 1, tzinfo=UTC))
    assert row.is_read
    assert record.title == "An article"
    assert record.preview is not None
    assert "The committee met on Tuesday" in record.preview.text
    assert record.preview.given == "filed by ada from 'saved.html'"


def test_a_filed_copy_says_nothing_of_the_link(walled: Shelf, tmp_path: Path) -> None:
    file = tmp_path / "saved.html"
    file.write_bytes(article())
    file_it(walled, file)
    (row,) = walled.captures(URL)

    assert (row.state, row.due_at) == (LinkState.UNKNOWN, None)
    assert walled.record(URL).due


def test_a_pdf_can_be_filed(walled: Shelf, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf([[Line("The committee counted forty-one safeguards in the first report.")]]))
    file_it(walled, file)
    record = walled.record(URL)

    assert record.preview is not None
    assert "forty-one safeguards" in record.preview.text


def test_the_good_copies_in_a_web_archive_can_be_filed(walled: Shelf, tmp_path: Path) -> None:
    kept = [
        Kept(URL, b"<title>Log in</title>", "2026-01-01T00:00:00Z", status="403 Forbidden"),
        Kept(URL, article(), "2026-02-01T00:00:00Z", headers=(("Content-Type", "text/html"), ("ETag", '"x"'))),
    ]
    file_it(walled, wacz(tmp_path / "browsing.wacz", warc(kept)))
    (row,) = walled.captures(URL)

    assert (row.origin, row.status, row.captured_at) == (UPLOAD, 200, datetime(2026, 2, 1, tzinfo=UTC))
    assert row.reason == "status 200; filed by ada from 'browsing.wacz'"
    assert walled.record(URL).title == "An article"
    store = open_store(walled.place.library)
    assert [capture.etag for capture in store.captures.of(store.sources.ids()[0])] == [""]
    store.close()


def test_it_is_kept_as_a_file_without_an_exchange(walled: Shelf, tmp_path: Path) -> None:
    file = tmp_path / "saved.html"
    file.write_bytes(article())
    file_it(walled, file)
    store = open_store(walled.place.library)
    (capture,) = store.captures.of(store.sources.ids()[0])
    assert capture.position is not None
    exchange = store.archive.read(capture.position)

    assert (exchange.response_head, exchange.request_head, exchange.body) == (b"", b"", article())
    store.close()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        pytest.param("empty.html", b" \n", "is empty", id="nothing"),
        pytest.param("picture.png", b"\x89PNG\r\n\x1a\n" + b"x" * 99, "not read", id="a picture"),
        pytest.param("large.html", b"x" * 1_000_001, "larger than 1 MB", id="too large"),
        pytest.param(
            "other.warc", warc([Kept("https://b.example/", b"")], gzip=False), "not in other.warc", id="others"
        ),
        pytest.param(
            "wall.warc", warc([Kept(URL, b"", status="403 No")], gzip=False), "no good copy of it: blocked", id="a wall"
        ),
    ],
)
def test_what_cannot_be_read_is_not_filed(walled: Shelf, tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    walled.config = replace(walled.config, fetch=FetchSettings(max_mb=1.0))

    with pytest.raises(UsageError, match=words) as raised:
        file_it(walled, tmp_path / name)
    assert raised.value.hint
    assert walled.captures(URL) == []


def test_a_missing_file_and_an_unknown_source_are_named(walled: Shelf, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.html"):
        file_it(walled, tmp_path / "nowhere.html")
    with walled.open() as library, pytest.raises(NotFoundError, match="no source 'who'"):
        pipeline.capture(library, "who", Upload(tmp_path / "nowhere.html", "ada"))
