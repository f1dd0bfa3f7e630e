"""A library being worked on, in a process that a test may kill or starve: says what was kept as soon as it is.

Usage: python worker.py FOLDER START KILOBYTES MOST. Each source has so many kilobytes, and no file may grow beyond MOST
bytes (0: as large as it likes). It works until it is killed, or until the disk is full.
"""

import json
import os
import resource
import sys
from pathlib import Path

from sourcebook.errors import SourcebookError
from sourcebook.store import Store, build_lock, open_store
from sourcebook.types.documents import Document
from sourcebook.types.reviews import ReviewField
from tests.store.made import citation as cite
from tests.store.made import fetched, parsed, review, source


def say(kind: str, name: str) -> None:
    sys.stdout.write(json.dumps([kind, name]) + "\n")
    sys.stdout.flush()


def work(store: Store, number: int, body: bytes) -> None:
    """One page with a source of its own, fetched, read and reviewed, as a build would do it."""
    new = source(f"https://example.org/{number}")
    with store.write():
        store.sources.add([new])
        store.pages.save(parsed(f"{number}.md", cite(new.url)), "stamp", [new.id])
    say("source", new.url)
    capture = store.captures.add(fetched(new, number / 1_000, body=body))
    say("capture", capture.id)
    store.derived.save("extract", new.id, "print", Document(f"text {number}"))
    say("derived", new.id)
    said = review(new, ReviewField.TITLE, f"title {number}")
    store.reviews.add([said])
    say("review", said.id)
    if number % 20 == 19:
        store.sources.sync_identities()
        say("synced", str(number))


def main(folder: Path, start: int, kilobytes: int) -> None:
    with build_lock(folder):
        store = open_store(folder)
        say("opened", str(os.getpid()))
        for number in range(start, start + 100_000):
            work(store, number, os.urandom(kilobytes * 1024))


if __name__ == "__main__":
    if most := int(sys.argv[4]):
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    except SourcebookError as error:
        say("failed", f"{type(error).__name__}: {error.message}; {error.hint}")
        sys.exit(1)
