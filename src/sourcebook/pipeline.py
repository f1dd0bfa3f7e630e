"""The order of the work, and the product's story."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sourcebook.library import Added, EnrichReport, ImportReport, Library, Refused, Signed, Upload
from sourcebook.types.builds import BuildReport
from sourcebook.types.reviews import Review, ReviewField


def build(library: Library) -> BuildReport:
    """Pages in, records out. What still holds is reused, and an interrupted build resumes by running it again."""
    read_pages(library)  # what do the pages say, and on whose word?
    library.read(library.ask(library.sources_due()))  # what is each source? Ask, keep, and read what came
    library.read(library.seek(library.sources_lost()))  # what is dead: does another archive hold a copy?
    library.read(library.captures_unread())  # what was kept but not read, or has a better reader now
    library.settle()  # how far to trust it, what it says, and does it bear out what is claimed?
    library.consult()  # what does a model say, where one is set?
    library.remember()  # how does the library stand, beside how it stood before?
    return library.report()


def read_pages(library: Library) -> None:
    """Every page that is new or changed, with each source that it is the first to cite."""
    for page in library.pages_due():
        library.register(page)
    library.link_names()


def capture(library: Library, source: str, upload: Upload | None) -> BuildReport:
    """One source now: a copy that a person filed, else what the source itself answers."""
    if upload is None:
        library.read(library.ask(library.sources_due()))
    else:
        library.read(library.file_copies(source, upload))
    library.settle()
    return library.report()


def add(library: Library, urls: Iterable[str], signed: Signed) -> list[Added | Refused]:
    """Addresses that a person wants in the library. What is new has its record at once; the next build asks for it."""
    done = library.add(urls, signed)
    library.settle()
    return done


def enrich(library: Library) -> EnrichReport:
    """What registries say of the works among the sources, and every source's standing brought up to date with it; only
    when asked to, and each work once in a while."""
    for works in library.works_due():
        library.enrich(works)
    library.rate()
    return library.enriched()


def take_in(library: Library, file: Path) -> ImportReport:
    """Records of another system in, and every source's standing brought up to date."""
    report = library.import_records(file)
    library.settle()
    return report


def merge(library: Library, any_id: str, into: str, signed: Signed) -> Review:
    """Two sources are one work: one record for both, with what follows from that done."""
    said = library.merge(any_id, into, signed)
    library.share_records()
    library.settle()
    return said


def part(library: Library, any_id: str, signed: Signed) -> Review:
    """They are not: each has its own record again."""
    said = library.part(any_id, signed)
    library.share_records()
    library.settle()
    return said


def correct(library: Library, any_id: str, said: Mapping[ReviewField, Sequence[str]], signed: Signed) -> list[Review]:
    """A person's word on a source in, and its standing brought up to date. The next build does what else follows."""
    reviews = library.correct(any_id, said, signed)
    library.rate_again(sorted({review.source_id for review in reviews}))
    return reviews


def take_back(library: Library, any_id: str, fields: Sequence[ReviewField], signed: Signed) -> list[Review]:
    """The last word on fields of a source undone, and its standing brought up to date."""
    reviews = library.take_back(any_id, fields, signed)
    library.rate_again(sorted({review.source_id for review in reviews}))
    return reviews
