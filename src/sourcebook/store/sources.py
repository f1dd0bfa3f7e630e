"""Sources and every name that was ever seen for them. Identities are kept in text as well: see identities.py."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import BindParameter, bindparam, case, func, insert, select, update

from sourcebook import ids
from sourcebook.store.columns import clean
from sourcebook.store.database import Database, batches
from sourcebook.store.identities import Identities, Identity, merge
from sourcebook.store.tables import aliases, columns, sources
from sourcebook.types.sources import Imported, Source

_SOURCE = [column for column in columns(sources, Source) if column.name != "imported"]
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_RECORD = case((sources.c.merged_into != "", sources.c.merged_into), else_=sources.c.id)  # whose record it has
_BY_ID = select(sources.c.id, _RECORD).where(sources.c.id.in_(_IDS))
_BY_STABLE_ID = select(sources.c.stable_id, _RECORD).where(sources.c.stable_id.in_(_IDS))
_BY_ALIAS_ID = select(aliases.c.id, aliases.c.source_id).where(aliases.c.id.in_(_IDS))
_BY_NAME = select(aliases.c.name, aliases.c.source_id).where(aliases.c.id.in_(_IDS))
_BY_KEY = select(sources.c.match_key, _RECORD).where(sources.c.key_id.in_(_IDS))
_ALONE = sources.c.merged_into == ""
_SOME = select(*_SOURCE, sources.c.imported).where(sources.c.id.in_(_IDS))
_AT_ONCE = 500
_OWNER = case((aliases.c.owner != "", aliases.c.owner), else_=aliases.c.source_id)
_OWN = (  # the same without a look at which sources were merged
    select(aliases.c.name, _OWNER).where(aliases.c.id.in_(_IDS)),
    select(aliases.c.id, _OWNER).where(aliases.c.id.in_(_IDS)),
    select(sources.c.stable_id, sources.c.id).where(sources.c.stable_id.in_(_IDS)),
    select(sources.c.id, sources.c.id).where(sources.c.id.in_(_IDS)),
)
_OWN_KEY = select(sources.c.match_key, sources.c.id).where(sources.c.key_id.in_(_IDS))
_OWN_ALIASES = (
    select(aliases.c.source_id, aliases.c.name).where(aliases.c.source_id.in_(_IDS), aliases.c.owner == ""),
    select(aliases.c.owner, aliases.c.name).where(aliases.c.owner.in_(_IDS)),
)
_LED = (_BY_NAME, _BY_ALIAS_ID, _BY_STABLE_ID, _BY_ID)
_ALIASES = select(aliases.c.source_id, aliases.c.name).where(aliases.c.source_id.in_(_IDS)).order_by(aliases.c.name)


class Sources:
    """Sources by id, by address, by match key, and by any name."""

    def __init__(self, database: Database, identities: Identities) -> None:
        self._database = database
        self._identities = identities

    def by_url(self, urls: Collection[str]) -> dict[str, str]:
        """Source ids by addresses or foreign ids, exactly as they were seen before."""
        return self._named(_BY_NAME, urls)

    def by_key(self, keys: Collection[str]) -> dict[str, str]:
        """Source ids by match keys."""
        return self._named(_BY_KEY, keys)

    def by_any_id(self, any_ids: Collection[str]) -> dict[str, str]:
        """Source ids by Resource IDs (of a source or of any address seen for it), Stable IDs and foreign ids."""
        return self._led(_LED, any_ids)

    def own_by_any_id(self, any_ids: Collection[str]) -> dict[str, str]:
        """The same, where sources that were merged with another are still told apart."""
        return self._led(_OWN, any_ids)

    def _led(self, statements: Sequence[Any], any_ids: Collection[str]) -> dict[str, str]:
        by_name, *others = statements
        found = self._named(by_name, any_ids)
        for statement in others:  # the surest last: it wins
            for some in batches(map(clean, any_ids)):
                found.update(self._database.rows(statement, {"ids": some}))
        return found

    def add(self, new: Sequence[Source]) -> None:
        """Register sources that the library does not have yet, with all their names."""
        with self._database.write():
            self._note(map(Identity.of, new))
            self._database.execute(insert(sources), [_source_row(source) for source in new])
            self._add_aliases((source.id, name) for source in new for name in (source.url, *source.aliases))

    def add_aliases(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Keep further names of sources: (source id, address or foreign id). A name stays with its first source."""
        with self._database.write():
            self._note(Identity(id=source_id, aliases=(name,)) for source_id, name in pairs)
            self._add_aliases(pairs)

    def set_imported(self, pairs: Sequence[tuple[str, Imported]]) -> None:
        """Keep what another system said about sources, instead of what was imported before."""
        with self._database.write():
            self._note(Identity(id=source_id, imported=imported) for source_id, imported in pairs)
            self._save_imported(pairs)

    def set_stable_id(self, source_id: str, stable_id: str) -> None:
        """Give a source the Stable ID under which others know it. The one that it had goes on leading to it."""
        with self._database.write():
            before = self.read_many((source_id,))[source_id].stable_id
            self._note([Identity(id=source_id, stable_id=stable_id, aliases=(before,))])
            statement = update(sources).where(sources.c.id == source_id)
            self._database.execute(statement.values(stable_id=stable_id))
            self._add_aliases([(source_id, before)])

    def find(self, any_id: str) -> Source | None:
        """A source by a Resource ID, a Stable ID, a foreign id, an address as it was cited, or what names the same work
        or page: `doi:10.1000/182`, or its address in another form."""
        source_id = self.by_any_id((any_id,)).get(clean(any_id))
        if source_id is None and (key := ids.match_key(ids.address(any_id))) is not None:
            source_id = self.by_key((key,)).get(key)
        return None if source_id is None else self.read_many((source_id,)).get(source_id)

    def read_many(self, source_ids: Sequence[str]) -> dict[str, Source]:
        """Those of the sources that the library has."""
        return {source.id: source for some in batches(source_ids) for source in self._read(some)}

    def all(self) -> Iterator[Source]:
        """Every source, by id, a few at a time: the library may be written to in between."""
        last = ""
        next_ids = select(sources.c.id).where(sources.c.id > bindparam("last"), _ALONE)
        next_ids = next_ids.order_by(sources.c.id).limit(_AT_ONCE)
        while some := [row.id for row in self._database.rows(next_ids, {"last": last})]:
            yield from self._read(some)
            last = some[-1]

    def urls(self) -> Iterator[dict[str, str]]:
        """The address of every source, by id, a few hundred at a time: the library may be written to in between."""
        last = ""
        some = select(sources.c.id, sources.c.url).where(sources.c.id > bindparam("last"), _ALONE)
        some = some.order_by(sources.c.id).limit(_AT_ONCE)
        while urls := dict(self._database.rows(some, {"last": last})):
            yield urls
            last = max(urls)

    def ids(self) -> list[str]:
        """The id of every source, in order."""
        return [row.id for row in self._database.rows(select(sources.c.id).where(_ALONE).order_by(sources.c.id))]

    def count(self) -> int:
        """How many sources there are; those that were merged with another are not counted again."""
        return int(self._database.rows(select(func.count()).select_from(sources).where(_ALONE))[0][0])

    def sync_identities(self) -> None:
        """Write `sources.jsonl` whole, with what others have added to it meanwhile, and drop the journal."""
        self.take_in_identities()
        self._identities.write(self._own())

    def are_in_text(self) -> bool:
        """Is there a text file that names the sources?"""
        return self._identities.exist()

    def take_in_identities(self) -> int:
        """Add what the text files have and the database lacks, a colleague's sources for one; how many lines told news.

        Asks nothing of files that have not changed since. A line whose Stable ID or match key is known is a further
        name for the source that is here.
        """
        with self._database.write():
            news = sum(self._take_in(some) for some in batches(self._identities.unread()))
            self._identities.mark_read()
        return news

    def _named(self, statement: Any, names: Collection[str]) -> dict[str, str]:
        """Source ids by exact text, looked up by the text's hash: an index cannot hold every length."""
        found: dict[str, str] = {}
        for some in batches(map(clean, names)):
            rows = self._database.rows(statement, {"ids": [ids.resource_id(name) for name in some]})
            asked = set(some)
            found.update(row for row in rows if row[0] in asked)
        return found

    def _read(self, source_ids: Sequence[str]) -> list[Source]:
        """At most one batch of sources, by id."""
        return self._with_names(source_ids, self._database.rows(_ALIASES, {"ids": source_ids}))

    def _own(self) -> Iterator[Source]:
        """Every source with its own names, those that were merged too."""
        found = [row.id for row in self._database.rows(select(sources.c.id).order_by(sources.c.id))]
        for some in batches(found):
            yield from self._read_own(some)

    def _read_own(self, source_ids: Sequence[str]) -> list[Source]:
        names = [row for statement in _OWN_ALIASES for row in self._database.rows(statement, {"ids": source_ids})]
        return self._with_names(source_ids, sorted(map(tuple, names), key=itemgetter(1)))

    def _with_names(self, source_ids: Sequence[str], named: Iterable[Any]) -> list[Source]:
        names: dict[str, list[str]] = {}
        for source_id, name in named:
            names.setdefault(source_id, []).append(name)
        rows = self._database.rows(_SOME.order_by(sources.c.id), {"ids": source_ids})
        return [
            Source(*(*own, tuple(name for name in names.get(own[0], ()) if name != own[3]), imported))
            for *own, imported in rows
        ]

    def _add_aliases(self, pairs: Iterable[tuple[str, str]]) -> None:
        rows = [{"id": ids.resource_id(clean(name)), "name": name, "source_id": source_id} for source_id, name in pairs]
        self._database.execute(self._database.insert(aliases).on_conflict_do_nothing(), rows)

    def _save_imported(self, pairs: Sequence[tuple[str, Imported]]) -> None:
        statement = update(sources).where(sources.c.id == bindparam("which"))
        rows = [{"which": source_id, "imported": imported} for source_id, imported in pairs]
        self._database.execute(statement, rows)

    def _note(self, identities: Iterable[Identity]) -> None:
        self._identities.note(identities)
        self._database.before_commit("identities", self._identities.flush)

    def _take_in(self, lines: Sequence[Identity]) -> int:
        known = self.own_by_any_id({name for line in lines for name in (line.id, line.stable_id) if name})
        keys = self._named(_OWN_KEY, {key for line in lines if (key := line.key_today())})
        named = batches({*known.values(), *keys.values()})
        merged = merge(lines, known, keys, {source.id: source for some in named for source in self._read_own(some)})
        self._database.execute(insert(sources), [_source_row(source) for source in merged.sources])
        self._add_aliases(merged.names)
        self._save_imported(merged.imported)
        return merged.news


def _source_row(source: Source) -> dict[str, Any]:
    row = {column.name: getattr(source, column.name) for column in _SOURCE}
    key_id = ids.resource_id(clean(source.match_key))
    return {**row, "imported": source.imported, "key_id": key_id, "rules": ids.RULES}
