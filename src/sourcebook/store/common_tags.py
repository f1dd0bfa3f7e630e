"""The tags that many sources have, all of them in one number on each row, a bit each: a list is narrowed by one while
the index of its order is walked. Rare tags are looked up in their own table, where few rows have them."""

from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Table, bindparam, func, select, update

from sourcebook.store.database import Database, batches
from sourcebook.store.meta import Meta
from sourcebook.store.rows import RowQuery
from sourcebook.store.tables import claim_listings, listings, source_tags

_KEPT = "common_tags"
_MOST = 62  # bits that both databases have in a whole number
_LEAST = 100  # sources: fewer are found at once
_SHARE = 50  # one source of so many has a common tag; half of that keeps its bit


def read_common(meta: Meta) -> dict[str, int]:
    """Tag, case folded, to the place of its bit."""
    kept = meta.read(_KEPT)
    return msgspec.json.decode(kept, type=dict[str, int]) if kept else {}


def together(common: Mapping[str, int], tags: Sequence[str]) -> int:
    """All the common ones of some tags."""
    return sum({1 << common[tag] for tag in tags if tag in common})


def has_bit(table: Table, place: int) -> ColumnElement[bool]:
    """Has the source of a row the tag with this bit?"""
    return table.c.common_tags.bitwise_and(1 << place) != 0


def by_bits(meta: Meta, query: RowQuery) -> RowQuery:
    """The same question, with common tags asked of the rows themselves (as `common_tag`)."""
    wanted = dict(query.among).get("tag", "").casefold()
    place = read_common(meta).get(wanted) if wanted else None
    if place is None:
        return query
    others = tuple(pair for pair in query.among if pair[0] != "tag")
    return replace(query, where=(*query.where, ("common_tag", place)), among=others)


def read_bits(database: Database, source_ids: Sequence[str]) -> dict[str, int]:
    """The common tags of those sources that are listed."""
    found: dict[str, int] = {}
    for some in batches(source_ids):
        wanted = select(listings.c.source_id, listings.c.common_tags).where(listings.c.source_id.in_(some))
        found |= dict(database.rows(wanted))
    return found


def settle_common(database: Database, meta: Meta, sources: int) -> None:
    """Count which tags are common now, and have the rows say so. A tag keeps its bit for as long as it is common."""
    before = read_common(meta)
    least = max(_LEAST, sources // _SHARE)
    number = func.count()
    wanted = select(source_tags.c.tag, number).group_by(source_tags.c.tag).having(number >= least // 2)
    counted = dict(database.rows(wanted.order_by(number.desc(), source_tags.c.tag)))
    now = _placed(before, counted, least)
    if now == before:
        return
    with database.write():
        meta.save(_KEPT, msgspec.json.encode(now).decode())
        _mark(database, now)


def _placed(before: Mapping[str, int], counted: Mapping[str, int], least: int) -> dict[str, int]:
    """Those that were common and still are keep their bits; the most common of the others get those that are left."""
    kept = {tag: place for tag, place in before.items() if tag in counted}
    free = [place for place in range(_MOST) if place not in kept.values()]
    new = [tag for tag, number in counted.items() if number >= least and tag not in kept]
    return kept | dict(zip(new, free, strict=False))


def _mark(database: Database, common: Mapping[str, int]) -> None:
    """Have the rows of sources and claims say which tags they have."""
    bits: dict[str, int] = {}
    for tag, place in common.items():
        for (source_id,) in database.rows(select(source_tags.c.source_id).where(source_tags.c.tag == tag)):
            bits[source_id] = bits.get(source_id, 0) | 1 << place
    kept = dict(database.rows(select(listings.c.source_id, listings.c.common_tags)))
    changed = [{"which": one, "bits": bits.get(one, 0)} for one, was in kept.items() if was != bits.get(one, 0)]
    for table in (listings, claim_listings):
        marked = update(table).where(table.c.source_id == bindparam("which")).values(common_tags=bindparam("bits"))
        for some in batches(changed):
            database.execute(marked, some)
