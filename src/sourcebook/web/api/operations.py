"""All that programs can ask, one row a question. The addresses, their description and the answers come from it."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from sourcebook.export.citing import Cited, cite
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
)
from sourcebook.store import Build
from sourcebook.types.listings import CaptureListing, ClaimListing, Listing, PageListing
from sourcebook.types.reviews import Review
from sourcebook.web.api.cursors import fingerprint
from sourcebook.web.api.parameters import (
    COMPARED,
    MOST_ROWS,
    PART,
    QUOTE,
    SEARCH,
    Parameter,
    of_catalogue,
    read_limit,
    read_offset,
)
from sourcebook.web.api.parts import Rows, Run, catalogue_part, whole_part


class Operation(Struct, frozen=True):
    """A question that has one answer."""

    path: str
    name: str
    words: str
    answer: Any  # its type
    run: Run
    parameters: tuple[Parameter, ...] = ()


def _list(of: Catalogue, words: str, row: Any, key: Callable[[Any], str]) -> Operation:
    return Operation(of.path, str(of.name), words, Rows[row], catalogue_part(of, key), of_catalogue(of))


OPERATIONS = (
    Operation("/overview", "overview", "The state of the library at a glance", Overview, lambda r, _: r.overview()),
    _list(CATALOGUES[ListName.SOURCES], "Sources, filtered and sorted", Listing, lambda row: row.source_id),
    Operation(
        "/sources/{source_id}",
        "source",
        "Everything about one source",
        Record,
        lambda r, said: r.record(said["source_id"]),
    ),
    Operation(
        "/sources/{source_id}/text",
        "text",
        "The words that were read in the kept copy of a source",
        SourceText,
        lambda r, said: r.text(said["source_id"]),
    ),
    Operation(
        "/sources/{source_id}/captures",
        "captures_of",
        "Every attempt to get a source, oldest first, and which copy is read",
        Rows[CaptureRow],
        whole_part(lambda r, said: r.captures(said["source_id"]), lambda row: row.id),
        PART,
    ),
    Operation(
        "/sources/{source_id}/reviews",
        "reviews_of",
        "What people said of a source and of what it says of claims, oldest first",
        Rows[Review],
        whole_part(lambda r, said: r.reviews(said["source_id"]), lambda row: row.id),
        PART,
    ),
    Operation(
        "/sources/{source_id}/changes",
        "changes",
        "What changed between two captures of a source, and what became of the passages that claims rest on",
        Changes,
        lambda r, said: r.changes(said["source_id"], said.get("from", ""), said.get("to", "")),
        COMPARED,
    ),
    Operation(
        "/sources/{source_id}/citation",
        "citation",
        "How a source is cited elsewhere: a line for people, BibTeX, CSL-JSON and RIS",
        Cited,
        lambda r, said: cite(r.record(said["source_id"])),
    ),
    _list(
        CATALOGUES[ListName.VENUES], "Venues, and what the library has of each", VenueListing, lambda row: row.venue_id
    ),
    Operation(
        "/venues/{venue_id}",
        "venue",
        "A venue and its most important sources",
        VenueRecord,
        lambda r, said: r.venue(said["venue_id"]),
    ),
    _list(CATALOGUES[ListName.PAGES], "Pages, and what each rests on", PageListing, lambda row: row.page_id),
    Operation(
        "/pages/{page_id}",
        "page",
        "A page: its claims, what their sources say of them, its citations and findings",
        PageRecord,
        lambda r, said: r.page(said["page_id"]),
    ),
    _list(
        CATALOGUES[ListName.CLAIMS],
        "Claims beside each of their sources, with the verdict that counts",
        ClaimListing,
        lambda row: f"{row.page_id} {row.position} {row.source_id}",
    ),
    _list(
        CATALOGUES[ListName.CAPTURES], "Attempts to get sources, the newest first", CaptureListing, lambda row: row.id
    ),
    _list(PROBLEMS, "What a person should look at, the riskiest first", Problem, fingerprint),
    Operation(
        "/search",
        "search",
        "Sources, pages and claims that hold some words, best first",
        SearchAnswer,
        lambda r, said: r.search(said.get("q", ""), read_limit(said), read_offset(said)),
        SEARCH,
    ),
    Operation(
        "/quotes",
        "quotes",
        "Sources that say a quote, the closest first",
        Rows[QuoteFound],
        whole_part(
            lambda r, said: r.who_says(said["quote"], MOST_ROWS) if "quote" in said else [],
            lambda row: row.listing.source_id,
        ),
        (QUOTE, *PART),
    ),
    Operation(
        "/builds",
        "builds",
        "The library over time: the figures that each build left, the newest first",
        Rows[Build],
        whole_part(lambda r, _: r.builds(), lambda row: row.at.isoformat()),
        PART,
    ),
    Operation(
        "/reviews",
        "reviews",
        "Everything that people said, oldest first",
        Rows[Review],
        whole_part(lambda r, _: r.reviews(), lambda row: row.id),
        PART,
    ),
)
