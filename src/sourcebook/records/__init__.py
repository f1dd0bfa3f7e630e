"""What readers see: one record a source, one JSON shape for the web, the command line and programs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from sourcebook import freshness, rate
from sourcebook.config import Config
from sourcebook.corpus import UncitedNumbers
from sourcebook.embedding import Embedder
from sourcebook.errors import NotFoundError
from sourcebook.rate import Prediction, Venues
from sourcebook.records.catalogues import CATALOGUES, PROBLEMS, Catalogue, Column, Filter, Kind, ListName
from sourcebook.records.changes import ChangedLine, Changes, PassageFate, make_changes
from sourcebook.records.corrections import in_words
from sourcebook.records.history import make_history
from sourcebook.records.lists import View, parse_exact_view, parse_view, rows_query, sources_query
from sourcebook.records.overview import make_overview
from sourcebook.records.page import make_page, not_found
from sourcebook.records.predictions import make_predictions
from sourcebook.records.queue import Queue, make_queue
from sourcebook.records.record import make_record, make_text, words_of
from sourcebook.records.search import QuoteFound, Ranker, SearchAnswer, Stretch, make_answer, open_ranker, say_who
from sourcebook.records.venues import list_venues
from sourcebook.records.views.library import Overview, Problem, ProblemKind, VenueListing, VenueRecord
from sourcebook.records.views.page import ClaimAnswer, PageCitation, PageClaim, PageHealth, PageRecord
from sourcebook.records.views.record import (
    Attempt,
    CaptureRow,
    CaptureView,
    CitedBy,
    Correction,
    MergedSource,
    Place,
    Preview,
    Record,
    Related,
    SourceText,
)
from sourcebook.records.waiting import Waiting, WaitingList, make_waiting
from sourcebook.store import Build, ListPage, ListQuery, RowPage, Store
from sourcebook.store.holdings import read_holdings
from sourcebook.types.builds import Step
from sourcebook.types.captures import Capture, Outcome
from sourcebook.types.documents import Document
from sourcebook.types.reviews import Review
from sourcebook.types.sources import Source

__all__ = [
    "CATALOGUES",
    "PROBLEMS",
    "Attempt",
    "CaptureRow",
    "CaptureView",
    "Catalogue",
    "ChangedLine",
    "Changes",
    "CitedBy",
    "ClaimAnswer",
    "Column",
    "Correction",
    "Filter",
    "Kind",
    "ListName",
    "MergedSource",
    "Overview",
    "PageCitation",
    "PageClaim",
    "PageHealth",
    "PageRecord",
    "PassageFate",
    "Place",
    "Preview",
    "Problem",
    "ProblemKind",
    "Queue",
    "QuoteFound",
    "Ranker",
    "Record",
    "Records",
    "Related",
    "SearchAnswer",
    "SourceText",
    "Stretch",
    "VenueListing",
    "VenueRecord",
    "View",
    "Waiting",
    "WaitingList",
    "in_words",
    "open_ranker",
    "parse_exact_view",
    "parse_view",
    "rows_query",
    "sources_query",
    "to_json",
]

_TAKEN_AT_ONCE = 1_000  # rows of a list that is taken away


@dataclass(frozen=True, slots=True)
class Records:
    """Every question that a reader can ask of a library. Asking changes nothing."""

    store: Store
    config: Config
    venues: Venues
    clock: Callable[[], datetime]
    name: str  # of the knowledge base, for titles
    embedder: Embedder | None = None  # None: words alone are searched
    _uncited: UncitedNumbers = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_uncited", UncitedNumbers(self.config.corpus))

    def record(self, any_id: str) -> Record:
        """The record of a source by Resource ID, Stable ID, address or an earlier id. Raises NotFoundError."""
        with self.store.reading():
            held = read_holdings(self.store, any_id) or read_holdings(self.store, self._source(any_id).id)
            if held is None:
                raise _unknown(any_id)
            picture = self.store.captures.screenshot_size(held.best) if held.best else 0
            return make_record(held, self.config, self.venues, self.clock(), picture)

    def text(self, any_id: str) -> SourceText:
        """The words that were read in the kept copy of a source. Raises NotFoundError where there are none."""
        return make_text(self.store, self._source(any_id))

    def captures(self, any_id: str) -> list[CaptureRow]:
        """Every attempt to get a source, oldest first. Raises NotFoundError."""
        return make_history(self.store, self.config.fresh, self._source(any_id))

    def changes(self, any_id: str, before_id: str, after_id: str) -> Changes:
        """What changed between two captures of a source. Raises NotFoundError for a capture without words."""
        source = self._source(any_id)
        return make_changes(self.store, source, self.record(source.id), before_id, after_id)

    def stamp(self) -> str:
        """Another one whenever the library may have changed; "" where that cannot be told without asking."""
        return self.store.stamp()

    def sources(self, query: ListQuery) -> ListPage:
        """One page of the list of sources."""
        return self.store.listings.page(query)

    def list_rows(self, view: View) -> RowPage[Any]:
        """One page of any list. Its rows are `Listing`, `Problem`, `VenueListing`, or `…Listing` of what is listed."""
        with self.store.reading():
            return self._list_rows(view)

    def _list_rows(self, view: View) -> RowPage[Any]:
        match view.of.name:
            case ListName.SOURCES:
                return self.store.listings.page(sources_query(view))
            case ListName.CLAIMS:
                return self.store.page_listings.claims(rows_query(view))
            case ListName.PAGES:
                return self.store.page_listings.pages(rows_query(view))
            case ListName.CAPTURES:
                return self.store.captures.page(rows_query(view))
            case ListName.PROBLEMS:
                return self.queue(view).page
            case ListName.VENUES:
                return list_venues(self.store, self.venues, view)

    def builds(self, most: int = 2_000) -> list[Build]:  # as many as are remembered
        """What the last builds found, in figures, the newest first."""
        return self.store.builds.newest(most)

    def queue(self, view: View) -> Queue:
        """A page of what waits for a person, and how much of each kind waits in all."""
        with self.store.reading():
            return make_queue(self.store, self.config, view)

    def all_rows(self, view: View) -> Iterator[Any]:
        """Every row of a list from its first page on, some at a time: for what takes a list away."""
        at = replace(view, page=1, rows=_TAKEN_AT_ONCE, whole=True)
        while True:
            found = self.list_rows(at)
            yield from found.rows
            if at.offset + len(found.rows) >= found.total or not found.rows:
                return
            at = at.at(at.page + 1)

    def names(self, view: View) -> dict[str, str]:
        """What the things are called by whose ids a list is narrowed; the id itself where nobody knows it."""
        return {
            name: self._name(name, view.chosen(name)) for name in ("venue", "source", "cited_by") if view.chosen(name)
        }

    def _name(self, kind: str, any_id: str) -> str:
        if kind == "venue":
            venue = self.venues.find(any_id)
            return venue.name if venue else any_id
        if kind == "source":
            row = self.store.listings.read_many((any_id,)).get(any_id)
            return row.title or row.url if row else any_id
        page = self.store.pages.find(any_id)
        return page.title or page.path if page else any_id

    def facets(self) -> dict[str, dict[str, int]]:
        """How many sources have each type, credibility, state and venue."""
        return self.store.listings.facets()

    def venue(self, venue_id: str) -> VenueRecord:
        """A venue and the first sources of it, the most important first. Raises NotFoundError."""
        venue = self.venues.find(venue_id)
        if venue is None:
            raise NotFoundError(f"no venue {venue_id!r}", "venues are named on the records of their sources")
        sources = self.store.listings.page(ListQuery(venue_id=venue_id, limit=200))
        return VenueRecord(venue, rate.label(venue.credibility), sources)

    def reviews(self, any_id: str | None = None) -> list[Review]:
        """What people said, of one source or of all, oldest first. Raises NotFoundError."""
        return self.store.reviews.all() if any_id is None else self.store.reviews.of(self._source(any_id).id)

    def page(self, any_id: str) -> PageRecord:
        """A page by id or path, with what it cites. Raises NotFoundError."""
        with self.store.reading():
            page = self.store.pages.find(any_id)
            if page is None:
                raise not_found(any_id)
            return make_page(self.store, self.config, page, self._uncited)

    def waiting(self, limit: int) -> WaitingList:
        """Verdicts that nobody has reviewed and that say less than that a claim is borne out."""
        return make_waiting(self.store, limit)

    def overview(self) -> Overview:
        """The state of the library at a glance."""
        with self.store.reading():
            return make_overview(self.store, self.config, self.venues, self.name)

    def search(self, typed: str, limit: int = 10, offset: int = 0) -> SearchAnswer:
        """What holds the words of a question: sources, pages and claims. Raises UsageError for what cannot be asked."""
        return make_answer(self.store, self.embedder, typed, limit, offset)

    def who_says(self, quote: str, limit: int = 10) -> list[QuoteFound]:
        """Which sources hold a quote, word for word or nearly. Raises UsageError for one too short to tell."""
        return say_who(self.store, quote, limit)

    def copies(self, any_id: str) -> list[tuple[Capture, str]]:
        """Every capture of a source with an answer, oldest first, and the title of what was there; "" where it is no
        page to open. Raises NotFoundError."""
        source = self._source(any_id)
        captures = [capture for capture in self.store.captures.of(source.id) if capture.position is not None]
        documents = self.store.derived.find_many(Step.DOCUMENT, [capture.id for capture in captures], Document)
        titles = {capture_id: document.title for capture_id, document in documents.items()}
        return [
            (one, titles.get(one.id, "") or one.url if one.outcome is Outcome.OK and one.body_digest else "")
            for one in captures
        ]

    def kept(self, any_id: str) -> tuple[Capture, bytes]:
        """The copy of a source that is read, and its body. Raises NotFoundError when there is none."""
        capture = self._read_copy(any_id)
        return capture, self.store.captures.body(capture)

    def kept_record(self, any_id: str) -> tuple[Capture, bytes]:
        """The same, as the archive's own record: one member of a WARC file, as it was written."""
        capture = self._read_copy(any_id)
        return capture, self.store.captures.member(capture)

    def screenshot(self, any_id: str) -> bytes:
        """A picture (JPEG) of the copy that is read. Raises NotFoundError where there is none."""
        picture = self.store.captures.screenshot(self._read_copy(any_id))
        if not picture:
            raise NotFoundError(f"no picture of {any_id!r} is kept", "only pages that a browser showed have one")
        return picture

    def _read_copy(self, any_id: str) -> Capture:
        captures = self.store.captures.of(self._source(any_id).id)
        best = freshness.best_capture(captures, words_of(self.store, captures))
        if best is None:
            raise NotFoundError(f"no copy of {any_id!r} is kept", "its record says what came when it was asked for")
        return best

    def _source(self, any_id: str) -> Source:
        source = self.store.sources.find(any_id)
        if source is None:
            raise _unknown(any_id)
        return source

    def predictions(self, splits: int) -> tuple[Prediction, ...]:
        """Does the importance of sources tell which of them will be cited? Asked of so many halves of the pages."""
        return make_predictions(self.store, self.venues, range(splits), self.clock().date())


def _unknown(any_id: str) -> NotFoundError:
    return NotFoundError(f"no source {any_id!r} in this library", "`sourcebook list` names those there are")


def to_json(value: object) -> Any:
    """Any of the shapes above as plain JSON values: fields by name, times in ISO 8601 with Z."""
    return msgspec.to_builtins(value)
