"""Our fetcher, with all that a build asks of it but the keeping: `python -m bench.clients.ours ADDRESSES`."""

import gc
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sourcebook.config import load_config
from sourcebook.fetch.web import WebFetcher
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Fetched, Wanted


def _main(file: Path) -> None:
    settings = load_config(file.parent, fetch__allow_networks=("127.0.0.0/8",), fetch__delay_s=0.0).config.fetch
    wanted = (Wanted(str(number), url) for number, url in enumerate(file.read_text().split()))
    sizes = list(_sizes(WebFetcher(settings, lambda: datetime.now(UTC)), wanted))
    print(len(sizes), sum(sizes))


def _sizes(fetcher: WebFetcher, wanted: Iterator[Wanted]) -> Iterator[int]:
    for answer in fetcher.fetch(wanted):
        if isinstance(answer, Fetched) and answer.outcome is Outcome.OK:
            yield len(answer.body)


if __name__ == "__main__":
    gc.set_threshold(20_000, 20, 20)  # as `sourcebook.cli.main` does
    _main(Path(sys.argv[1]))
