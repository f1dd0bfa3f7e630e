"""Answers to programs: JSON that can be asked for again at little cost, and failures in one form (RFC 9457)."""

import hashlib
from collections.abc import Mapping
from http import HTTPStatus

import msgspec
from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sourcebook.errors import NotFoundError, SourcebookError, UsageError
from sourcebook.web.api.cursors import MovedOnError
from sourcebook.web.headers import HEADERS


class Failure(Struct, frozen=True):
    """Why there is no answer (RFC 9457), and what to do next."""

    type: str  # a name for what went wrong
    title: str
    status: int
    detail: str
    hint: str


_TYPE = "urn:sourcebook:"
_OF_HTTP = {
    404: ("nothing stands at this address", "see /api/v1/ for those there are"),
    405: ("this address can only be read", "ask for it with GET"),
}
_OURS = ("something went wrong on our side", "the server's log says what; try again, or report it")


def answer(request: Request, value: object) -> Response:
    """A value as JSON, or word that it is what the asker has."""
    body = msgspec.json.encode(value)
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'  # weak: the same answer may be sent packed
    headers = {**HEADERS, "etag": tag}
    if _has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")


def _has(said: str, tag: str) -> bool:
    held = [one.strip().removeprefix("W/") for one in said.split(",")]
    return said.strip() == "*" or tag.removeprefix("W/") in held


def failure(_: Request, error: Exception) -> Response:
    """What went wrong, in words. No traceback, ever."""
    told = _told(error)
    given: Mapping[str, str] = getattr(error, "headers", None) or {}  # a 405 says what is allowed
    body = msgspec.json.encode(told)
    return Response(body, told.status, {**HEADERS, **given}, media_type="application/problem+json")


def _told(error: Exception) -> Failure:
    if isinstance(error, HTTPException):
        detail, hint = _OF_HTTP.get(error.status_code, (error.detail, ""))
        return _failure(error.status_code, "http", detail, hint)
    if not isinstance(error, SourcebookError):
        return _failure(500, "failed", *_OURS)
    for kind, status, name in _KINDS:
        if isinstance(error, kind):
            return _failure(status, name, error.message, error.hint)
    return _failure(500, "failed", error.message, error.hint)


_KINDS: tuple[tuple[type[SourcebookError], int, str], ...] = (
    (NotFoundError, 404, "not-found"),
    (MovedOnError, 409, "moved-on"),
    (UsageError, 400, "usage"),
)


def _failure(status: int, name: str, detail: str, hint: str) -> Failure:
    return Failure(_TYPE + name, HTTPStatus(status).phrase, status, detail, hint)
