"""Pages and what was found in them: read again whenever a page changes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, and_, bindparam, delete, func, insert, or_, select, true, update

from sourcebook.store.database import Database, batches
from sourcebook.store.meta import Meta
from sourcebook.store.page_rows import CITATION, CLAIM, PAGE, citation, citation_rows, claim_rows, finding_rows
from sourcebook.store.tables import citations, claims, columns, findings, pages
from sourcebook.types.findings import Finding, Rule
from sourcebook.types.pages import Citation, CitationKind, Claim, Page, ParsedPage

_COUNTED = "pages counted"
_CITED = select(*CITATION, citations.c.source_id, citations.c.page_id, *CLAIM).select_from(
    citations.outerjoin(claims, (claims.c.page_id == citations.c.page_id) & (claims.c.position == citations.c.claim))
)
_CITED_AT_ALL = (
    select(citations.c.source_id).where(citations.c.source_id.in_(bindparam("ids", expanding=True))).distinct()
)
_CITING = (
    select(citations.c.source_id, *PAGE)
    .join_from(citations, pages)
    .where(citations.c.source_id.in_(bindparam("ids", expanding=True)))
    .distinct()
)


class Citing(Struct, frozen=True):
    """A page, and its citations of one source."""

    page: Page
    citations: tuple[Citation, ...]


class PageCounts(Struct, frozen=True):
    """How much the pages hold."""

    pages: int
    citations: int
    claims: int  # different statements


_NAMELESS = (citations.c.source_id == "") & (citations.c.kind == CitationKind.COMPONENT)


class ClaimPlace(NamedTuple):
    """Where a claim stands: the path of its page, the line that cites for it, its words and where they begin."""

    path: str = ""
    line: int = 0
    text: str = ""
    start: int = 0


class Pages:
    """Pages, their citations, claims and findings."""

    def __init__(self, database: Database, meta: Meta) -> None:
        self._database = database
        self._meta = meta

    def stamps(self) -> dict[str, str]:
        """Path of each page to the stamp at which it was read."""
        return dict(self._database.rows(select(pages.c.path, pages.c.stamp)))

    def save(self, parsed: ParsedPage, stamp: str, sources: Sequence[str]) -> None:
        """Keep a page instead of what was kept of it. `sources[i]` belongs to its citation `i`, "" without a source."""
        page = parsed.page
        row: dict[str, Any] = {column.name: getattr(page, column.name) for column in PAGE}
        said, positions = claim_rows(parsed)
        with self._database.write() as connection:
            self._meta.save(_COUNTED, "")
            connection.execute(delete(pages).where(or_(pages.c.id == page.id, pages.c.path == page.path)))
            connection.execute(insert(pages), [{**row, "stamp": stamp, "text": parsed.text}])
            for table, rows in (
                (claims, said),
                (citations, citation_rows(parsed, sources, positions)),
                (findings, finding_rows(parsed)),
            ):
                if rows:
                    connection.execute(insert(table), rows)

    def remove(self, paths: Iterable[str]) -> None:
        """Forget pages by path, and all that was found in them."""
        with self._database.write() as connection:
            self._meta.save(_COUNTED, "")
            for some in batches(paths):
                connection.execute(delete(pages).where(pages.c.path.in_(some)))

    def find(self, any_id: str) -> Page | None:
        """A page by its id or its path."""
        wanted = select(*PAGE).where(or_(pages.c.id == any_id, pages.c.path == any_id))
        rows = self._database.rows(wanted)
        return Page(*rows[0]) if rows else None

    def all(self) -> list[Page]:
        """Every page, by path."""
        return [Page(*row) for row in self._database.rows(select(*PAGE).order_by(pages.c.path))]

    def text(self, page_id: str) -> str:
        """A page's own text; "" when there is no such page."""
        rows = self._database.rows(select(pages.c.text).where(pages.c.id == page_id))
        return rows[0].text if rows else ""

    def citations(self, page_id: str) -> list[tuple[Citation, str]]:
        """A page's citations in order, each with its source's id, "" without one."""
        wanted = _CITED.where(citations.c.page_id == page_id).order_by(citations.c.position)
        return [(citation(row), row.source_id) for row in self._database.rows(wanted)]

    def parsed_many(self, paths: Sequence[str]) -> Iterator[ParsedPage]:
        """Pages as they were when they were last read, by path. Findings are those of the whole build."""
        for some in batches(paths):
            rows = self._database.rows(select(*PAGE, pages.c.text).where(pages.c.path.in_(some)).order_by(pages.c.path))
            page_ids = [row.id for row in rows]
            cited, found = self._cited_on(page_ids), self._found_on(page_ids)
            for *page, text in rows:
                made = Page(*page)
                yield ParsedPage(made, text, tuple(cited.get(made.id, ())), tuple(found.get(made.id, ())))

    def _cited_on(self, page_ids: Sequence[str]) -> dict[str, list[Citation]]:
        wanted = _CITED.where(citations.c.page_id.in_(page_ids)).order_by(citations.c.page_id, citations.c.position)
        found: dict[str, list[Citation]] = {}
        for row in self._database.rows(wanted):
            found.setdefault(row.page_id, []).append(citation(row))
        return found

    def _found_on(self, page_ids: Sequence[str]) -> dict[str, list[Finding]]:
        wanted = select(findings.c.page_id, *columns(findings, Finding)).where(findings.c.page_id.in_(page_ids))
        found: dict[str, list[Finding]] = {}
        for page_id, *finding in self._database.rows(wanted.order_by(findings.c.page_id, findings.c.position)):
            found.setdefault(page_id, []).append(Finding(*finding))
        return found

    def citing(self, source_id: str) -> list[Citing]:
        """Who cites a source and where, by path."""
        wanted = _CITED.where(citations.c.source_id == source_id)
        rows = self._database.rows(wanted.order_by(citations.c.page_id, citations.c.position))
        places = {page: tuple(map(citation, some)) for page, some in groupby(rows, lambda row: row.page_id)}
        return [Citing(page, places[page.id]) for page in self.citing_many((source_id,)).get(source_id, ())]

    def cited_beside(self, source_id: str, most: int) -> dict[str, int]:
        """The sources that most of the pages cite that cite this one, and how many pages cite both."""
        here, there = citations.alias(), citations.alias()
        number = func.count(there.c.page_id.distinct())
        wanted = select(there.c.source_id, number).join_from(here, there, here.c.page_id == there.c.page_id)
        wanted = wanted.where(here.c.source_id == source_id, there.c.source_id.not_in(("", source_id)))
        wanted = wanted.group_by(there.c.source_id).order_by(number.desc(), there.c.source_id).limit(most)
        return {other: int(pages) for other, pages in self._database.rows(wanted)}

    def citing_counts(self) -> dict[str, int]:
        """Source id to the number of pages that cite it."""
        number = func.count(citations.c.page_id.distinct())
        wanted = select(citations.c.source_id, number).where(citations.c.source_id != "")
        return dict(self._database.rows(wanted.group_by(citations.c.source_id)))

    def cited(self, source_ids: Collection[str]) -> list[str]:
        """Those of the sources that any page cites, in the order in which they were given."""
        found: set[str] = set()
        for some in batches(source_ids):
            found.update(row.source_id for row in self._database.rows(_CITED_AT_ALL, {"ids": some}))
        return [source_id for source_id in source_ids if source_id in found]

    def citing_many(self, source_ids: Sequence[str]) -> dict[str, list[Page]]:
        """Source id to the pages that cite it, by path; sources that nobody cites are left out."""
        found: dict[str, list[Page]] = {}
        for some in batches(source_ids):
            for source_id, *page in self._database.rows(_CITING, {"ids": some}):
                found.setdefault(source_id, []).append(Page(*page))
        for citing in found.values():
            citing.sort(key=lambda page: page.path)
        return found

    def citing_pairs(self) -> list[tuple[str, str]]:
        """Every source id with the id of each page that cites it, once, by path."""
        wanted = select(citations.c.source_id, pages.c.id, pages.c.path).join_from(citations, pages)
        rows = self._database.rows(wanted.where(citations.c.source_id != "").distinct().order_by(pages.c.path))
        return [(row.source_id, row.id) for row in rows]

    def labels(self, source_ids: Sequence[str]) -> dict[str, list[str]]:
        """Source id to the words that pages link to it with, in the order of the pages."""
        found: dict[str, list[str]] = {}
        wanted = select(citations.c.source_id, citations.c.label).join_from(citations, pages)
        ordered = wanted.order_by(pages.c.path, citations.c.position)
        for some in batches(source_ids):
            for source_id, label in self._database.rows(ordered.where(citations.c.source_id.in_(some))):
                found.setdefault(source_id, []).append(label)
        return found

    def statements(self, source_ids: Sequence[str]) -> dict[str, list[str]]:
        """Source id to the words of the claims that lean on it, in the order of the pages."""
        found: dict[str, list[str]] = {}
        same = (claims.c.page_id == citations.c.page_id) & (claims.c.position == citations.c.claim)
        wanted = select(citations.c.source_id, claims.c.text).select_from(citations.join(claims, same))
        ordered = wanted.order_by(citations.c.page_id, citations.c.position)
        for some in batches(source_ids):
            for source_id, text in self._database.rows(ordered.where(citations.c.source_id.in_(some))):
                found.setdefault(source_id, []).append(text)
        return found

    def claims(self) -> list[tuple[str, Claim]]:
        """Every claim with each source that it leans on, once, sorted by source."""
        return self._claims(true())

    def _claims(self, which: ColumnElement[bool]) -> list[tuple[str, Claim]]:
        same = (claims.c.page_id == citations.c.page_id) & (claims.c.position == citations.c.claim)
        wanted = select(citations.c.source_id, *CLAIM).select_from(citations.join(claims, same))
        rows = self._database.rows(
            wanted.where(citations.c.source_id != "", which).order_by(
                citations.c.source_id, claims.c.id, claims.c.page_id, claims.c.position
            )
        )
        return list({(row[0], row[1]): (row[0], Claim(*row[1:])) for row in rows}.values())

    def claims_like(self, start: str) -> list[tuple[str, Claim]]:
        """Every claim whose id begins so, with each source that it leans on, once."""
        return self._claims(claims.c.id.startswith(start, autoescape=True))

    def places_of(self, claim_ids: Sequence[str]) -> dict[str, ClaimPlace]:
        """Claim id to the place where it is first cited for."""
        same = (claims.c.page_id == citations.c.page_id) & (claims.c.position == citations.c.claim)
        wanted = select(claims.c.id, pages.c.path, citations.c.line, claims.c.text, claims.c.start).select_from(
            claims.join(citations, same).join(pages, pages.c.id == claims.c.page_id)
        )
        found: dict[str, ClaimPlace] = {}
        for some in batches(claim_ids):
            rows = self._database.rows(
                wanted.where(claims.c.id.in_(some)).order_by(pages.c.path.desc(), citations.c.position.desc())
            )
            found |= {claim_id: ClaimPlace(*place) for claim_id, *place in rows}
        return found

    def nameless(self) -> list[str]:
        """The ids that pages cite by and that no source was known by when the page was read."""
        wanted = select(citations.c.target).where(_NAMELESS).distinct().order_by(citations.c.target)
        return [row.target for row in self._database.rows(wanted)]

    def link(self, names: Mapping[str, str]) -> int:
        """Give citations that name an id nobody knew their source: `names` is id to source id. How many were linked."""
        linked = 0
        with self._database.write() as connection:
            for some in batches(names):
                wanted = select(citations).where(_NAMELESS, citations.c.target.in_(some))
                for row in connection.execute(wanted).all():
                    here = (citations.c.page_id == row.page_id) & (citations.c.position == row.position)
                    connection.execute(update(citations).where(here).values(source_id=names[row.target]))
                    connection.execute(delete(findings).where(_about_unknown_source(row)))
                    linked += 1
        return linked

    def counts(self) -> PageCounts:
        """How much the pages hold."""
        kept = self._meta.read(_COUNTED)
        return msgspec.json.decode(kept, type=PageCounts) if kept else self._count()

    def keep_counts(self) -> None:
        """Count for all readers, until a page changes."""
        self._meta.save(_COUNTED, msgspec.json.encode(self._count()).decode())

    def _count(self) -> PageCounts:
        wanted = select(
            select(func.count()).select_from(pages).scalar_subquery(),
            select(func.count()).select_from(citations).scalar_subquery(),
            select(func.count(claims.c.id.distinct())).scalar_subquery(),
        )
        return PageCounts(*self._database.rows(wanted)[0])


def _about_unknown_source(row: Any) -> ColumnElement[bool]:
    """The finding that the citation of a row names a source that nobody knows."""
    return and_(
        findings.c.page_id == row.page_id,
        findings.c.rule == Rule.UNKNOWN_SOURCE,
        findings.c.line == row.line,
        findings.c.column == row.column,
    )
