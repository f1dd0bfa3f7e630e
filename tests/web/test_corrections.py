"""Correcting a record in the browser: only on this machine, only from our own page."""

import re
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sourcebook import pipeline, wiring
from sourcebook.config import Config
from sourcebook.desk import Desk
from sourcebook.errors import UsageError
from sourcebook.place import Place
from sourcebook.types.reviews import ReviewField
from sourcebook.web.access import is_this_machine, refusal
from sourcebook.web.app import make_app
from sourcebook.web.corrections import MOST_BYTES
from tests.web.shelf import ID, Shelf

with warnings.catch_warnings():  # it would rather use httpx's successor, which the lock does not have
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

HERE = "http://127.0.0.1:8377"
ADDRESS = f"/sources/{ID}/corrections"
FORM = {"field": "title", "value": "A better title", "why": "it was changed", "who": "Ann"}


@dataclass
class Noted:
    """A desk that notes what it is given."""

    taken: list[object] = field(default_factory=list)

    def correct(self, any_id, said, signed):
        if signed.why == "":
            raise UsageError("a correction says why", "fill it in")
        self.taken.append((any_id, dict(said), signed.who, signed.why))

    def take_back(self, any_id, fields, signed):
        self.taken.append((any_id, list(fields), signed.who))

    def capture(self, any_id):
        self.taken.append(("capture", any_id))

    def review(self, claim_id, source_id, said, signed):
        if signed.why == "":
            raise UsageError("a review says why", "fill it in")
        self.taken.append((claim_id, source_id, said, signed.who, signed.why))

    def take_back_review(self, claim_id, source_id, signed):
        self.taken.append((claim_id, source_id, signed.who))


def client(desk=None, shelf=None, base_url=HERE):
    app = make_app(shelf or Shelf(), desk)
    return TestClient(app, base_url=base_url, raise_server_exceptions=False, follow_redirects=False)


def token_in(browser):
    return re.search(r'name="token" value="([^"]+)"', browser.get(f"/sources/{ID}").text)[1]


def send(browser, headers=None, **changes):
    form = {"token": token_in(browser), **FORM, **changes}
    return browser.post(ADDRESS, data=form, headers={"origin": HERE} if headers is None else headers)


def test_a_correction_is_taken_and_the_record_is_shown_again():
    desk = Noted()
    answer = send(client(desk))

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sources/{ID}#corrections"
    assert desk.taken == [(ID, {ReviewField.TITLE: ["A better title"]}, "Ann", "it was changed")]


def test_a_correction_can_be_taken_back():
    desk = Noted()

    assert send(client(desk), undo="1").status_code == 303
    assert desk.taken == [(ID, [ReviewField.TITLE], "Ann")]


@pytest.mark.parametrize(
    ("headers", "changes", "status"),
    [
        pytest.param({"origin": "https://evil.example"}, {}, 403, id="another site"),
        pytest.param({"origin": "null"}, {}, 403, id="a site that hides"),
        pytest.param({"origin": "http://127.0.0.1:9999"}, {}, 403, id="another server of this machine"),
        pytest.param({}, {}, 403, id="nothing says whence"),
        pytest.param({"sec-fetch-site": "cross-site"}, {}, 403, id="a browser says another site"),
        pytest.param(None, {"token": "guessed"}, 403, id="a guessed token"),
        pytest.param(None, {"token": "ü"}, 403, id="a token that is none"),
        pytest.param(None, {"field": "id"}, 400, id="no such field"),
        pytest.param(None, {"why": ""}, 400, id="what the desk refuses"),
        pytest.param(None, {"value": "x" * MOST_BYTES}, 413, id="too long"),
    ],
)
def test_what_may_not_be_taken_is_refused_and_nothing_is_kept(headers, changes, status):
    desk = Noted()

    assert send(client(desk), headers, **changes).status_code == status
    assert desk.taken == []


def test_a_name_of_another_site_that_leads_here_is_refused():
    desk = Noted()
    answer = send(client(desk, base_url="http://evil.example"), {"origin": "http://evil.example"})

    assert answer.status_code == 403
    assert desk.taken == []


def test_only_forms_are_taken():
    browser = client(Noted())

    assert browser.post(ADDRESS, json=FORM, headers={"origin": HERE}).status_code == 415


def test_a_browser_that_names_no_origin_may_say_that_it_is_ours():
    headers = {"host": "localhost:8377", "sec-fetch-site": "same-origin"}

    assert refusal(headers, "http", "secret", "secret") == ""
    assert refusal(headers | {"sec-fetch-site": "none"}, "http", "secret", "secret")


@pytest.mark.parametrize(
    ("host", "is_here"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("LOCALHOST", True),
     ("0.0.0.0", False), ("192.168.1.2", False), ("example.org", False), ("localhost.example.org", False), ("", False)],
)  # fmt: skip
def test_what_leads_to_this_machine_alone(host, is_here):
    assert is_this_machine(host) is is_here


def test_without_a_desk_there_is_no_form_and_nothing_is_taken():
    browser = client()

    assert '<form class="correct"' not in browser.get(f"/sources/{ID}").text
    assert browser.post(ADDRESS, data=FORM, headers={"origin": HERE}).status_code in {404, 405}


def test_the_real_desk_keeps_what_is_said_and_the_list_follows(tmp_path: Path):
    (tmp_path / "page.md").write_text("It cites [The Report](https://report.example/a).\n", "utf-8")
    place, config = Place(tmp_path / ".sourcebook", tmp_path), Config()
    with wiring.lock(place):
        books = wiring.open_library(place, config, wiring.Sources(offline=True))
        pipeline.build(books)
        books.close()
    desk = Desk(place, config, "Bo")
    with wiring.open_records(place, config) as records:
        browser = TestClient(make_app(records, desk), base_url=HERE, follow_redirects=False)
        (row,) = browser.get("/sources.json").json()["rows"]
        page = browser.get(f"/sources/{row['source_id']}").text
        token = re.search(r'name="token" value="([^"]+)"', page)[1]
        form = {"token": token, "field": "title", "value": "The <Short> Report", "why": "read", "who": ""}
        sent = browser.post(f"/sources/{row['source_id']}/corrections", data=form, headers={"origin": HERE})
        record = browser.get(f"/sources/{row['source_id']}.json").json()
        shown = browser.get(f"/sources/{row['source_id']}").text
        (listed,) = browser.get("/sources.json").json()["rows"]

    assert sent.status_code == 303
    assert (record["title"], record["corrections"][0]["who"]) == ("The <Short> Report", "Bo")
    assert record["corrections"][0]["ours"] == row["title"] == "The Report"
    assert listed["title"] == "The <Short> Report"
    assert "The &lt;Short&gt; Report" in shown
    assert "<Short>" not in shown
    assert "We derive:" in shown
