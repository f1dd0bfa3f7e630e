"""Other people's copies, from a server that speaks Memento."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from sourcebook.config import FetchSettings, MementoSettings
from sourcebook.errors import UsageError
from sourcebook.fetch.links import http_date, read_links
from sourcebook.fetch.memento import MementoFetcher
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Fetched, NotAsked, Wanted
from tests.fetch.memento_server import MementoServer, open_memento
from tests.fetch.site import article

URL = "http://lost.example/report?a=1"
FETCH = FetchSettings(allow_networks=("127.0.0.0/8",), delay_s=0.0, timeout_s=5.0)
NOW = datetime(2026, 5, 1, tzinfo=UTC)


def day(year: int, month: int = 1, number: int = 1) -> datetime:
    return datetime(year, month, number, 10, 20, 30, tzinfo=UTC)


@pytest.fixture
def archive() -> Iterator[MementoServer]:
    with open_memento() as server:
        yield server


def seek(archive: MementoServer, at: datetime | None = None, **settings: object) -> Fetched | NotAsked:
    said: dict[str, object] = {"timegates": (archive.timegate,), "timemaps": (archive.timemap,), "timeout_s": 20.0}
    archives = MementoSettings(**(said | settings))  # type: ignore[arg-type]
    answers = MementoFetcher(FETCH, archives, lambda: NOW).fetch([Wanted("one", URL, at=at or day(2020))])
    (answer,) = [one for one in answers if isinstance(one, Fetched | NotAsked)]
    return answer


def found(archive: MementoServer, at: datetime | None = None, **settings: object) -> Fetched:
    answer = seek(archive, at, **settings)
    assert isinstance(answer, Fetched), answer
    return answer


def test_the_copy_nearest_to_the_moment_is_taken_as_a_capture_of_the_source(archive: MementoServer) -> None:
    for year in (2012, 2019, 2024):
        archive.hold(URL, day(year), article(f"Words of {year}."))
    copy = found(archive, day(2018))

    assert (copy.outcome, copy.status, copy.body) == (Outcome.OK, 200, article("Words of 2019."))
    assert (copy.source_id, copy.url, copy.final_url) == ("one", URL, URL)
    assert (copy.captured_at, copy.checked_at) == (day(2019), NOW)
    assert copy.origin == "memento 127.0.0.1"
    assert copy.reason == f"status 200; copy of 2019-01-01 at {archive.url(f'/20190101102030id_/{URL}')}"
    assert (copy.etag, copy.last_modified) == ("", "")
    assert archive.asked[0] == (f"/timegate/{URL}", "Mon, 01 Jan 2018 10:20:30 GMT")


def test_the_exchange_is_kept_as_it_was(archive: MementoServer) -> None:
    archive.hold(URL, day(2019), article())
    (exchange,) = found(archive).exchanges

    assert exchange.url == archive.url(f"/20190101102030id_/{URL}")
    assert b"Accept-Datetime: Wed, 01 Jan 2020 10:20:30 GMT" in exchange.request_head
    assert b"Memento-Datetime: Tue, 01 Jan 2019 10:20:30 GMT" in exchange.response_head


def test_an_archive_that_rewrites_its_copies_is_better_than_none(archive: MementoServer) -> None:
    archive.raw = False
    archive.hold(URL, day(2019), article())
    copy = found(archive)

    assert copy.outcome is Outcome.OK
    assert copy.body.startswith(b"<div>A banner of the archive.</div>")
    assert len(copy.exchanges) == 2, "the TimeGate's redirect and the copy"


def test_a_redirect_within_the_archive_is_followed(archive: MementoServer) -> None:
    archive.hold(URL, day(2019), b"", 302, "http://lost.example/moved")
    archive.hold("http://lost.example/moved", day(2019), article())
    copy = found(archive)

    assert (copy.outcome, copy.body) == (Outcome.OK, article())
    assert (copy.url, copy.final_url) == (URL, "http://lost.example/moved")


def test_a_nearest_copy_that_is_no_good_one_gives_way_to_another(archive: MementoServer) -> None:
    archive.hold(URL, day(2020), b"<title>Page not found</title><h1>Page not found</h1>")
    archive.hold(URL, day(2021), b"gone", 404)
    archive.hold(URL, day(2016), article("Words of 2016."))
    copy = found(archive)

    assert copy.body == article("Words of 2016.")
    assert copy.captured_at == day(2016)


def test_a_list_of_copies_may_be_in_parts(archive: MementoServer) -> None:
    archive.parts = True
    archive.hold(URL, day(2012), article("Words of 2012."))
    archive.hold(URL, day(2019, 3), article("Words of 2019."))
    copy = found(archive, timegates=())

    assert copy.body == article("Words of 2019.")


def test_a_source_that_nobody_holds_is_an_answer(archive: MementoServer) -> None:
    none = found(archive)

    assert (none.outcome, none.reason) == (Outcome.GONE, "127.0.0.1 has no copy")
    assert (none.body, none.exchanges, none.origin) == (b"", (), "memento 127.0.0.1")


def test_copies_that_are_all_bad_are_no_copy(archive: MementoServer) -> None:
    for year in range(2015, 2025):
        archive.hold(URL, day(year), b"<title>Just a moment...</title>", 403)
    none = found(archive)

    assert none.outcome is Outcome.GONE
    assert "is no good one: status 403" in none.reason
    tried = {path for path, _ in archive.asked if path.startswith("/20")}
    assert len({path.replace("id_", "") for path in tried}) <= 4


def test_an_archive_that_fails_says_nothing_of_what_it_holds(archive: MementoServer) -> None:
    archive.hold(URL, day(2019), article())
    archive.trouble = {f"/timegate/{URL}": (500, ""), f"/timemap/link/{URL}": (500, "")}
    failed = found(archive)

    assert failed.outcome is Outcome.UNREACHABLE
    assert "status 500" in failed.reason


def test_an_archive_that_wants_to_be_left_alone_is(archive: MementoServer) -> None:
    archive.hold(URL, day(2019), article())
    archive.trouble = {f"/timegate/{URL}": (429, "3600")}
    answers = list(
        MementoFetcher(FETCH, MementoSettings((archive.timegate,), (archive.timemap,)), lambda: NOW).fetch(
            [Wanted("one", URL, at=day(2020)), Wanted("two", URL, at=day(2020))]
        )
    )
    first, second = [one for one in answers if isinstance(one, Fetched | NotAsked)]

    assert isinstance(first, Fetched)
    assert first.outcome is Outcome.LIMITED
    assert isinstance(second, NotAsked)
    assert "left alone until" in second.why
    assert [path for path, _ in archive.asked] == [f"/timegate/{URL}"]


def test_one_deadline_holds_over_all_archives(archive: MementoServer) -> None:
    archive.hold(URL, day(2019), article())
    late = found(archive, timeout_s=0.0001)

    assert (late.outcome, late.reason) == (Outcome.UNREACHABLE, "no good copy within 0.0001 s")


def test_the_next_archive_is_asked_when_the_first_has_none(archive: MementoServer) -> None:
    archive.hold(URL, day(2019), article())
    with open_memento() as empty:
        copy = found(archive, timegates=(empty.timegate, archive.timegate), timemaps=())

    assert copy.outcome is Outcome.OK
    assert [path for path, _ in empty.asked] == [f"/timegate/{URL}"]


def test_the_address_policy_holds_for_archives_too(archive: MementoServer) -> None:
    archive.hold(URL, day(2019), article())
    archives = MementoSettings((archive.timegate,), ())
    (answer,) = MementoFetcher(FetchSettings(), archives, lambda: NOW).fetch([Wanted("one", URL, at=day(2020))])

    assert isinstance(answer, Fetched)
    assert answer.outcome is Outcome.REFUSED_BY_POLICY
    assert archive.asked == []


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(MementoSettings(timegates=("web.archive.org",)), id="no address"),
        pytest.param(MementoSettings(timeout_s=0), id="no time"),
    ],
)
def test_settings_that_make_no_sense_are_refused(settings: MementoSettings) -> None:
    with pytest.raises(UsageError, match=r"archive|timeout"):
        MementoFetcher(FETCH, settings, lambda: NOW)


# --- links -------------------------------------------------------------------------------------------

LISTED = """<http://a.example/x,y;z>; rel="original",
 <http://archive.example/1/http://a.example/>; rel="first memento"; datetime="Tue, 20 Jun 2000 18:02:59 GMT" ,
<http://archive.example/2/http://a.example/>;datetime="Wed, 21 Jun 2000 01:17:31 GMT";rel=memento;license="x; y, z",
<http://archive.example/3>; rel="memento"; datetime="no date"
"""


def test_links_are_read_as_they_are_written() -> None:
    links = list(read_links(LISTED))

    assert [link.url for link in links] == [
        "http://a.example/x,y;z",
        "http://archive.example/1/http://a.example/",
        "http://archive.example/2/http://a.example/",
        "http://archive.example/3",
    ]
    assert [sorted(link.relations) for link in links] == [["original"], ["first", "memento"], ["memento"], ["memento"]]
    assert [link.at.day if link.at else None for link in links] == [None, 20, 21, None]


@pytest.mark.parametrize(
    "text", ["", "no link", "<", "<a", "<a>;" * 9, '<a>; rel="x', "\0" * 99, "<a>; rel" + " " * 50_000]
)
def test_what_is_no_link_ends_the_reading(text: str) -> None:
    assert all(link.url == "a" for link in read_links(text))


@pytest.mark.parametrize("text", ["", "yesterday", "Tue, 99 Jan 2020 10:00:00 GMT", "2020-01-01", "\0"])
def test_what_is_no_date_of_http_is_none(text: str) -> None:
    assert http_date(text) is None
