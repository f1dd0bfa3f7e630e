"""A WACZ of ours, as others see it: warcio, FastWARC, the field's validator, and our own reader of other people's."""

import gzip
import hashlib
import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from sourcebook.errors import UsageError
from sourcebook.export.wacz import WARC_NAME, Copy, Exported, write_wacz
from sourcebook.fetch.archive_file import ArchiveFetcher
from sourcebook.store import Attempts, Store, open_store
from sourcebook.types.captures import Capture, Outcome
from sourcebook.types.fetching import Fetched, Wanted
from tests.store.made import exchange, fetched, later, source

PEERS = Path(__file__).parents[2] / ".venv-peers" / "bin"
ANN = source("https://ann.example/a?b=1")
BOB = source("http://bob.example/")
ARTICLE = (
    b"<title>Counted</title>" + b"<p>The committee counted forty-one safeguards, and two of five survived.</p>" * 20
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "library")
    yield opened
    opened.close()


def export(store: Store, file: Path, *captures: Capture) -> Exported:
    copies = [Copy(one, "A title" if one.outcome is Outcome.OK else "") for one in captures]
    return write_wacz(file, "A library", copies, Attempts(store.archive.folder), later(9))


@pytest.fixture
def captures(store: Store) -> list[Capture]:
    """A page behind a redirect, the same page unchanged, a page that is gone, and one of another site."""
    moved = exchange("http://ann.example/old", b"", b"Location: https://ann.example/a?b=1\r\n")
    moved = replace(moved, response_head=moved.response_head.replace(b"200 OK", b"301 Moved"))
    page = exchange(ANN.url, ARTICLE)
    gone = exchange(ANN.url, b"gone", days=2)
    gone = replace(gone, response_head=gone.response_head.replace(b"200 OK", b"404 Not Found"))
    return [
        store.captures.add(replace(fetched(ANN, body=ARTICLE), exchanges=(moved, page))),
        store.captures.add(replace(fetched(ANN, 1, body=ARTICLE), exchanges=(replace(page, at=later(1)),))),
        store.captures.add(replace(fetched(ANN, 2, Outcome.GONE, b"gone"), status=404, exchanges=(gone,))),
        store.captures.add(replace(fetched(BOB, 3), exchanges=(exchange(BOB.url, ARTICLE + b"B", days=3),))),
    ]


def members(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def lines(data: bytes) -> list[Any]:
    return [json.loads(line) for line in data.splitlines()]


def test_everything_in_it_is_described_with_its_digest(store: Store, captures: list[Capture], tmp_path: Path) -> None:
    done = export(store, tmp_path / "all.wacz", *captures)
    inside = members(tmp_path / "all.wacz")
    package = json.loads(inside["datapackage.json"])
    described = {one["path"]: (one["hash"], one["bytes"]) for one in package["resources"]}

    assert (done.captures, done.pages, done.damaged) == (4, 3, ())
    assert (package["profile"], package["wacz_version"], package["title"]) == ("data-package", "1.1.1", "A library")
    assert described == {
        path: (f"sha256:{hashlib.sha256(data).hexdigest()}", len(data))
        for path, data in inside.items()
        if not path.startswith("datapackage")
    }
    assert json.loads(inside["datapackage-digest.json"]) == {
        "path": "datapackage.json",
        "hash": f"sha256:{hashlib.sha256(inside['datapackage.json']).hexdigest()}",
    }
    assert set(described) == {f"archive/{WARC_NAME}", "indexes/index.cdx.gz", "indexes/index.idx", "pages/pages.jsonl"}


def test_records_are_stored_so_that_readers_can_seek_in_them(
    store: Store, captures: list[Capture], tmp_path: Path
) -> None:
    export(store, tmp_path / "all.wacz", *captures)
    with zipfile.ZipFile(tmp_path / "all.wacz") as archive:
        packing = {info.filename: info.compress_type for info in archive.infolist()}

    assert packing[f"archive/{WARC_NAME}"] == packing["indexes/index.cdx.gz"] == zipfile.ZIP_STORED


def test_other_tools_read_its_records(store: Store, captures: list[Capture], tmp_path: Path) -> None:
    export(store, tmp_path / "all.wacz", *captures)
    warc = members(tmp_path / "all.wacz")[f"archive/{WARC_NAME}"]
    kinds = [record.rec_type for record in WarcioIterator(io.BytesIO(warc))]

    assert kinds == [
        *("warcinfo", "response", "request", "response", "request", "metadata"),
        *("revisit", "request", "metadata"),
        *("response", "request", "metadata") * 2,
    ]
    for record in WarcioIterator(io.BytesIO(warc), check_digests="raise"):
        record.content_stream().read()
        assert record.digest_checker.passed or record.rec_type == "revisit"  # of which warcio checks none


def test_its_index_is_sorted_and_leads_to_every_answer(store: Store, captures: list[Capture], tmp_path: Path) -> None:
    export(store, tmp_path / "all.wacz", *captures)
    inside = members(tmp_path / "all.wacz")
    index = gzip.decompress(inside["indexes/index.cdx.gz"]).splitlines()
    warc = inside[f"archive/{WARC_NAME}"]
    found = []
    for line in index:
        entry = json.loads(line.split(b" ", 2)[2])
        record = gzip.decompress(warc[int(entry["offset"]) :][: int(entry["length"])])
        found.append((entry["url"], entry.get("mime"), entry["status"], entry["filename"]))
        assert f"WARC-Target-URI: {entry['url']}\r\n".encode() in record

    assert index == sorted(index)
    assert found == [
        (ANN.url, "text/html", "200", WARC_NAME),
        (ANN.url, "warc/revisit", "200", WARC_NAME),
        (ANN.url, "text/html", "404", WARC_NAME),
        ("http://ann.example/old", None, "301", WARC_NAME),
        (BOB.url, "text/html", "200", WARC_NAME),
    ]


def test_the_index_of_the_index_leads_to_its_blocks(store: Store, tmp_path: Path) -> None:
    many = [store.captures.add(fetched(source(f"https://ann.example/{number:03}"), number)) for number in range(301)]
    export(store, tmp_path / "all.wacz", *many)
    inside = members(tmp_path / "all.wacz")
    meta, *blocks = inside["indexes/index.idx"].splitlines()
    packed = inside["indexes/index.cdx.gz"]

    assert json.loads(meta.removeprefix(b"!meta 0 ")) == {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}
    assert len(blocks) == 2
    for block in blocks:
        key, stamp, said = block.split(b" ", 2)
        where = json.loads(said)
        data = packed[where["offset"] :][: where["length"]]
        assert gzip.decompress(data).startswith(key + b" " + stamp + b" ")
        assert where["digest"] == f"sha256:{hashlib.sha256(data).hexdigest()}"


def test_its_pages_are_those_that_can_be_opened(store: Store, captures: list[Capture], tmp_path: Path) -> None:
    export(store, tmp_path / "all.wacz", *captures)
    header, *pages = lines(members(tmp_path / "all.wacz")["pages/pages.jsonl"])

    assert header["format"] == "json-pages-1.0"
    assert [(page["url"], page["ts"], page["title"]) for page in pages] == [
        ("http://ann.example/old", "2026-04-07T12:00:00Z", "A title"),
        (ANN.url, "2026-04-08T12:00:00Z", "A title"),
        (BOB.url, "2026-04-10T12:00:00Z", "A title"),
    ]


def test_our_own_reader_finds_every_copy_in_it(store: Store, captures: list[Capture], tmp_path: Path) -> None:
    export(store, tmp_path / "all.wacz", *captures)
    reader = ArchiveFetcher(tmp_path / "all.wacz", lambda: later(20))
    answers = [
        one for one in reader.fetch([Wanted("ann", ANN.url), Wanted("bob", BOB.url)]) if isinstance(one, Fetched)
    ]
    (moved,) = reader.fetch([Wanted("ann", "http://ann.example/old")])

    assert [(one.outcome, one.body) for one in answers] == [
        (Outcome.OK, ARTICLE),
        (Outcome.OK, ARTICLE),
        (Outcome.GONE, b"gone"),
        (Outcome.OK, ARTICLE + b"B"),
    ]
    assert isinstance(moved, Fetched)
    assert (moved.body, len(moved.exchanges)) == (ARTICLE, 2)


def test_an_unchanged_copy_brings_the_one_that_it_repeats(
    store: Store, captures: list[Capture], tmp_path: Path
) -> None:
    done = export(store, tmp_path / "one.wacz", captures[1])
    (_, second) = ArchiveFetcher(tmp_path / "one.wacz", lambda: later(20)).fetch([Wanted("ann", ANN.url)])

    assert done.captures == 1
    assert isinstance(second, Fetched)
    assert second.body == ARTICLE


def test_a_damaged_copy_is_left_out_and_said_so(store: Store, captures: list[Capture], tmp_path: Path) -> None:
    (path,) = store.archive.files()
    assert captures[3].position is not None
    data = bytearray(path.read_bytes())
    data[captures[3].position.offset + 60] ^= 255
    path.write_bytes(data)
    done = export(store, tmp_path / "all.wacz", *captures)

    assert (done.captures, done.pages) == (3, 2)
    assert "is damaged" in done.damaged[0]
    assert members(tmp_path / "all.wacz")


def test_a_file_that_cannot_be_written_leaves_nothing_behind(
    store: Store, captures: list[Capture], tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="cannot write"):
        export(store, tmp_path / "nowhere" / "all.wacz", *captures)
    (tmp_path / "folder.wacz").mkdir()
    with pytest.raises(UsageError, match="cannot write"):
        export(store, tmp_path / "folder.wacz", *captures)

    assert not list(tmp_path.glob("*.part"))


@pytest.mark.skipif(not (PEERS / "wacz").exists(), reason="`make peers` installs the field's validator")
def test_the_validator_of_the_field_passes_it(store: Store, captures: list[Capture], tmp_path: Path) -> None:
    export(store, tmp_path / "all.wacz", *captures)
    said = subprocess.run(
        [PEERS / "wacz", "validate", "-f", tmp_path / "all.wacz"], capture_output=True, text=True, check=False
    )

    assert said.returncode == 0, said.stdout + said.stderr
    assert "Validation succeeded" in said.stdout


@pytest.mark.skipif(not (PEERS / "cdxj-indexer").exists(), reason="`make peers` installs the field's indexer")
def test_the_indexer_of_the_field_writes_the_same_index(store: Store, captures: list[Capture], tmp_path: Path) -> None:
    export(store, tmp_path / "all.wacz", *captures)
    inside = members(tmp_path / "all.wacz")
    (tmp_path / WARC_NAME).write_bytes(inside[f"archive/{WARC_NAME}"])
    said = subprocess.run(
        [PEERS / "cdxj-indexer", "--sort", tmp_path / WARC_NAME], capture_output=True, text=True, check=True
    )

    ours = [line.split(" ", 2) for line in gzip.decompress(inside["indexes/index.cdx.gz"]).decode().splitlines()]
    theirs = [line.split(" ", 2) for line in said.stdout.splitlines() if not line.startswith("urn:")]
    assert [(key, at, json.loads(entry)) for key, at, entry in ours] == [
        (key, at, json.loads(entry)) for key, at, entry in theirs
    ]
