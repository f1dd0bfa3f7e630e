"""Settings to a library: the only place that builds things."""

import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sourcebook.config import LIBRARY_FOLDER, VENUES_FILE, Config, LoadedConfig, load_config
from sourcebook.engine import Engine
from sourcebook.engine.here import Here
from sourcebook.engine.workers import Workers
from sourcebook.errors import UsageError
from sourcebook.fetch import Fetcher
from sourcebook.fetch.nobody import NoFetcher
from sourcebook.library import Library, Parts, Unwatched, Watcher
from sourcebook.rate import Venues, load_venues
from sourcebook.records import Records
from sourcebook.store import RebuildReport, Store, build_lock, open_store, rebuild
from sourcebook.summarise.extractive import EXTRACTIVE
from sourcebook.verify.quote_judge import QuoteJudge

_CORPUS = "corpus"  # the name under which a library remembers its folder of pages


@dataclass(frozen=True, slots=True)
class Place:
    """Where a library is kept, and the folder of its pages when that was named."""

    library: Path
    corpus: Path | None


@dataclass(frozen=True, slots=True)
class Sources:
    """Whom a build asks: the web, an archive file, or nobody."""

    offline: bool = False
    archive: Path | None = None


def place_of(folder: Path | None, library: Path | None) -> Place:
    """Where to work: `--library`, else the named folder's own, else the one library in sight from here.

    Raises UsageError when a named folder does not exist, or when no library or several are in sight.
    """
    if folder is not None:
        if not folder.is_dir():
            kind = "is not a folder" if folder.exists() else "does not exist"
            raise UsageError(f"{str(folder)!r} {kind}", "name the folder that holds your pages")
        return Place(library or folder / LIBRARY_FOLDER, folder)
    return Place(library or _in_sight(Path.cwd()), None)


def place_for_import(library: Path | None) -> Place:
    """Where to import to: a library in sight, else a new one in this folder."""
    if library is not None:
        return Place(library, None)
    try:
        return place_of(None, None)
    except UsageError:
        return Place(Path.cwd() / LIBRARY_FOLDER, None)


def _in_sight(here: Path) -> Path:
    """The library of this folder or of one above it, else the only one in a folder directly below."""
    for folder in (here, *here.parents):
        if (folder / LIBRARY_FOLDER).is_dir():
            return folder / LIBRARY_FOLDER
    below = sorted(folder for folder in here.glob(f"*/{LIBRARY_FOLDER}") if folder.is_dir())
    if len(below) == 1:
        return below[0]
    if below:
        names = ", ".join(repr(str(folder.relative_to(here).parent)) for folder in below[:5])
        raise UsageError(f"several libraries are in sight: {names}", "say which: --library FOLDER/.sourcebook")
    raise UsageError("no library in sight", "make one: sourcebook build FOLDER, or say where it is: --library DIR")


def read_config(place: Place, environ: Mapping[str, str] | None = None, **flags: object) -> LoadedConfig:
    """The settings that hold for a library: those of its folder of pages."""
    folder = place.corpus or place.library.parent
    return load_config(folder, os.environ if environ is None else environ, **flags)


def read_venues(place: Place, config: Config) -> Venues:
    """Our venues, and those of the user on top of them."""
    file = (place.corpus or place.library.parent) / VENUES_FILE
    return load_venues(config.venues, file if file.exists() else None)


def lock(place: Place) -> AbstractContextManager[None]:
    """Hold while writing: one build or import at a time."""
    return build_lock(place.library)


def open_library(
    place: Place, config: Config, sources: Sources | None = None, watcher: Watcher | None = None
) -> Library:
    """A library to write to; made where there is none."""
    store = open_store(place.library, config.store.database)
    sources = sources or Sources()
    parts = Parts(
        corpus=_corpus(store, place),
        store=store,
        config=config,
        venues=read_venues(place, config),
        open_fetcher=lambda: _fetcher(config, sources),
        engine=_engine(config),
        summariser=EXTRACTIVE,
        judge=QuoteJudge(),
        clock=now,
        watcher=watcher or Unwatched(),
    )
    return Library(parts)


def rebuild_store(place: Place, config: Config) -> RebuildReport:
    """Restore what is kept in text and in the archive into a new database. Holds the build lock while it works."""
    return rebuild(place.library, config.store.database)


@contextmanager
def open_records(place: Place, config: Config) -> Iterator[Records]:
    """A library to read from. Raises UsageError where there is none."""
    store = open_store(place.library, config.store.database, create=False)
    corpus = _corpus(store, place)
    name = (corpus or place.library.parent).resolve().name
    try:
        yield Records(store, config, read_venues(Place(place.library, corpus), config), now, name)
    finally:
        store.close()


def now() -> datetime:
    """The clock that everything but the tests goes by."""
    return datetime.now(UTC)


def _corpus(store: Store, place: Place) -> Path | None:
    """The folder of pages: as named now, and remembered for the commands that do not name it."""
    remembered = store.meta.read(_CORPUS)
    if place.corpus is None:
        return Path(remembered) if remembered else None
    named = str(place.corpus.resolve())
    if named != remembered:
        store.meta.save(_CORPUS, named)
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


def _engine(config: Config) -> Engine:
    count = config.engine.workers or os.cpu_count() or 1
    return Workers(count) if count > 1 else Here()
