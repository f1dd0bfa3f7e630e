"""A library over a folder of pages, with a clock that a test moves."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from sourcebook import pipeline, wiring
from sourcebook.config import Config, EngineSettings
from sourcebook.fetch import Fetcher
from sourcebook.library import Library, Refresh
from sourcebook.place import Place
from sourcebook.records import CaptureRow, Record
from sourcebook.types.builds import BuildReport
from sourcebook.types.fetching import Fetched, NotAsked, Wanted

START = datetime(2026, 4, 7, 12, tzinfo=UTC)


class Script:
    """A fetcher that answers as a test says, source by source."""

    name = "web"

    def __init__(self, answer: Callable[[Wanted], Fetched | NotAsked]) -> None:
        self._answer = answer
        self.asked: list[str] = []

    def fetch(self, wanted: Iterable[Wanted]) -> Iterator[Fetched | NotAsked]:
        for one in wanted:
            self.asked.append(one.url)
            yield self._answer(one)


@dataclass
class Shelf:
    """A library that can be opened again and again, at any time."""

    folder: Path
    config: Config = field(default_factory=lambda: Config(engine=EngineSettings(workers=1)))
    now: datetime = START
    fetcher: Fetcher = field(default_factory=lambda: Script(lambda one: NotAsked(one.source_id, one.url, "offline")))
    archives: Fetcher | None = None

    @property
    def place(self) -> Place:
        return Place(self.folder / ".sourcebook", self.folder)

    def page(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    @contextlib.contextmanager
    def open(self, sources: wiring.Sources | None = None) -> Iterator[Library]:
        with wiring.lock(self.place):
            library = wiring.open_library(self.place, self.config, sources or wiring.Sources(offline=True))
            more: dict[str, object] = {} if sources and sources.archive else {"open_fetcher": lambda: self.fetcher}
            if self.archives is not None:
                more["open_archives"] = lambda: self.archives
            library.parts = replace(library.parts, clock=lambda: self.now, **more)  # type: ignore[arg-type]
            try:
                yield library
            finally:
                library.close()

    def build(self, *names: str, days: float = 0) -> BuildReport:
        self.now += timedelta(days=days)
        with self.open() as library:
            library.parts = replace(library.parts, refresh=Refresh(names=names))
            return pipeline.build(library)

    def captures(self, url: str) -> list[CaptureRow]:
        with wiring.open_records(self.place, self.config) as records:
            return records.captures(url)

    def record(self, url: str) -> Record:
        with wiring.open_records(self.place, self.config) as records:
            return records.record(url)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    folder = tmp_path / "docs"
    folder.mkdir()
    return Shelf(folder)
