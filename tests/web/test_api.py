"""The API: every question of its description answered as it says, and nothing else."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.applications import Starlette

import sourcebook
from sourcebook import pipeline, wiring
from sourcebook.client import OpenLibrary, to_json
from sourcebook.library import Signed
from sourcebook.place import Place, place_of, read_config
from sourcebook.records import Records
from sourcebook.types.reviews import ReviewField
from sourcebook.web.api.cursors import MovedOnError
from sourcebook.web.api.document import document
from sourcebook.web.api.operations import OPERATIONS, Operation
from sourcebook.web.api.parts import whole_part
from sourcebook.web.app import make_app
from tests.web.conftest import TestClient

EXAMPLES = Path(__file__).parents[2] / "examples"
API = "/api/v1"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The demo's library, with a person's word on one source."""
    place = place_of(EXAMPLES / "open-and-closed-models", tmp_path_factory.mktemp("api") / "library")
    config = read_config(place, {}, engine__workers=1).config
    books = wiring.open_library(place, config, wiring.Sources(archive=EXAMPLES / "demo.wacz"))
    try:
        pipeline.build(books)
        source = next(iter(books.parts.store.sources.all()))
        pipeline.correct(books, source.id, {ReviewField.TITLE: ["Another title"]}, Signed("ada", "it says so"))
    finally:
        books.close()
    return place


@pytest.fixture(scope="module")
def records(place: Place) -> Iterator[Records]:
    with wiring.open_records(place, read_config(place, {}).config) as records:
        yield records


@pytest.fixture(scope="module")
def app(records: Records) -> Starlette:
    return make_app(records)


@pytest.fixture(scope="module")
def client(app: Starlette) -> TestClient:
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture(scope="module")
def library(place: Place) -> Iterator[OpenLibrary]:
    with OpenLibrary(place) as library:
        yield library


# --- the description ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operation", "mode"),
    [
        pytest.param(operation, mode, id=f"{operation.name}, {mode.value}")
        for operation in OPERATIONS
        for mode in GenerationMode
        if operation.parameters or mode is GenerationMode.POSITIVE  # no id is wrong in itself
    ],
)
def test_no_question_fails_or_is_answered_otherwise_than_described(
    app: Starlette, operation: Operation, mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_asgi(f"{API}/openapi.json", app)

    # no schema can say which cursors were given out or which days there are: what is described may be refused
    @given(case=schema[operation.path]["GET"].as_strategy(mode))
    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    ask()


def test_the_description_is_openapi_3_1_and_its_schemas_are_schemas(client: TestClient) -> None:
    told = client.get(f"{API}/openapi.json").json()

    assert told == document()
    assert told["openapi"].startswith("3.1")
    assert {operation.path for operation in OPERATIONS} == set(told["paths"])
    for schema in told["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_answer_about_real_things_is_as_described(client: TestClient) -> None:
    told = client.get(f"{API}/openapi.json").json()
    ids = {
        "source_id": client.get(f"{API}/sources").json()["rows"][0]["source_id"],
        "page_id": client.get(f"{API}/pages").json()["rows"][0]["page_id"],
        "venue_id": client.get(f"{API}/venues?held=yes").json()["rows"][0]["venue_id"],
    }
    for path, operation in told["paths"].items():
        found = client.get(API + path.format(**ids))
        schema = operation["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert found.status_code == 200, (path, found.text)
        validator = Draft202012Validator({**schema, "components": told["components"]})
        assert [error.message for error in validator.iter_errors(found.json())] == [], path


def test_people_can_browse_it_without_a_script_or_another_site(client: TestClient) -> None:
    page = client.get(f"{API}/")

    assert page.headers["content-type"].startswith("text/html")
    assert "<script" not in page.text
    for operation in OPERATIONS:
        assert f"{API}{operation.path}" in page.text
    for name in document()["components"]["schemas"]:
        assert f'id="{name}"' in page.text or name == "Failure"


# --- lists in parts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [1, 3, 200])
def test_a_list_is_whole_when_it_is_read_in_parts(client: TestClient, limit: int) -> None:
    whole = client.get(f"{API}/sources?sort=title&limit=200").json()
    rows: list[object] = []
    cursor = ""
    while True:
        part = client.get(f"{API}/sources", params={"sort": "title", "limit": limit, "cursor": cursor}).json()
        rows += part["rows"]
        if (cursor := part["next"]) is None:
            break

    assert rows == whole["rows"]
    assert len(rows) == whole["total"] > 10


def test_a_list_that_changed_under_its_cursor_says_so(place: Place, client: TestClient) -> None:
    first = client.get(f"{API}/reviews?limit=1").json()
    books = wiring.open_library(place, read_config(place, {}).config)
    try:
        sources = [source.id for source in books.parts.store.sources.all()]
        for number, source in enumerate(sources[:3]):
            pipeline.correct(books, source, {ReviewField.TITLE: [f"Title {number}"]}, Signed("bob", "why not"))
    finally:
        books.close()
    begun = client.get(f"{API}/reviews?limit=1").json()
    following = client.get(f"{API}/reviews", params={"limit": 1, "cursor": begun["next"]})

    assert first["next"] is None
    assert following.status_code == 200
    assert following.json()["rows"] != begun["rows"]


def test_going_on_behind_a_row_that_is_gone_is_a_conflict() -> None:
    rows = list("abcdef")
    part = whole_part(lambda _records, _said: rows, str)
    cursor = part(None, {"limit": "2"}).next
    del rows[0]

    with pytest.raises(MovedOnError):
        part(None, {"limit": "2", "cursor": cursor})


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("cursor=abc", "cursor"),
        ("cursor=WyJhIiwyLCJiIl0", "cursor"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=٣", "limit"),
        ("sort=password", "sort"),
        ("type=poem", "type"),
        ("since=2026-13-01", "since"),
        ("colour=red", "colour"),
        ("words=a%00b", "words"),
        ("words=" + "a" * 201, "words"),
    ],
)
def test_what_cannot_be_asked_is_a_problem_with_a_hint(client: TestClient, query: str, words: str) -> None:
    found = client.get(f"{API}/sources?{query}")
    told = found.json()

    assert found.status_code == told["status"] == 400
    assert found.headers["content-type"] == "application/problem+json"
    assert words in told["detail"]
    assert told["hint"]
    assert set(told) == {"type", "title", "status", "detail", "hint"}


def test_a_value_is_as_long_as_its_schema_allows_and_no_longer(client: TestClient) -> None:
    allowed, refused = (client.get(f"{API}/quotes", params={"quote": "a " * 499 + end}) for end in ("ab", "abc"))

    assert allowed.status_code == 200
    assert refused.status_code == 400
    assert "1,001 letters long" in refused.json()["detail"]


@pytest.mark.parametrize(
    "path", ["/sources/a%0Ab", "/nothing", "/sources/0000000000000000", "/pages/none", "/venues/none", "/sources/a%00"]
)
def test_what_is_not_there_is_a_problem_too(client: TestClient, path: str) -> None:
    found = client.get(API + path)

    assert found.status_code == found.json()["status"] in {400, 404}
    assert found.headers["content-type"] == "application/problem+json"


def test_nothing_can_be_written(client: TestClient) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        found = client.request(method, f"{API}/sources")
        assert (found.status_code, "GET" in found.headers["allow"]) == (405, True)
        assert found.headers["content-type"] == "application/problem+json"


# --- asking again ------------------------------------------------------------------------------------


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get(f"{API}/overview")
    tag = first.headers["etag"]
    again = client.get(f"{API}/overview", headers={"if-none-match": f'"other", {tag}'})
    other = client.get(f"{API}/sources", headers={"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert other.status_code == 200


# --- the same shapes everywhere ----------------------------------------------------------------------


def test_the_client_without_a_server_gives_what_the_api_gives(client: TestClient, library: OpenLibrary) -> None:
    source_id = next(library.sources()).source_id
    page_id = next(library.pages()).page_id

    def plain(value: object) -> object:
        return json.loads(json.dumps(to_json(value)))

    def asked(path: str) -> object:
        return client.get(API + path).json()

    def rows(path: str) -> object:
        return client.get(f"{API}{path}{'&' if '?' in path else '?'}limit=200").json()["rows"]

    assert plain(library.overview()) == asked("/overview")
    assert plain(list(library.sources(credibility="5", sort="-pages"))) == rows("/sources?credibility=5&sort=-pages")
    assert plain(library.source(source_id)) == asked(f"/sources/{source_id}")
    assert plain(library.text(source_id)) == asked(f"/sources/{source_id}/text")
    assert plain(library.captures_of(source_id)) == rows(f"/sources/{source_id}/captures")
    assert plain(list(library.captures())) == rows("/captures")
    assert plain(library.changes(source_id)) == asked(f"/sources/{source_id}/changes")
    assert plain(library.citation(source_id)) == asked(f"/sources/{source_id}/citation")
    assert plain(library.builds()) == rows("/builds") != []
    assert plain(library.reviews()) == rows("/reviews") != []
    assert plain(list(library.venues(held="yes"))) == rows("/venues?held=yes")
    assert plain(list(library.pages())) == rows("/pages")
    assert plain(library.page(page_id)) == asked(f"/pages/{page_id}")
    assert plain(list(library.claims()))[:200] == rows("/claims")
    assert plain(list(library.problems()))[:200] == rows("/problems") != []
    assert library.body(source_id)


def test_the_client_refuses_what_it_does_not_know(library: OpenLibrary) -> None:
    with pytest.raises(sourcebook.errors.UsageError, match="no filter 'colour'"):
        library.sources(colour="red")
    with pytest.raises(sourcebook.errors.NotFoundError):
        library.source("0000000000000000")
