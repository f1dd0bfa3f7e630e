"""robots.txt, by RFC 9309."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from sourcebook.config import FetchSettings
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Fetched, Wanted
from tests.fetch.answering import Answering
from tests.fetch.site import Site, article, http, moved

SETTINGS = FetchSettings(allow_networks=("127.0.0.0/8",), delay_s=0.0, timeout_s=3.0, connect_timeout_s=2.0)


def fetch(*urls: str, settings: FetchSettings = SETTINGS) -> list[Fetched]:
    wanted = [Wanted(url, url) for url in urls]
    answers = [one for one in Answering(settings, lambda: datetime.now(UTC)).fetch(wanted) if isinstance(one, Fetched)]
    return sorted(answers, key=lambda one: urls.index(one.url))


def robots(text: bytes) -> bytes:
    return http(text, "Content-Type: text/plain")


def test_what_robots_txt_disallows_is_not_asked_for(site: Site) -> None:
    site.say("/robots.txt", robots(b"User-agent: *\nDisallow: /private\n"))
    site.page("/open", article())
    closed, opened = fetch(site.url("/private/a"), site.url("/open"))

    assert closed.outcome is Outcome.REFUSED_BY_ROBOTS
    assert "/private/a" in closed.reason
    assert opened.outcome is Outcome.OK
    assert site.asked() == ["/open"]


def test_a_group_of_our_own_counts_instead_of_the_general_one(site: Site) -> None:
    site.say("/robots.txt", robots(b"\xef\xbb\xbfUser-agent: *\nAllow: /\n\nUser-agent: sourcebook\nDisallow: /a\n"))
    site.page("/b", article())

    assert [one.outcome for one in fetch(site.url("/a"), site.url("/b"))] == [Outcome.REFUSED_BY_ROBOTS, Outcome.OK]


def test_robots_txt_is_read_once_a_run(site: Site) -> None:
    site.say("/robots.txt", robots(b"User-agent: *\nDisallow:\n"))
    site.page("/a", article())
    fetch(*(site.url(f"/a?{number}") for number in range(5)))

    assert site.asked(robots=True).count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        pytest.param((http(b"", status="404 Not Found"),), Outcome.OK, id="404 allows"),
        pytest.param((http(b"", status="403 Forbidden"),), Outcome.OK, id="403 allows"),
        pytest.param((http(b"", status="503 Service Unavailable"),), Outcome.LIMITED, id="503 disallows for now"),
        pytest.param((http(b"", status="500 Oh No"),), Outcome.LIMITED, id="500 disallows for now"),
        pytest.param((b"",), Outcome.UNREACHABLE, id="no answer"),
        pytest.param((moved("/rules"),), Outcome.REFUSED_BY_ROBOTS, id="a redirect is followed"),
        pytest.param((moved("/robots.txt"),), Outcome.OK, id="a circle allows"),
        pytest.param((robots(b"<html>not a robots.txt</html>"),), Outcome.OK, id="a page in its place"),
        pytest.param((robots(b"\xff\xfe\x00rubbish" * 1000),), Outcome.OK, id="rubbish"),
        pytest.param(
            (robots(b"# x\n" * 200_000 + b"User-agent: *\nDisallow: /"),), Outcome.OK, id="rules beyond the cap"
        ),
    ],
)
def test_what_the_answer_to_robots_txt_means(site: Site, steps: tuple[bytes, ...], outcome: Outcome) -> None:
    site.say("/robots.txt", *steps)
    site.say("/rules", robots(b"User-agent: *\nDisallow: /a"))
    site.page("/a", article())

    assert fetch(site.url("/a"))[0].outcome is outcome


def test_the_target_of_a_redirect_is_asked_for_by_its_own_robots_txt(site: Site) -> None:
    site.say("127.0.4.2 /robots.txt", robots(b"User-agent: *\nDisallow: /"))
    site.say("127.0.4.1 /a", moved(site.url("/b", "127.0.4.2")))
    (answer,) = fetch(site.url("/a", "127.0.4.1"))

    assert answer.outcome is Outcome.REFUSED_BY_ROBOTS
    assert "/b" not in site.asked()


def test_a_crawl_delay_is_kept(site: Site) -> None:
    site.say("/robots.txt", robots(b"User-agent: *\nCrawl-delay: 0.4\n"))
    site.page("/a", article())
    fetcher = Answering(replace(SETTINGS, delay_s=0.01), lambda: datetime.now(UTC))
    list(fetcher.fetch([Wanted(url, url) for url in (site.url("/a?1"), site.url("/a?2"))]))
    (robots_url, _), (_, first), (_, second) = fetcher.sent

    assert robots_url == site.url("/robots.txt")
    assert second - first >= 0.4 - 1e-6  # the rounding of sums of times


def test_a_host_that_never_answers_is_tried_a_few_times_only(site: Site) -> None:
    site.say("/robots.txt", b"")
    answers = fetch(*(site.url(f"/{number}") for number in range(10)))

    assert {one.outcome for one in answers} == {Outcome.UNREACHABLE}
    assert len(answers) == 10
    assert len({one.connection for one in site.requests}) <= 6  # aiohttp tries a dropped connection a second time
    assert site.asked() == []
