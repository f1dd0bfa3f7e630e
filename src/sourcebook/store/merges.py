"""Sources that a person said are one work: what is one's is put with the other's, and given back when it is taken back.

A merged source keeps its row, its ids and its line in `sources.jsonl`. Its names lead to the other's record, its
captures are copies of that, and what pages cite by it is cited of that. Whose each was can be told of all of it.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, case, func, select, update

from sourcebook import ids
from sourcebook.store.database import Database, batches
from sourcebook.store.reviews import Reviews
from sourcebook.store.sources import Sources
from sourcebook.store.tables import aliases, captures, citations, reviews, sources
from sourcebook.types.captures import MERGED
from sourcebook.types.pages import CitationKind
from sourcebook.types.reviews import ReviewField


class Merges:
    """Which sources share another's record."""

    def __init__(self, database: Database, sources: Sources, reviews: Reviews) -> None:
        self._database = database
        self._sources = sources
        self._reviews = reviews

    def all(self) -> dict[str, str]:
        """Id of each merged source to the id of the one whose record it shares."""
        wanted = select(sources.c.id, sources.c.merged_into).where(sources.c.merged_into != "")
        return dict(self._database.rows(wanted))

    def save(self, changes: Mapping[str, str]) -> None:
        """Have sources share the record of others; with "", have each its own again."""
        before = self.all()
        with self._database.write() as connection:
            for source_id, into in changes.items():
                connection.execute(update(sources).where(sources.c.id == source_id).values(merged_into=into))
                if into:
                    _lend_names(connection, source_id, into)
                    _lend_captures(connection, source_id, into)
                else:
                    self._return_names(connection, source_id, before.get(source_id, ""))
                    _return_captures(connection, source_id)
            self._move_reviews(connection, changes)
            self._move_citations(connection, {*changes, *(before[one] for one in changes if one in before)})

    def _return_names(self, connection: Connection, source_id: str, before: str) -> None:
        """Its own, and other forms of its address that were first met while it was merged."""
        connection.execute(
            update(aliases).where(aliases.c.owner == source_id).values(source_id=source_id, owner="")
        )  # fmt: skip
        key = self._sources.read_many((source_id,))[source_id].match_key
        rows = connection.execute(
            select(aliases.c.id, aliases.c.name).where(aliases.c.source_id == before, aliases.c.owner == "")
        ).all()
        forms = [alias_id for alias_id, name in rows if ids.match_key(name) == key]
        for some in batches(forms):
            connection.execute(update(aliases).where(aliases.c.id.in_(some)).values(source_id=source_id))

    def _move_reviews(self, connection: Connection, changes: Mapping[str, str]) -> None:
        """What people said of claims and a source counts for the record that it has. The file stays as it is."""
        told = [one for one in self._reviews.in_text() if one.field is ReviewField.VERDICT]
        for source_id, into in changes.items():
            for some in batches(one.id for one in told if one.source_id == source_id):
                here = reviews.c.id.in_(some)
                connection.execute(update(reviews).where(here).values(source_id=into or source_id))

    def _move_citations(self, connection: Connection, source_ids: Iterable[str]) -> None:
        """Each of a page's citations of these sources leads where its address, or the id in it, leads now."""
        is_id = citations.c.kind == CitationKind.COMPONENT
        name = case((is_id, citations.c.target), else_=citations.c.url)
        for some in batches(source_ids):
            wanted = select(citations.c.source_id, name).where(citations.c.source_id.in_(some)).distinct()
            rows = connection.execute(wanted).all()
            leads = self._sources.by_any_id({cited for _, cited in rows})
            for before, cited in rows:
                now = leads.get(cited, before)
                if now != before:
                    here = (citations.c.source_id == before) & (name == cited)
                    connection.execute(update(citations).where(here).values(source_id=now))


def _lend_names(connection: Connection, source_id: str, into: str) -> None:
    lent, own = aliases.c.owner == source_id, (aliases.c.source_id == source_id) & (aliases.c.owner == "")
    connection.execute(update(aliases).where(lent).values(source_id=into))
    connection.execute(update(aliases).where(own).values(source_id=into, owner=source_id))


def _lend_captures(connection: Connection, source_id: str, into: str) -> None:
    """They become copies that say nothing of whether the other source is still there."""
    mark = f"{MERGED}{source_id} "
    own = (captures.c.source_id == source_id) & captures.c.origin.not_like(f"{MERGED}%")
    connection.execute(update(captures).where(captures.c.origin.like(f"{mark}%")).values(source_id=into))
    connection.execute(update(captures).where(own).values(source_id=into, origin=mark + captures.c.origin))


def _return_captures(connection: Connection, source_id: str) -> None:
    mark = f"{MERGED}{source_id} "
    here = captures.c.origin.like(f"{mark}%")
    origin = func.substr(captures.c.origin, len(mark) + 1)
    connection.execute(update(captures).where(here).values(source_id=source_id, origin=origin))
