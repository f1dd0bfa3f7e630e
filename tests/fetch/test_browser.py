"""Pages that need a browser, shown in the real one."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.async_api import async_playwright

from sourcebook.config import FetchSettings
from sourcebook.errors import UsageError
from sourcebook.fetch.installed import find_browser
from sourcebook.fetch.web import WebFetcher
from sourcebook.types.captures import BROWSER, Outcome
from sourcebook.types.fetching import Fetched, Wanted
from tests.fetch.chromium import WORDS, application, needs_chromium, running, scripted
from tests.fetch.detours import TRAP, Trap, detours, open_trap
from tests.fetch.site import Site, article

SETTINGS = FetchSettings(
    allow_networks=("127.0.0.1/32", "127.0.0.2/32"), delay_s=0.0, timeout_s=15.0, max_mb=2.0, render="needed"
)
HASTY = replace(SETTINGS, timeout_s=4.0)  # for pages that never come to rest


def now() -> datetime:
    return datetime.now(UTC)


def fetch(url: str, settings: FetchSettings = SETTINGS) -> list[Fetched]:
    answers = list(WebFetcher(settings, now).fetch([Wanted("one", url)]))
    return [answer for answer in answers if isinstance(answer, Fetched)]


# --- what comes of it --------------------------------------------------------------------------------


@needs_chromium
def test_a_page_that_is_nothing_without_its_script_comes_twice_as_sent_and_as_shown(site: Site) -> None:
    application(site)

    plain, shown = fetch(site.url("/app"))

    assert (plain.outcome, plain.origin, plain.screenshot) == (Outcome.THIN, "web", b"")
    assert "asks for JavaScript" in plain.reason
    assert (shown.outcome, shown.origin, shown.media_type, shown.charset) == (Outcome.OK, BROWSER, "text/html", "utf-8")
    assert WORDS.format(30).encode() in shown.body
    assert b"enable JavaScript" not in shown.body
    assert shown.checked_at > plain.checked_at
    assert shown.screenshot.startswith(b"\xff\xd8\xff")
    assert shown.exchanges[-1].body == shown.body


@needs_chromium
def test_what_the_page_asked_for_went_through_the_fetcher_and_is_kept(site: Site) -> None:
    application(site)

    _, shown = fetch(site.url("/app"))

    assert [exchange.url for exchange in shown.exchanges[:-1]] == [
        site.url(path) for path in ("/app.js", "/data.json", "/dot.png")
    ]
    assert site.asked() == ["/app", "/app.js", "/data.json", "/dot.png"]
    assert site.asked(robots=True).count("/robots.txt") == 1
    assert site.busiest == 1
    assert all(one.header("user-agent").startswith("Sourcebook/") for one in site.requests)
    assert not any(b"sec-fetch" in one.head.lower() for one in site.requests)  # which every request of a browser has


@needs_chromium
def test_a_page_that_can_be_read_as_it_is_is_shown_in_no_browser_unless_asked(site: Site) -> None:
    site.page("/article", article())

    assert [answer.origin for answer in fetch(site.url("/article"))] == ["web"]
    assert [answer.origin for answer in fetch(site.url("/article"), replace(SETTINGS, render="always"))] == [
        "web",
        BROWSER,
    ]


@needs_chromium
def test_a_browser_is_no_way_round_a_wall(site: Site) -> None:
    site.page("/wall", b"<title>Just a moment...</title><div id=root></div>", status="403 Forbidden")

    (answer,) = fetch(site.url("/wall"), replace(SETTINGS, render="always"))

    assert answer.outcome is Outcome.BLOCKED


@needs_chromium
def test_what_stands_in_shadow_trees_is_read_in_its_place(site: Site) -> None:
    words = "".join(f"<p>{WORDS.format(number)}</p>" for number in range(30))
    scripted(
        site,
        "/parts",
        "const part = document.createElement('x-part'); part.innerHTML = '<b>slotted</b>';"
        f"part.attachShadow({{mode: 'open'}}).innerHTML = '<style>p {{}}</style><slot></slot>{words}';"
        "document.getElementById('root').append(part);",
    )

    _, shown = fetch(site.url("/parts"))

    assert shown.outcome is Outcome.OK
    assert shown.body.index(b"<b>slotted</b>") < shown.body.index(WORDS.format(0).encode())


@needs_chromium
def test_an_error_page_that_a_script_makes_is_seen(site: Site) -> None:
    scripted(site, "/lost", "document.title = 'Page not found'; document.body.innerHTML = '<h1>Page not found</h1>';")

    _, shown = fetch(site.url("/lost"))

    assert shown.outcome is Outcome.SOFT_GONE


@needs_chromium
def test_a_script_that_leads_on_is_followed_and_the_final_address_kept(site: Site) -> None:
    application(site, "/there")
    scripted(site, "/here", "location.href = '/there'")

    _, shown = fetch(site.url("/here"))

    assert (shown.outcome, shown.final_url) == (Outcome.OK, site.url("/there"))


@needs_chromium
def test_cookies_and_headers_of_the_page_reach_its_server_and_robots_txt_holds(site: Site) -> None:
    site.page("/robots.txt", b"User-agent: *\nDisallow: /secret", "Content-Type: text/plain")
    scripted(
        site,
        "/page",
        "fetch('/one', {headers: {'X-Key': 'k1'}}).then(() => fetch('/two')).then(() => fetch('/secret'))",
    )
    site.page("/one", b"1", "Set-Cookie: crumb=7")
    site.page("/two", b"2")

    fetch(site.url("/page"))

    one, two = (next(request for request in site.requests if request.path == path) for path in ("/one", "/two"))
    assert one.header("x-key") == "k1"
    assert two.header("cookie") == "crumb=7"
    assert "/secret" not in site.asked()


@needs_chromium
def test_a_host_that_asks_to_be_left_alone_is_asked_nothing_more(site: Site) -> None:
    scripted(site, "/page", "fetch('/one').then(() => { for (let n = 0; n < 9; n++) fetch('/more') })")
    site.page("/one", b"slow down", "Retry-After: 60", status="429 Too Many Requests")

    fetch(site.url("/page"))

    assert "/more" not in site.asked()


# --- pages that mean harm ----------------------------------------------------------------------------


@needs_chromium
@pytest.mark.parametrize(
    ("script", "words"),
    [
        pytest.param("for (;;) {}", "did not let go", id="a script without end"),
        pytest.param("for (;;) alert(1)", "did not let go", id="questions without end"),
        pytest.param("setInterval(() => window.open('/x'), 1)", "words", id="windows without end"),
        pytest.param("location.reload()", "words", id="a page that loads itself"),
        pytest.param("location.href = '/turn' + Math.floor(Math.random() * 10)", "words", id="pages without end"),
        pytest.param("setInterval(() => fetch('/x'), 5)", "", id="requests without end"),
        pytest.param(
            "document.getElementById('root').dataset.all = 'x'.repeat(3e6)", "too large", id="a huge page"
        ),
        pytest.param(
            "setInterval(() => { const more = document.createElement('div');"
            " more.innerHTML = '<p>x</p>'.repeat(1e6); document.body.append(more) }, 1)",
            "",
            id="a page that grows without end",
        ),
        pytest.param("const all = []; for (;;) all.push(new Array(1e6).fill(1))", "", id="memory without end"),
        pytest.param("setInterval(() => history.pushState(1, '', '/' + Math.random()), 1)", "", id="endless history"),
        pytest.param("document.open()", "", id="a document that stays open"),
        pytest.param("Element.prototype.querySelectorAll = Array.prototype.some = 1", "words", id="false tools"),
    ],
)  # fmt: skip
def test_a_page_that_means_harm_is_thin_in_time_and_leaves_no_process(site: Site, script: str, words: str) -> None:
    before = running()
    scripted(site, "/harm", script)
    for number in range(10):
        scripted(site, f"/turn{number}", script)
    began = time.monotonic()

    _, shown = fetch(site.url("/harm"), HASTY)

    assert shown.outcome is Outcome.THIN
    assert words in shown.reason
    assert time.monotonic() - began < HASTY.timeout_s + 25  # it is shown, taken, and all is closed
    assert len(site.asked()) <= 210
    assert running() <= before


@needs_chromium
def test_a_browser_that_died_with_one_page_shows_the_next(site: Site) -> None:
    application(site)
    scripted(site, "/memory", "const all = []; for (;;) all.push(new Array(1e6).fill(1))")

    answers = WebFetcher(SETTINGS, now).fetch([Wanted("one", site.url("/memory")), Wanted("two", site.url("/app"))])

    outcomes = {one.source_id: one.outcome for one in answers if isinstance(one, Fetched)}
    assert outcomes == {"one": Outcome.THIN, "two": Outcome.OK}


@needs_chromium
def test_a_build_that_is_killed_leaves_no_browser_behind(site: Site, tmp_path: Path) -> None:
    before = running()
    scripted(site, "/loop", "for (;;) {}")
    program = (
        "import sys; from datetime import *; from sourcebook.config import FetchSettings;"
        "from sourcebook.fetch.web import WebFetcher; from sourcebook.types.fetching import Wanted;"
        "settings = FetchSettings(allow_networks=('127.0.0.0/8',), delay_s=0.0, render='needed');"
        "list(WebFetcher(settings, lambda: datetime.now(timezone.utc)).fetch([Wanted('one', sys.argv[1])]))"
    )
    process = subprocess.Popen([sys.executable, "-c", program, site.url("/loop")])
    _wait(lambda: running() - before)

    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    _wait(lambda: running() <= before)


def _wait(true: Callable[[], object]) -> None:
    ends_at = time.monotonic() + 20
    while not true():
        assert time.monotonic() < ends_at
        time.sleep(0.1)


# --- no way round ------------------------------------------------------------------------------------


@needs_chromium
def test_the_browser_opens_no_connection_of_its_own_and_an_unguarded_one_does(site: Site) -> None:
    worker = b"fetch('http://TRAP/worker'); new WebSocket('ws://TRAP/worker'); importScripts('http://TRAP/import')"
    with open_trap() as trap:
        where = f"{TRAP}:{trap.port}"
        site.page("/detours", detours(where))
        site.page("/worker.js", worker.replace(b"TRAP", where.encode()), "Content-Type: text/javascript")

        _, shown = fetch(site.url("/detours"))

        assert shown.origin == BROWSER
        assert "left out" in shown.reason
        assert (trap.connections, trap.datagrams) == (0, 0)
        assert not any(b"sec-fetch" in one.head.lower() for one in site.requests)

        asyncio.run(_unguarded(site.url("/detours"), trap))

        assert trap.connections > 5, "the trap was not reached by a browser that may: this test proves nothing"
        assert trap.datagrams > 0, "no datagram of an unguarded browser arrived: this test proves nothing"


async def _unguarded(url: str, trap: Trap) -> None:
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=find_browser("")[0], args=["--no-sandbox"])
        page = await browser.new_page()
        for tick in range(120):  # on a busy machine a browser takes its time, or gives a detour up
            if tick % 30 == 0:
                await page.goto(url, wait_until="commit")
            await page.wait_for_timeout(500)
            if trap.connections > 5 and trap.datagrams:
                break
        await browser.close()


# --- where there is none -----------------------------------------------------------------------------


def test_a_browser_that_is_not_there_is_said_before_anybody_is_asked() -> None:
    with pytest.raises(UsageError) as raised:
        WebFetcher(replace(SETTINGS, browser="/no/such/browser"), now)

    assert "browser" in raised.value.message
    assert raised.value.hint


@needs_chromium
def test_a_browser_that_does_not_start_is_a_wrong_setting(site: Site) -> None:
    application(site)

    with pytest.raises(UsageError, match="does not start"):
        fetch(site.url("/app"), replace(SETTINGS, browser=sys.executable))


def test_a_setting_that_means_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match=r"fetch\.render"):
        WebFetcher(replace(SETTINGS, render="sometimes"), now)
