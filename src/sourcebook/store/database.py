"""The one way to a database: transactions, statements, and what their failures mean."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Executable, Insert, Select, Table, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from sourcebook.errors import UsageError
from sourcebook.store.failures import database_failures
from sourcebook.store.prepared import Prepared

FILE_NAME = "library.db"
BUSY_S = 30.0  # how long a writer waits for another: a build commits within seconds
BATCH = 500  # values in one statement: well under the fewest that either database takes (32,766)

T = TypeVar("T")


class Database:
    """One library's database. Threads may share it; each has its own transaction."""

    def __init__(self, engine: Engine, name: str, *, begins: bool = False) -> None:
        self.engine = engine
        self._begins = begins  # is a transaction begun for those who read? PostgreSQL's driver does so by itself
        self.name = name  # as messages show it, without a password
        self._mine = threading.local()
        self._prepared: dict[Select[Any], Prepared] = {}
        _hush_the_pool()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction for everything inside. An inner one joins the outer, which alone commits."""
        current: Connection | None = getattr(self._mine, "connection", None)
        if current is not None:
            yield current
            return
        self._mine.first = {}
        with database_failures(self.name), self.engine.connect() as connection:
            writing = connection.execution_options(sourcebook_writes=True)
            with writing.begin():
                self._mine.connection = writing
                try:
                    yield writing
                    for act in self._mine.first.values():
                        act()
                finally:
                    self._mine.connection = None

    def before_commit(self, name: str, act: Callable[[], None]) -> None:
        """Have `act` done once before what is being written commits; now, outside a transaction."""
        if getattr(self._mine, "connection", None) is None:
            act()
        else:
            self._mine.first[name] = act

    def rows(self, statement: Select[Any], values: dict[str, Any] | None = None) -> Sequence[Any]:
        """All rows of a query, as tuples with names; inside a transaction, what it has written so far is seen."""
        with self.read() as connection:
            return connection.execute(statement, values or {}).all()

    def prepared(self, statement: Select[Any]) -> Prepared:
        """A query that is asked again and again, by those who open records: at a sixth of the cost."""
        found = self._prepared.get(statement)
        if found is None:
            found = self._prepared[statement] = Prepared(statement, self.engine.dialect)
        return found

    def execute(self, statement: Executable, rows: Sequence[dict[str, Any]] | None = None) -> None:
        """Write; `rows` are the values of many executions. Commits by itself outside a transaction."""
        if rows is not None and not rows:
            return
        if rows is not None and isinstance(statement, Insert) and self.engine.dialect.insert_executemany_returning:
            # makes SQLAlchemy write many rows by one statement. PostgreSQL's driver would send one at a time; in SQLite
            # each would flush the index of letters that its trigger writes to, which takes ten times as long as the row
            statement = statement.returning(*statement.table.primary_key)
        with self.write() as connection:
            connection.execute(statement, rows).close()

    def insert(self, table: Table) -> Any:
        """An INSERT that also knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
        # one of the two is loaded already, with the engine; the other would cost a tenth of a second
        if self.engine.dialect.name == "postgresql":
            from sqlalchemy.dialects import postgresql  # noqa: PLC0415

            return postgresql.insert(table)
        from sqlalchemy.dialects import sqlite  # noqa: PLC0415

        return sqlite.insert(table)

    def upsert(self, table: Table) -> Any:
        """An INSERT that replaces the row with the same primary key."""
        insert = self.insert(table)
        keys = list(table.primary_key.columns.keys())
        rest = {column.name: insert.excluded[column.name] for column in table.c if column.name not in keys}
        return insert.on_conflict_do_update(index_elements=keys, set_=rest)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One connection for every question inside: to take one and give it back costs more than most answers, and so
        does SQLite's lock for each of them, so that they are one transaction."""
        if getattr(self._mine, "connection", None) is not None or getattr(self._mine, "reader", None) is not None:
            yield
            return
        with database_failures(self.name), self.engine.connect() as connection:
            self._mine.reader = connection
            try:
                if self._begins:  # ended by the pool, as the connection goes back
                    connection.connection.cursor().execute("BEGIN").close()
                yield
            finally:
                self._mine.reader = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection to ask; inside a transaction or `reading`, its own."""
        current: Connection | None = getattr(self._mine, "connection", None) or getattr(self._mine, "reader", None)
        if current is not None:
            yield current
            return
        with database_failures(self.name), self.engine.connect() as connection:
            yield connection


def _hush_the_pool() -> None:
    """A connection that Ctrl-C cuts off is logged with its traceback, where nobody takes logs to the terminal. The
    interrupt goes on by itself, and every other failure is raised."""
    log = logging.getLogger("sqlalchemy.pool")
    if not log.handlers:
        log.addHandler(logging.NullHandler())


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def connect(folder: Path, database: str = "") -> Database:
    """The database of a library: PostgreSQL where an address is given, else SQLite in the folder. Asks nothing yet."""
    if database:
        url = _postgres_url(database)
        return Database(create_engine(url, pool_pre_ping=True), url.render_as_string(hide_password=True))
    return sqlite_database(folder / FILE_NAME)


def sqlite_database(path: Path) -> Database:
    """A SQLite database by its file."""
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": BUSY_S})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine, str(path), begins=True)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: the driver's own would lock too late
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL", "cache_size = -32000"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once, so that it never fails halfway because another one was faster."""
    if connection.get_execution_options().get("sourcebook_writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _postgres_url(database: str) -> URL:
    """`postgresql://user:password@host/name`, or `…/name?host=/folder` for a Unix socket, for our driver."""
    try:
        url = make_url(database)
    except (ArgumentError, ValueError) as error:
        raise UsageError("cannot read the address of the database", _HINT) from error
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise UsageError(f"cannot keep a library in a database of kind {url.get_backend_name()!r}", _HINT)
    socket = url.query.get("host", "")
    if isinstance(socket, str) and socket.startswith("/"):
        port = url.port or url.query.get("port", 5432)
        url = url.set(query={"unix_sock": f"{socket}/.s.PGSQL.{port}"}, host=None, port=None)
    return url.set(drivername="postgresql+pg8000")


_HINT = "write store.database as postgresql://user:password@host/name, or leave it empty for SQLite"
