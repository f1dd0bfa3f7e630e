"""Answers from WARC and WACZ files, whoever wrote them and however they are broken."""

import gzip
import io
import random
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sourcebook.errors import UsageError
from sourcebook.fetch.archive_file import ArchiveFetcher
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Fetched, NotAsked, Wanted
from tests.fetch.archives import Kept, cdxj, wacz, warc
from tests.fetch.site import article

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
PAGE = "https://x.example/page"


def fetcher(path: Path, **more: float) -> ArchiveFetcher:
    return ArchiveFetcher(path, lambda: NOW, **more)


def answer(path: Path, url: str = PAGE, **more: float) -> Fetched | NotAsked:
    *_, one = fetcher(path, **more).fetch([Wanted("one", url)])
    return one


def fetched(path: Path, url: str = PAGE) -> Fetched:
    one = answer(path, url)
    assert isinstance(one, Fetched), one
    return one


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def as_warc(folder: Path, kept: list[Kept]) -> Path:
    return write(folder / "some.warc", warc(kept, gzip=False))


def as_warc_gz(folder: Path, kept: list[Kept]) -> Path:
    return write(folder / "some.warc.gz", warc(kept))


def as_wacz(folder: Path, kept: list[Kept]) -> Path:
    return wacz(folder / "some.wacz", warc(kept))


def as_wacz_without_index(folder: Path, kept: list[Kept]) -> Path:
    return wacz(folder / "some.wacz", warc(kept), [])


def as_packed_wacz(folder: Path, kept: list[Kept]) -> Path:
    return wacz(folder / "some.wacz", warc(kept), packed=True)


Form = Callable[[Path, list[Kept]], Path]
forms = pytest.mark.parametrize("form", [as_warc, as_warc_gz, as_wacz, as_wacz_without_index, as_packed_wacz])


@forms
def test_a_page_comes_back_as_it_was_kept(form: Form, tmp_path: Path) -> None:
    packed = gzip.compress(article())
    headers = (("Content-Type", "text/html; charset=utf-8"), ("content-encoding", "gzip"), ("ETag", '"x1"'))
    path = form(tmp_path, [Kept("https://x.example/other", b"other"), Kept(PAGE, packed, headers=headers)])
    one = fetched(path)

    assert (one.outcome, one.status, one.body) == (Outcome.OK, 200, article())
    assert one.captured_at == datetime(2026, 4, 7, 9, 0, tzinfo=UTC)
    assert one.checked_at == NOW
    assert one.origin == path.name
    assert one.etag == '"x1"'
    assert one.exchanges[0].body == packed
    assert one.exchanges[0].ip == "192.0.2.7"
    assert one.exchanges[0].request_head == b"GET /asked HTTP/1.1\r\nHost: x.example\r\n\r\n"
    assert one.exchanges[0].response_head.startswith(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n")


@forms
def test_what_the_archive_does_not_hold_is_not_asked(form: Form, tmp_path: Path) -> None:
    path = form(tmp_path, [Kept(PAGE, article())])

    assert answer(path, "https://x.example/nothing") == NotAsked(
        "one", "https://x.example/nothing", f"not in {path.name}"
    )


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(PAGE, id="exactly"),
        pytest.param("HTTPS://X.Example:443/a/../page#part", id="normalised"),
        pytest.param("http://www.x.example/page/?utm_source=a", id="by match key"),
        pytest.param("https://web.archive.org/web/2020/https://x.example/page", id="as a copy of it"),
    ],
)
def test_a_page_is_found_however_it_is_linked(url: str, tmp_path: Path) -> None:
    assert fetched(as_wacz(tmp_path, [Kept(PAGE, article())]), url).body == article()


def test_the_exact_address_wins_over_one_that_is_merely_the_same_source(tmp_path: Path) -> None:
    path = as_warc_gz(tmp_path, [Kept(PAGE + "?utm_source=a", article("Wrong.")), Kept(PAGE, article())])

    assert fetched(path).body == article()


@forms
def test_every_copy_is_given_oldest_first(form: Form, tmp_path: Path) -> None:
    kept = [
        Kept(PAGE, article("Second."), "2025-06-01T00:00:00Z"),
        Kept(PAGE, article("First."), "2024-01-01T00:00:00Z"),
        Kept(PAGE, b"", "2026-01-01T00:00:00Z", status="404 Not Found"),
    ]
    path = form(tmp_path, kept)
    history = [one for one in fetcher(path).fetch([Wanted("one", PAGE)]) if isinstance(one, Fetched)]

    assert [one.body for one in history[:2]] == [article("First."), article("Second.")]
    assert [one.captured_at.year for one in history] == [2024, 2025, 2026]
    assert [one.outcome for one in history] == [Outcome.OK, Outcome.OK, Outcome.GONE]
    assert len({one.checked_at for one in history}) == 3  # a capture is known by when it was checked
    assert history[-1].checked_at - NOW < timedelta(seconds=1)


# --- redirects ---------------------------------------------------------------------------------------


def moved(url: str, to: str, at: str = "2026-04-07T09:00:00Z") -> Kept:
    return Kept(url, b"", at, "301 Moved", (("Location", to),))


def test_redirects_are_followed_within_the_archive(tmp_path: Path) -> None:
    kept = [moved("http://x.example/old", "/new"), moved("http://x.example/new", PAGE), Kept(PAGE, article())]
    one = fetched(as_wacz(tmp_path, kept), "http://x.example/old")

    assert (one.outcome, one.final_url, len(one.exchanges)) == (Outcome.OK, PAGE, 3)


def test_a_redirect_takes_the_copy_that_was_made_next_to_it(tmp_path: Path) -> None:
    kept = [
        Kept(PAGE, article("Old."), "2020-01-01T00:00:00Z"),
        moved("http://x.example/old", PAGE, "2020-01-02T00:00:00Z"),
        Kept(PAGE, article("New."), "2026-01-01T00:00:00Z"),
    ]

    assert fetched(as_wacz(tmp_path, kept), "http://x.example/old").body == article("Old.")


def test_a_redirect_out_of_the_archive_is_not_asked(tmp_path: Path) -> None:
    one = answer(as_wacz(tmp_path, [moved(PAGE, "https://elsewhere.example/")]))

    assert one == NotAsked("one", PAGE, "leads to 'https://elsewhere.example/', which is not in some.wacz")


def test_a_redirect_to_its_own_secure_form_is_no_answer_to_itself(tmp_path: Path) -> None:
    one = answer(as_wacz(tmp_path, [moved("http://x.example/page", PAGE)]), "http://x.example/page")

    assert isinstance(one, NotAsked)
    assert "leads to" in one.why


def test_redirects_in_a_circle_are_seen(tmp_path: Path) -> None:
    kept = [moved(PAGE, "https://x.example/b"), moved("https://x.example/b", PAGE)]

    assert fetched(as_wacz(tmp_path, kept)).reason == "redirects that lead in a circle"


# --- what other tools write --------------------------------------------------------------------------


def test_chunks_are_put_together_where_a_tool_kept_them(tmp_path: Path) -> None:
    chunked = b"".join(b"%X;x=y\r\n%s\r\n" % (len(part), part) for part in (b"<p>one", article())) + b"0\r\n\r\n"
    headers = (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"))
    path = as_warc_gz(tmp_path, [Kept(PAGE, chunked, headers=headers), Kept(PAGE + "2", article(), headers=headers)])

    assert fetched(path).body == b"<p>one" + article()
    assert fetched(path, PAGE + "2").body == article()  # and left alone where it did not


def test_an_unchanged_page_has_the_body_of_its_first_copy(tmp_path: Path) -> None:
    refers = (
        ("WARC-Refers-To-Target-URI", PAGE),
        ("WARC-Refers-To-Date", "2025-01-01T00:00:00Z"),
        ("WARC-Truncated", "length"),  # as crawlers write where they leave the body out on purpose
    )
    kept = [
        Kept(PAGE, article(), "2025-01-01T00:00:00Z"),
        Kept(PAGE, b"", "2026-01-01T00:00:00Z", kind="revisit", warc_headers=refers),
    ]
    one = fetched(as_wacz(tmp_path, kept))

    assert (one.outcome, one.body, one.captured_at.year) == (Outcome.OK, article(), 2026)


def test_an_unchanged_page_whose_first_copy_is_elsewhere_is_not_asked(tmp_path: Path) -> None:
    one = answer(as_wacz(tmp_path, [Kept(PAGE, b"", kind="revisit")]))

    assert isinstance(one, NotAsked)
    assert "first copy" in one.why


def test_an_answer_that_says_unchanged_is_no_copy(tmp_path: Path) -> None:
    kept = [Kept(PAGE, b"", "2026-01-01T00:00:00Z", status="304 Not Modified")]
    alone = answer(as_warc_gz(tmp_path, kept))

    assert isinstance(alone, NotAsked)
    assert fetched(as_wacz(tmp_path, [Kept(PAGE, article(), "2025-01-01T00:00:00Z"), *kept])).body == article()


def test_a_file_without_a_head_is_an_answer_too(tmp_path: Path) -> None:
    one = fetched(as_wacz(tmp_path, [Kept(PAGE, article(), kind="resource")]))

    assert (one.outcome, one.status, one.media_type, one.body) == (Outcome.OK, 200, "text/html", article())


def test_a_request_that_is_not_in_the_archive_is_not_made_up(tmp_path: Path) -> None:
    assert fetched(as_wacz(tmp_path, [Kept(PAGE, article(), request=False)])).exchanges[0].request_head == b""


def test_an_answer_to_what_was_sent_is_no_page(tmp_path: Path) -> None:
    data = warc([Kept(PAGE, b'{"words": []}'), Kept("https://x.example/other", article())])
    sent, other = cdxj(data)
    path = wacz(tmp_path / "some.wacz", data, [sent.replace('{"url"', '{"method": "POST", "url"'), other])

    assert isinstance(answer(path), NotAsked)
    assert fetched(path, "https://x.example/other").body == article()


def test_an_index_may_be_compressed(tmp_path: Path) -> None:
    data = warc([Kept(PAGE, article())])
    path = tmp_path / "some.wacz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.warc.gz", data)
        archive.writestr("indexes/index.cdx.gz", gzip.compress("".join(cdxj(data)).encode()))

    assert fetched(path).body == article()


def test_a_copy_that_was_cut_is_never_taken_for_the_whole(tmp_path: Path) -> None:
    one = answer(as_wacz(tmp_path, [Kept(PAGE, article(), warc_headers=(("WARC-Truncated", "length"),))]))

    assert isinstance(one, NotAsked)
    assert "a part only" in one.why


# --- what is broken or hostile -----------------------------------------------------------------------


def test_a_missing_file_is_named() -> None:
    with pytest.raises(UsageError, match=r"no/such\.wacz") as raised:
        fetcher(Path("no/such.wacz"))

    assert "path" in raised.value.hint


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"this is no archive" * 100, id="rubbish"),
        pytest.param(gzip.compress(b"nor is this" * 100), id="compressed rubbish"),
        pytest.param(b"PK\x03\x04" + b"rubbish" * 100, id="the beginning of a zip file"),
        pytest.param(warc([]), id="an archive of nothing"),
    ],
)
def test_a_file_that_is_no_archive_is_named(data: bytes, tmp_path: Path) -> None:
    path = write(tmp_path / "some.warc.gz", data)

    with pytest.raises(UsageError, match=r"some\.warc\.gz") as raised:
        fetcher(path)

    assert "whole" in raised.value.hint


def test_what_stands_before_the_damage_is_still_read(tmp_path: Path) -> None:
    whole = warc([Kept(PAGE, article()), Kept(PAGE + "2", article())])
    path = write(tmp_path / "some.warc.gz", whole[:-500])
    other = answer(path, "https://x.example/other")

    assert fetched(path).outcome is Outcome.OK
    assert isinstance(other, NotAsked)


@pytest.mark.parametrize("offset", ["1", "7", "99999999", "-5", "9" * 40, "x", "0"])
def test_an_index_with_wrong_places_gives_no_wrong_page(offset: str, tmp_path: Path) -> None:
    data = warc([Kept(PAGE + "2", article("Wrong."))])
    line = f'example,x)/ 20260407090000 {{"url": "{PAGE}", "filename": "data.warc.gz", "offset": "{offset}"}}\n'
    path = wacz(tmp_path / "some.wacz", data, [line])

    assert isinstance(answer(path), NotAsked)


def test_an_index_cannot_name_a_file_outside_the_archive(tmp_path: Path) -> None:
    write(tmp_path / "secret.warc.gz", warc([Kept(PAGE, article("Secret."))]))
    data = warc([Kept(PAGE + "2", article())])
    line = f'example,x)/ 20260407090000 {{"url": "{PAGE}", "filename": "../../secret.warc.gz", "offset": 0}}\n'
    path = wacz(tmp_path / "some.wacz", data, [line, "rubbish\n", "a 2026 {}\n", *cdxj(data)])

    assert answer(path) == NotAsked("one", PAGE, "not in some.wacz")
    assert fetched(path, PAGE + "2").outcome is Outcome.OK


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.warc", b"\0" * 50_000_000)

    with pytest.raises(UsageError, match="unpacks to"):
        fetcher(path)


def test_a_body_beyond_the_cap_is_not_kept(tmp_path: Path) -> None:
    one = answer(as_wacz(tmp_path, [Kept(PAGE, b"x" * 3_000_000)]), max_mb=1.0)

    assert isinstance(one, Fetched)
    assert (one.outcome, one.body, one.exchanges) == (Outcome.WRONG_TYPE, b"", ())


def test_damage_anywhere_is_a_usage_error_or_a_source_not_asked(tmp_path: Path) -> None:
    dice = random.Random(7)
    kept = [Kept(PAGE, article()), moved("https://x.example/m", PAGE)]
    stored = io.BytesIO()
    path = wacz(tmp_path / "some.wacz", warc(kept))
    stored.write(path.read_bytes())
    samples = [path.read_bytes(), warc(kept), warc(kept, gzip=False)]
    seen = set()
    for _ in range(600):
        data = bytearray(dice.choice(samples))
        for _ in range(dice.randint(1, 5)):
            at = dice.randrange(len(data))
            if dice.random() < 0.5:
                data[at] = dice.randrange(256)
            else:
                del data[at : at + dice.randrange(40)]
        path.write_bytes(data)
        try:
            for one in fetcher(path).fetch([Wanted("a", PAGE), Wanted("b", "https://x.example/m")]):
                seen.add(type(one))
        except UsageError:
            seen.add(UsageError)

    assert seen == {Fetched, NotAsked, UsageError}
