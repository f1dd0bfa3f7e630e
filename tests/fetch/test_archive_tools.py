"""Archives as other tools write them: by the real tools where they are installed, else by samples made by hand."""

import gc
import gzip
import shutil
import subprocess
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sourcebook.errors import UsageError
from sourcebook.fetch.archive_file import ArchiveFetcher
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Fetched, NotAsked, Wanted
from tests.fetch.archives import Kept, cdxj, warc
from tests.fetch.site import Site, article, http, moved

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
PAGE = "https://x.example/page"
PEERS = Path(__file__).parents[2] / ".venv-peers" / "bin"


def answers(path: Path, url: str = PAGE) -> list[Fetched | NotAsked]:
    fetcher = ArchiveFetcher(path, lambda: NOW)
    return [one for one in fetcher.fetch([Wanted("one", url)]) if isinstance(one, Fetched | NotAsked)]


def bodies(path: Path, url: str = PAGE) -> list[bytes]:
    return [one.body for one in answers(path, url) if isinstance(one, Fetched) and one.outcome is Outcome.OK]


# --- wget, as ArchiveBox calls it --------------------------------------------------------------------

by_wget = pytest.mark.skipif(shutil.which("wget") is None, reason="wget is not installed")


def wget(folder: Path, *arguments: str) -> None:
    command = ["wget", "--quiet", "--no-config", "--no-proxy", "--tries=1", "--output-document=/dev/null", *arguments]
    subprocess.run(command, cwd=folder, check=False, timeout=60)


@pytest.fixture
def visited(site: Site) -> Site:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (article()[:700], article()[700:], b""))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    site.page("/page", article())
    site.say("/chunked", head + chunks)
    site.say("/packed", http(gzip.compress(article()), "Content-Encoding: gzip"))
    site.say("/old", moved("/page"))
    return site


@by_wget
@pytest.mark.parametrize("packing", [(), ("--no-warc-compression",)], ids=["compressed", "plain"])
def test_what_wget_wrote_is_read(visited: Site, tmp_path: Path, packing: tuple[str, ...]) -> None:
    urls = [visited.url(path) for path in ("/page", "/chunked", "/packed", "/old", "/lost")]
    wget(tmp_path, "--warc-file=site", "--no-warc-keep-log", *packing, *urls)
    (path,) = tmp_path.glob("site.warc*")
    (lost,) = answers(path, visited.url("/lost"))

    for url in urls[:4]:
        assert set(bodies(path, url)) == {article()}, url
    assert isinstance(lost, Fetched)
    assert lost.outcome is Outcome.GONE


@by_wget
def test_an_unchanged_page_in_a_second_file_of_wget_is_said_to_be_one(visited: Site, tmp_path: Path) -> None:
    wget(tmp_path, "--warc-file=first", "--warc-cdx", visited.url("/page"))
    wget(tmp_path, "--warc-file=second", "--warc-dedup=first.cdx", visited.url("/page"))
    both = tmp_path / "both.warc.gz"
    both.write_bytes((tmp_path / "first.warc.gz").read_bytes() + (tmp_path / "second.warc.gz").read_bytes())

    assert bodies(both, visited.url("/page")) == [article(), article()]


# --- compressed as one -------------------------------------------------------------------------------

KEPT = [Kept("https://x.example/other", b"other" * 1000), Kept(PAGE, article()), Kept(PAGE + "2", article("Second."))]


@pytest.mark.parametrize("piece", [10_000_000, 777, 100], ids=["one member", "long pieces", "short pieces"])
def test_a_file_that_was_compressed_as_one_is_read(tmp_path: Path, piece: int) -> None:
    plain = warc(KEPT, gzip=False)
    path = tmp_path / "one.warc.gz"
    path.write_bytes(b"".join(gzip.compress(plain[at : at + piece]) for at in range(0, len(plain), piece)))

    assert bodies(path) == [article()]
    assert bodies(path, PAGE + "2") == [article("Second.")]


def test_it_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "one.warc.gz"
    path.write_bytes(gzip.compress(warc(KEPT, gzip=False), compresslevel=0)[:-900])

    assert bodies(path) == [article()]
    assert bodies(path, PAGE + "2") == []


def test_a_wacz_may_hold_one_too(tmp_path: Path) -> None:
    path = tmp_path / "some.wacz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/one.warc.gz", gzip.compress(warc(KEPT, gzip=False)))
        archive.writestr("archive/usual.warc.gz", warc([Kept(PAGE + "3", article("Third."))]))

    assert bodies(path) == [article()]
    assert bodies(path, PAGE + "3") == [article("Third.")]


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    path = tmp_path / "one.warc.gz"
    path.write_bytes(gzip.compress(warc(KEPT, gzip=False)))
    assert bodies(path) == [article()]
    path.write_bytes(gzip.compress(warc([], gzip=False) * 2 + b"\0" * 30_000_000))
    with pytest.raises(UsageError, match="unpacks to more than"):
        answers(path)
    gc.collect()

    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_large_first_record_in_a_member_of_its_own_is_the_usual_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))  # nothing may be unpacked
    page = Kept(PAGE, article() * 400, request=False)
    whole = warc([page])
    first = gzip.decompress(warc([])).__len__()
    path = tmp_path / "some.warc.gz"
    path.write_bytes(gzip.compress(gzip.decompress(whole)[first:]))

    assert bodies(path) == [article() * 400]


# --- browsertrix, and others that write WACZ ---------------------------------------------------------


def test_a_wacz_of_many_warcs_with_a_packed_index_is_read(tmp_path: Path) -> None:
    path = tmp_path / "crawl.wacz"
    lines: list[str] = []
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(3):
            data = warc(
                [Kept(f"{PAGE}{number}", article(f"Page {number}.")), Kept("urn:pageinfo:x", b"{}", kind="resource")]
            )
            archive.writestr(f"archive/rec-{number}.warc.gz", data)
            lines += cdxj(data, f"rec-{number}.warc.gz")
        blocks = [gzip.compress("".join(lines[at : at + 2]).encode()) for at in range(0, len(lines), 2)]
        archive.writestr("indexes/index.cdx.gz", b"".join(blocks))
        archive.writestr("indexes/index.idx", '!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n')
        archive.writestr("pages/pages.jsonl", '{"format": "json-pages-1.0"}\n')

    assert [bodies(path, f"{PAGE}{number}") for number in range(3)] == [[article(f"Page {n}.")] for n in range(3)]


@pytest.mark.skipif(not (PEERS / "wacz").exists(), reason="`make peers` installs py-wacz")
def test_what_py_wacz_wrote_is_read(tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / f"{number}.warc.gz").write_bytes(warc([Kept(f"{PAGE}{number}", article(f"Page {number}."))]))
    inputs = [str(tmp_path / f"{number}.warc.gz") for number in range(2)]
    command = [str(PEERS / "wacz"), "create", "--detect-pages", "-o", str(tmp_path / "made.wacz"), *inputs]
    subprocess.run(command, check=True, capture_output=True)

    assert [bodies(tmp_path / "made.wacz", f"{PAGE}{number}") for number in range(2)] == [
        [article("Page 0.")],
        [article("Page 1.")],
    ]
