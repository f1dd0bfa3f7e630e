"""What is known of hosts from run to run: how long they are to be left alone, and what their robots.txt said."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlsplit

from sourcebook import ids
from sourcebook.library.parts import Parts
from sourcebook.types import Learned, Pause, RobotsFile, Step, Wanted

_MOST_FILES = 1_000  # in memory: as many sources as the fetcher looks ahead


def with_hosts(parts: Parts, wanted: Iterable[Wanted]) -> Iterator[Wanted]:
    """The same sources, each with what is known of its host."""
    pauses = {pause.host: pause for pause in parts.store.derived.all(Step.PAUSE, Pause)}

    @lru_cache(_MOST_FILES)
    def robots(site: str) -> RobotsFile | None:
        return parts.store.derived.find(Step.ROBOTS, site, RobotsFile)

    for one in wanted:
        asked = urlsplit(ids.request_url(one.url) or "")
        yield replace(one, pause=pauses.get(ids.host(one.url)), robots=robots(f"{asked.scheme}://{asked.netloc}"))


def keep(parts: Parts, learned: Learned) -> None:
    """Remember it for the next run."""
    match learned:
        case Pause(host=host, times=0):
            parts.store.derived.remove(Step.PAUSE, (host,))
        case Pause(host=host, until=until):
            parts.store.derived.save(Step.PAUSE, host, until.isoformat(), learned)
        case RobotsFile(site=site, read_at=read_at):
            parts.store.derived.save(Step.ROBOTS, site, read_at.isoformat(), learned)
