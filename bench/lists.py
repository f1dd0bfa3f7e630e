"""A page of any list over 100,000 sources, on every column that it is sorted by: CPU time of the whole request."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.applications import Starlette

from bench import Measurement
from bench.asking import ROUNDS, fastest_ms
from bench.made_up_lists import made_up_library
from sourcebook.config import Config
from sourcebook.rate import load_venues
from sourcebook.records import CATALOGUES, PROBLEMS, Catalogue, Records, parse_view
from sourcebook.store import UNRATED, Listings, ListQuery, Store
from sourcebook.types.captures import LinkState, Outcome
from sourcebook.types.sources import SourceType
from sourcebook.web.app import make_app

MOST_MS = 50.0

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
    "sources": (
        "type=paper", "credibility=unrated&state=alive", "captured=yes", "tag=tag-3",
        "verdict=unsupported", "verdict=contradicted&type=paper", "verdict=supported&tag=tag-3",
        "since=2024-03-01&state=dead", "venue=venue-7", "cited_by=page-7",
    ),
    "claims": (
        "verdict=partial", "credibility=3&review=none", "reason=walled", "quote=altered", "type=paper&state=dead",
        "tag=tag-3", "venue=venue-7", "cited_by=page-7",
    ),
    "captures": (
        "outcome=ok", "status=404", "since=2024-03-01", "until=2024-03-01", "since=2024-03-01&outcome=gone",
        "venue=venue-7", "cited_by=page-7",
    ),
    "pages": ("with=flagged", "type=Concept"),
    "venues": ("credibility=3",),
    "problems": (
        "rule=contradicted", "rule=unsupported", "rule=unjudged", "reason=walled", "rule=dead-link",
        "rule=suspect-link", "rule=low-credibility",
    ),
}  # fmt: skip


def measure() -> list[Measurement]:
    """The slowest page without a filter, with one, and (without a bar) of a search for words."""
    with tempfile.TemporaryDirectory() as folder:
        store = made_up_library(Path(folder))
        words = [ListQuery(words="open weights"), ListQuery(words="nowhere")]
        tagged = [ListQuery(tag="common")]
        found = [
            _measured("page of 100,000 sources", store, [ListQuery()]),
            _measured("page of a filtered list", store, list(_FILTERS)),
            _measured("page of a list narrowed by another", store, list(_ELSEWHERE)),
            replace(_measured("page of a search for words", store, words), bar="no bar", holds=True),
            replace(_measured("page by a tag of two thirds", store, tagged), bar="no bar", holds=True),
        ]
        records = Records(store, Config(), load_venues(), lambda: datetime.now(UTC), "made up")
        app = make_app(records)
        asyncio.run(fastest_ms(app, "/"))  # templates are compiled at their first use
        found.append(_asked("overview when it is not kept", asyncio.run(fastest_ms(app, "/")), "/"))
        found += [
            _asked(f"{of.path} over 100,000", *asyncio.run(_slowest_page_ms(app, records, of)))
            for of in (*CATALOGUES.values(), PROBLEMS)
        ]
        store.close()
    return found


def _asked(name: str, spent: float, where: str) -> Measurement:
    ratio = spent / MOST_MS
    unit = f"CPU-ms of a whole request, the slowest: {where}; peer: the bar"
    return Measurement(name, spent, MOST_MS, unit, ratio, "≤ 1", ratio <= 1)


async def _slowest_page_ms(app: Starlette, records: Records, of: Catalogue) -> tuple[float, str]:
    """The slowest of the first, middle and last pages of one list, on any sort and narrowed in any way; and which."""
    slowest = (0.0, "")
    for column in of.columns:
        for sort in (column.name, f"-{column.name}"):
            for said in ("", *_NARROWED[of.name]):
                view = parse_view(of, parse_qsl(f"sort={sort}&{said}"))
                last = view.pages(records.list_rows(view).total)
                for page in {1, (1 + last) // 2, last}:
                    address = view.at(page).address()
                    slowest = max(slowest, (await fastest_ms(app, address), address))
    return slowest


def _measured(name: str, store: Store, queries: list[ListQuery]) -> Measurement:
    """The slowest first or deepest page on any sort, of these lists."""
    slowest = max(_page_ms(store, page) for query in queries for page in _pages(store, query))
    ratio = slowest / MOST_MS
    return Measurement(name, slowest, MOST_MS, "CPU-ms, the slowest; peer: the bar", ratio, "≤ 1", ratio <= 1)


def _pages(store: Store, query: ListQuery) -> Iterator[ListQuery]:
    deepest = max(0, store.listings.page(query).total - query.limit)
    for column in Listings.SORTS:
        for sort in (column, f"-{column}"):
            for offset in (0, deepest // 2, deepest):
                yield replace(query, sort=sort, offset=offset)


def _page_ms(store: Store, query: ListQuery) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        store.listings.page(query)
        times.append(time.process_time() - start)
    return min(times) * 1_000
