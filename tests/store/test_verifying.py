"""Every record read again: whatever byte of an archive changes, it is noticed and named."""

import base64
import gzip
import zlib
from hashlib import sha1, sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sourcebook.store import Damage, Store, check_archive
from sourcebook.store.archive import reading
from sourcebook.store.archive.records import HEAD_DIGEST, capture_record
from tests.store.made import HTML, exchange, fetched, later, source, unanswered

ANN = source("https://ann.example/a")
BOB = source("https://bob.example/b")


def damages(store: Store) -> list[Damage]:
    return [one for file in check_archive(store, lambda _: None) for one in file.damages]


def file_of(store: Store) -> Path:
    return store.archive.files()[-1]


def test_a_whole_archive_has_nothing_to_report(store: Store) -> None:
    moved = exchange("https://ann.example/old", b"", b"Location: /a\r\n")
    store.captures.add(replace(fetched(ANN), exchanges=(moved, exchange(ANN.url))))
    store.captures.add(fetched(ANN, 1))
    store.captures.add(unanswered(BOB))
    read: list[int] = []
    (file,) = check_archive(store, read.append)

    assert file.damages == ()
    assert (file.answers, file.size_bytes) == (2, file_of(store).stat().st_size)
    assert sum(read) == file.size_bytes


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_changed_byte_is_noticed_and_its_record_is_named(store: Store, data: st.DataObject) -> None:
    if not store.captures.of(ANN.id):
        for day in range(3):
            store.captures.add(fetched(ANN, day, body=HTML * 20 + bytes([day])))
    path = file_of(store)
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = data.draw(st.integers(1, 255))
    records = list(reading.read_records(path))
    (hit,) = [(offset, record) for offset, length, record in records if offset <= at < offset + length]
    path.write_bytes(whole[:at] + bytes([whole[at] ^ changed]) + whole[at + 1 :])
    found = damages(store)
    path.write_bytes(whole)

    if found:
        assert [one.offset for one in found] == [hit[0]]
        assert found[0].url in {hit[1].url, ""}
        if hit[1].is_answer:
            assert found[0].url == ANN.url
    else:  # a gzip member has a time, a system and flags that nobody reads
        assert at - hit[0] in {3, 4, 5, 6, 7, 8, 9}


def rewrite(store: Store, *changes: tuple[bytes, bytes]) -> tuple[str, int]:
    """Write the first answer again with something in place of something else; its file, and where it stands."""
    path = file_of(store)
    (_, (start, length, _), *_) = list(reading.read_records(path))
    data = path.read_bytes()
    record = gzip.decompress(data[start : start + length])
    for before, after in changes:
        assert before in record
        record = record.replace(before, after)
    path.write_bytes(data[:start] + gzip.compress(record) + data[start + length :])
    return path.name, start


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        pytest.param(HTML, HTML[::-1], "payload", id="its body"),
        pytest.param(b"\r\nContent-Type: text/html", b"\r\nContent-Type: text/htmm", "head", id="a header"),
    ],
)
def test_an_answer_that_was_written_again_differently_is_noticed(
    store: Store, before: bytes, after: bytes, what: str
) -> None:
    store.captures.add(fetched(ANN))
    file, start = rewrite(store, (before, after))

    assert Damage(file, start, ANN.url, f"changed: its {what} is not what was written") in damages(store)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        pytest.param(HTML, (), id="as it was written"),
        pytest.param(HTML[::-1], ("changed: its block is not what was written",), id="changed"),
    ],
)
def test_digests_as_older_versions_wrote_them_still_hold(store: Store, body: bytes, why: tuple[str, ...]) -> None:
    store.captures.add(fetched(ANN))
    head = exchange(ANN.url).response_head
    ours = (f"{name}: sha256:{sha256(block).hexdigest()}" for name, block in ((HEAD_DIGEST, head), (PAYLOAD, HTML)))
    theirs = (f"{name}: sha1:{sha1_of(block)}" for name, block in (("WARC-Block-Digest", head + HTML), (PAYLOAD, HTML)))
    changes = [(one.encode(), other.encode()) for one, other in zip(ours, theirs, strict=True)]
    rewrite(store, *changes, (HTML, body))

    assert tuple(one.why for one in damages(store)) == why


PAYLOAD = "WARC-Payload-Digest"


def sha1_of(block: bytes) -> str:
    return base64.b32encode(sha1(block, usedforsecurity=False).digest()).decode()


def test_an_attempt_that_is_there_twice_is_noticed(store: Store) -> None:
    store.captures.add(unanswered(ANN))
    store.archive.close()
    path = file_of(store)
    (_, (start, length, _)) = list(reading.read_records(path))
    data = path.read_bytes()
    path.write_bytes(data + data[start : start + length])

    (found,) = damages(store)
    assert found.offset == len(data)
    assert "noted a second time" in found.why


def test_a_lost_file_and_a_lost_end_name_every_address_in_them(store: Store) -> None:
    store.captures.add(fetched(ANN))
    store.archive.close()
    store.captures.add(fetched(BOB, 1))
    store.archive.close()
    first, second = store.archive.files()
    first.unlink()
    second.write_bytes(second.read_bytes()[:400])

    assert [(one.file, one.url) for one in damages(store)] == [(first.name, ANN.url), (second.name, BOB.url)]


def test_a_capture_that_leads_to_another_kind_of_record_is_noticed(store: Store) -> None:
    capture = store.captures.add(fetched(ANN))
    assert capture.position is not None
    wrong = replace(capture, id="x", checked_at=later(3), position=replace(capture.position, offset=0))
    store.captures.restore([wrong])

    assert damages(store) == [Damage(capture.position.file, 0, ANN.url, "no answer stands here")]


def test_a_note_of_another_version_is_named(store: Store) -> None:
    store.captures.add(fetched(ANN))
    store.archive.close()
    path = file_of(store)
    size = path.stat().st_size
    path.write_bytes(path.read_bytes() + capture_record(ANN.url, later(1), b'{"id": 7}', ()).packed())

    (found,) = damages(store)
    assert (found.offset, found.url) == (size, ANN.url)
    assert "cannot read the capture" in found.why


@pytest.mark.parametrize("level", [0, 9])
def test_how_a_record_was_packed_makes_no_difference(store: Store, level: int) -> None:
    store.captures.add(unanswered(ANN))
    store.archive.close()
    path = file_of(store)
    members = [zlib.decompress(path.read_bytes()[at : at + size], 31) for at, size, _ in reading.read_records(path)]
    path.write_bytes(b"".join(gzip.compress(member, level) for member in members))

    assert damages(store) == []
