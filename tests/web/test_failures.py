"""What cannot be shown is said in words, to people and to programs, with a hint and without a traceback."""

import pytest

from sourcebook.errors import StoreError
from tests.web.conftest import words_of
from tests.web.shelf import Shelf


@pytest.mark.parametrize(
    ("address", "words"),
    [
        pytest.param("/sources?page=abc", "Page 'abc' is not a number from 1 to 1,000,000", id="no number"),
        pytest.param("/sources?page=0", "Page '0' is not", id="before the first"),
        pytest.param("/sources?page=-1", "Page '-1' is not", id="negative"),
        pytest.param("/sources?page=" + "9" * 400, "is not a number from 1 to", id="too large for a database"),
        pytest.param("/sources?page=٣", "is not a number", id="digits that are not ours"),
        pytest.param("/sources?rows=1000", "Rows '1000' is not a number from 1 to 200", id="too many rows"),
        pytest.param("/sources?sort=password", "Cannot sort sources by 'password'", id="unknown column"),
        pytest.param("/sources?type=poem", "No sources have type 'poem'", id="unknown type"),
        pytest.param("/sources?credibility=6", "No sources have credibility '6'", id="unknown credibility"),
        pytest.param("/sources?state=undead", "No sources have state 'undead'", id="unknown state"),
        pytest.param("/sources?outcome=fine", "No sources have outcome 'fine'", id="unknown outcome"),
        pytest.param("/sources?words=" + "a" * 201, "Words is 201 letters long", id="a book to look for"),
        pytest.param("/sources?words=a%00b", "holds characters that cannot be seen", id="a control character"),
    ],
)
def test_a_broken_query_is_answered_in_words(reader, address, words):
    text = words_of(reader.page(address, status=400).find(".//main"))
    told = reader.json(address.replace("/sources", "/sources.json"), status=400)

    assert words in text
    assert told["status"] == 400
    assert told["message"].lower() in text.lower()
    assert told["hint"]


@pytest.mark.parametrize(
    "address",
    [
        "/sources/0000000000000000",
        "/venues/nowhere",
        "/pages/none.md",
        "/nothing",
        "/static/none.css",
        "/sources/%00",
        "/sources/",
    ],
)
def test_what_is_not_there_is_not_found(reader, address):
    page = reader.page(address, status=404)
    told = reader.client.get(address, headers={"accept": "application/json"})

    assert "Not found" in words_of(page.find(".//h1"))
    assert "/sources" in page.xpath("//main//a/@href")
    assert told.status_code == 404
    assert set(told.json()) == {"status", "message", "hint"}


@pytest.mark.parametrize(
    "path", ["../app.py", "..%2f..%2fapp.py", "%2e%2e/app.py", "/etc/passwd", "sourcebook.css/../icon.svg"]
)
def test_no_path_leads_out_of_the_static_folder(reader, path):
    answer = reader.client.get(f"/static/{path}")

    assert answer.status_code in {200, 404}
    assert b"def " not in answer.content
    assert answer.status_code == 404 or answer.headers["content-type"].startswith(("text/css", "image/svg"))


def test_writing_is_refused_in_words(reader):
    answer = reader.client.post("/sources", headers={"accept": "application/json"})

    assert answer.status_code == 405
    assert answer.json()["message"] == "this address can only be read"


class _Broken(Shelf):
    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def overview(self):
        raise self.error


def test_a_store_in_doubt_is_a_500_with_its_hint(open_library):
    broken = open_library(_Broken(StoreError("the database is damaged", "run `sourcebook rebuild`")))

    text = words_of(broken.page("/", status=500))
    assert "The database is damaged. Run `sourcebook rebuild`." in text
    assert broken.json("/index.json", status=500)["hint"] == "run `sourcebook rebuild`"


def test_a_mistake_of_ours_tells_nothing_of_itself(open_library):
    broken = open_library(_Broken(RuntimeError("secret of the house")))

    answer = broken.client.get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "something went wrong" in broken.json("/index.json", status=500)["message"]
