"""Asks for every source of a library and keeps the answers, as a build does: `python -m bench.clients.ours_kept PAGES`.

Reads no words: what is measured is asking, archive, index and database.
"""

import gc
import sys
from pathlib import Path

from sourcebook import wiring
from sourcebook.config import load_config
from sourcebook.place import place_of


def _main(pages: Path) -> None:
    place = place_of(pages, None)
    with wiring.lock(place):
        library = wiring.open_library(place, load_config(pages).config)
        sizes = [answer.capture.size_bytes for answer in library.ask(library.sources_due())]
        library.close()
    print(len(sizes), sum(sizes))


if __name__ == "__main__":
    gc.set_threshold(20_000, 20, 20)  # as `sourcebook.cli.main` does
    _main(Path(sys.argv[1]))
