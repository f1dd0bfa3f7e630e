"""Asks for every source of a library and keeps the answers, as a build does.

`python bench/clients/ours_built.py PAGES`. All that `sourcebook build` loads is loaded, and no words are read.
"""

import gc

gc.disable()  # as the command line does while it loads a command (`sourcebook.cli.loading`)

import sys  # noqa: E402
from pathlib import Path  # noqa: E402

from sourcebook import wiring  # noqa: E402
from sourcebook.config import load_config  # noqa: E402
from sourcebook.place import place_of  # noqa: E402


def _main(pages: Path) -> None:
    place = place_of(pages, None)
    with wiring.lock(place):
        library = wiring.open_library(place, load_config(pages).config)
        sizes = [answer.capture.size_bytes for answer in library.ask(library.sources_due())]
        library.close()
    print(len(sizes), sum(sizes))


if __name__ == "__main__":
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 20)  # as `sourcebook.cli.main` does
    _main(Path(sys.argv[1]))
    gc.freeze()  # as there
