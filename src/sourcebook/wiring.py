"""Settings to a library: the only place that builds things."""

import importlib.util
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from sourcebook import corpus, freshness
from sourcebook.config import VENUES_FILE, Config
from sourcebook.embedding import find_embedder
from sourcebook.engine import Engine
from sourcebook.engine.here import Here
from sourcebook.engine.workers import Workers
from sourcebook.errors import UsageError
from sourcebook.fetch import Fetcher
from sourcebook.fetch.nobody import NoFetcher
from sourcebook.library import AnswerShelf, Library, Parts, Refresh, Unwatched, Watcher
from sourcebook.llm import Model
from sourcebook.llm.asking import Asker, Endpoint, Limits
from sourcebook.llm.budget import Budget
from sourcebook.llm.keys import find_key
from sourcebook.llm.rehearsal import Rehearsal
from sourcebook.place import Place
from sourcebook.rate import Venues, load_venues
from sourcebook.store import CORPUS, RebuildReport, Store, build_lock, open_store, rebuild
from sourcebook.summarise.extractive import EXTRACTIVE
from sourcebook.verify.local_judge import LOCAL

if TYPE_CHECKING:
    from sourcebook.records import Ranker, Records

_ASKED_ABOUT = ("unsure", "all", "none")


class Sources(Struct, frozen=True):
    """Whom a build asks: the web, an archive file, or nobody; and for what before its time."""

    offline: bool = False
    archive: Path | None = None
    refresh: bool = False  # everything
    names: tuple[str, ...] = ()  # or these alone
    rehearse: bool = False  # say what a model would be asked, and ask it nothing


def read_venues(place: Place, config: Config) -> Venues:
    """Our venues, and those of the user on top of them."""
    file = place.settings_folder / VENUES_FILE
    return load_venues(config.venues, file if file.exists() else None)


def lock(place: Place, *, brief: bool = False) -> AbstractContextManager[None]:
    """Hold while writing: one build or import at a time. Brief: for a word or two; who holds it so is waited for."""
    return build_lock(place.library, brief=brief)


def refuse_empty(place: Place, config: Config) -> None:
    """Raises UsageError where a first build would find no page: an empty library would only be in the way."""
    folder = place.corpus
    if folder is None or place.library.is_dir():
        return
    found = corpus.find_pages(folder, config.corpus)
    if not found.pages:
        raise corpus.no_pages(folder, config.corpus, found.languages)


def open_library(
    place: Place,
    config: Config,
    sources: Sources | None = None,
    watcher: Watcher | None = None,
    *,
    beside_a_build: bool = False,
) -> Library:
    """A library to write to, for the one who holds its lock; made where there is none. Beside a build: for words."""
    freshness.check(config.fresh)
    store = open_store(place.library, config.store.database)
    if not beside_a_build:
        store.captures.adopt()
    sources = sources or Sources()
    parts = Parts(
        corpus=_corpus(store, place),
        store=store,
        config=config,
        venues=read_venues(place, config),
        open_fetcher=lambda: _fetcher(config, sources),
        engine=_engine(config),
        summariser=EXTRACTIVE,
        judge=LOCAL,
        clock=now,
        watcher=watcher or Unwatched(),
        refresh=Refresh(sources.refresh, sources.names),
        open_archives=_archives(config, sources),
        model=_model(config, store, rehearse=sources.rehearse),
        embedder=find_embedder(config.search.semantic),
    )
    return Library(parts)


def rebuild_store(place: Place, config: Config) -> RebuildReport:
    """Restore what is kept in text and in the archive into a new database. Holds the build lock while it works."""
    return rebuild(place.library, config.store.database)


@contextmanager
def open_records(place: Place, config: Config) -> Iterator["Records"]:
    """A library to read from. Raises UsageError where there is none."""
    from sourcebook.records import Records  # noqa: PLC0415  # a tenth of the start of a build, which reads no record

    store = open_store(place.library, config.store.database, create=False)
    corpus = _corpus(store, place)
    name = (corpus or place.library.parent).resolve().name
    try:
        yield Records(
            store,
            config,
            read_venues(Place(place.library, corpus), config),
            now,
            name,
            find_embedder(config.search.semantic),
        )
    finally:
        store.close()


@contextmanager
def open_ranker(semantic: str) -> Iterator["Ranker"]:
    """The search over texts of the caller's own; `semantic` as the setting `search.semantic`."""
    from sourcebook import records  # noqa: PLC0415  # see above

    with records.open_ranker(find_embedder(semantic)) as ranker:
        yield ranker


def now() -> datetime:
    """The clock that everything but the tests goes by."""
    return datetime.now(UTC)


def _corpus(store: Store, place: Place) -> Path | None:
    """The folder of pages: as named now, and remembered for the commands that do not name it."""
    remembered = store.meta.read(CORPUS)
    if place.corpus is None:
        return Path(remembered) if remembered else None
    named = str(place.corpus.resolve())
    if named != remembered:
        store.meta.save(CORPUS, named)
    return place.corpus


def _fetcher(config: Config, sources: Sources) -> Fetcher:
    if sources.archive is not None:
        # reading archives needs libraries that a build which asks the web, or nobody, can do without
        from sourcebook.fetch.archive_file import ArchiveFetcher  # noqa: PLC0415

        return ArchiveFetcher(sources.archive, now)
    if sources.offline:
        return NoFetcher()
    # aiohttp takes 0.4 CPU-seconds to load, more than the whole of a build that has nothing to ask for
    from sourcebook.fetch.web import WebFetcher  # noqa: PLC0415

    return WebFetcher(config.fetch, now)


def _archives(config: Config, sources: Sources) -> Callable[[], Fetcher] | None:
    """Other people's archives, where the web is asked at all."""
    settings = config.memento
    if sources.offline or sources.archive is not None or not (settings.timegates or settings.timemaps):
        return None

    def opened() -> Fetcher:
        from sourcebook.fetch.memento import MementoFetcher  # noqa: PLC0415  # as slow to load as what asks the web

        return MementoFetcher(config.fetch, settings, now)

    return opened


def _model(config: Config, store: Store, *, rehearse: bool) -> Model | None:
    """The model that is set. Raises UsageError where it cannot be asked, before anything else is done."""
    if not config.llm.model:
        return None
    if config.llm.judge not in _ASKED_ABOUT:
        raise UsageError(f"setting 'llm.judge' must be one of {', '.join(_ASKED_ABOUT)}", "correct the value")
    if importlib.util.find_spec("pydantic_ai") is None:
        raise UsageError(
            f"model {config.llm.model!r} is set, and what is needed to ask it is not installed",
            "pip install 'sourcebook[llm]'",
        )
    key = find_key(config.llm, os.environ)
    shelf = AnswerShelf(store)
    if rehearse:
        return Rehearsal(config.llm.model, lambda: _endpoint(config, key), shelf)
    limits = Limits(config.llm.in_flight, Budget(config.llm.budget_usd, config.llm.budget_tokens))
    return Asker(config.llm.model, lambda: _endpoint(config, key), shelf, limits)


def _endpoint(config: Config, key: str) -> Endpoint:
    # the libraries of models take 0.8 CPU-seconds to load, and most builds find every answer on the shelf
    from sourcebook.llm.endpoint import PydanticEndpoint  # noqa: PLC0415

    return PydanticEndpoint(config.llm, key)


def _engine(config: Config) -> Engine:
    # one core gets a worker too: a file that kills its reader must not kill the build
    return Here() if config.engine.workers == 1 else Workers(config.engine.workers or os.cpu_count() or 1)
