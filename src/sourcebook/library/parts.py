"""What a library is made of. Built in `wiring.py` and nowhere else."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from sourcebook.config import Config
from sourcebook.embedding import Embedder
from sourcebook.engine import Engine
from sourcebook.fetch import Fetcher
from sourcebook.llm import Model
from sourcebook.rate import Venues
from sourcebook.store import Store
from sourcebook.summarise import Summariser
from sourcebook.verify import Judge


class Watcher(Protocol):
    """Somebody who is told how far long work has come."""

    def begin(self, stage: str, total: int | None) -> None:
        """A stage of the work begins; `total` is None when nobody knows how much there is to do."""
        ...

    def advance(self, words: str = "") -> None:
        """One more is done; `words` say which."""
        ...

    def end(self) -> None:
        """The stage has ended."""
        ...


class Unwatched:
    """A watcher that looks away."""

    def begin(self, stage: str, total: int | None) -> None:
        """See `Watcher`."""

    def advance(self, words: str = "") -> None:
        """See `Watcher`."""

    def end(self) -> None:
        """See `Watcher`."""


class Refresh(Struct, frozen=True):
    """Which sources to ask for again before their time."""

    all: bool = False
    names: tuple[str, ...] = ()  # ids or addresses: these and no others


class Parts(Struct, frozen=True):
    """Everything that the verbs work with."""

    corpus: Path | None  # the folder of pages; None when only the library is known
    store: Store
    config: Config
    venues: Venues
    open_fetcher: Callable[[], Fetcher]  # called when the first source is due: a web client is slow to load
    engine: Engine
    summariser: Summariser
    judge: Judge
    clock: Callable[[], datetime]
    watcher: Watcher
    refresh: Refresh = Refresh()
    open_archives: Callable[[], Fetcher] | None = None  # whom to ask for a copy of what is lost; None: nobody
    model: Model | None = None  # None: none is set
    embedder: Embedder | None = None  # None: words alone are searched
