"""A source added in the browser by its address."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sourcebook import ids, wiring
from sourcebook.place import place_of, read_config
from sourcebook.web.app import make_app
from tests.web.at_a_desk import HERE, TestClient, at_a_desk

URL = "https://report.example/ferries?id=1"
RECORD = f"/sources/{ids.resource_id(URL)}"
CITED = "https://cited.example/a"


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[TestClient]:
    with at_a_desk(tmp_path / "docs", f"# Ferries\n\nSeven [ferries]({CITED}) were sold.\n") as browser:
        yield browser


def send(browser: TestClient, address: str, token: str = "", origin: str = HERE):
    token = token or browser.get("/sources").text.partition('name="token" value="')[2].partition('"')[0]
    form = {"token": token, "address": address, "why": "<b>why</b>", "who": ""}
    return browser.post("/sources", data=form, headers={"origin": origin})


def test_the_form_leads_to_a_record_that_offers_to_ask_for_it(browser: TestClient) -> None:
    answer = send(browser, f" {URL} ")

    assert (answer.status_code, answer.headers["location"]) == (303, RECORD)
    page = browser.get(RECORD).text
    assert "No text: nobody has asked for it yet." in page
    assert page.count(f'action="{RECORD}/capture"') == 1
    assert "since a person added it" in page
    assert "<b>why</b>" not in page
    assert "&lt;b&gt;why&lt;/b&gt;" in page
    assert ids.resource_id(URL) in browser.get("/sources").text
    assert browser.get(f"{RECORD}.json").json()["corrections"][0]["who"] == "Ann"


def test_an_address_that_is_known_leads_to_its_record(browser: TestClient) -> None:
    assert send(browser, f"{CITED}#part").headers["location"] == f"/sources/{ids.resource_id(CITED)}"


@pytest.mark.parametrize(
    ("address", "words"),
    [("ferries", "not an address of the web"), ("http://192.168.1.1/admin", "192.168.1.1 is private"), ("", "no")],
)
def test_what_is_no_source_is_refused_in_words(browser: TestClient, address: str, words: str) -> None:
    answer = send(browser, address)

    assert answer.status_code == 400
    assert words in answer.text
    assert browser.get("/sources.json").json()["total"] == 1


def test_no_other_site_adds_a_source(browser: TestClient) -> None:
    assert send(browser, URL, token="guessed").status_code == 403
    assert send(browser, URL, origin="https://evil.example").status_code == 403
    assert browser.get("/sources.json").json()["total"] == 1


def test_a_server_that_only_reads_has_no_form_and_takes_none(browser: TestClient, tmp_path: Path) -> None:
    place = place_of(tmp_path / "docs", None)
    with wiring.open_records(place, read_config(place, {}).config) as records:
        reading = TestClient(make_app(records), base_url=HERE, raise_server_exceptions=False)

        assert "Add a source" not in reading.get("/sources").text
        assert reading.post("/sources", data={"address": URL}, headers={"origin": HERE}).status_code == 405
