"""`sourcebook fetch` as people and measuring programs run it."""

import gzip
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.cli.conftest import Ran
from tests.fetch.site import Site, article, moved, open_site

Run = Callable[..., Ran]
OPEN = ("fetch", "--allow-network", "127.0.0.0/8", "--delay", "0")


@pytest.fixture
def raw_site() -> Iterator[Site]:
    with open_site() as site:
        yield site


def test_each_address_has_one_line_with_all_that_is_known(run: Run, raw_site: Site) -> None:
    packed = gzip.compress(article())
    raw_site.say("/a", moved("/b"))
    raw_site.page("/b", packed, "Content-Encoding: gzip", "X-One: 1", "X-One: 2")

    ran = run(*OPEN, raw_site.url("/a"))

    (line,) = ran.rows
    assert ran.code == 0
    assert list(line) == (
        "url final_url outcome reason status headers bytes sha256 decoded_sha256 seconds redirects".split()
    )
    assert (line["url"], line["final_url"]) == (raw_site.url("/a"), raw_site.url("/b"))
    assert (line["outcome"], line["status"], line["redirects"]) == ("ok", 200, 1)
    assert line["bytes"] == len(packed)
    assert line["sha256"] == hashlib.sha256(packed).hexdigest()
    assert line["decoded_sha256"] == hashlib.sha256(article()).hexdigest()
    assert [value for name, value in line["headers"] if name == "X-One"] == ["1", "2"]
    assert 0 < line["seconds"] < 20


def test_addresses_are_read_from_standard_input_and_nonsense_has_its_line_too(run: Run, raw_site: Site) -> None:
    raw_site.page("/a", article())
    ran = run(*OPEN, stdin=f"{raw_site.url('/a')}\n\nnonsense\nhttp://10.0.0.1/\n{raw_site.url('/b')}\n")

    outcomes = {line["url"]: line["outcome"] for line in ran.rows}

    assert outcomes == {
        raw_site.url("/a"): "ok",
        raw_site.url("/b"): "gone",
        "nonsense": "refused_by_policy",
        "http://10.0.0.1/": "refused_by_policy",
    }


def test_private_networks_are_closed_unless_named_and_said_to_be_open(run: Run, raw_site: Site) -> None:
    raw_site.page("/", article())

    closed = run("fetch", raw_site.url("/"))
    opened = run(*OPEN, raw_site.url("/"))

    assert closed.rows[0]["outcome"] == "refused_by_policy"
    assert "127.0.0.0/8" in opened.err
    assert opened.rows[0]["outcome"] == "ok"


def test_silence_is_shown_as_it_is_because_nothing_is_held_against_anybody(run: Run) -> None:
    ran = run("fetch", "--deadline", "3", "http://no-such-host.invalid/")

    assert ran.rows[0]["outcome"] == "unreachable"
    assert "name lookup" in ran.rows[0]["reason"]


def test_the_deadline_and_the_size_are_as_the_flags_say(run: Run, raw_site: Site) -> None:
    raw_site.say("/slow", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", 9.0, b"123456789")
    raw_site.page("/large", b"x" * 1_001, "Content-Type: text/plain")
    raw_site.page("/fits", b"x" * 1_000, "Content-Type: text/plain")

    ran = run(*OPEN, "--deadline", "1", "--max-bytes", "1000", *map(raw_site.url, ("/slow", "/large", "/fits")))

    lines = {line["url"]: line for line in ran.rows}
    slow, large, fits = (lines[raw_site.url(path)] for path in ("/slow", "/large", "/fits"))
    assert (slow["outcome"], slow["status"], slow["sha256"]) == ("unreachable", None, None)
    assert slow["seconds"] < 2.2
    assert large["outcome"] == "wrong_type"
    assert "larger than" in large["reason"]
    assert (fits["outcome"], fits["bytes"]) == ("ok", 1_000)


@pytest.mark.parametrize("name", ["copies.warc", "copies.warc.gz"])
def test_a_warc_holds_all_exchanges_and_a_second_run_adds_to_it(
    run: Run, raw_site: Site, tmp_path: Path, name: str
) -> None:
    raw_site.say("/a", moved("/b"))
    raw_site.page("/b", article())
    file = tmp_path / name

    run(*OPEN, "--warc", file, raw_site.url("/a"))
    run(*OPEN, "--warc", file, raw_site.url("/b"))

    with file.open("rb") as stream:
        records = [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
            for record in ArchiveIterator(stream, check_digests="raise")
        ]
    a, b = raw_site.url("/a"), raw_site.url("/b")
    # what we made of an attempt is filed under the address too, in a scheme of its own
    assert [(kind, target and target.removeprefix("urn:sourcebook:")) for kind, target, _ in records] == [
        *[("warcinfo", None), ("response", a), ("request", a), ("response", b), ("request", b), ("metadata", a)],
        *[("warcinfo", None), ("response", b), ("request", b), ("metadata", b)],
    ]
    assert records[3][2] == article()
    assert file.read_bytes().startswith(b"\x1f\x8b" if name.endswith(".gz") else b"WARC/1.1")


@pytest.mark.parametrize(
    "flags",
    [
        pytest.param(["--allow-network", "nonsense"], id="no network"),
        pytest.param(["--deadline", "0"], id="no time"),
        pytest.param(["--ca", "nowhere.pem"], id="a missing file of certificates"),
    ],
)
def test_flags_that_make_no_sense_are_exit_3(run: Run, flags: list[str]) -> None:
    ran = run("fetch", *flags, "https://a.example/")

    assert ran.code == 3
    assert "hint: " in ran.err
    assert ran.out == ""


def test_a_warc_that_cannot_be_written_stops_before_anybody_is_asked(run: Run, raw_site: Site, tmp_path: Path) -> None:
    ran = run(*OPEN, "--warc", tmp_path / "nowhere" / "x.warc", raw_site.url("/"))

    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert raw_site.asked(robots=True) == []
