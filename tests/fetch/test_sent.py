"""What the scripts of a page may send while a browser shows it."""

import json

import pytest

from sourcebook.fetch.page_requests import MOST_SENT
from sourcebook.types.captures import BROWSER, Outcome
from tests.fetch.chromium import WORDS, needs_chromium, scripted
from tests.fetch.site import Site, moved
from tests.fetch.test_browser import fetch

_SAID = {"words": [WORDS.format(number) for number in range(1, 31)]}
_SHOW = "document.getElementById('root').innerHTML = said.words.map(one => '<p>' + one + '</p>').join('')"


def asks(request: str) -> str:
    return f"{request}.then(answer => answer.json()).then(said => {{ {_SHOW} }})"


@needs_chromium
def test_a_page_that_gets_its_words_by_post_shows_them(site: Site) -> None:
    said = (
        "{method: 'POST', headers: {'Content-Type': 'application/json', 'X-Key': 'k1'}, body: '{\"query\": \"words\"}'}"
    )
    scripted(site, "/app", asks(f"fetch('/graphql', {said})"))
    site.page("/graphql", json.dumps(_SAID).encode(), "Content-Type: application/json")

    plain, shown = fetch(site.url("/app"))

    (request,) = (one for one in site.requests if one.path == "/graphql")
    assert (plain.outcome, shown.outcome, shown.origin) == (Outcome.THIN, Outcome.OK, BROWSER)
    assert WORDS.format(30).encode() in shown.body
    assert request.head.startswith(b"POST /graphql HTTP/1.1\r\n")
    assert (request.header("content-type"), request.header("x-key")) == ("application/json", "k1")
    assert request.sent == b'{"query": "words"}'
    assert request.header("user-agent").startswith("Sourcebook/")
    (kept,) = (one for one in shown.exchanges if one.url == site.url("/graphql"))
    assert kept.request_head.startswith(b"POST /graphql HTTP/1.1\r\n")
    assert kept.request_head.endswith(b'\r\n\r\n{"query": "words"}')


@needs_chromium
@pytest.mark.parametrize(
    "script",
    [
        pytest.param("fetch('http://127.0.0.2:PORT/ask', {method: 'POST', mode: 'no-cors'})", id="elsewhere"),
        pytest.param("fetch('/ask', {method: 'POST', body: 'x'.repeat(66000)})", id="an upload"),
        pytest.param("navigator.sendBeacon('/ask', 'x')", id="a beacon"),
        pytest.param("fetch('/ask', {method: 'PUT', body: 'x'})", id="PUT"),
        pytest.param("fetch('/ask', {method: 'DELETE'})", id="DELETE"),
        pytest.param(
            "document.body.innerHTML = '<form method=post action=/ask></form>'; document.forms[0].submit()", id="a form"
        ),
        pytest.param(
            "const frame = document.createElement('iframe'); document.body.append(frame);"
            "frame.contentWindow.eval(\"fetch('/ask', {method: 'POST', body: 'x'})\")",
            id="from a frame",
        ),
        pytest.param("fetch('/secret', {method: 'POST', body: 'x'})", id="where robots.txt says no"),
        pytest.param("fetch('/moved', {method: 'POST', body: 'x'})", id="sent on by a redirect"),
    ],
)  # fmt: skip
def test_nothing_else_is_sent(site: Site, script: str) -> None:
    site.page("/robots.txt", b"User-agent: *\nDisallow: /secret", "Content-Type: text/plain")
    site.say("/moved", moved("/ask", status="307 Temporary Redirect"))
    scripted(site, "/app", script.replace("PORT", str(site.port)))

    _, shown = fetch(site.url("/app"))

    assert shown.outcome is Outcome.THIN
    assert {"/ask", "/secret"}.isdisjoint(site.asked())


@needs_chromium
def test_an_answer_that_leads_to_another_page_is_followed_without_what_was_sent(site: Site) -> None:
    scripted(site, "/app", asks("fetch('/ask', {method: 'POST', body: 'x'})"))
    site.say("/ask", moved("/told", status="303 See Other"))
    site.page("/told", json.dumps(_SAID).encode(), "Content-Type: application/json")

    _, shown = fetch(site.url("/app"))

    (told,) = (one for one in site.requests if one.path == "/told")
    assert shown.outcome is Outcome.OK
    assert (told.head[:4], told.sent) == (b"GET ", b"")


@needs_chromium
def test_a_page_sends_no_more_than_so_much(site: Site) -> None:
    scripted(site, "/app", "for (let n = 0; n < 50; n++) fetch('/ask', {method: 'POST'})")
    site.page("/ask", b"1", "Content-Type: text/plain")

    fetch(site.url("/app"))

    assert site.asked().count("/ask") == MOST_SENT
