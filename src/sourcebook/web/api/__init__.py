"""The API for programs: `/api/v1`, read-only, described at `/api/v1/openapi.json` and, for people, at `/api/v1/`."""

from collections.abc import Callable, Mapping

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sourcebook.errors import SourcebookError, UsageError
from sourcebook.records import Records
from sourcebook.web.api.answers import answer, failure
from sourcebook.web.api.document import ROOT, document, parameters
from sourcebook.web.api.operations import OPERATIONS, Operation
from sourcebook.web.api.parameters import read_parameters
from sourcebook.web.api.schemas import Schemas
from sourcebook.web.threads import Threads

__all__ = ["ROOT", "failure", "make_api"]

ShowPage = Callable[[str, Mapping[str, object]], Response]


def make_api(records: Records, show: ShowPage, threads: Threads) -> Starlette:
    """The API over one library. `show` makes a page for people from a template and its values."""
    described = document()
    routes = [
        Route("/openapi.json", lambda request: answer(request, described)),
        Route(
            "/",
            lambda _: show("api.html", {"operations": _for_people(), "schemas": described["components"]["schemas"]}),
        ),
        *(Route(operation.path, threads.answering(_endpoint(operation, records))) for operation in OPERATIONS),
    ]
    return Starlette(
        routes=routes, exception_handlers=dict.fromkeys((SourcebookError, HTTPException, Exception), failure)
    )


def _endpoint(operation: Operation, records: Records) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        said = read_parameters(operation.parameters, request.query_params.multi_items())
        for name, value in request.path_params.items():
            if not value.isprintable():
                raise UsageError(f"{name} holds characters that cannot be seen", "leave them out")
        return answer(request, operation.run(records, {**said, **request.path_params}))

    return endpoint


def _for_people() -> list[dict[str, object]]:
    """Each operation with what it takes and what it gives, for the page that shows them."""
    schemas = Schemas()
    return [
        {
            "path": ROOT + one.path,
            "name": one.name,
            "words": one.words,
            "parameters": parameters(one),
            "answer": schemas.of(one.answer)["$ref"].rpartition("/")[2],
        }
        for one in OPERATIONS
    ]
