"""What is known of hosts from run to run: how long they are to be left alone, and what their robots.txt said."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sourcebook import ids
from sourcebook.library.parts import Parts
from sourcebook.store import batches
from sourcebook.types.builds import Step
from sourcebook.types.fetching import Learned, Pause, RobotsFile, Wanted

_AT_ONCE = 250  # sources: so many files of robots.txt are in memory at most


def with_hosts(parts: Parts, wanted: Iterable[Wanted]) -> Iterator[Wanted]:
    """The same sources, each with what is known of its host."""
    pauses = {pause.host: pause for pause in parts.store.derived.all(Step.PAUSE, Pause)}
    for some in batches(wanted, _AT_ONCE):
        sites = [_site(one.url) for one in some]
        robots = parts.store.derived.find_many(Step.ROBOTS, tuple(set(sites)), RobotsFile)
        for one, site in zip(some, sites, strict=True):
            known = pauses.get(ids.host(one.url)), robots.get(site)
            yield replace(one, pause=known[0], robots=known[1]) if any(known) else one


def _site(url: str) -> str:
    asked = ids.request_url(url)
    return "" if asked is None else asked[: asked.index("/", asked.index("//") + 2)]


def keep(parts: Parts, learned: Learned) -> None:
    """Remember it for the next run."""
    match learned:
        case Pause(host=host, times=0):
            parts.store.derived.remove(Step.PAUSE, (host,))
        case Pause(host=host, until=until):
            parts.store.derived.save(Step.PAUSE, host, until.isoformat(), learned)
        case RobotsFile(site=site, read_at=read_at):
            parts.store.derived.save(Step.ROBOTS, site, read_at.isoformat(), learned)
