"""Asks for every address in a file and keeps the answers in a library.

`python bench/clients/ours_kept.py ADDRESSES PAGES`. Fetcher, archive, index and database, as in a build; what reads and
rates is not loaded, as nothing is in the other clients that a fetch does not need.
"""

import gc

gc.disable()  # as the command line does while it loads a command (`sourcebook.cli.loading`)

import sys  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from datetime import UTC, datetime  # noqa: E402
from pathlib import Path  # noqa: E402

from sourcebook import ids  # noqa: E402
from sourcebook.config import load_config  # noqa: E402
from sourcebook.fetch.handfuls import handfuls  # noqa: E402
from sourcebook.fetch.web import WebFetcher  # noqa: E402
from sourcebook.place import place_of  # noqa: E402
from sourcebook.store import Store, build_lock, open_store  # noqa: E402
from sourcebook.types.fetching import Wanted  # noqa: E402


def _main(addresses: Path, pages: Path) -> None:
    folder = place_of(pages, None).library
    fetcher = WebFetcher(load_config(pages).config.fetch, lambda: datetime.now(UTC))
    wanted = (Wanted(ids.resource_id(url), url) for url in addresses.read_text().split())
    with build_lock(folder):
        store = open_store(folder)
        store.captures.adopt()
        sizes = list(_sizes(store, fetcher, wanted))
        store.close()
    print(len(sizes), sum(sizes))


def _sizes(store: Store, fetcher: WebFetcher, wanted: Iterator[Wanted]) -> Iterator[int]:
    for some in handfuls(fetcher.fetch(wanted)):
        store.hosts.keep(some.learned)
        yield from (capture.size_bytes for capture in store.captures.add_many(some.answers))


if __name__ == "__main__":
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 20)  # as `sourcebook.cli.main` does
    _main(Path(sys.argv[1]), Path(sys.argv[2]))
    gc.freeze()  # as there
