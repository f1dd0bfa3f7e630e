"""Findings of parsers, dismissed in the browser and taken back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sourcebook import ids
from tests.web.at_a_desk import HERE, TestClient, at_a_desk

PAGE = f"/pages/{ids.page_id('page.md')}"
QUEUE = "/problems?rule=undefined-footnote"
NAME = "page.md: undefined-footnote: footnote '<b>' is not defined"


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[TestClient]:
    with at_a_desk(tmp_path / "docs", "# Ferries\n\nSeven [ferries](https://a.example/) were sold.[^<b>]\n") as browser:
        yield browser


def send(browser: TestClient, origin: str = HERE, **said: str):
    token = re.search(r'name="token" value="([^"]+)"', browser.get("/build").text)
    assert token is not None
    form = {"token": token[1], "finding": NAME, "why": "it <i>comes</i>", "back": QUEUE, **said}
    return browser.post("/findings", data=form, headers={"origin": origin})


def test_the_form_of_a_finding_dismisses_it_and_its_page_takes_that_back(browser: TestClient) -> None:
    queue = browser.get(QUEUE).text
    answer = send(browser)
    after, page = browser.get(f"{QUEUE}&rows=50").text, browser.get(PAGE).text
    back = send(browser, back=PAGE, undo="1")

    assert 'action="/findings"' in queue
    assert "footnote &#39;&lt;b&gt;&#39; is not defined" in queue
    assert (answer.status_code, answer.headers["location"]) == (303, f"{QUEUE}#queue")
    assert "Nothing waits" in after
    assert "Dismissed findings" in page
    assert "it &lt;i&gt;comes&lt;/i&gt;" in page
    assert back.headers["location"] == f"{PAGE}#queue"
    assert 'action="/findings"' in browser.get(f"{QUEUE}&rows=49").text
    assert "Dismissed findings" not in browser.get(PAGE).text


def test_what_cannot_be_dismissed_is_refused_in_words(browser: TestClient) -> None:
    assert send(browser, finding="nothing").status_code == 404
    assert send(browser, why="").status_code == 400
    assert send(browser, undo="1").status_code == 400
    assert send(browser, origin="https://evil.example").status_code == 403
    assert send(browser, token="guessed").status_code == 403
    assert browser.get("/problems.json?rule=undefined-footnote").json()["total"] == 1
