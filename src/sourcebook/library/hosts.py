"""What is known of hosts, beside the sources that are asked for."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from sourcebook import ids
from sourcebook.library.parts import Parts
from sourcebook.store import batches
from sourcebook.types.fetching import Wanted

_AT_ONCE = 250  # sources: so many files of robots.txt are in memory at most


def with_hosts(parts: Parts, wanted: Iterable[Wanted]) -> Iterator[Wanted]:
    """The same sources, each with what is known of its host."""
    pauses = parts.store.hosts.pauses()
    for some in batches(wanted, _AT_ONCE):
        sites = [_site(one.url) for one in some]
        robots = parts.store.hosts.robots(tuple(set(sites)))
        for one, site in zip(some, sites, strict=True):
            known = pauses.get(ids.host(one.url)), robots.get(site)
            yield replace(one, pause=known[0], robots=known[1]) if any(known) else one


def _site(url: str) -> str:
    asked = ids.request_url(url)
    return "" if asked is None else asked[: asked.index("/", asked.index("//") + 2)]
