"""A small library made by hand: it answers what `Records` answers, from values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from sourcebook.check import Reported
from sourcebook.check.evidence import Span
from sourcebook.config import Config
from sourcebook.errors import NotFoundError
from sourcebook.ids import page_id, resource_id
from sourcebook.records import (
    Attempt,
    CaptureRow,
    CaptureView,
    Changes,
    CitedBy,
    ClaimAnswer,
    ListName,
    Overview,
    PageCitation,
    PageClaim,
    PageHealth,
    PageRecord,
    Place,
    Preview,
    Problem,
    ProblemKind,
    Queue,
    Record,
    Related,
    SourceText,
    VenueListing,
    VenueRecord,
    View,
    rows_query,
    sources_query,
)
from sourcebook.store import Build, ListPage, ListQuery, RowPage, RowQuery
from sourcebook.types.captures import LinkState, Outcome
from sourcebook.types.documents import Completeness, Confidence, Conflict, Passage
from sourcebook.types.findings import Rule, Severity
from sourcebook.types.listings import UNJUDGED, CaptureListing, ClaimListing, Listing, PageListing
from sourcebook.types.pages import CitationKind, Page
from sourcebook.types.ratings import Importance, Rating, Signal, Venue, Work, WorkCheck
from sourcebook.types.reviews import Review, ReviewField
from sourcebook.types.sources import SourceType
from sourcebook.types.summaries import Point, Summary
from sourcebook.types.verdicts import Support, Unjudged, UnjudgedReason, Verdict

NOW = datetime(2026, 4, 7, 9, 5, tzinfo=UTC)
URL = "https://observer.example/2025/07/30/open-weights"
ID = resource_id(URL)
STABLE_ID = "sid_kPZ1jp40IG"
PAGE = Page(page_id("open-source.md"), "open-source.md", "Open Source AI Safety", "Approach", 62.0, "0" * 64)
OTHER_PAGE = Page(page_id("labs/policy.md"), "labs/policy.md", "Release policies", "", None, "1" * 64)
OBSERVER = Venue(
    "observer",
    "The Observer Example",
    "news",
    ("observer.example", "news.example/observer"),
    3,
    why="Good quality. Edited, with corrections, and less rigorous than a journal.",
)
TEXT = """The makers of large models say that they will not publish every set of weights.

The statement came in a letter to investors. It said:

- some models stay open
- the most capable ones may not

| Model | Weights |
| --- | --- |
| Small | open |
| Large | closed |

“We will be careful about what we choose to open,” the letter ended."""

RECORD = Record(
    id=ID,
    stable_id=STABLE_ID,
    url=URL,
    title="Model makers signal that not all weights will be open",
    title_origin="og:title",
    type=SourceType.NEWS_ARTICLE,
    type_why="json-ld",
    rating=Rating(
        3, "Good", OBSERVER.why, True, "observer", OBSERVER.name, "observer.example", SourceType.NEWS_ARTICLE, "json-ld"
    ),
    rating_words=f"Rating inherited from publication venue: {OBSERVER.name}",
    relevance="Bears on whether open weights remain the default as models grow more capable.",
    importance=Importance(
        52,
        (
            Signal("pages that cite it", 12.5, 40, "1 page cites it, in 2 places"),
            Signal("quality of those pages", 15.5, 25, "62.0 on average"),
            Signal("credibility", 18, 25, "3 of 5"),
            Signal("words that can be read", 6, 10, "8 KB of text"),
        ),
        "the sum of the parts, rounded",
    ),
    authors=("Ann Reporter", "Bo Writer"),
    published="2025-07-30",
    site_name="The Observer Example",
    language="en",
    doi="",
    tags=("open weights", "policy"),
    summary=Summary(
        "A maker of large models says that it will keep its most capable ones closed, and go on publishing others.",
        (
            Point("Not every set of weights will be published.", Passage(0, 10, "The makers")),
            Point("The reason given is caution about new risks.", None),
            Point("Earlier letters had promised more.", None),
        ),
        "extractive 1",
    ),
    cited_by=(
        CitedBy(
            PAGE.id,
            PAGE.path,
            PAGE.title,
            PAGE.type,
            PAGE.quality,
            (
                Place(
                    12,
                    4,
                    "letter",
                    "The company said that it would not open all of its models.",
                    Verdict(
                        claim_id="c1",
                        source_id=ID,
                        support=Support.SUPPORTED,
                        probability=0.9,
                        passages=(Passage(0, 10, "The makers"),),
                        why="the words are there",
                        judge="local 1",
                    ),
                ),
                Place(
                    31,
                    9,
                    "ibid.",
                    "Open release may no longer be the default.",
                    Unjudged("c2", ID, UnjudgedReason.NOT_CAPTURED, "nobody has asked for it yet"),
                ),
            ),
        ),
        CitedBy(OTHER_PAGE.id, OTHER_PAGE.path, OTHER_PAGE.title, "", None, (Place(3, 1, "observer", "", None),)),
    ),
    state=LinkState.ALIVE,
    due=False,
    capture=CaptureView("cap1", Outcome.OK, "status 200", 200, NOW, NOW, URL, "text/html", 8210, "web"),
    preview=Preview(200, NOW, 8210, TEXT, True, 8210),
    aliases=("https://observer.example/amp/open-weights", "E42"),
    reviews=(
        Review(
            "r1", ID, ReviewField.TAGS, ("open weights", "policy"), "ann", NOW, "the page's own tags were advertising"
        ),
    ),
    origins={"title": "og:title", "published": "json-ld"},
    unread_why="",
    confidences={"published": Confidence.LOW},
    conflicts={"published": (Conflict("2019-01-01", "pubdate"),)},
    completeness=Completeness.PREVIEW,
    captures=2,
    attempts=(Attempt("cap2", NOW, Outcome.OK), Attempt("cap1", NOW, Outcome.GONE)),
    related=(Related("0123456789abcdef", "A letter to investors", 2, 2),),
    cited_work=WorkCheck(Work.DIFFERENT, ("cited as 'Quantum sensors', which is not what it speaks of",)),
)

UNRATED_URL = "https://unknown.example/post"
UNRATED = Record(
    id=resource_id(UNRATED_URL),
    stable_id="sid_0000000001",
    url=UNRATED_URL,
    title="",
    title_origin="address",
    type=SourceType.WEB_PAGE,
    type_why="address",
    rating=Rating(None, "Unrated", "", False, "", "", "unknown.example", SourceType.WEB_PAGE, "address"),
    rating_words="No rating for unknown.example yet",
    relevance="",
    importance=None,
    authors=(),
    published="",
    site_name="",
    language="",
    doi="",
    tags=(),
    summary=None,
    cited_by=(),
    state=LinkState.SUSPECT,
    due=True,
    capture=CaptureView("cap2", Outcome.GONE, "status 404", 404, NOW, NOW, UNRATED_URL, "text/html", 0, "web"),
    preview=None,
    aliases=(),
    reviews=(),
    origins={},
    unread_why="gone: status 404",
)


def listing_of(record: Record) -> Listing:
    """The row of a record."""
    return Listing(
        source_id=record.id,
        stable_id=record.stable_id,
        url=record.url,
        title=record.title,
        type=record.type,
        domain=record.rating.domain,
        venue_id=record.rating.venue_id,
        venue=record.rating.venue,
        credibility=record.rating.credibility,
        importance=record.importance.score if record.importance else 0,
        pages=len(record.cited_by),
        state=record.state,
        outcome=record.capture.outcome if record.capture else None,
        captured_at=record.preview.captured_at if record.preview else None,
    )


CLAIM = ClaimListing(
    page_id=PAGE.id, position=0, source_id=ID, claim_id="c1",
    text="The company said that it would not open all of its models.", start=42, line=7, page=PAGE.title,
    path=PAGE.path, source=RECORD.title, url=URL, type=SourceType.NEWS_ARTICLE, venue_id="observer",
    venue=OBSERVER.name, credibility=3, importance=52, state=LinkState.ALIVE, verdict="contradicted",
    carried="contradicted", confidence=3, reason="", quote_altered=False, problem="contradicted", review="",
)  # fmt: skip
UNJUDGED_CLAIM = replace(
    CLAIM, claim_id="c2", position=1, verdict=UNJUDGED, carried=UNJUDGED, confidence=None, reason="paywalled",
    credibility=None, review="dismissed", text="Open release may no longer be the default.",
)  # fmt: skip
CAPTURE = CaptureListing(
    "cap1", ID, URL, NOW, NOW, Outcome.GONE, "status 404: not found", "web", 404, "text/html", 8210
)
WAITING = Problem(
    Rule.CONTRADICTED, Severity.ERROR, "the source says otherwise: The company said so.", ID, PAGE.path, 7,
    RECORD.title, "c1", "The company said so.", 42,
    Verdict("c1", ID, Support.CONTRADICTED, 0.02, (Passage(4, 10, "makers"),), "it says 47", "local 1"),
    PAGE.id, 3, LinkState.ALIVE, 52,
)  # fmt: skip
LOST = Problem(
    Rule.DEAD_LINK, Severity.ERROR, "the source is gone: An old report", UNRATED.id, "", 0, "An old report",
    state=LinkState.DEAD, claims=3, dismissed=("low-credibility",),
)  # fmt: skip
VENUE = VenueListing("observer", OBSERVER.name, "news", 3, False, OBSERVER.rules, 1, 1, 0, 2)


def page_listing(page: Page) -> PageListing:
    """The row of a page."""
    return PageListing(page.id, page.path, page.title, page.type, page.quality, 14, 9, 2, 1, 2, 9, 11, 3, 1)


def many_rows(number: int) -> list[Listing]:
    """Rows that differ in every column."""
    kinds, states, outcomes = list(SourceType), list(LinkState), [*Outcome, None]
    rows = []
    for n in range(number):
        url = f"https://site{n % 17}.example/article/{n}"
        credibility = (None, 1, 2, 3, 4, 5)[n % 6]
        rows.append(
            Listing(
                source_id=resource_id(url),
                stable_id=f"sid_{n:010d}",
                url=url,
                title=f"Article {n:04d} on the release of model weights and what follows from it",
                type=kinds[n % len(kinds)],
                domain=f"site{n % 17}.example",
                venue_id=f"venue{n % 5}" if n % 3 else "",
                venue=f"Venue {n % 5}" if n % 3 else "",
                credibility=credibility,
                importance=n * 7 % 101,
                pages=n % 9,
                state=states[n % 4],
                outcome=outcomes[n % len(outcomes)],
                captured_at=NOW if n % 4 else None,
            )
        )
    return rows


@dataclass
class Shelf:
    """Stands where `Records` stands."""

    records: tuple[Record, ...] = (RECORD, UNRATED)
    rows: tuple[Listing, ...] = ()
    problems: tuple[Problem, ...] = (
        Problem(Rule.DEAD_LINK, Severity.ERROR, "dead link: An old report", UNRATED.id, "", 0, "An old report"),
        Problem(
            Rule.UNDEFINED_FOOTNOTE, Severity.ERROR, "footnote [^7] is not defined", "", PAGE.path, 31, page_id=PAGE.id
        ),
    )
    name: str = "Open models"
    config: Config = field(default_factory=Config)
    asked: list[ListQuery] = field(default_factory=list)
    asked_rows: list[RowQuery] = field(default_factory=list)
    claims: tuple[ClaimListing, ...] = ()
    attempts: tuple[CaptureListing, ...] = ()
    venues: tuple[VenueListing, ...] = ()
    version: str = ""
    built: tuple[Build, ...] = ()
    compared: Changes | None = None

    def __post_init__(self) -> None:
        self.rows = self.rows or tuple(listing_of(record) for record in self.records)
        self.claims = self.claims or (CLAIM, UNJUDGED_CLAIM)
        self.attempts = self.attempts or (CAPTURE,)
        self.venues = self.venues or (VENUE,)

    def record(self, any_id: str) -> Record:
        for record in self.records:
            if any_id in {record.id, record.stable_id, record.url, *record.aliases}:
                return record
        raise NotFoundError(f"no source {any_id!r} in this library", "`sourcebook list` names those there are")

    def sources(self, query: ListQuery) -> ListPage:
        self.asked.append(query)
        rows = [row for row in self.rows if _fits(row, query)]
        name = query.sort.removeprefix("-")
        known = [row for row in rows if getattr(row, name) is not None]
        known.sort(key=lambda row: getattr(row, name), reverse=query.sort.startswith("-"))
        rows = known + [row for row in rows if getattr(row, name) is None]
        return ListPage(tuple(rows[query.offset : query.offset + query.limit]), len(rows))

    def rows_of(self, view: View) -> tuple[object, ...]:
        match view.of.name:
            case ListName.CLAIMS:
                return tuple(self.claims)
            case ListName.PAGES:
                return tuple(page_listing(page) for page in (OTHER_PAGE, PAGE))
            case ListName.CAPTURES:
                return tuple(self.attempts)
            case ListName.PROBLEMS:
                return self.problems
            case _:
                return tuple(self.venues)

    def list_rows(self, view: View) -> RowPage[Any]:
        if view.of.name is ListName.SOURCES:
            return self.sources(sources_query(view))
        if view.of.name is ListName.PROBLEMS:
            return RowPage(self.problems[view.offset : view.offset + view.rows], len(self.problems))
        self.asked_rows.append(rows_query(view))
        rows = self.rows_of(view)
        return RowPage(rows[view.offset : view.offset + view.rows], len(rows))

    def all_rows(self, view: View) -> Iterable[object]:
        if view.of.name is ListName.SOURCES:
            return self.sources(replace(sources_query(view), offset=0, limit=10_000)).rows
        return self.rows_of(view)

    def builds(self, most: int) -> list[Build]:
        return list(self.built)

    def stamp(self) -> str:
        return self.version

    def captures(self, any_id: str) -> list[CaptureRow]:
        return [
            CaptureRow(
                id=f"cap{n}", source_id=ID, outcome=Outcome.OK, reason="status 200", status=200, checked_at=NOW,
                captured_at=NOW, origin="web", media_type="text/html", size_bytes=8210, words=900, final_url=URL,
                body_digest="", file="a.warc.gz", offset=7, is_read=n == 2, state=LinkState.ALIVE, due_at=None,
            )
            for n in (1, 2)
        ]  # fmt: skip

    def changes(self, any_id: str, before_id: str, after_id: str) -> Changes:
        return self.compared

    def queue(self, view: View) -> Queue:
        return Queue(self.list_rows(view), {"contradicted": 1, "dead-link": 2} if self.problems else {})

    def names(self, view: View) -> dict[str, str]:
        return {"venue": OBSERVER.name} if view.chosen("venue") else {}

    def facets(self) -> dict[str, dict[str, int]]:
        return {
            "type": _counts(row.type for row in self.rows),
            "state": _counts(row.state for row in self.rows),
            "credibility": _counts(row.credibility or "unrated" for row in self.rows),
        }

    def venue(self, venue_id: str) -> VenueRecord:
        if venue_id != OBSERVER.id:
            raise NotFoundError(f"no venue {venue_id!r}", "venues are named on the records of their sources")
        rows = tuple(row for row in self.rows if row.venue_id == venue_id)
        return VenueRecord(OBSERVER, "Good", ListPage(rows, len(rows)))

    def page(self, any_id: str) -> PageRecord:
        for page in (OTHER_PAGE, PAGE):
            if any_id in {page.id, page.path}:
                return page_record(page, self.rows)
        raise NotFoundError(f"no page {any_id!r} in this library", "name its id, or its path from the folder of pages")

    def text(self, any_id: str) -> SourceText:
        record = self.record(any_id)
        return SourceText(record.id, record.title, record.url, NOW, TEXT)

    def overview(self) -> Overview:
        facets = self.facets()
        unrated = facets["credibility"].get("unrated", 0)
        total = len(self.rows)
        outcomes = _counts(row.outcome for row in self.rows if row.outcome)
        read = sum(row.captured_at is not None for row in self.rows)
        return Overview(
            self.name,
            2,
            7,
            5,
            total,
            sum(outcomes.values()),
            read,
            total - unrated,
            unrated,
            facets,
            outcomes,
            kinds_of(self.problems),
            NOW,
        )


def kinds_of(problems: Sequence[Problem]) -> tuple[ProblemKind, ...]:
    rules = dict.fromkeys(problem.rule for problem in problems)
    some = {rule: tuple(problem for problem in problems if problem.rule == rule) for rule in rules}
    return tuple(ProblemKind(rule, of[0].severity, len(of), of[:2]) for rule, of in some.items())


PAGE_TEXT = """---
title: Open Source AI Safety
---

# What makers say

The company said that it would *not* open all of its [models](https://observer.example/2025/07/30/open-weights). Nobody
was surprised.

- Open release may no longer be the default.[^7]

```
a [link](https://nowhere.example/) in code
```
"""


def page_record(page: Page, rows: Iterable[Listing]) -> PageRecord:
    """A page with a claim that its source bears out, and one whose footnote nobody has defined."""
    row = next(iter(rows))
    first, second = (
        "The company said that it would not open all of its models.",
        "Open release may no longer be the default.",
    )
    starts = [PAGE_TEXT.index(words) for words in ("The company", "Open release may")]
    ends = [PAGE_TEXT.index(words) for words in (" Nobody", "[^7]")]
    link = PAGE_TEXT.index("[models]")
    one = PageCitation(
        7, 52, CitationKind.LINK, "models", row.url, row.source_id, row.title, row.credibility, row.state, first, link,
        ends[0] - 1,
    )  # fmt: skip
    other = replace(
        one, line=10, kind=CitationKind.FOOTNOTE, label="", url="", source_id="", source_title="", credibility=None,
        state=None, claim=second, start=ends[1], end=ends[1] + 4, footnote="7",
    )  # fmt: skip
    verdict = Verdict(
        "c1", row.source_id, Support.SUPPORTED, 0.9, (Passage(4, 10, "makers"),), "the words are there", "local 1"
    )
    unjudged = Unjudged("c2", "", UnjudgedReason.NOT_CAPTURED, "nobody has asked for it yet")
    answer = ClaimAnswer(row.source_id, row.title, row.url, row.credibility, row.state, verdict, None)
    unknown = ClaimAnswer("", "ibid.", "", None, None, unjudged, None)
    claims = (
        PageClaim("c1", first, 7, 1, starts[0], ends[0], Support.SUPPORTED, (answer,)),
        PageClaim("c2", second, 10, 3, starts[1], ends[1], None, (unknown,)),
    )
    return PageRecord(
        page, PAGE_TEXT, claims, (one, other), _findings(page, first), PageHealth(2, 1, 1, 0, 0, 2, 1, flagged=1)
    )


def _findings(page: Page, claim: str) -> tuple[Reported, ...]:
    """An error, another about a claim, and more notes of one kind than anybody wants to read."""
    error = Reported(
        rule=Rule.UNDEFINED_FOOTNOTE,
        severity=Severity.ERROR,
        page=page.path,
        file=page.path,
        span=Span(31, 2, 31, 3),
        message="footnote [^7] is not defined",
        advice="define it, or take the reference out",
        claim="",
        passage="",
        source_id="",
        url="",
        fingerprint="f1",
    )
    quote = replace(error, rule=Rule.ALTERED_QUOTE, claim=claim, message="altered quote: it says no")
    note = replace(error, rule=Rule.UNCITED_NUMBER, severity=Severity.NOTE, message="a number, and no source is cited")
    note = replace(note, advice="cite where it comes from")
    lines = range(40, 45)
    notes = (replace(note, span=Span(at, 1, at, 9), claim=f"It took {at} years.", fingerprint=f"f{at}") for at in lines)
    return (error, quote, *notes)


def _fits(row: Listing, query: ListQuery) -> bool:
    wanted = {"type": query.type, "state": query.state, "outcome": query.outcome}
    wanted |= {"domain": query.domain, "venue_id": query.venue_id}
    if any(value and str(getattr(row, name) or "") != str(value) for name, value in wanted.items()):
        return False
    if query.credibility and str(row.credibility or "unrated") != str(query.credibility):
        return False
    return query.words.lower() in f"{row.title} {row.url}".lower()


def _counts(values: Iterable[object]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        counts[str(value)] = counts.get(str(value), 0) + 1
    return counts
