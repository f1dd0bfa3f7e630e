"""How long a host is left alone that says it is asked too often."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from sourcebook.config import FetchSettings
from sourcebook.fetch.pauses import FIRST_S, LONGEST, pause_after, retry_after_s
from sourcebook.fetch.web import WebFetcher
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Exchange, Fetched, NotAsked, Pause, RobotsFile, Wanted
from tests.fetch.site import Site, article, http, moved

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY_S = LONGEST.total_seconds()
SETTINGS = FetchSettings(allow_networks=("127.0.0.0/8",), delay_s=0.0, timeout_s=5.0)


def answer(status: int | None, *headers: str) -> Fetched:
    head = "\r\n".join([f"HTTP/1.1 {status} X", *headers, "", ""]).encode()
    url = "https://a.example/page"
    exchanges = (Exchange(url, NOW, b"", head, b""),) if status is not None else ()
    return Fetched("one", url, url, NOW, NOW, Outcome.LIMITED, "", "web", status, exchanges=exchanges)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        pytest.param("120", 120.0, id="seconds"),
        pytest.param(" 7 ", 7.0, id="with spaces"),
        pytest.param("0", 0.0, id="none"),
        pytest.param("99999999999999999", DAY_S, id="more than a day"),
        pytest.param(format_datetime(NOW + timedelta(minutes=5), usegmt=True), 300.0, id="a date"),
        pytest.param(format_datetime(NOW - timedelta(days=5), usegmt=True), 0.0, id="a date that is over"),
        pytest.param(format_datetime(NOW + timedelta(days=50), usegmt=True), DAY_S, id="a date far away"),
        pytest.param("Sunday, 01-Mar-26 12:01:00 GMT", 60.0, id="an old form of dates"),
        pytest.param("Sun, 01 Mar 2026 12:01:00", 60.0, id="a date without a zone"),
        pytest.param("-5", None, id="less than none"),
        pytest.param("soon", None, id="words"),
        pytest.param("", None, id="nothing"),
        pytest.param("1.5", None, id="a fraction"),
        pytest.param("٣", None, id="a digit of another script"),
        pytest.param("Sun, 99 Mar 2026 12:01:00 GMT", None, id="no such day"),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str, seconds: float | None) -> None:
    assert retry_after_s(value, NOW) == seconds


@given(st.text(max_size=60))
@example("0\x1f")
def test_no_retry_after_breaks_the_reader_or_outlasts_a_day(value: str) -> None:
    assert 0 <= (retry_after_s(value, NOW) or 0) <= DAY_S


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_is_left_alone_for_as_long_as_it_asks(status: int) -> None:
    pause = pause_after(answer(status, "Retry-After: 90"), None, NOW)

    assert pause == Pause("a.example", NOW + timedelta(seconds=90), 1, f"status {status} 1 times in a row")


def test_the_pause_grows_each_time_up_to_a_day_and_no_short_wish_stops_that() -> None:
    pauses: list[float] = []
    pause = None
    for _ in range(15):
        pause = pause_after(answer(429, "Retry-After: 1") if pauses else answer(429), pause, NOW)
        assert pause is not None
        pauses.append((pause.until - NOW).total_seconds())

    assert pauses[:4] == [FIRST_S, FIRST_S * 2, FIRST_S * 4, FIRST_S * 8]
    assert pauses[-1] == DAY_S


def test_an_answer_ends_the_pause_and_silence_changes_nothing() -> None:
    before = Pause("a.example", NOW, 3, "x")

    assert pause_after(answer(200), before, NOW) == Pause("a.example", NOW, 0, "")
    assert pause_after(answer(200), None, NOW) is None
    assert pause_after(answer(None), before, NOW) is None


def test_a_short_pause_is_waited_for_and_a_long_one_ends_the_run_for_the_host(site: Site) -> None:
    site.page("/1", b"", "Retry-After: 1", status="429 Too Many Requests")
    site.page("/2", b"", "Retry-After: 3600", status="503 Service Unavailable")
    site.page("/3", article())
    seen = list(WebFetcher(SETTINGS, lambda: datetime.now(UTC)).fetch(Wanted(n, site.url(f"/{n}")) for n in "123"))

    first, second = (one.at for one in site.requests if one.path in {"/1", "/2"})
    pauses = [one for one in seen if isinstance(one, Pause)]
    assert second - first >= 1.0
    assert [pause.times for pause in pauses] == [1, 2]
    assert [one.source_id for one in seen if isinstance(one, NotAsked)] == ["3"]
    assert "/3" not in site.asked()


def test_a_pause_that_is_given_back_outlasts_the_run(site: Site) -> None:
    site.page("/", article())
    site.say("127.0.5.2 /", moved(site.url("/", "127.0.5.1")))
    now = datetime.now(UTC)
    pause = Pause("127.0.5.1", now + timedelta(hours=1), 4, "status 429 4 times in a row")
    wanted = [Wanted("a", site.url("/", "127.0.5.1"), pause=pause), Wanted("b", site.url("/", "127.0.5.2"))]
    one = replace(SETTINGS, hosts=1)
    a, b = (each for each in WebFetcher(one, lambda: now).fetch(wanted) if isinstance(each, NotAsked | Fetched))

    assert isinstance(a, NotAsked)
    assert "left alone until" in a.why
    assert isinstance(b, Fetched)
    assert b.outcome is Outcome.LIMITED
    assert {request.host for request in site.requests} == {"127.0.5.2"}


def test_a_robots_txt_that_is_given_back_is_not_asked_for_until_a_day_is_over(site: Site) -> None:
    site.page("/a", article())
    site.say("/robots.txt", http(b"User-agent: *\nDisallow: /b", "Content-Type: text/plain"))
    clock = [datetime.now(UTC)]
    fetcher = WebFetcher(SETTINGS, lambda: clock[0])
    learned = [one for one in fetcher.fetch([Wanted("a", site.url("/a"))]) if isinstance(one, RobotsFile)]
    wanted = [Wanted(path, site.url(path), robots=learned[0]) for path in ("/a", "/b")]

    again = {one.source_id: one.outcome for one in fetcher.fetch(wanted) if isinstance(one, Fetched)}
    asked_within_a_day = site.asked(robots=True)
    clock[0] += timedelta(hours=25)
    list(fetcher.fetch(wanted[:1]))

    assert again == {"/a": Outcome.OK, "/b": Outcome.REFUSED_BY_ROBOTS}
    assert asked_within_a_day == ["/robots.txt", "/a", "/a"]
    assert site.asked(robots=True)[3:] == ["/robots.txt", "/a"]
