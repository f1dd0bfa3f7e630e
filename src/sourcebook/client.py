"""A library in a program of yours, without a server: what the API answers, as methods with types."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sourcebook import wiring
from sourcebook.config import LIBRARY_FOLDER
from sourcebook.errors import UsageError
from sourcebook.export.citing import Cited, cite
from sourcebook.place import Place, place_of, read_config
from sourcebook.records import (
    CATALOGUES,
    PROBLEMS,
    CaptureRow,
    Catalogue,
    Changes,
    ListName,
    Overview,
    PageRecord,
    Problem,
    QuoteFound,
    Record,
    SearchAnswer,
    SourceText,
    VenueListing,
    VenueRecord,
    parse_view,
    to_json,
)
from sourcebook.store import Build
from sourcebook.types.listings import CaptureListing, ClaimListing, Listing, PageListing
from sourcebook.types.reviews import Review

__all__ = ["OpenLibrary", "opened", "to_json"]


class OpenLibrary:
    """A library that is open for reading. Use it in `with`, or close it.

    Lists take the filters and sorts of the API, by name: `library.sources(state="dead", sort="-pages")`; they are read
    as they are taken. Values are frozen structs (msgspec), of which `sourcebook.client.to_json` makes the JSON of the
    API. Every method raises `sourcebook.errors.UsageError`, with a hint, for what cannot be, and its NotFoundError for
    what is not there.
    """

    def __init__(self, place: Place) -> None:
        self._stack = ExitStack()
        config = read_config(place).config
        self._records = self._stack.enter_context(wiring.open_records(place, config))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the library."""
        self._stack.close()

    def overview(self) -> Overview:
        """The state of the library at a glance."""
        return self._records.overview()

    def sources(self, **which: str) -> Iterator[Listing]:
        """Sources, the most important first."""
        return self._listed(CATALOGUES[ListName.SOURCES], which)

    def source(self, any_id: str) -> Record:
        """Everything about one source, by Resource ID, Stable ID, address or an earlier id."""
        return self._records.record(any_id)

    def text(self, any_id: str) -> SourceText:
        """The words that were read in the kept copy of a source."""
        return self._records.text(any_id)

    def body(self, any_id: str) -> bytes:
        """The kept copy of a source itself."""
        return self._records.kept(any_id)[1]

    def captures_of(self, any_id: str) -> list[CaptureRow]:
        """Every attempt to get a source, oldest first, and which copy is read."""
        return self._records.captures(any_id)

    def changes(self, any_id: str, before: str = "", after: str = "") -> Changes:
        """What changed between two captures of a source, by their ids; between the last two with words without."""
        return self._records.changes(any_id, before, after)

    def citation(self, any_id: str) -> Cited:
        """How a source is cited elsewhere: a line for people, BibTeX, CSL-JSON and RIS."""
        return cite(self._records.record(any_id))

    def builds(self) -> list[Build]:
        """The library over time: the figures that each build left, the newest first."""
        return self._records.builds()

    def captures(self, **which: str) -> Iterator[CaptureListing]:
        """Attempts to get sources, the newest first."""
        return self._listed(CATALOGUES[ListName.CAPTURES], which)

    def reviews(self, any_id: str | None = None) -> list[Review]:
        """What people said, of one source or of all, oldest first."""
        return self._records.reviews(any_id)

    def venues(self, **which: str) -> Iterator[VenueListing]:
        """Venues, and what the library has of each."""
        return self._listed(CATALOGUES[ListName.VENUES], which)

    def venue(self, venue_id: str) -> VenueRecord:
        """A venue and its most important sources."""
        return self._records.venue(venue_id)

    def pages(self, **which: str) -> Iterator[PageListing]:
        """Pages, and what each rests on."""
        return self._listed(CATALOGUES[ListName.PAGES], which)

    def page(self, any_id: str) -> PageRecord:
        """A page by id or path: its claims and what their sources say of them, its citations and findings."""
        return self._records.page(any_id)

    def claims(self, **which: str) -> Iterator[ClaimListing]:
        """Claims beside each of their sources, with the verdict that counts."""
        return self._listed(CATALOGUES[ListName.CLAIMS], which)

    def problems(self, **which: str) -> Iterator[Problem]:
        """What a person should look at, the riskiest first."""
        return self._listed(PROBLEMS, which)

    def search(self, words: str, limit: int = 50, offset: int = 0) -> SearchAnswer:
        """Sources, pages and claims that hold some words, best first; docs/searching.md says what can be asked."""
        return self._records.search(words, limit, offset)

    def who_says(self, quote: str) -> list[QuoteFound]:
        """Sources that say a quote, the closest first: word for word, by a stated rule, or altered."""
        return self._records.who_says(quote)

    def _listed(self, of: Catalogue, which: dict[str, str]) -> Iterator[Any]:
        names = [*(one.name for one in of.filters), "sort"]
        if unknown := [one for one in which if one not in names]:
            raise UsageError(f"{of.name} have no filter {unknown[0]!r}", f"there are: {', '.join(names)}")
        return self._records.all_rows(parse_view(of, which.items()))


def opened(path: str | os.PathLike[str]) -> OpenLibrary:
    """The library of a folder of pages, or a library folder itself. Raises UsageError where there is none."""
    folder = Path(path)
    if folder.name == LIBRARY_FOLDER or not (folder / LIBRARY_FOLDER).is_dir():
        return OpenLibrary(place_of(None, folder))
    return OpenLibrary(place_of(folder, None))
