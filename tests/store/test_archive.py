"""The archive is what other tools take it for, holds exactly what was sent, and survives being cut off."""

import contextlib
import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import BinaryIO

import brotli
import pytest
import warcio.checker
from fastwarc.stream_io import ZstdWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from sourcebook.errors import StoreError
from sourcebook.store import Archive, Store
from sourcebook.store.archive.cdxj import surt
from sourcebook.store.archive.records import capture_record
from sourcebook.types.captures import BROWSER, WarcPosition
from sourcebook.types.fetching import Exchange
from tests.store.made import HTML, exchange, fetched, later, source, unanswered

ANN = source("https://ann.example/a?b=1")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with contextlib.closing(Archive(tmp_path / "archive")) as archive:
        yield archive


def warcio_says(path: Path) -> str:
    """What `warcio check` prints about a file: nothing when all of its digests hold."""
    words = io.StringIO()
    with contextlib.redirect_stdout(words):
        bad = warcio.checker.Checker(SimpleNamespace(inputs=[str(path)], verbose=False)).process_all()
    return words.getvalue() if bad else ""


# --- what other tools see ------------------------------------------------------------------------------


def test_other_tools_read_every_record_and_find_its_digests_right(archive: Archive) -> None:
    moved = exchange("https://ann.example/old", b"", b"Location: https://ann.example/a?b=1\r\n")
    archive.add(replace(fetched(ANN), exchanges=(moved, exchange(ANN.url))))
    archive.add(unanswered(ANN, 1))
    (path,) = archive.files()

    with path.open("rb") as file:
        seen = [(record.rec_type, record.rec_headers.get_header("WARC-Target-URI")) for record in WarcioIterator(file)]
    with path.open("rb") as file:
        checked = [(one.headers["WARC-Type"], one.verify_block_digest()) for one in every_record(file) if is_small(one)]
    with path.open("rb") as file:
        answers = ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True)
        payloads = [(one.headers["WARC-Target-URI"], one.verify_payload_digest(), one.reader.read()) for one in answers]

    assert seen == [
        ("warcinfo", None),
        ("response", "https://ann.example/old"),
        ("request", "https://ann.example/old"),
        ("response", ANN.url),
        ("request", ANN.url),
        ("metadata", f"urn:sourcebook:{ANN.url}"),
        ("metadata", f"urn:sourcebook:{ANN.url}"),
    ]
    assert warcio_says(path) == ""
    assert checked == [(kind, True) for kind, url in seen if (kind, url) != ("response", ANN.url)]
    assert payloads == [("https://ann.example/old", True, b""), (ANN.url, True, HTML)]


def is_small(record: WarcRecord) -> bool:
    """Has it a digest of all its block? One with a body has a digest of that."""
    return "WARC-Block-Digest" in record.headers


def every_record(file: BinaryIO) -> ArchiveIterator:
    return ArchiveIterator(file, record_types=WarcRecordType.any_type, parse_http=False)


def test_a_changed_byte_is_noticed_by_the_same_checks(archive: Archive) -> None:
    archive.add(fetched(ANN))
    (path,) = archive.files()
    with path.open("rb") as file:
        stand = [(one.stream_pos, one.headers["WARC-Type"]) for one in every_record(file)]
    start, end = stand[1][0], stand[2][0]
    data = path.read_bytes()
    changed = gzip.compress(gzip.decompress(data[start:end]).replace(HTML, HTML[::-1]))
    path.write_bytes(data[:start] + changed + data[end:])

    assert stand[1][1] == "response"
    assert "digest failed" in warcio_says(path)


def test_each_record_is_a_gzip_member_of_its_own_where_the_index_says(archive: Archive) -> None:
    archive.add(replace(fetched(ANN), exchanges=(exchange("https://ann.example/old", b"x"), exchange(ANN.url))))
    (path,) = archive.files()
    lines = (archive.folder / "index.cdxj").read_text().splitlines()

    for line, url in zip(lines, ("https://ann.example/old", ANN.url), strict=True):
        key, moment, said = line.split(" ", 2)
        entry = json.loads(said)
        data = path.read_bytes()[int(entry["offset"]) :][: int(entry["length"])]
        assert zlib.decompress(data, 31).startswith(b"WARC/1.1\r\nWARC-Type: response\r\n")
        assert (key, moment, entry["url"], entry["status"], entry["mime"], entry["filename"]) == (
            surt(url),
            "20260407120000",
            url,
            "200",
            "text/html",
            path.name,
        )
        assert entry["digest"].startswith("sha256:")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        pytest.param("https://www.Example.org/", "org,example)/", id="host turned round, without www"),
        pytest.param("http://example.org/A/b/?z=1&a=2#x", "org,example)/a/b?a=2&z=1", id="query sorted, fragment gone"),
        pytest.param("https://example.org:8443/a", "org,example:8443)/a", id="a port of its own"),
        pytest.param("https://example.org:443", "org,example)/", id="the usual port"),
        pytest.param("https://example.org:443/a/", "org,example)/a", id="the usual port, and a path"),
        pytest.param("http://example.org:59999/a", "org,example:59999)/a", id="a high port"),
        pytest.param("http://example.org:99999/A", "http://example.org:99999/a", id="no port at all"),
        pytest.param("http://192.0.2.7/a", "192.0.2.7)/a", id="an address by numbers"),
        pytest.param("http://[::1]/a", "::1)/a", id="IPv6"),
        pytest.param("http://[broken/a b", "http://[broken/a%20b", id="no address at all"),
    ],
)
def test_the_index_sorts_addresses_by_host(url: str, key: str) -> None:
    assert surt(url) == key


# --- exact bytes ---------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(
    body=st.binary(max_size=300),
    headers=st.lists(st.tuples(st.from_regex(r"[A-Za-z-]{1,9}", fullmatch=True), st.binary(max_size=9)), max_size=4),
)
def test_an_exchange_comes_back_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, headers: list[tuple[str, bytes]]
) -> None:
    lines = b"".join(
        name.encode() + b": " + value.replace(b"\r", b"").replace(b"\n", b"") + b"\r\n" for name, value in headers
    )
    sent = exchange("https://ann.example/ü?x=1 2", body, lines)
    with contextlib.closing(Archive(tmp_path_factory.mktemp("archive"))) as archive:
        position = archive.add(replace(fetched(ANN), exchanges=(sent,)))
        assert position is not None
        back = archive.read(position)

    assert back == replace(sent, url="https://ann.example/ü?x=1%202")


def test_an_address_cannot_write_a_header(archive: Archive) -> None:
    evil = exchange("https://ann.example/\r\nWARC-Type: warcinfo\r\n\r\nx")
    position = archive.add(replace(fetched(ANN), exchanges=(evil,)))
    assert position is not None

    assert archive.read(position).body == evil.body
    assert warcio_says(archive.files()[0]) == ""


def zstd(body: bytes) -> bytes:
    packed = io.BytesIO()
    with ZstdWriter(packed) as writer:
        writer.write(body)
    return packed.getvalue()


ZSTD = zstd(HTML)
CHUNKED = b"5\r\n<p>Gr\r\n" + f"{len(HTML) - 5:x};ext=1\r\n".encode() + HTML[5:] + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("sent", "headers"),
    [
        pytest.param(HTML, b"", id="as it is"),
        pytest.param(gzip.compress(HTML), b"Content-Encoding: gzip\r\n", id="gzip"),
        pytest.param(
            gzip.compress(HTML[:9]) + gzip.compress(HTML[9:]), b"Content-Encoding: x-gzip\r\n", id="two members"
        ),
        pytest.param(gzip.compress(HTML) + b"rubbish", b"Content-Encoding: gzip\r\n", id="rubbish behind it"),
        pytest.param(zlib.compress(HTML), b"content-encoding: deflate\r\n", id="deflate with its frame"),
        pytest.param(zlib.compress(HTML)[2:-4], b"Content-Encoding: deflate\r\n", id="deflate without"),
        pytest.param(brotli.compress(HTML), b"Content-Encoding: br\r\n", id="brotli"),
        pytest.param(gzip.compress(brotli.compress(HTML)), b"Content-Encoding: br, gzip\r\n", id="one in the other"),
        pytest.param(
            gzip.compress(brotli.compress(HTML)),
            b"Content-Encoding: br\r\nContent-Encoding: gzip\r\n",
            id="two headers",
        ),
        pytest.param(ZSTD, b"Content-Encoding: zstd\r\n", id="zstd"),
        pytest.param(HTML, b"Content-Encoding: gzip\r\n", id="not packed, whatever it says"),
        pytest.param(HTML, b"Content-Encoding: aws-chunked\r\n", id="a coding that nobody knows"),
        pytest.param(CHUNKED, b"Transfer-Encoding: chunked\r\n", id="chunks left on"),
        pytest.param(HTML, b"Transfer-Encoding: chunked\r\n", id="chunks taken off"),
        pytest.param(gzip.compress(HTML)[:-6], b"Content-Encoding: gzip\r\n", id="cut off at the end"),
    ],
)
def test_a_body_is_unpacked_as_the_server_packed_it(store: Store, sent: bytes, headers: bytes) -> None:
    got = replace(fetched(ANN), exchanges=(exchange(ANN.url, sent, headers),))

    assert store.captures.body(store.captures.add(got)) == HTML


def test_a_body_of_which_only_the_start_was_kept_is_unpacked_that_far(store: Store) -> None:
    got = replace(
        fetched(ANN, body=HTML[:7]), exchanges=(exchange(ANN.url, gzip.compress(HTML), b"Content-Encoding: gzip\r\n"),)
    )

    assert store.captures.body(store.captures.add(got)) == HTML[:7]


def test_bytes_that_are_not_those_that_were_kept_are_never_handed_out(store: Store) -> None:
    capture = store.captures.add(fetched(ANN))
    other = store.captures.add(fetched(ANN, 1, body=b"other words"))

    with pytest.raises(StoreError, match="is not what was kept"):
        store.captures.body(replace(capture, position=other.position))


@pytest.mark.parametrize(
    "position",
    [
        pytest.param(WarcPosition("{file}", 0, 400), id="another kind of record"),
        pytest.param(WarcPosition("{file}", 7, 400), id="the middle of a record"),
        pytest.param(WarcPosition("{file}", 9_999_999, 400), id="beyond the end"),
        pytest.param(WarcPosition("gone.warc.gz", 0, 400), id="a file that is gone"),
    ],
)
def test_a_position_that_holds_no_answer_is_a_failure_that_names_the_file(
    archive: Archive, position: WarcPosition
) -> None:
    archive.add(fetched(ANN))
    file = position.file.format(file=archive.files()[0].name)

    with pytest.raises(StoreError, match=file):
        archive.read(replace(position, file=file))


# --- being cut off -------------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", [1, 40, 300])
def test_a_torn_end_hurts_nobody(store: Store, reopen: Callable[[], Store], missing: int) -> None:
    kept = [store.captures.add(fetched(ANN, day)) for day in (0, 1)]
    store.archive.close()
    (path,) = store.archive.files()
    whole = path.stat().st_size
    store.archive.add(fetched(ANN, 2))  # in a file of its own, for the first one is closed
    second = store.archive.files()[1]
    path.write_bytes(path.read_bytes()[:-missing])

    again = reopen()
    new = again.captures.add(fetched(ANN, 3))

    assert path.stat().st_size == whole - missing
    assert new.position is not None
    assert new.position.file not in (path.name, second.name)
    assert [again.captures.body(capture) for capture in kept] == [HTML, HTML]
    days = [capture.checked_at for capture in again.archive.captures()]
    assert days == [later(0), later(2), later(3)]


def test_a_damaged_record_does_not_hide_those_behind_it(archive: Archive) -> None:
    for day in (0, 1, 2):
        archive.add(fetched(ANN, day))
    (path,) = archive.files()
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 30] = b"\x00" * 30
    path.write_bytes(data)

    days = [capture.checked_at for capture in archive.captures()]

    assert days[0] == later(0)
    assert days[-1] == later(2)


def test_a_capture_of_another_version_is_named_rather_than_left_out(archive: Archive) -> None:
    archive.add(fetched(ANN))
    record = capture_record(ANN.url, later(1), b'{"id": 7}', ())
    (archive.folder / "20990101000000000000-1.warc.gz").write_bytes(record.packed())

    with pytest.raises(StoreError, match=r"the capture at byte 0 of .*20990101"):
        list(archive.captures())


def test_two_writers_never_share_a_file(tmp_path: Path) -> None:
    one, two = Archive(tmp_path), Archive(tmp_path)
    for day, archive in enumerate((one, two, one)):
        archive.add(fetched(ANN, day))
    one.close()
    two.close()

    assert len(one.files()) == 2
    assert len(list(one.captures())) == 3
    assert [warcio_says(path) for path in one.files()] == ["", ""]


def test_a_full_file_is_followed_by_another(tmp_path: Path) -> None:
    with contextlib.closing(Archive(tmp_path, most_bytes=1_000)) as archive:
        positions = [archive.add(fetched(ANN, day)) for day in range(4)]

    assert len({position.file for position in positions if position}) > 1
    assert [archive.read(position).body for position in positions if position] == [HTML] * 4


def test_an_exchange_with_itself_alone_is_kept_without_a_request(archive: Archive) -> None:
    bare = Exchange("https://ann.example/", later(0), b"", b"HTTP/1.1 204 No Content\r\n\r\n", b"")
    position = archive.add(replace(fetched(ANN), exchanges=(bare,)))
    assert position is not None

    assert archive.read(position) == bare


# --- what comes again -----------------------------------------------------------------------------------


def test_an_unchanged_body_is_kept_once_and_read_from_where_it_stands(store: Store) -> None:
    captures = [store.captures.add(fetched(ANN, day)) for day in range(3)]
    path = store.archive.files()[0]
    with path.open("rb") as file:
        kinds = [record.rec_type for record in WarcioIterator(file) if record.rec_type in {"response", "revisit"}]

    assert kinds == ["response", "revisit", "revisit"]
    assert [store.captures.body(capture) for capture in captures] == [HTML] * 3
    assert [store.archive.read(one.position).at for one in captures if one.position] == [later(day) for day in range(3)]
    assert warcio_says(path) == ""


def test_a_revisit_says_of_what_it_is_one(store: Store) -> None:
    store.captures.add(fetched(ANN))
    store.captures.add(fetched(ANN, 1))
    store.captures.add(fetched(ANN, 2))
    with store.archive.files()[0].open("rb") as file:
        heads = [record.rec_headers for record in WarcioIterator(file)]
    first, *revisits = [head for head in heads if head.get_header("WARC-Type") in {"response", "revisit"}]

    for revisit in revisits:
        assert revisit.get_header("WARC-Refers-To") == first.get_header("WARC-Record-ID")
        assert revisit.get_header("WARC-Refers-To-Target-URI") == ANN.url
        assert revisit.get_header("WARC-Refers-To-Date") == first.get_header("WARC-Date")
        assert revisit.get_header("WARC-Payload-Digest") == first.get_header("WARC-Payload-Digest")
        profile = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
        assert revisit.get_header("WARC-Profile") == profile


def test_a_body_in_an_earlier_file_is_found_there(store: Store) -> None:
    first = store.captures.add(fetched(ANN))
    store.archive.close()
    second = store.captures.add(fetched(ANN, 1))
    assert first.position is not None
    assert second.position is not None

    assert first.position.file != second.position.file
    assert store.captures.body(second) == HTML


def test_the_same_words_packed_differently_are_another_body(store: Store) -> None:
    store.captures.add(fetched(ANN))
    packed = exchange(ANN.url, gzip.compress(HTML), b"Content-Encoding: gzip\r\n", days=1)
    second = store.captures.add(replace(fetched(ANN, 1), exchanges=(packed,)))
    assert second.position is not None

    assert store.archive.read(second.position) == packed


def test_an_answer_that_says_unchanged_refers_to_the_copy_that_it_was_compared_with(store: Store) -> None:
    store.captures.add(replace(fetched(ANN), etag='"old"'))
    store.captures.add(replace(fetched(ANN, 1, body=b"other words"), etag='"new"'))
    asked = b'GET /a HTTP/1.1\r\nIf-None-Match: "old"\r\n\r\n'
    said = Exchange(ANN.url, later(2), asked, b"HTTP/1.1 304 Not Modified\r\n\r\n", b"")
    third = store.captures.add(replace(fetched(ANN, 2, body=b""), status=304, exchanges=(said,)))
    with store.archive.files()[0].open("rb") as file:
        heads = [record.rec_headers for record in WarcioIterator(file)]
    first, _, revisit = [head for head in heads if head.get_header("WARC-Type") in {"response", "revisit"}]
    assert third.position is not None

    assert revisit.get_header("WARC-Profile") == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    assert revisit.get_header("WARC-Refers-To") == first.get_header("WARC-Record-ID")
    assert store.archive.read(third.position) == said


def test_a_damaged_first_copy_is_no_reason_to_keep_none(store: Store) -> None:
    first = store.captures.add(fetched(ANN))
    assert first.position is not None
    path = store.archive.files()[0]
    data = bytearray(path.read_bytes())
    data[first.position.offset + 50] ^= 255
    path.write_bytes(data)
    second = store.captures.add(fetched(ANN, 1))

    assert store.captures.body(second) == HTML


def test_a_revisit_cannot_lead_out_of_the_archive(store: Store, tmp_path: Path) -> None:
    store.captures.add(fetched(ANN))
    second = store.captures.add(fetched(ANN, 1))
    assert second.position is not None
    path = store.archive.files()[0]
    member = gzip.decompress(path.read_bytes()[second.position.offset :][: second.position.length])
    evil = member.replace(f"WARC-Refers-To-Filename: {path.name}".encode(), b"WARC-Refers-To-Filename: ../library.db")
    (store.archive.folder / "20990101000000000000-1.warc.gz").write_bytes(gzip.compress(evil))

    with pytest.raises(StoreError, match="refers to none"):
        store.archive.read(WarcPosition("20990101000000000000-1.warc.gz", 0, 1))


def test_a_file_that_came_without_an_exchange_is_a_resource(store: Store) -> None:
    filed = Exchange(ANN.url, later(0), b"", b"", HTML)
    capture = store.captures.add(replace(fetched(ANN), exchanges=(filed,), media_type="text/html"))
    assert capture.position is not None
    (line,) = (store.archive.folder / "index.cdxj").read_text().splitlines()
    store.archive.reindex()
    with store.archive.files()[0].open("rb") as file:
        (record,) = [record for record in WarcioIterator(file) if record.rec_type == "resource"]
        kind = record.rec_headers.get_header("Content-Type")

    assert kind == "text/html"
    assert store.captures.body(capture) == HTML
    assert store.archive.read(capture.position) == filed
    assert json.loads(line.split(" ", 2)[2])["mime"] == "text/html"
    assert (store.archive.folder / "index.cdxj").read_text().splitlines() == [line]


def test_a_picture_of_a_page_stands_behind_it_and_other_tools_see_both(store: Store) -> None:
    page = replace(
        fetched(ANN), origin=BROWSER, exchanges=(exchange(ANN.url), Exchange(ANN.url, later(0), b"", b"", HTML))
    )
    with_picture = store.captures.add(replace(page, screenshot=b"\xff\xd8 a picture"))
    without = store.captures.add(replace(page, checked_at=later(1)))
    plain = store.captures.add(fetched(ANN, 2))
    written = (store.archive.folder / "index.cdxj").read_bytes()
    store.archive.reindex()
    (path,) = store.archive.files()
    with path.open("rb") as file:
        seen = [(one.rec_type, one.rec_headers.get_header("WARC-Target-URI")) for one in WarcioIterator(file)]

    assert [store.captures.screenshot(one) for one in (with_picture, without, plain)] == [
        b"\xff\xd8 a picture",
        b"",
        b"",
    ]
    assert [store.captures.screenshot_size(one) for one in (with_picture, without, plain)] == [12, 0, 0]
    assert store.captures.body(with_picture) == HTML
    assert ("resource", f"urn:view:{ANN.url}") in seen
    assert sorted((store.archive.folder / "index.cdxj").read_bytes().splitlines()) == sorted(written.splitlines())
    assert warcio_says(path) == ""
