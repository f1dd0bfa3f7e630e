"""What may stand in a column: the one place where values become what a database keeps, the same on both databases."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

_UNWANTED = dict.fromkeys((0, *range(0xD800, 0xE000)), "\N{REPLACEMENT CHARACTER}")


def clean(text: str) -> str:
    """The text as both databases can keep it: NUL and lone surrogates become U+FFFD. The length stays the same."""
    if "\0" in text:
        return text.translate(_UNWANTED)
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.translate(_UNWANTED)
    return text


def pack(value: object) -> bytes:
    """A value as JSON, its keys sorted and its texts cleaned."""
    try:
        packed = msgspec.json.encode(value, order="sorted")
    except UnicodeEncodeError:  # a lone surrogate
        packed = b"\\u0000"
    if b"\\u0000" in packed:
        packed = msgspec.json.encode(_cleaned(msgspec.to_builtins(value)), order="sorted")
    return packed


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(one) for one in value]
    return value


def _text(value: str | None) -> str | None:
    return value if value is None or (value.isascii() and "\0" not in value) else clean(value)


def _moment(value: datetime | None) -> str | None:
    if value is None:
        return None
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


class Words(TypeDecorator[str]):
    """Text, compared and sorted by code point on every database."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """PostgreSQL would sort by the language of its machine."""
        return dialect.type_descriptor(Text(collation="C" if dialect.name == "postgresql" else None))

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """On the way in."""
        return _text(value)

    def bind_processor(self, _dialect: Dialect) -> Callable[[Any], str | None]:
        """What the inherited one comes to, in a third of the time: it is called for every text that is kept."""
        return _text


def _read_moment(value: Any) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


class Moment(TypeDecorator[datetime]):
    """An aware time as text of one width, so that it sorts by time: `2026-04-07T12:00:00.000000Z`."""

    impl = Words
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        """On the way in."""
        return _moment(value)

    def bind_processor(self, _dialect: Dialect) -> Callable[[Any], str | None]:
        """See `Words`."""
        return _moment

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        """On the way out."""
        return _read_moment(value)

    def result_processor(self, _dialect: Dialect, _coltype: object) -> Callable[[Any], datetime | None]:
        """What the inherited one comes to, in half the time: it is called for every value that is read."""
        return _read_moment


class OneOf(TypeDecorator[StrEnum]):
    """A member of an enumeration, by its value."""

    impl = Words
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """On the way in."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: Any, _dialect: Dialect) -> StrEnum | None:
        """On the way out."""
        return None if value is None else self.kind(value)

    def result_processor(self, _dialect: Dialect, _coltype: object) -> Callable[[Any], StrEnum | None]:
        """See `Moment`."""
        known: dict[Any, StrEnum | None] = {None: None, **{one.value: one for one in self.kind}}
        return lambda value: known[value] if value in known else self.kind(value)


class Packed(TypeDecorator[Any]):
    """A value as JSON text, read back as its type."""

    impl = Words
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str | None:
        """On the way in."""
        return None if value is None else pack(value).decode()

    def process_result_value(self, value: Any, _dialect: Dialect) -> Any:
        """On the way out."""
        return None if value is None else msgspec.json.decode(value, type=self.kind)

    def result_processor(self, _dialect: Dialect, _coltype: object) -> Callable[[Any], Any]:
        """See `Moment`."""
        decode = msgspec.json.Decoder(self.kind).decode
        return lambda value: None if value is None else decode(value)
