"""A library folder, and the ways to open it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sourcebook.store import Store, open_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def reopen(folder: Path) -> Iterator[Callable[[], Store]]:
    """Opens the library, again each time that it is called."""
    opened: list[Store] = []

    def open_again() -> Store:
        for store in opened:
            store.close()
        opened.append(open_store(folder))
        return opened[-1]

    yield open_again
    for store in opened:
        store.close()


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Store:
    return reopen()
