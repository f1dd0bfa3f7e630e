"""A question that is asked so often that the asking counts: compiled once, and sent to the driver as it is.

SQLAlchemy takes some 60 µs to have a statement run, where SQLite finds the rows in 10; a record asks nine of them.
"""

from collections import namedtuple
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Float, Select
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine


class Prepared:
    """A query; the values that are given to it are texts, and its rows are tuples with names."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        said = compiled.construct_params(_check=False) or {}
        self._statement = str(compiled)
        self._names = [str(name) for name in compiled.positiontup or ()]
        self._said = {name: value.value if isinstance(value, Enum) else value for name, value in said.items()}
        self._failure = dialect.loaded_dbapi.Error
        found = list(statement.selected_columns)
        reads = [_reader(column.type, dialect) for column in found]
        self._reads: list[tuple[int, Callable[[Any], Any]]] = [(at, one) for at, one in enumerate(reads) if one]
        row = namedtuple("Row", [column.name for column in found], rename=True)  # type: ignore[misc]
        self._make = row._make

    def rows(self, connection: Connection, values: dict[str, str]) -> list[Any]:
        """All of them."""
        cursor = connection.connection.cursor()
        try:
            cursor.execute(self._statement, [values.get(name, self._said[name]) for name in self._names])
            found = cursor.fetchall()
        except self._failure as error:
            raise DBAPIError.instance(self._statement, None, error, self._failure) from error
        finally:
            cursor.close()
        return [self._make(self._read(row)) for row in found]

    def _read(self, row: Sequence[Any]) -> Sequence[Any]:
        if not self._reads:
            return row
        made = list(row)
        for at, read in self._reads:
            made[at] = read(made[at])
        return made


def _reader(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """What makes a value of a column; None where both drivers give it as it is, as they do numbers."""
    return None if isinstance(kind, Float) else kind.dialect_impl(dialect).result_processor(dialect, None)
