"""Our fetcher, with all that a build asks of it but the keeping: `python bench/clients/ours.py ADDRESSES`."""

import gc

gc.disable()  # as the command line does while it loads a command (`sourcebook.cli.loading`)

import sys  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from datetime import UTC, datetime  # noqa: E402
from pathlib import Path  # noqa: E402

from sourcebook.config import load_config  # noqa: E402
from sourcebook.fetch.web import WebFetcher  # noqa: E402
from sourcebook.types.captures import Outcome  # noqa: E402
from sourcebook.types.fetching import Fetched, Wanted  # noqa: E402


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
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 20)  # as `sourcebook.cli.main` does
    _main(Path(sys.argv[1]))
    gc.freeze()  # as there
