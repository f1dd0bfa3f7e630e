"""A page of any list over 100,000 sources, on every column that it is sorted by: CPU time of the whole request."""

import asyncio
import random
import tempfile
import time
from collections.abc import Iterator, MutableMapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette

from bench import Measurement
from sourcebook import ids
from sourcebook.config import Config
from sourcebook.rate import load_venues
from sourcebook.records import CATALOGUES, PROBLEMS, Catalogue, Records, parse_view
from sourcebook.store import UNRATED, Listings, ListQuery, Store, open_store
from sourcebook.types.captures import Capture, LinkState, Outcome
from sourcebook.types.listings import UNJUDGED, ClaimListing, Listing, PageListing
from sourcebook.types.pages import Page, ParsedPage
from sourcebook.types.sources import SourceType
from sourcebook.types.verdicts import Support, UnjudgedReason
from sourcebook.web.app import make_app

SOURCES = 100_000
MOST_MS = 50.0
ROUNDS = 3  # the fastest counts: the others measure what else the machine was doing

_WORDS = "open model source closed weights safety policy report news paper result data training cost chip law".split()
_FILTERS = (
    ListQuery(type=SourceType.PAPER),
    ListQuery(credibility=UNRATED),
    ListQuery(credibility=3),
    ListQuery(state=LinkState.DEAD),
    ListQuery(state=LinkState.ALIVE),
    ListQuery(outcome=Outcome.OK),
    ListQuery(venue_id="venue-7"),
    ListQuery(domain="site9.example"),
    ListQuery(type=SourceType.PAPER, credibility=3, state=LinkState.ALIVE),
    ListQuery(captured=False),
    ListQuery(since=datetime(2024, 3, 1, tzinfo=UTC), before=datetime(2025, 3, 1, tzinfo=UTC)),
)
_ELSEWHERE = (ListQuery(tag="tag-3"), ListQuery(verdict="contradicted"), ListQuery(page_id="page-7"))
_NARROWED = {
    "sources": ("type=paper", "credibility=unrated&state=alive", "captured=yes", "tag=tag-3", "verdict=unsupported"),
    "claims": ("verdict=partial", "credibility=3&review=none", "reason=walled", "quote=altered"),
    "captures": ("outcome=ok", "status=404", "since=2024-03-01"),
    "pages": ("with=flagged",),
    "venues": ("credibility=3",),
    "problems": ("rule=contradicted", "rule=unjudged", "reason=walled", "rule=dead-link"),
}


def measure() -> list[Measurement]:
    """The slowest page without a filter, with one, and (without a bar) of a search for words."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        listings = list(made_up_listings(SOURCES))
        store.listings.save(listings, {row.source_id: (f"tag-{n % 40}",) for n, row in enumerate(listings)})
        fill(store, listings)
        words = [ListQuery(words="open weights"), ListQuery(words="nowhere")]
        found = [
            _measured("page of 100,000 sources", store, [ListQuery()]),
            _measured("page of a filtered list", store, list(_FILTERS)),
            _measured("page of a list narrowed by another", store, list(_ELSEWHERE)),
            replace(_measured("page of a search for words", store, words), bar="no bar", holds=True),
        ]
        store.listings.keep_facets()  # as the end of a build does
        records = Records(store, Config(), load_venues(), lambda: datetime.now(UTC), "made up")
        app = make_app(records)
        for of in (*CATALOGUES.values(), PROBLEMS):
            slowest, where = asyncio.run(_slowest_page_ms(app, records, of))
            ratio = slowest / MOST_MS
            unit = f"CPU-ms of a whole request, the slowest: {where}; peer: the bar"
            found.append(Measurement(f"{of.path} over 100,000", slowest, MOST_MS, unit, ratio, "≤ 1", ratio <= 1))
        store.close()
    return found


async def _slowest_page_ms(app: Starlette, records: Records, of: Catalogue) -> tuple[float, str]:
    """The slowest first or deep page of one list, on any sort and as it is narrowed in any way; and which it was."""
    slowest = (0.0, "")
    for column in of.columns:
        for sort in (column.name, f"-{column.name}"):
            for said in ("", *_NARROWED[of.name]):
                view = parse_view(of, parse_qsl(f"sort={sort}&{said}"))
                last = view.pages(records.list_rows(view).total)
                for page in {1, last}:
                    address = view.at(page).address()
                    times = [await _request_ms(app, address) for _ in range(ROUNDS)]
                    slowest = max(slowest, (min(times), address))
    return slowest


async def _request_ms(app: Starlette, address: str) -> float:
    """CPU milliseconds of one request, without a socket. Raises RuntimeError when it is not answered with a page."""
    statuses: list[int] = []
    path, _, query = address.partition("?")

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": path, "raw_path": path.encode(), "root_path": "", "query_string": query.encode(), "headers": [],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip
    start = time.process_time()
    await app(scope, receive, send)
    spent = time.process_time() - start
    if statuses != [200]:
        raise RuntimeError(f"{address} was answered with {statuses}")
    return spent * 1_000


def _measured(name: str, store: Store, queries: list[ListQuery]) -> Measurement:
    """The slowest first or deepest page on any sort, of these lists."""
    slowest = max(_page_ms(store, page) for query in queries for page in _pages(store, query))
    ratio = slowest / MOST_MS
    return Measurement(name, slowest, MOST_MS, "CPU-ms, the slowest; peer: the bar", ratio, "≤ 1", ratio <= 1)


def _pages(store: Store, query: ListQuery) -> Iterator[ListQuery]:
    deepest = max(0, store.listings.page(query).total - query.limit)
    for column in Listings.SORTS:
        for sort in (column, f"-{column}"):
            for offset in (0, deepest):
                yield replace(query, sort=sort, offset=offset)


def _page_ms(store: Store, query: ListQuery) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        store.listings.page(query)
        times.append(time.process_time() - start)
    return min(times) * 1_000


def made_up_listings(number: int) -> Iterator[Listing]:
    """Listings as a large library would have them: few venues and states, many titles; always the same."""
    chance = random.Random(1)
    for one in range(number):
        title = " ".join(chance.choices(_WORDS, k=9)).title()
        url = f"https://site{one % 5_000}.example/{title.lower().replace(' ', '-')}/{one}"
        venue = chance.randrange(400)
        yield Listing(
            source_id=ids.resource_id(url),
            stable_id=f"sid_{one:010}",
            url=url,
            title=title,
            type=chance.choice(list(SourceType)),
            domain=f"site{one % 5_000}.example",
            venue_id=f"venue-{venue}" if venue < 280 else "",
            venue=f"Venue {venue}" if venue < 280 else "",
            credibility=chance.choice((None, 1, 2, 3, 4, 5)),
            importance=chance.randrange(101),
            pages=min(40, int(chance.expovariate(0.7))),
            state=chance.choices(list(LinkState), weights=(80, 5, 5, 10))[0],
            outcome=chance.choice((None, *Outcome)),
            captured_at=datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(60_000_000))
            if chance.random() < 0.8
            else None,
        )


PAGES = 5_000
CLAIMS_A_PAGE = 40


def fill(store: Store, listings: list[Listing]) -> None:
    """200,000 claims on 5,000 pages, and 150,000 captures."""
    chance = random.Random(2)
    for number in range(0, PAGES, 500):
        with store.write():
            _fill_pages(store, listings, chance, range(number, number + 500))
    store.captures.restore(list(_made_up_captures(listings, chance)))


def _fill_pages(store: Store, listings: list[Listing], chance: random.Random, numbers: range) -> None:
    pages, claims = [], []
    for number in numbers:
        page = Page(f"page-{number}", f"folder/page-{number}.md", f"Page {number}", "Concept", 50.0, "0" * 64)
        store.pages.save(ParsedPage(page, "", (), ()), "1", ())
        counts = [chance.randrange(9) for _ in range(8)]
        pages.append(PageListing(page.id, page.path, page.title, page.type, page.quality, CLAIMS_A_PAGE, *counts))
        claims += [_made_up_claim(page, position, chance.choice(listings), chance) for position in range(CLAIMS_A_PAGE)]
    store.page_listings.save(pages, claims)


def _made_up_claim(page: Page, position: int, source: Listing, chance: random.Random) -> ClaimListing:
    verdict = chance.choice((*Support, UNJUDGED))
    text = " ".join(chance.choices(_WORDS, k=15))
    problem = verdict if verdict in {Support.CONTRADICTED, Support.UNSUPPORTED, UNJUDGED} else ""
    return ClaimListing(
        page.id, position, source.source_id, ids.claim_id(f"{text}{position}"), text, 1, position, page.title,
        page.path, source.title, source.url, source.type, source.venue_id, source.venue, source.credibility,
        source.importance, source.state, verdict, verdict, chance.randrange(101),
        chance.choice(list(UnjudgedReason)) if verdict == UNJUDGED else "", chance.random() < 0.02, problem, "",
    )  # fmt: skip


def _made_up_captures(listings: list[Listing], chance: random.Random) -> Iterator[Capture]:
    for number in range(SOURCES * 3 // 2):
        source = listings[number % SOURCES]
        at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(60_000_000))
        status = chance.choice((200, 200, 200, 404, 403, 503, None))
        yield Capture(
            f"capture-{number}", source.source_id, source.url, source.url, at, at, chance.choice(list(Outcome)),
            "a reason", "web", status, "text/html", size_bytes=chance.randrange(90_000),
        )  # fmt: skip
