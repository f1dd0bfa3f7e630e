"""All that is kept about one source, read at once: a record is opened more often than anything else, and to ask for
each part of it by itself took 27 questions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, TypeVar

from msgspec import Struct
from sqlalchemy import Connection, TextClause, bindparam, func, select, text

from sourcebook import freshness, ids
from sourcebook.store.captures import CAPTURE, capture_of_row
from sourcebook.store.opening import Store
from sourcebook.store.page_rows import CITATION, CLAIM, PAGE, citation
from sourcebook.store.pages import Citing
from sourcebook.store.tables import (
    aliases,
    captures,
    citations,
    claims,
    columns,
    derived,
    listings,
    pages,
    reviews,
    sources,
)
from sourcebook.types.builds import LIBRARY, Step
from sourcebook.types.captures import Capture
from sourcebook.types.documents import Document
from sourcebook.types.pages import Page
from sourcebook.types.ratings import Standing
from sourcebook.types.registries import RegistryEntry
from sourcebook.types.reviews import Review
from sourcebook.types.sources import Source
from sourcebook.types.summaries import Line, Summary, Vocabulary
from sourcebook.types.verdicts import Judgement, Unjudged, Verdict

T = TypeVar("T")

MOST_BESIDE = 5

_ID: Any = bindparam("id")


def _by(steps: Sequence[Step]) -> TextClause:
    """Made by one of those steps, written out: values would be put into the statement anew each time it is asked."""
    return text(f"derived.step IN ({', '.join(repr(step.value) for step in steps)})")


_NAMES = select(aliases.c.name, aliases.c.owner).where(aliases.c.source_id == _ID).order_by(aliases.c.name)
_MERGED = select(sources.c.id, sources.c.stable_id, sources.c.url).where(sources.c.merged_into == _ID)
_OWN = [column for column in columns(sources, Source) if column.name != "imported"]
_SOURCE = select(*_OWN, sources.c.imported).where(sources.c.id == _ID, sources.c.merged_into == "")
_counted = (derived.c.step == Step.WORDS) & (derived.c.subject == captures.c.id)
_CAPTURES = (
    select(*CAPTURE, derived.c.value)
    .select_from(captures.outerjoin(derived, _counted))
    .where(captures.c.source_id == _ID)
    .order_by(captures.c.checked_at, captures.c.id)
)
_STEPS = (Step.STANDING, Step.REGISTRY, Step.BEARING, Step.WRITTEN, Step.SUMMARY)
_OF_ALL = (derived.c.step == Step.VOCABULARY) & (derived.c.subject == LIBRARY)
_MADE = select(derived.c.step, derived.c.value, derived.c.failure).where(
    (_by(_STEPS) & (derived.c.subject == _ID)) | _OF_ALL
)
_DOCUMENT = select(derived.c.value, derived.c.failure).where(derived.c.step == Step.DOCUMENT, derived.c.subject == _ID)
_REVIEWS = select(*columns(reviews, Review)).where(reviews.c.source_id == _ID).order_by(reviews.c.at, reviews.c.id)
_same = (claims.c.page_id == citations.c.page_id) & (claims.c.position == citations.c.claim)
_JUDGES = (Step.SECOND, Step.VERDICT, Step.UNJUDGED)  # the first that has judged counts: see judgements.py
_judged = [derived.alias() for _ in _JUDGES]
_cited = citations.join(pages, pages.c.id == citations.c.page_id).outerjoin(claims, _same)
for _judge, _by_it in zip(_JUDGES, _judged, strict=True):
    _of_it = (_by_it.c.step == _judge) & (_by_it.c.subject == claims.c.id + ":" + citations.c.source_id)
    _cited = _cited.outerjoin(_by_it, _of_it)
_CITING = (
    select(*PAGE, *(one.c.value for one in _judged), *CITATION, *CLAIM)
    .select_from(_cited)
    .where(citations.c.source_id == _ID)
    .order_by(pages.c.path, citations.c.position)
)
_citing = select(citations.c.page_id).where(citations.c.source_id == _ID)
_there = citations.alias()
_number = func.count(_there.c.page_id.distinct()).label("number")
_most = (
    select(_there.c.source_id, _number)
    .where(_there.c.page_id.in_(_citing), _there.c.source_id != "", _there.c.source_id != _ID)
    .group_by(_there.c.source_id)
    .order_by(_number.desc(), _there.c.source_id)
    .limit(MOST_BESIDE)
    .subquery()
)
_BESIDE = (
    select(_most.c.source_id, listings.c.title, listings.c.url, listings.c.credibility, _most.c.number)
    .join_from(_most, listings, listings.c.source_id == _most.c.source_id)
    .order_by(_most.c.number.desc(), _most.c.source_id)
)


_PAGE_ENDS = len(PAGE)
_JUDGED_ENDS = _PAGE_ENDS + len(_JUDGES)
_CLAIM_AT = _JUDGED_ENDS + len(CITATION)  # its id

QUESTIONS = (_SOURCE, _NAMES, _CAPTURES, _MADE, _DOCUMENT, _REVIEWS, _CITING, _BESIDE)  # each takes an `id`


class Beside(Struct, frozen=True):
    """Another source that the same pages cite."""

    source_id: str
    title: str
    url: str
    credibility: int | None
    pages: int  # that cite both


class Merged(Struct, frozen=True):
    """Another source that is the same work."""

    source_id: str
    stable_id: str
    url: str
    said: Review  # the word that says so


class Holdings(Struct, frozen=True):
    """All that is kept about one source."""

    source: Source
    captures: tuple[Capture, ...]  # oldest first
    best: Capture | None  # whose words are read
    document: Document | None  # of it
    unread_why: str  # why it could not be read
    standing: Standing | None
    entry: RegistryEntry | None
    line: Line | None
    written: Summary | None  # by a model
    summary: Summary | None
    common: Vocabulary  # of the whole library
    unwritten_why: str  # why a model's summary was not kept
    reviews: tuple[Review, ...]  # oldest first
    citing: tuple[Citing, ...]  # by path
    judgements: dict[str, Judgement]  # by `ids.judgement_id`
    beside: tuple[Beside, ...]  # those of most pages first
    merged: tuple[Merged, ...] = ()  # sources that share its record


def read_holdings(store: Store, source_id: str) -> Holdings | None:
    """All that is kept about the source of a Resource ID; None where no source has it."""
    with store.database.read() as connection:
        return _Reader(store, connection, source_id).read()


@dataclass(frozen=True)
class _Reader:
    store: Store
    connection: Connection
    source_id: str

    def read(self) -> Holdings | None:
        own = self._rows(_SOURCE)
        if not own:
            return None
        rows = self._rows(_CAPTURES)
        kept = tuple(capture_of_row(row[:-1]) for row in rows)
        best = freshness.best_capture(kept, {row.id: int(row.value) for row in rows if row.value})
        made = {row.step: row for row in self._rows(_MADE)}

        def value(step: Step, kind: type[T]) -> T | None:
            return self._value(step, made[step].value, kind) if step in made else None

        cited = self._rows(_CITING)
        document, unread_why = self._document(best) if best is not None else (None, "")
        return Holdings(
            source=self._source(own[0]),
            captures=kept,
            best=best,
            document=document,
            unread_why=unread_why,
            standing=value(Step.STANDING, Standing),
            entry=value(Step.REGISTRY, RegistryEntry),
            line=value(Step.BEARING, Line),
            written=value(Step.WRITTEN, Summary),
            summary=value(Step.SUMMARY, Summary),
            common=value(Step.VOCABULARY, Vocabulary) or Vocabulary(),
            unwritten_why=(made[Step.WRITTEN].failure or "") if Step.WRITTEN in made else "",
            reviews=tuple(Review(*row) for row in self._rows(_REVIEWS)),
            citing=tuple(self._citing(cited)),
            judgements=self._judgements(cited),
            beside=tuple(Beside(*row) for row in self._rows(_BESIDE)),
            merged=self._merged(),
        )

    def _rows(self, statement: Any, any_id: str = "") -> Sequence[Any]:
        prepared = self.store.database.prepared(statement)
        return prepared.rows(self.connection, {"id": any_id or self.source_id})

    def _value(self, step: Step, value: str | None, kind: type[T], subject: str = "") -> T | None:
        return None if value is None else self.store.derived.unpacked(step, subject or self.source_id, value, kind)

    def _source(self, row: Any) -> Source:
        *own, imported = row
        names = tuple(name for name, _ in self._names if name != row.url)
        return Source(*(*own, names, imported))

    @cached_property
    def _names(self) -> Sequence[Any]:
        """Each with the merged source that it is a name of, "" where it is its own."""
        return self._rows(_NAMES)

    def _merged(self) -> tuple[Merged, ...]:
        """The sources that share its record: most have none, and are not asked for them."""
        if not any(owner for _, owner in self._names):
            return ()
        rows = self._rows(_MERGED)
        said = self.store.reviews.merged()
        return tuple(Merged(row.id, row.stable_id, row.url, said[row.id]) for row in rows if row.id in said)

    def _document(self, best: Capture) -> tuple[Document | None, str]:
        """Its words, or why there are none."""
        rows = self._rows(_DOCUMENT, best.id)
        if not rows:
            return None, ""
        return self._value(Step.DOCUMENT, rows[0].value, Document, best.id), rows[0].failure or ""

    def _citing(self, rows: Sequence[Any]) -> Iterator[Citing]:
        for page, cited in groupby(rows, lambda row: row[:_PAGE_ENDS]):
            yield Citing(Page(*page), tuple(citation(row[_JUDGED_ENDS:]) for row in cited))

    def _judgements(self, rows: Sequence[Any]) -> dict[str, Judgement]:
        found: dict[str, Judgement] = {}
        for row in rows:
            said = row[_PAGE_ENDS:_JUDGED_ENDS]
            by = next((place for place, value in enumerate(said) if value is not None), None)
            if by is None or (subject := ids.judgement_id(row[_CLAIM_AT], self.source_id)) in found:
                continue
            kind: Any = Unjudged if _JUDGES[by] is Step.UNJUDGED else Verdict
            found[subject] = self.store.derived.unpacked(_JUDGES[by], subject, said[by], kind)
        return found
