"""What every fetcher promises: the same site means the same, whether a server or an archive answers."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sourcebook.config import FetchSettings
from sourcebook.fetch import Fetcher
from sourcebook.fetch.archive_file import ArchiveFetcher
from sourcebook.fetch.nobody import NoFetcher
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Fetched, NotAsked, Wanted
from tests.fetch.answering import Answering
from tests.fetch.archives import Kept, wacz, warc
from tests.fetch.site import Site, article, http, open_site

HTML = ("Content-Type", "text/html; charset=utf-8")
PACKED = gzip.compress(article())
SITE: dict[str, tuple[str, tuple[tuple[str, str], ...], bytes]] = {
    "/article": ("200 OK", (HTML, ("ETag", '"x1"')), article()),
    "/packed": ("200 OK", (HTML, ("Content-Encoding", "gzip")), PACKED),
    "/broken": ("200 OK", (HTML, ("Content-Encoding", "gzip")), PACKED[:-20]),
    "/pdf": ("200 OK", (("Content-Type", "application/octet-stream"),), b"%PDF-1.7\n" + b"x" * 500),
    "/picture": ("200 OK", (("Content-Type", "image/png"),), b"\x89PNG" + b"x" * 500),
    "/text": ("200 OK", (("Content-Type", "Text/Plain; Charset=ISO-8859-1"),), b"caf\xe9 and more of it"),
    "/moved": ("301 Moved Permanently", (("Location", "/article"),), b""),
    "/moved-to-front": ("302 Found", (("Location", "/"),), b""),
    "/circle": ("302 Found", (("Location", "/circle"),), b""),
    "/": ("200 OK", (HTML,), article("The front page says this and that, and a little more.")),
    "/gone": ("410 Gone", (HTML,), b"gone"),
    "/missing": ("404 Not Found", (HTML,), b"<title>Nothing here</title>"),
    "/soft": ("200 OK", (HTML,), b"<title>Page not found | X</title><h1>Page not found</h1>"),
    "/wall": ("403 Forbidden", (HTML, ("cf-mitigated", "challenge")), b"<title>Just a moment...</title>"),
    "/paid": ("200 OK", (HTML,), b'<title>T</title><script>{"isAccessibleForFree": false}</script><p>Teaser.'),
    "/empty": ("200 OK", (HTML,), b""),
    "/busy": ("503 Service Unavailable", (HTML, ("Retry-After", "9")), b""),
}
SETTINGS = FetchSettings(allow_networks=("127.0.0.0/8",), delay_s=0.0, timeout_s=5.0)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with open_site() as site:
        for path, (status, headers, body) in SITE.items():
            site.say(path, http(body, *(f"{name}: {value}" for name, value in headers), status=status))
        yield site


@pytest.fixture
def archive(site: Site, tmp_path: Path) -> Path:
    kept = [
        Kept(site.url(path), body, status=status, headers=headers) for path, (status, headers, body) in SITE.items()
    ]
    return wacz(tmp_path / "site.wacz", warc(kept))


@pytest.mark.parametrize("path", SITE)
def test_web_and_archive_agree(path: str, site: Site, archive: Path) -> None:
    wanted = [Wanted("one", site.url(path))]
    (live,) = Answering(SETTINGS, now).fetch(wanted)
    (kept,) = ArchiveFetcher(archive, now).fetch(wanted)

    assert isinstance(live, Fetched)
    assert isinstance(kept, Fetched)
    for field in ("outcome", "reason", "status", "media_type", "charset", "body", "final_url", "etag", "url"):
        assert getattr(live, field) == getattr(kept, field), field
    assert len(live.exchanges) == len(kept.exchanges)
    assert [one.body for one in live.exchanges] == [one.body for one in kept.exchanges]


def test_the_site_has_most_outcomes_in_it(site: Site) -> None:
    wanted = [Wanted(path, site.url(path)) for path in SITE]
    outcomes = {one.outcome for one in Answering(SETTINGS, now).fetch(wanted) if isinstance(one, Fetched)}

    assert outcomes >= set(Outcome) - {
        Outcome.WALLED,
        Outcome.PARKED,
        Outcome.REFUSED_BY_POLICY,
        Outcome.REFUSED_BY_ROBOTS,
    }


@pytest.fixture(params=["web", "archive", "nobody"])
def fetcher(request: pytest.FixtureRequest, archive: Path) -> Fetcher:
    if request.param == "web":
        return Answering(SETTINGS, now)
    return ArchiveFetcher(archive, now) if request.param == "archive" else NoFetcher()


def test_every_wanted_source_has_one_answer(fetcher: Fetcher, site: Site) -> None:
    urls = [*(site.url(path) for path in SITE), "no address", "mailto:a@x.example", "http://10.0.0.1/", "", "http://["]
    wanted = [Wanted(str(number), url) for number, url in enumerate(urls)]
    answers = list(fetcher.fetch(wanted))

    assert sorted((one.source_id, one.url) for one in answers) == sorted((one.source_id, one.url) for one in wanted)


def test_one_source_may_be_wanted_twice(fetcher: Fetcher, site: Site) -> None:
    answers = list(fetcher.fetch([Wanted("a", site.url("/article")), Wanted("a", site.url("/article"))]))

    assert [one.source_id for one in answers] == ["a", "a"]


def test_every_answer_names_who_gave_it(fetcher: Fetcher, site: Site) -> None:
    (one,) = fetcher.fetch([Wanted("a", site.url("/article"))])

    assert one.origin == fetcher.name if isinstance(one, Fetched) else one.why


def test_nobody_is_asked_offline() -> None:
    assert list(NoFetcher().fetch([Wanted("a", "https://x.example/")])) == [
        NotAsked("a", "https://x.example/", "offline")
    ]
