"""A copy that a person got by hand, filed in the browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sourcebook import ids
from tests.web.at_a_desk import HERE, TestClient, at_a_desk

URL = "https://report.example/ferries"
RECORD = f"/sources/{ids.resource_id(URL)}"
WORDS = b"The yard in Bergen sold seven electric ferries. The first of them sails between the islands since May."


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[TestClient]:
    with at_a_desk(
        tmp_path / "docs",
        f"# Ferries\n\nSeven [ferries]({URL}) were sold.\n",
        "[fetch]\nmax_mb = 1\n[engine]\nworkers = 1\n",
    ) as browser:
        yield browser


def send(browser: TestClient, name: str, body: bytes, token: str | None = None, origin: str = HERE):
    token = token or browser.get(RECORD).text.partition('name="token" value="')[2].partition('"')[0]
    form = {"token": token, "who": "Bo"}
    return browser.post(f"{RECORD}/copy", data=form, files={"file": (name, body)}, headers={"origin": origin})


def test_a_filed_copy_is_read_at_once_and_says_who_filed_it(browser: TestClient) -> None:
    answer = send(browser, "report.txt", WORDS)

    assert (answer.status_code, answer.headers["location"]) == (303, f"{RECORD}#preview")
    record = browser.get(f"{RECORD}.json").json()
    assert record["preview"]["text"].startswith("The yard in Bergen")
    assert record["preview"]["given"] == "filed by Bo from 'report.txt'"
    assert browser.get("/search.json?q=islands").json()["total"] == 1


@pytest.mark.parametrize("name", ["../../../etc/passwd.txt", "C:\\secrets\\a.txt", "..", "<script>.txt", "ä" * 300])
def test_a_name_leads_out_of_no_folder(browser: TestClient, name: str) -> None:
    assert send(browser, name, WORDS).status_code == 303
    given = browser.get(f"{RECORD}.json").json()["preview"]["given"]

    assert "/" not in given
    assert "\\" not in given
    assert "<" not in given


def test_what_cannot_be_a_copy_is_refused_in_words(browser: TestClient) -> None:
    for name, body, status in (
        ("empty.txt", b"", 400),
        ("program.exe", b"MZ\x90\0\x03" + bytes(2_000), 400),
        ("broken.wacz", b"PK\x03\x04 no archive", 400),
        ("large.txt", b"x" * 1_200_000, 413),
    ):
        answer = send(browser, name, body)
        assert answer.status_code == status, name
        assert "Traceback" not in answer.text

    assert browser.get(f"{RECORD}.json").json()["preview"] is None


def test_no_other_site_files_a_copy(browser: TestClient) -> None:
    assert send(browser, "a.txt", WORDS, token="guessed").status_code == 403
    assert send(browser, "a.txt", WORDS, origin="https://evil.example").status_code == 403
    assert browser.get(f"{RECORD}.json").json()["preview"] is None


def test_a_form_of_another_kind_is_refused(browser: TestClient) -> None:
    assert browser.post(f"{RECORD}/copy", data={"token": "x"}).status_code == 415
    broken = {"content-type": "multipart/form-data; boundary=x"}
    assert browser.post(f"{RECORD}/copy", content=b"no boundary here", headers=broken).status_code in {400, 403}
    assert browser.post(f"{RECORD}/copy", content=iter([b"a"]), headers=broken).status_code == 411
