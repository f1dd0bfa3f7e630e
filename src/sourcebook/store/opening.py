"""Opening a library folder: made, migrated, and told what its text files know."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from sourcebook.errors import StoreError, UsageError
from sourcebook.store.archive import FOLDER_NAME, Archive
from sourcebook.store.builds import Builds
from sourcebook.store.captures import Captures
from sourcebook.store.database import FILE_NAME, Database, connect
from sourcebook.store.derived import Derived
from sourcebook.store.failures import LOST, file_failures
from sourcebook.store.findings import Findings
from sourcebook.store.hosts import Hosts
from sourcebook.store.identities import Identities
from sourcebook.store.jsonl import stamp as file_stamp
from sourcebook.store.listings import Listings
from sourcebook.store.merges import Merges
from sourcebook.store.meta import Meta
from sourcebook.store.page_listings import PageListings
from sourcebook.store.pages import Pages
from sourcebook.store.reviews import Reviews
from sourcebook.store.schema import bring_up, version_of
from sourcebook.store.search import SearchIndex, open_index
from sourcebook.store.sources import Sources

# What is kept as text lives in git with the pages; the database is made from it, and the archive is large.
_GITIGNORE = "*\n!.gitignore\n!sources.jsonl\n!sources.journal.jsonl\n!reviews.jsonl\n"


class Store(Struct, frozen=True):
    """Everything that one library remembers. Open one with `open_store`, and close it."""

    folder: Path
    pages: Pages
    findings: Findings
    sources: Sources
    merges: Merges
    captures: Captures
    derived: Derived
    hosts: Hosts
    reviews: Reviews
    listings: Listings
    page_listings: PageListings
    builds: Builds
    archive: Archive
    meta: Meta
    search: SearchIndex
    database: Database

    @contextmanager
    def write(self) -> Iterator[None]:
        """One transaction for everything inside; an inner one joins the outer. Outside, each change commits itself."""
        with self.database.write():
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One connection for every question inside."""
        with self.database.reading():
            yield

    def stamp(self) -> str:
        """Times and sizes of the database's files: another one after every commit. "" for a database server."""
        if self.database.engine.dialect.name != "sqlite":
            return ""
        file = f"{self.folder}/{FILE_NAME}"
        return f"{file_stamp(file)} {file_stamp(f'{file}-wal')}"

    def close(self) -> None:
        """Let go of the database and end the archive's file."""
        self.archive.close()
        self.search.close()
        self.database.close()


def open_store(folder: Path, database: str = "", *, create: bool = True) -> Store:
    """Open a library, making or migrating what needs it, and take in what its text files have and it lacks.

    Raises UsageError when there is none and `create` is off, or when it is newer than we are; StoreError when it is
    damaged, lost, or cannot be written.
    """
    connected = connect(folder, database)
    try:
        if (not database and not (folder / FILE_NAME).exists()) or not version_of(connected):
            _prepare(folder, create=create)
        bring_up(connected)
        store = assemble(folder, connected)
        store.sources.take_in_identities()
        store.reviews.take_in()
    except BaseException:  # Ctrl-C too: nobody else knows of the connection yet
        connected.close()
        raise
    return store


def assemble(folder: Path, database: Database) -> Store:
    """A store over a database whose tables are there."""
    meta = Meta(database)
    sources, reviews = Sources(database, Identities(folder, meta)), Reviews(folder, database, meta)
    archive = Archive(folder / FOLDER_NAME)
    derived = Derived(database)
    return Store(
        folder=folder,
        findings=Findings(database),
        pages=Pages(database, meta),
        sources=sources,
        merges=Merges(database, sources, reviews),
        captures=Captures(database, archive),
        derived=derived,
        hosts=Hosts(database, derived),
        reviews=reviews,
        listings=Listings(database, meta),
        page_listings=PageListings(database, meta),
        builds=Builds(database),
        archive=archive,
        meta=meta,
        search=open_index(folder, database),
        database=database,
    )


def _prepare(folder: Path, *, create: bool) -> None:
    """Make the folder of a library that has no database yet, unless there should be one."""
    if list((folder / FOLDER_NAME).glob("*.warc.gz")):  # an empty database would hide that these captures are there
        raise StoreError(f"the library in {str(folder)!r} has captures, but its database is gone", LOST)
    if not create:
        raise UsageError(f"no library in {str(folder)!r}", "run `sourcebook build` first")
    with file_failures(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / ".gitignore").exists():
            (folder / ".gitignore").write_text(_GITIGNORE, encoding="utf-8")
