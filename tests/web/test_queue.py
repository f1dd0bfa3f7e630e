"""The work queue in the browser: what waits, and a form for each answer that works without a script."""

import re

import pytest

from sourcebook.web.app import make_app
from tests.web.conftest import words_of
from tests.web.shelf import ID, LOST, PAGE, UNRATED, WAITING, Shelf, kinds_of
from tests.web.test_corrections import HERE, Noted, TestClient

FORM = {"claim": "c1", "source": ID, "said": "confirm", "why": "I read it", "who": "Ann"}


@pytest.fixture
def shelf():
    return Shelf(problems=(WAITING, LOST))


@pytest.fixture
def desk():
    return Noted()


@pytest.fixture
def client(shelf, desk):
    return TestClient(make_app(shelf, desk), base_url=HERE, raise_server_exceptions=False, follow_redirects=False)


def token(client):
    return re.search(r'name="token" value="([^"]+)"', client.get("/problems").text)[1]


def post(client, address, form, **headers):
    return client.post(address, data=form | {"token": token(client)}, headers={"origin": HERE} | headers)


def test_the_queue_shows_what_waits_with_what_the_judge_says(reader):
    text = words_of(reader.page("/problems").find(".//main"))

    assert "All 3 Contradicted 1 Dead links 2" in text
    assert "Error Contradicted The company said so. open-source.md, line 7, on Model makers signal" in text
    assert "Contradicted 2% likely" in text
    assert "It says 47." in text
    assert "The source is gone: An old report The record, 3 claims on it" in text
    assert "only reads: answer with sourcebook review" in text


def test_each_problem_leads_to_where_it_stands(reader):
    links = reader.page("/problems").xpath("//ol//a/@href")

    assert {f"/pages/{PAGE.id}#claim-42", f"/sources/{UNRATED.id}", f"/claims?source={UNRATED.id}"} <= set(links)


def test_a_verdict_can_be_confirmed_overruled_or_dismissed(client):
    page = client.get("/problems").text

    options = re.findall(r'<option value="([^"]+)">', page.split("</select>")[0])
    assert options == ["confirm", "supported", "partial", "unsupported", "dismiss"]
    assert 'value="low-credibility;dead-link"' in page
    assert 'action="/reviews"' in page
    assert f'action="/sources/{UNRATED.id}/corrections"' in page


def test_an_answer_is_a_review_and_leads_back_to_the_queue(client, desk):
    answer = post(client, "/reviews", FORM | {"back": "/problems?rule=contradicted&page=2"})

    assert desk.taken == [("c1", ID, "confirm", "Ann", "I read it")]
    assert (answer.status_code, answer.headers["location"]) == (303, "/problems?rule=contradicted&page=2#queue")


def test_a_word_can_be_taken_back(client, desk):
    answer = post(client, "/reviews", FORM | {"undo": "1", "back": f"/sources/{ID}"})

    assert desk.taken == [("c1", ID, "Ann")]
    assert answer.headers["location"] == f"/sources/{ID}#queue"


@pytest.mark.parametrize(
    "back",
    ["", "https://evil.example/problems", "//evil.example/problems", "/problems/../x", "javascript:alert(1)",
     "/static/x", "/problems\r\nset-cookie: a=b"],
)  # fmt: skip
def test_an_answer_leads_nowhere_else(client, back):
    answer = post(client, "/reviews", FORM | {"back": back})

    assert answer.headers["location"] == "/problems#queue"


def test_an_answer_from_another_site_or_without_a_token_is_not_taken(client, desk):
    assert post(client, "/reviews", FORM, origin="https://evil.example").status_code == 403
    assert client.post("/reviews", data=FORM, headers={"origin": HERE}).status_code == 403
    assert desk.taken == []


def test_an_answer_without_a_reason_is_refused_in_words(client, desk):
    answer = post(client, "/reviews", FORM | {"why": ""})

    assert answer.status_code == 400
    assert "A review says why" in answer.text


def test_the_queue_loads_one_script_of_ours_and_only_there(client):
    address = re.search(r'<script src="([^"]+)" defer>', client.get("/problems").text)[1]

    script = client.get(address)
    assert (script.status_code, script.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert "<script" not in client.get("/sources").text


def test_an_empty_queue_says_so(open_library):
    text = words_of(open_library(Shelf(problems=())).page("/problems"))

    assert "Nothing waits Every problem has an answer." in text


def test_the_overview_leads_to_the_queue(reader, shelf):
    page = reader.page("/")

    assert "/problems" in page.xpath("//main//a/@href")
    kinds = page.xpath("//ol[@class='problems']/li")
    assert [one.xpath(".//a/@href")[0] for one in kinds] == [
        f"/problems?rule={kind.rule}" for kind in kinds_of(shelf.problems)
    ]
