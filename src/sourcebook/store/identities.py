"""Identities in text: `sources.jsonl`, one line a source, made to live in git, and the journal that leads up to it.

The database is the first to know of a source, and a lost database must not lose its Stable ID. Writing the whole file
for each new source would cost too much, so a line goes to `sources.journal.jsonl` before its transaction commits, and
the end of a build writes the whole file and removes the journal. At every moment the two files together hold all that
was ever committed; a line whose transaction was then rolled back names a source that was really met, and is harmless.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from sourcebook import ids
from sourcebook.store import jsonl
from sourcebook.store.columns import pack
from sourcebook.store.failures import file_failures
from sourcebook.store.meta import Meta
from sourcebook.types.sources import Imported, Source

FILE_NAME = "sources.jsonl"
JOURNAL_NAME = "sources.journal.jsonl"

_READ = "identities read"  # the stamp of the files when they were last read
_WRITTEN = "identities written"  # the same for when we wrote them
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Identity(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line: a source, or in the journal only what is new of one."""

    id: str
    stable_id: str = ""
    match_key: str = ""
    rules: int = 0
    url: str = ""
    added_at: datetime = _LONG_AGO
    aliases: tuple[str, ...] = ()
    imported: Imported | None = None

    @classmethod
    def of(cls, source: Source) -> "Identity":
        """The whole of a source."""
        return cls(
            id=source.id,
            stable_id=source.stable_id,
            match_key=source.match_key,
            rules=ids.RULES,
            url=source.url,
            added_at=source.added_at,
            aliases=source.aliases,
            imported=source.imported,
        )

    def key_today(self) -> str:
        """Its match key by today's rules."""
        if self.rules == ids.RULES or not self.url:
            return self.match_key
        return ids.match_key(self.url) or self.match_key

    def source(self) -> Source:
        """The source that a whole line tells of."""
        return Source(
            id=self.id,
            stable_id=self.stable_id or ids.stable_id(self.key_today()),
            match_key=self.key_today(),
            url=self.url,
            added_at=self.added_at,
            aliases=self.aliases,
            imported=self.imported,
        )


class Identities:
    """The two text files of one library."""

    def __init__(self, folder: Path, meta: Meta) -> None:
        self._file = folder / FILE_NAME
        self._journal = folder / JOURNAL_NAME
        self._meta = meta
        self._noted: list[bytes] = []

    def note(self, identities: Iterable[Identity]) -> None:
        """Have what is new in the journal by the time of the next `flush`."""
        self._noted += map(pack, identities)

    def flush(self) -> None:
        """Put what was noted on disk. Our own lines are no news to the database that is about to commit them."""
        noted, self._noted = self._noted, []
        had_read = self._meta.read(_READ) == self._stamp()
        jsonl.append(self._journal, noted)
        if had_read:
            self.mark_read()

    def unread(self) -> Iterator[Identity]:
        """Every line, when the files changed since `mark_read` or `write`; else none."""
        if self._meta.read(_READ) != self._stamp():
            yield from jsonl.read(self._file, Identity)
            yield from jsonl.read(self._journal, Identity)

    def mark_read(self) -> None:
        """Remember that the files are in the database as they are now."""
        if self._meta.read(_READ) != self._stamp():
            self._meta.save(_READ, self._stamp())

    def write(self, sources: Iterable[Source]) -> None:
        """Write the whole file, sorted by Stable ID so that versions compare line by line, and drop the journal."""
        if self._meta.read(_WRITTEN) == self._stamp():
            return
        lines = sorted((source.stable_id, pack(Identity.of(source))) for source in sources)
        jsonl.write(self._file, (line for _, line in lines))
        with file_failures(self._journal):
            self._journal.unlink(missing_ok=True)
        self.mark_read()
        self._meta.save(_WRITTEN, self._stamp())

    def exist(self) -> bool:
        """Is any of the two files there?"""
        return self._file.exists() or self._journal.exists()

    def _stamp(self) -> str:
        return f"{jsonl.stamp(self._file)}; {jsonl.stamp(self._journal)}"


class Merged(Struct, frozen=True):
    """What lines told that the library did not know."""

    news: int  # lines that told something
    sources: tuple[Source, ...]  # without their names
    names: tuple[tuple[str, str], ...]  # (source id, name)
    imported: tuple[tuple[str, Imported], ...]


def merge(
    lines: Sequence[Identity], names: Mapping[str, str], keys: Mapping[str, str], sources: Mapping[str, Source]
) -> Merged:
    """What the lines tell beyond the known sources, to whose ids `names` and `keys` lead."""
    here = _Here(dict(names), dict(keys), dict(sources))
    for line in lines:
        source = here.find(line)
        if source is not None:
            here.hear(line, source)
        elif line.url:  # otherwise it is news of a source whose own line is missing, and there is nothing to add it to
            here.add(line)
    return Merged(
        news=here.news,
        sources=tuple(here.sources[one] for one in here.new),
        names=tuple(here.told),
        imported=tuple((one, imported) for one in here.told_of if (imported := here.sources[one].imported) is not None),
    )


class _Here(Struct):
    """What is known while lines are read: the ways to sources, the sources, and what was new so far."""

    names: dict[str, str]
    keys: dict[str, str]
    sources: dict[str, Source]
    new: list[str] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    told_of: list[str] = field(default_factory=list)
    news: int = 0

    def find(self, line: Identity) -> Source | None:
        """The same source by Stable ID, by Resource ID, or by match key: in this order."""
        source_id = self.names.get(line.stable_id) or self.names.get(line.id) or self.keys.get(line.key_today())
        return self.sources.get(source_id or "")

    def add(self, line: Identity) -> None:
        """A source that nobody here knew."""
        source = replace(line.source(), aliases=())
        self.sources[source.id] = source
        self.names |= {source.id: source.id, source.stable_id: source.id}
        if source.match_key:
            self.keys[source.match_key] = source.id
        self.new.append(source.id)
        self.told += [(source.id, name) for name in (source.url, *line.aliases)]
        self.news += 1

    def hear(self, line: Identity, source: Source) -> None:
        """Further names of a known source, and what was imported where nothing had been."""
        known = {source.id, source.url, source.stable_id, *source.aliases, *map(ids.resource_id, source.aliases)}
        more = tuple(name for name in (line.url, line.stable_id, line.id, *line.aliases) if name and name not in known)
        learns = line.imported is not None and source.imported is None
        self.told += [(source.id, name) for name in more]
        self.told_of += [source.id] * learns
        self.news += bool(more or learns)
        self.names |= dict.fromkeys(more, source.id)
        self.sources[source.id] = replace(
            source, aliases=(*source.aliases, *more), imported=line.imported if learns else source.imported
        )
