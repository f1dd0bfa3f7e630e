"""What each build found, in figures: for the charts of a library over time."""

from datetime import datetime

from msgspec import Struct
from sqlalchemy import select

from sourcebook.store.database import Database
from sourcebook.store.tables import builds

MOST = 2_000  # builds are remembered: five years of one a day; the oldest goes first


class Build(Struct, frozen=True):
    """The figures of a library at the end of a build."""

    at: datetime
    figures: dict[str, int]  # "state.dead", "verdict.supported", "coverage.captured"…: see `library/figures.py`


class Builds:
    """The figures of builds, by time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, build: Build) -> None:
        """Remember a build. One that found what the one before found, and the one before that, takes the place of the
        last: an idle library says when it was last looked at, and no more."""
        last = self.newest(2)
        with self._database.write() as connection:
            if len(last) == 2 and all(one.figures == build.figures for one in last):
                connection.execute(builds.delete().where(builds.c.at == last[0].at))
            self._database.execute(self._database.upsert(builds), [{"at": build.at, "figures": build.figures}])
            old = select(builds.c.at).order_by(builds.c.at.desc()).offset(MOST).limit(1)
            for row in self._database.rows(old):
                connection.execute(builds.delete().where(builds.c.at <= row.at))

    def newest(self, most: int) -> list[Build]:
        """The last builds, the newest first."""
        wanted = select(builds.c.at, builds.c.figures).order_by(builds.c.at.desc()).limit(most)
        return [Build(*row) for row in self._database.rows(wanted)]
