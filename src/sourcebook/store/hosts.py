"""What is known of hosts from run to run: how long they are to be left alone, and what their robots.txt said.

Rows of what is derived: losing them costs a request each and no finding.
"""

from collections.abc import Sequence

from sourcebook.store.database import Database
from sourcebook.store.derived import Derived
from sourcebook.types.builds import Step
from sourcebook.types.fetching import Learned, Pause, RobotsFile


class Hosts:
    """What hosts asked of us."""

    def __init__(self, database: Database, derived: Derived) -> None:
        self._database = database
        self._derived = derived

    def pauses(self) -> dict[str, Pause]:
        """The pauses that hosts asked for, by host."""
        return {pause.host: pause for pause in self._derived.all(Step.PAUSE, Pause)}

    def robots(self, sites: Sequence[str]) -> dict[str, RobotsFile]:
        """The robots.txt of those sites that have one here."""
        return self._derived.find_many(Step.ROBOTS, sites, RobotsFile)

    def keep(self, learned: Sequence[Learned]) -> None:
        """Remember it for the next run, the last word of each host."""
        if not learned:
            return
        files = {one.site: one for one in learned if isinstance(one, RobotsFile)}
        pauses = {one.host: one for one in learned if isinstance(one, Pause)}
        over = [one.host for one in pauses.values() if one.times == 0]
        with self._database.write():
            self._derived.save_many(Step.ROBOTS, [(one.site, one.read_at.isoformat(), one) for one in files.values()])
            self._derived.save_many(
                Step.PAUSE, [(one.host, one.until.isoformat(), one) for one in pauses.values() if one.times]
            )
            self._derived.remove(Step.PAUSE, over)
