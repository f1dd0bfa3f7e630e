"""JSON Schema of the values that we answer with, made from their types. Pure.

msgspec makes schemas too, but of no union of two structs, and a judgement is one: a verdict, or why there is none.
"""

import inspect
import types
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

Schema = dict[str, Any]

_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    type(None): {"type": "null"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    Any: {},
    object: {},
}


class Schemas:
    """Schemas of types; those of our own nouns go by name, and are collected here."""

    def __init__(self) -> None:
        self.named: dict[str, Schema] = {}

    def of(self, kind: Any) -> Schema:
        """The schema of a type as msgspec writes its values. Raises TypeError for a type that no answer should have."""
        if kind in _PLAIN:
            return dict(_PLAIN[kind])
        if inspect.isclass(kind) and issubclass(kind, Enum):
            return {"enum": [member.value for member in kind]}
        origin = get_origin(kind)
        if _is_struct(origin or kind):
            return self._named(kind)
        return self._composed(kind, origin, get_args(kind))

    def _composed(self, kind: Any, origin: Any, arguments: tuple[Any, ...]) -> Schema:
        if origin in {Union, types.UnionType}:
            return {"anyOf": [self.of(one) for one in arguments]}
        if origin is Literal:
            return {"enum": list(arguments)}
        if origin in {tuple, list}:
            return {"type": "array", "items": self.of(arguments[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(arguments[1])}
        raise TypeError(f"no schema for {kind!r}")

    def _named(self, kind: Any) -> Schema:
        made, arguments = get_origin(kind) or kind, get_args(kind)
        name = "Of".join([made.__name__, *(argument.__name__ for argument in arguments)])
        if name not in self.named:
            self.named[name] = {}  # it may hold itself
            self.named[name] = self._object(made, dict(zip(_variables(made), arguments, strict=True)))
        return {"$ref": f"#/components/schemas/{name}"}

    def _object(self, made: Any, filled: Mapping[Any, Any]) -> Schema:
        """Every field is always there, and no other."""
        kinds = get_type_hints(made)
        properties = {name: self.of(_filled(kinds[name], filled)) for name in made.__struct_fields__}
        return {
            "type": "object",
            "description": " ".join((made.__doc__ or "").split()),
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }


def _is_struct(kind: Any) -> bool:
    return inspect.isclass(kind) and issubclass(kind, Struct)


def _variables(made: Any) -> tuple[Any, ...]:
    return tuple(getattr(made, "__parameters__", ()))


def _filled(kind: Any, filled: Mapping[Any, Any]) -> Any:
    """A type with its variables filled in."""
    if isinstance(kind, TypeVar):
        return filled[kind]
    variables = _variables(kind)
    return kind[tuple(filled[variable] for variable in variables)] if variables else kind
