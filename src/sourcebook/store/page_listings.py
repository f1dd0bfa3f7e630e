"""Claims and pages as lists show, sort and filter them. Derived: made again, page by page, when anything changes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Select, Table, delete, func, insert, select

from sourcebook.store import claim_filters
from sourcebook.store.columns import clean
from sourcebook.store.common_tags import by_bits, has_bit, read_bits
from sourcebook.store.database import Database, batches
from sourcebook.store.meta import Meta
from sourcebook.store.rows import RowList, RowPage, RowQuery, Shape, ordered
from sourcebook.store.said import settle_verdicts
from sourcebook.store.tables import (
    CLAIM_SORTS,
    PAGE_SORTS,
    WAITING,
    citations,
    claim_listings,
    claims,
    columns,
    page_listings,
    pages,
    source_tags,
)
from sourcebook.types.listings import UNJUDGED, ClaimListing, PageListing
from sourcebook.types.pages import Page

_CARRYING = "carrying"
_MOST_CARRYING = 1_000
_BATCH = 50  # pages whose claims are in memory at once
_CLAIM = columns(claim_listings, ClaimListing)
_PAGE = columns(page_listings, PageListing)


class Leaning(Struct, frozen=True):
    """A claim of a page beside one of the sources that are cited for it."""

    page_id: str
    position: int
    claim_id: str
    text: str
    start: int
    line: int
    source_id: str


class ClaimCounts(Struct, frozen=True):
    """How many claims, with each of their sources, say what."""

    verdicts: dict[str, int]
    reasons: dict[str, int]  # of those that nobody could judge
    reviewed: int
    altered: int  # with a quote that stands in the source in other words


def _of_source(source_id: str) -> ColumnElement[bool]:
    return claim_listings.c.source_id == source_id


def _of_page(page_id: str) -> ColumnElement[bool]:
    return claim_listings.c.page_id == page_id


def _of_tag(tag: str) -> ColumnElement[bool]:
    named = select(source_tags.c.source_id).where(source_tags.c.tag == tag.casefold())
    return claim_listings.c.source_id.in_(named)


_CLAIMS = Shape(
    claim_listings,
    ClaimListing,
    claim_listings.c.key,
    CLAIM_SORTS,
    claim_listings.c.words,
    among={"source": _of_source, "page": _of_page, "tag": _of_tag},
    tests={"common_tag": partial(has_bit, claim_listings)},
    narrow=claim_filters.narrow,
)


def _with_tag(tag: str) -> Select[Any]:
    return select(pages.c.id).where(func.lower(pages.c.tags).contains(f'"{tag.lower()}"', autoescape=True))


def _citing(source_id: str) -> Select[Any]:
    return select(citations.c.page_id).where(citations.c.source_id == source_id)


def _more_than_none(name: str) -> ColumnElement[bool]:
    return page_listings.c[name] > 0


_PAGES = Shape(
    page_listings,
    PageListing,
    page_listings.c.page_id,
    PAGE_SORTS,
    page_listings.c.words,
    among={"tag": _with_tag, "source": _citing},
    tests={"with": _more_than_none},
)


class PageListings:
    """The rows behind every list of claims and of pages."""

    CLAIM_SORTS = tuple(CLAIM_SORTS)
    PAGE_SORTS = tuple(PAGE_SORTS)

    def __init__(self, database: Database, meta: Meta) -> None:
        self._database = database
        self._meta = meta
        self._claims = RowList(database, _CLAIMS)
        self._pages = RowList(database, _PAGES)

    def claims(self, query: RowQuery) -> RowPage[ClaimListing]:
        """A page of the list of claims, once for each of their sources."""
        return self._claims.page(by_bits(self._meta, query))

    def pages(self, query: RowQuery) -> RowPage[PageListing]:
        """A page of the list of pages."""
        return self._pages.page(query)

    def claim_count(self, query: RowQuery) -> int:
        """How many rows a list of claims has."""
        return self._claims.count(by_bits(self._meta, query))

    def find_page(self, page_id: str) -> PageListing | None:
        """What lists say of a page; None when no build has come to it."""
        rows = self._database.rows(select(*_PAGE).where(page_listings.c.page_id == page_id))
        return PageListing(*rows[0]) if rows else None

    def carrying(self) -> list[tuple[str, int]]:
        """Sources of little credibility that carry many claims, and how many, as of the last build; the most first."""
        kept = self._meta.read(_CARRYING)
        return msgspec.json.decode(kept, type=list[tuple[str, int]]) if kept else []

    def keep_carrying(self, least: int, credibility: Sequence[int]) -> None:
        """Count once for all readers which sources of such credibility carry so many claims at least."""
        number = func.count()
        wanted = select(claim_listings.c.source_id, number).where(claim_listings.c.credibility.in_(credibility))
        wanted = wanted.group_by(claim_listings.c.source_id).having(number >= least)
        rows = self._database.rows(wanted.order_by(number.desc(), claim_listings.c.source_id).limit(_MOST_CARRYING))
        self._meta.save(_CARRYING, msgspec.json.encode(list(map(tuple, rows))).decode())

    def waiting_counts(self) -> dict[str, int]:
        """How many claims wait for a person with which problem."""
        (sums,) = self._database.rows(select(*(func.sum(page_listings.c[name]) for name in WAITING.values())))
        return {problem: int(number) for problem, number in zip(WAITING, sums, strict=True) if number}

    def waiting_count(self, problem: str, reason: str) -> int:
        """How many wait with a problem for one reason."""
        table = claim_listings.c
        wanted = select(func.count()).where(table.problem == problem, table.reason == reason)
        return int(self._database.rows(wanted)[0][0])

    def waiting(self, problem: str, offset: int, limit: int, reason: str = "") -> list[ClaimListing]:
        """Some of the claims that wait with a problem, on the most important sources first."""
        table = claim_listings.c
        order = (table.importance.desc(), table.key.desc())  # as the index has it, from its end
        chosen = select(table.key).where(table.problem == problem)
        if reason:
            chosen = chosen.where(table.reason == reason)
        chosen = chosen.order_by(*order).offset(offset).limit(limit)
        wanted = select(*_CLAIM).where(table.key.in_(chosen)).order_by(*order)
        return [ClaimListing(*row) for row in self._database.rows(wanted)]

    def claims_of(self, source_ids: Sequence[str]) -> dict[str, int]:
        """How many claims lean on each of those sources."""
        found: dict[str, int] = {}
        for some in batches(source_ids):
            wanted = select(claim_listings.c.source_id, func.count()).where(claim_listings.c.source_id.in_(some))
            found |= dict(self._database.rows(wanted.group_by(claim_listings.c.source_id)))
        return found

    def claim_counts(self) -> ClaimCounts:
        """How many claims say what, each once for each of its sources."""
        verdicts, reasons = Counter[str](), Counter[str]()
        reviewed = altered = 0
        filters = claim_listings.c.filters
        for said, number in self._database.rows(select(filters, func.count()).group_by(filters).order_by(filters)):
            verdict = claim_filters.unpacked(said, "verdict")
            verdicts[verdict] += number
            reviewed += number if claim_filters.unpacked(said, "review") else 0
            altered += number if claim_filters.unpacked(said, "quote_altered") else 0
            if verdict == UNJUDGED:
                reasons[claim_filters.unpacked(said, "reason")] += number
        return ClaimCounts(dict(verdicts), dict(reasons), reviewed, altered)

    def leanings(self, page_ids: Sequence[str] | None = None) -> Iterator[tuple[list[Page], list[Leaning]]]:
        """Pages, some at a time, with each claim beside each of its sources, once, in the order of the pages."""
        if page_ids is None:
            page_ids = [row.id for row in self._database.rows(select(pages.c.id).order_by(pages.c.path))]
        same = (claims.c.page_id == citations.c.page_id) & (claims.c.position == citations.c.claim)
        wanted = select(
            claims.c.page_id, claims.c.position, claims.c.id, claims.c.text, claims.c.start, citations.c.line,
            citations.c.source_id,
        ).select_from(claims.join(citations, same))  # fmt: skip
        ordered_ = wanted.where(citations.c.source_id != "").order_by(claims.c.page_id, citations.c.position)
        for some in batches(page_ids, _BATCH):
            found = self._database.rows(select(*columns(pages, Page)).where(pages.c.id.in_(some)))
            rows = self._database.rows(ordered_.where(claims.c.page_id.in_(some)))
            once: dict[tuple[str, int, str], Leaning] = {}
            for row in rows:
                once.setdefault((row.page_id, row.position, row.source_id), Leaning(*row))
            yield [Page(*row) for row in found], list(once.values())

    def cited_by(self, page_ids: Sequence[str]) -> dict[str, set[str]]:
        """Page id to the sources that it cites, for a claim or for none."""
        wanted = select(citations.c.page_id, citations.c.source_id).where(citations.c.source_id != "").distinct()
        found: dict[str, set[str]] = {}
        for some in batches(page_ids):
            for page_id, source_id in self._database.rows(wanted.where(citations.c.page_id.in_(some))):
                found.setdefault(page_id, set()).add(source_id)
        return found

    def with_claim(self, claim_id: str) -> list[str]:
        """The pages on which a claim stands."""
        wanted = select(claims.c.page_id).where(claims.c.id == claim_id).distinct()
        return [row.page_id for row in self._database.rows(wanted)]

    def save(self, pages_: Sequence[PageListing], claims_: Sequence[ClaimListing]) -> None:
        """Keep what lists say of pages and their claims, instead of what was kept. What is the same is not written."""
        page_ids = [page.page_id for page in pages_]
        with self._database.write():
            waits = Counter((claim.page_id, claim.problem) for claim in claims_)
            self._replace(page_listings, "page_id", page_ids, [_page_row(page, waits) for page in pages_])
            bits = read_bits(self._database, sorted({claim.source_id for claim in claims_}))
            rows = [_claim_row(claim) | {"common_tags": bits.get(claim.source_id, 0)} for claim in claims_]
            changed = self._replace(claim_listings, "key", page_ids, rows)
            settle_verdicts(self._database, sorted({key.rpartition(":")[2] for key in changed}))

    def _replace(self, table: Table, key: str, page_ids: Sequence[str], rows: Sequence[dict[str, Any]]) -> list[str]:
        """The keys of the rows that came, went or changed."""
        names = [column.name for column in table.c]
        kept = {
            row[0]: row[1:]
            for some in batches(page_ids)
            for row in self._database.rows(select(table.c[key], *table.c).where(table.c.page_id.in_(some)))
        }
        wanted = {row[key]: row for row in rows}
        new = [row for one, row in wanted.items() if kept.get(one) != tuple(row[name] for name in names)]
        stale = [one for one in kept if one not in wanted] + [row[key] for row in new if row[key] in kept]
        with self._database.write() as connection:
            for some in batches(stale):
                connection.execute(delete(table).where(table.c[key].in_(some)))
            for some in batches(new):
                self._database.execute(insert(table), some)
        return [*stale, *(row[key] for row in new)]


def _page_row(page: PageListing, waits: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    row = {name: getattr(page, name) for name in PageListing.__struct_fields__}
    words = clean(f"{page.title}\n{page.path}".casefold())
    waiting = {name: waits.get((page.page_id, problem), 0) for problem, name in WAITING.items()}
    return row | waiting | {"title_order": ordered(page.title or page.path), "words": words}


def _claim_row(claim: ClaimListing) -> dict[str, Any]:
    row = {name: getattr(claim, name) for name in ClaimListing.__struct_fields__}
    return row | {
        "filters": claim_filters.packed(claim),
        "key": f"{claim.page_id}:{claim.position:05}:{claim.source_id}",  # `save` takes the source from it
        "text_order": ordered(claim.text),
        "page_order": ordered(claim.page),
        "source_order": ordered(claim.source),
        "words": clean(f"{claim.text}\n{claim.page}\n{claim.source}".casefold()),
    }
