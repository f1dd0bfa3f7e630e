"""What an address of the API takes: named, described and bounded for readers, and held to that."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from sourcebook.errors import UsageError
from sourcebook.records import Catalogue, Filter, Kind
from sourcebook.web.api.cursors import MOST_LETTERS as MOST_CURSOR
from sourcebook.web.api.schemas import Schema

ROWS = 50
MOST_ROWS = 200
_MOST_LETTERS = 200


class Parameter(Struct, frozen=True):
    """One name behind the question mark of an address."""

    name: str
    words: str
    schema: Schema = field(default_factory=lambda: {"type": "string"})


_EMPTY = {"const": ""}  # as good as none: what forms send that nobody has filled in

PART = (
    Parameter(
        "limit",
        "how many rows one answer has",
        {"anyOf": [{"type": "integer", "minimum": 1, "maximum": MOST_ROWS}, _EMPTY], "default": ROWS},
    ),
    Parameter(
        "cursor",
        "`next` of the answer before; the beginning of the list without",
        {"type": "string", "maxLength": MOST_CURSOR},
    ),
)


_MOST_TYPED = 1_000  # letters of a search or a quote
QUOTE = Parameter("quote", "the words that somebody is said to have said", {"type": "string", "maxLength": _MOST_TYPED})
COMPARED = (
    Parameter("from", "id of the older capture; the last but one with words without"),
    Parameter("to", "id of the newer capture; the last with words without"),
)
SEARCH = (
    Parameter("q", "words, phrases and narrowings, as in the search box", {"type": "string", "maxLength": _MOST_TYPED}),
    PART[0],
    Parameter(
        "offset",
        "how many sources to pass over",
        {"anyOf": [{"type": "integer", "minimum": 0, "maximum": MOST_ROWS}, _EMPTY], "default": 0},
    ),
)


def of_catalogue(of: Catalogue) -> tuple[Parameter, ...]:
    """The filters, orders and parts of a list."""
    sorts = [direction + column.name for column in of.columns for direction in ("", "-")]
    sort = Parameter("sort", "by what, with - in front for descending", {"enum": ["", *sorts], "default": of.sort})
    return (*map(_of_filter, of.filters), *((sort,) if len(of.columns) > 1 else ()), *PART)


def _of_filter(one: Filter) -> Parameter:
    words = f"{one.words[:1].lower()}{one.words[1:]}"
    match one.kind:
        case Kind.CHOICE:
            return Parameter(one.name, words, {"enum": ["", *one.choices]})
        case Kind.DATE:
            return Parameter(one.name, f"{words}: a day", {"anyOf": [{"type": "string", "format": "date"}, _EMPTY]})
        case Kind.ID if one.name != "domain":
            words = f"{words}, by its id"
    number = {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 999}, _EMPTY]}
    schema = number if one.name == "status" else _text()
    return Parameter(one.name, words, schema)


def _text() -> Schema:
    return {"type": "string", "maxLength": _MOST_LETTERS}


def read_parameters(known: Iterable[Parameter], said: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What an address says. An empty value is as good as none. Raises UsageError for a name that is not known, and for
    a value that is longer than its schema says."""
    longest = {parameter.name: parameter.schema.get("maxLength", math.inf) for parameter in known}
    found: dict[str, str] = {}
    for name, value in said:
        if name not in longest:
            hint = f"there are: {', '.join(longest)}" if longest else "leave it out: there are none here"
            raise UsageError(f"unknown parameter {name[:40]!r}", hint)
        if len(value) > longest[name]:
            raise UsageError(f"{name} is {len(value):,} letters long", f"write at most {longest[name]:,}")
        if value:
            found[name] = value
    return found


def read_limit(said: Mapping[str, str]) -> int:
    """How many rows. Raises UsageError for what is no such number."""
    text = said.get("limit", str(ROWS))
    if not (text.isascii() and text.isdecimal() and len(text) < 5 and 1 <= int(text) <= MOST_ROWS):
        raise UsageError(f"limit {text[:40]!r} is not a number from 1 to {MOST_ROWS}", f"try limit={ROWS}")
    return int(text)


def read_offset(said: Mapping[str, str]) -> int:
    """How many sources a search passes over. Raises UsageError for what is no such number."""
    text = said.get("offset", "0")
    if not (text.isascii() and text.isdecimal() and len(text) < 5 and int(text) <= MOST_ROWS):
        raise UsageError(f"offset {text[:40]!r} is not a number from 0 to {MOST_ROWS}", "try offset=0")
    return int(text)


def shown(parameter: Parameter) -> dict[str, Any]:
    """A parameter as OpenAPI describes it."""
    return {"name": parameter.name, "in": "query", "description": parameter.words, "schema": parameter.schema}
