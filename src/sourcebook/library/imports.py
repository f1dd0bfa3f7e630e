"""Records of another system in: nothing is lost silently, and the counts always add up."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from sourcebook import ids
from sourcebook.errors import StepError, UsageError
from sourcebook.library.parts import Parts
from sourcebook.library.settled import unsettle
from sourcebook.types.reviews import Review, ReviewField
from sourcebook.types.sources import Imported, Source

BATCH = 500  # records in one transaction: enough to be quick, few enough that a killed import loses little


class Rejected(Struct, frozen=True):
    """A line that was not taken, and why."""

    line: int
    why: str


class ImportReport(Struct, frozen=True):
    """What became of each line: `lines == added + updated + merged + len(rejected)`."""

    lines: int
    added: int
    updated: int  # sources that we knew already
    merged: int  # another address of a source that stands earlier in the same file
    rejected: tuple[Rejected, ...]
    linked: int  # citations that named a source by an id that nobody knew until now


class ImportLine(msgspec.Struct):
    """One line of an import. Fields that we do not know are left alone."""

    url: str
    id: str = ""
    stable_id: str = ""
    title: str | None = ""
    type: str | None = ""
    authors: list[str] | str | None = None
    published_date: str | None = ""
    summary: str | None = ""
    abstract: str | None = ""
    key_points: list[str] | None = None
    tags: list[str] | None = None
    credibility_override: int | None = None


_DECODER = msgspec.json.Decoder(ImportLine)


def import_records(parts: Parts, file: Path) -> ImportReport:
    """Take in a JSON Lines file of source records. Raises UsageError when the file cannot be read."""
    run = _Import(parts, file.name)
    parts.watcher.begin("Importing records", None)
    batch: list[tuple[int, bytes]] = []
    for line in _lines(file):
        batch.append(line)
        if len(batch) >= BATCH:
            run.take(batch)
            batch = []
        parts.watcher.advance()
    run.take(batch)
    parts.watcher.end()
    return run.report()


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """Every line that is not blank, with its number."""
    try:
        with file.open("rb") as opened:
            for number, line in enumerate(opened, start=1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise UsageError(
            f"cannot read {str(file)!r}: {error.strerror}", "name a file of one JSON object a line"
        ) from error


class _Import:
    """One import under way."""

    def __init__(self, parts: Parts, origin: str) -> None:
        self._parts = parts
        self._origin = origin
        self._lines = self._added = self._updated = self._merged = self._linked = 0
        self._rejected: list[Rejected] = []
        self._taken: set[str] = set()

    def take(self, batch: Sequence[tuple[int, bytes]]) -> None:
        """Take in some lines, all in one transaction."""
        self._lines += len(batch)
        with self._parts.store.write():
            unsettle(self._parts)
            links: dict[str, str] = {}
            for number, line in batch:
                try:
                    record = _parse(line)
                    source_id = self._register(record)
                except StepError as error:
                    self._rejected.append(Rejected(number, error.message))
                    continue
                self._keep(record, source_id)
                links |= dict.fromkeys(filter(None, (record.id, record.stable_id, source_id)), source_id)
            self._linked += self._parts.store.pages.link(links)

    def report(self) -> ImportReport:
        """What became of the lines so far."""
        return ImportReport(self._lines, self._added, self._updated, self._merged, tuple(self._rejected), self._linked)

    def _register(self, record: ImportLine) -> str:
        """The source that a record is about, made where it is new. Raises StepError when it cannot be one."""
        sources = self._parts.store.sources
        key = ids.match_key(record.url)
        if key is None:
            raise StepError(f"{record.url!r} is not an address that can be asked for")
        known = sources.by_url([record.url]).get(record.url) or sources.by_key([key]).get(key)
        holder = sources.by_any_id([record.stable_id]).get(record.stable_id) if record.stable_id else None
        if holder is not None and holder != known:
            raise StepError(f"Stable ID {record.stable_id!r} is already that of source {holder}")
        if known is None:
            known = ids.resource_id(record.url)
            stable_id = record.stable_id or ids.stable_id(key)
            sources.add([Source(known, stable_id, key, record.url, self._parts.clock())])
            self._added += 1
        else:
            if known in self._taken:
                self._merged += 1
            else:
                self._updated += 1
            if record.stable_id and holder is None:
                sources.set_stable_id(known, record.stable_id)
        self._taken.add(known)
        return known

    def _keep(self, record: ImportLine, source_id: str) -> None:
        sources = self._parts.store.sources
        names = [name for name in (record.url, record.id) if name and name != source_id]
        sources.add_aliases([(source_id, name) for name in names])
        sources.set_imported([(source_id, _imported(record, self._origin))])
        if record.credibility_override is not None:
            self._override(source_id, record.credibility_override)

    def _override(self, source_id: str, credibility: int) -> None:
        """A person's rating in the other system is a review here; the same word twice is one review."""
        who = f"import of {self._origin}"
        for review in self._parts.store.reviews.of(source_id):
            if (review.field, review.who, review.value) == (ReviewField.CREDIBILITY, who, credibility):
                return
        at = self._parts.clock()
        review_id = ids.fingerprint(source_id, ReviewField.CREDIBILITY, who, str(credibility), at.isoformat())
        why = "set in the system that the record came from"
        self._parts.store.reviews.add(
            [Review(review_id, source_id, ReviewField.CREDIBILITY, credibility, who, at, why)]
        )


def _parse(line: bytes) -> ImportLine:
    """One line as a record. Raises StepError that says what is wrong with it."""
    try:
        record = _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise StepError(str(error)) from error
    if record.stable_id and not ids.STABLE_ID.fullmatch(record.stable_id):
        raise StepError(f"{record.stable_id!r} is not a Stable ID: sid_ and 10 letters or digits")
    if record.credibility_override is not None and record.credibility_override not in range(1, 6):
        raise StepError(f"credibility_override must be 1 to 5, not {record.credibility_override}")
    return record


def _imported(record: ImportLine, origin: str) -> Imported:
    authors = [record.authors] if isinstance(record.authors, str) else record.authors or []
    return Imported(
        title=(record.title or "").strip(),
        type=(record.type or "").strip().lower(),
        authors=tuple(authors),
        published=record.published_date or "",
        summary=record.summary or record.abstract or "",
        key_points=tuple(record.key_points or ()),
        tags=tuple(record.tags or ()),
        origin=origin,
    )
