"""The API described to programs (OpenAPI 3.1), from the same table that answers them. Pure."""

import re
from typing import Any

from sourcebook import __version__
from sourcebook.web.api.answers import Failure
from sourcebook.web.api.operations import OPERATIONS, Operation
from sourcebook.web.api.parameters import shown
from sourcebook.web.api.schemas import Schema, Schemas

ROOT = "/api/v1"
ID_WORDS = {
    "source_id": "Resource ID, Stable ID, or an id that the source had before",
    "page_id": "id of a page, or its path from the folder of pages where that has no slash",
    "venue_id": "id of a venue",
}
_FAILURES = {
    "400": "A parameter that cannot be followed",
    "404": "There is no such thing in this library",
    "409": "The list has changed before the place that the cursor names",
    "500": "Our own fault, or our data is damaged",
}


def document() -> dict[str, Any]:
    """The whole description."""
    schemas = Schemas()
    problem = {"application/problem+json": {"schema": schemas.of(Failure)}}
    paths = {operation.path: {"get": _described(operation, schemas, problem)} for operation in OPERATIONS}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sourcebook",
            "version": __version__,
            "summary": "What is known of the sources of a knowledge base",
            "description": "Everything can be read and nothing written. Values have the shapes of `--json`.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": ROOT}],
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.named.items()))},
    }


def parameters(operation: Operation) -> list[dict[str, Any]]:
    """What an address takes, in its path and behind it."""
    found = [
        {"name": name, "in": "path", "required": True, "description": ID_WORDS[name], "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", operation.path)
    ]
    return found + [shown(parameter) for parameter in operation.parameters]


def _described(operation: Operation, schemas: Schemas, problem: Schema) -> dict[str, Any]:
    tag = {"ETag": {"description": "Ask again with If-None-Match", "schema": {"type": "string"}}}
    good = {
        "200": {
            "description": operation.words,
            "headers": tag,
            "content": {"application/json": {"schema": schemas.of(operation.answer)}},
        },
        "304": {"description": "It is what If-None-Match says you have", "headers": tag},
    }
    bad = {status: {"description": words, "content": problem} for status, words in _FAILURES.items()}
    return {
        "operationId": operation.name,
        "summary": operation.words,
        "tags": [operation.path.split("/")[1]],
        "parameters": parameters(operation),
        "responses": good | bad,
    }
