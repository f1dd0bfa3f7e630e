"""Error pages that use none of the words that we know: seen by what a made-up address gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook import ids
from sourcebook.fetch.probe import made_up
from sourcebook.types.captures import Outcome
from tests.fetch.site import Site, article, http, moved
from tests.fetch.test_web import fetch

LOST = (
    "<title>Harbour Press</title><h1>Ahoy!</h1><p>There is only water here, as far as the eye can see, and a gull that"
    " does not know the way either. Perhaps the harbour master can help you, on weekdays before noon.</p>"
)
NOTICE = LOST.replace("Ahoy!", "Closed on Friday").replace("only water here", "no ferry on Friday because of the works")
SHELL = f"<title>App</title>{'<a href=x>One</a> two three four five ' * 15}<div id='root'></div>"


def made_up_path(site: Site, path: str) -> str:
    return made_up(site.url(path)).removeprefix(site.url(""))


@pytest.mark.parametrize(
    ("page", "other", "outcome"),
    [
        pytest.param(http(LOST.encode()), http(LOST.encode()), Outcome.SOFT_GONE, id="the same page for everything"),
        pytest.param(
            http(f"{LOST}<p>/news/a at 12:00".encode()), http(f"{LOST}<p>at 12:01".encode()), Outcome.SOFT_GONE,
            id="the same but for the address and the time",
        ),
        pytest.param(moved("/sorry"), moved("/sorry"), Outcome.SOFT_GONE, id="both lead to one place"),
        pytest.param(http(NOTICE.encode()), http(LOST.encode()), Outcome.OK, id="a short page that is another"),
        pytest.param(http(LOST.encode()), http(LOST.encode(), status="404 Not Found"), Outcome.OK, id="an honest site"),
        pytest.param(http(LOST.encode()), b"", Outcome.OK, id="no answer for the made-up one"),
        pytest.param(http(SHELL.encode()), http(SHELL.encode()), Outcome.THIN, id="the frame of an application"),
    ],
)  # fmt: skip
def test_what_a_made_up_address_gets_decides(site: Site, page: bytes, other: bytes, outcome: Outcome) -> None:
    site.say("/news/a", page)
    site.say(made_up_path(site, "/news/a"), other)
    site.page("/sorry", LOST.encode())

    assert fetch(site.url("/news/a")).outcome is outcome


def test_a_site_is_probed_once_and_only_where_there_is_doubt(site: Site) -> None:
    for path in ("/a", "/b"):
        site.page(path, NOTICE.encode())
    site.page("/", NOTICE.encode())
    site.page("/long", article())

    fetch(site.url("/long"))
    fetch(site.url("/"))
    before = site.asked()
    fetch(site.url("/a"))

    assert before == ["/long", "/"]
    assert site.asked()[2:] == ["/a", made_up_path(site, "/a")]


def test_a_made_up_address_that_robots_txt_forbids_is_not_asked_for(site: Site) -> None:
    site.say("/robots.txt", http(b"User-agent: *\nDisallow: /\nAllow: /news/a$", "Content-Type: text/plain"))
    site.page("/news/a", NOTICE.encode())

    assert fetch(site.url("/news/a")).outcome is Outcome.OK
    assert site.asked() == ["/news/a"]


@given(st.from_regex(r"https://[a-z]{1,9}\.example(/[a-z0-9._-]{0,9}){1,4}(\?[a-z=&]{0,9})?", fullmatch=True))
def test_a_made_up_address_is_a_neighbour_of_its_own(url: str) -> None:
    other = made_up(url)

    assert ids.host(other) == ids.host(url)
    assert ids.match_key(other) != ids.match_key(url)
