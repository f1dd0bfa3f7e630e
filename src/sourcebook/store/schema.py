"""Which version of the tables a database has, and bringing it to ours."""

from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table, text

from sourcebook.errors import UsageError
from sourcebook.store.database import Database
from sourcebook.store.tables import metadata

NEWEST = "0013"  # the last file of migrations/versions; known here so that an ordinary start need not load Alembic

_MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION_TABLE = "alembic_version"
_ONE_AT_A_TIME = 0x50_6F_6F_72_63_65  # the number of PostgreSQL's lock for migrations; any will do


def version_of(database: Database) -> str:
    """The version of the tables, "" where there are none."""
    with database.read() as connection:
        return _version(connection)


def bring_up(database: Database) -> None:
    """Make or migrate the tables. Raises UsageError when a newer Sourcebook has made them."""
    if _checked(version_of(database), database.name) == NEWEST:
        return
    with database.write() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:one)"), {"one": _ONE_AT_A_TIME})
        if _checked(_version(connection), database.name) != NEWEST:  # another process may have been faster
            _migrate(connection)


def set_aside(connection: Connection, schema: str) -> str:
    """Move every table of a PostgreSQL database to a schema of that name, and return it; "" when there is none."""
    here = [name for name in inspect(connection).get_table_names() if name in (*metadata.tables, _VERSION_TABLE)]
    if not here:
        return ""
    connection.execute(text(f'CREATE SCHEMA "{schema}"'))
    for name in here:
        connection.execute(text(f'ALTER TABLE "{name}" SET SCHEMA "{schema}"'))
    return schema


def _version(connection: Connection) -> str:
    if not inspect(connection).has_table(_VERSION_TABLE):
        return ""
    return str(connection.execute(select(column("version_num")).select_from(table(_VERSION_TABLE))).scalar() or "")


def _checked(version: str, name: str) -> str:
    if version > NEWEST:
        raise UsageError(
            f"the library's database {name!r} was written by a newer Sourcebook: "
            f"its tables have version {version}, this one knows up to {NEWEST}",
            "upgrade Sourcebook: `pip install --upgrade sourcebook`",
        )
    return version


def _migrate(connection: Connection) -> None:
    # loaded only here: Alembic costs a third of a second, which an ordinary start need not pay
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
