"""A page of any list over 100,000 sources: by every filter and every two filters, on the columns that it is sorted by,
first, in the middle and last. CPU time of the whole request."""

import asyncio
import itertools
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl

from msgspec.structs import replace
from starlette.applications import Starlette

from bench import Measurement
from bench.asking import ROUNDS, ask, fastest_ms
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
_ELSEWHERE = (
    ListQuery(tag="tag-3"), ListQuery(tag="common"), ListQuery(verdict="contradicted"), ListQuery(page_id="page-7"),
)  # fmt: skip

# Values of each filter: common ones and rare ones. Nothing holds "qz"; two of five titles hold "open".
_WORDS = ("open", "open weights", "we", "qz", "nowhere")
_TAGS, _VENUES, _DAY, _YEAR_LATER = ("tag-3", "common"), ("venue-7", "venue-0"), ("2024-03-01",), ("2025-03-01",)
_VALUES: Mapping[str, Mapping[str, Sequence[str]]] = {
    "sources": {
        "words": _WORDS, "type": ("paper",), "credibility": ("3", "unrated"), "state": ("alive", "dead"),
        "verdict": ("unsupported",), "outcome": ("ok",), "captured": ("yes", "no"), "tag": _TAGS, "since": _DAY,
        "until": _YEAR_LATER, "venue": _VENUES, "cited_by": ("page-7",), "domain": ("site9.example",),
    },
    "claims": {
        "words": _WORDS, "verdict": ("partial", "unjudged"), "credibility": ("3",), "review": ("none", "confirmed"),
        "reason": ("walled",), "type": ("paper",), "state": ("alive", "dead"), "quote": ("altered",), "tag": _TAGS,
        "venue": _VENUES, "cited_by": ("page-7",),
    },
    "captures": {
        "words": ("open", "open-weights", "we", "qz", "nowhere"), "outcome": ("ok", "gone"), "since": _DAY,
        "until": _YEAR_LATER, "status": ("404",), "origin": ("web",), "media_type": ("text/html",), "venue": _VENUES,
        "cited_by": ("page-7",),
    },
    "pages": {"words": ("page", "page 7", "qz"), "with": ("flagged",), "type": ("Concept",), "tag": ("none",)},
    "venues": {"words": ("new",), "credibility": ("3",), "held": ("yes", "no"), "type": ("news",)},
    "problems": {
        "rule": (
            "contradicted", "unsupported", "unjudged", "dead-link", "suspect-link", "low-credibility", "altered-quote",
            "retracted", "wrong-work", "undefined-footnote",
        ),
        "reason": ("walled",),
    },
}  # fmt: skip


def measure() -> list[Measurement]:
    """The slowest page without a filter, with one, of a search for words, and of each list as a request."""
    with tempfile.TemporaryDirectory() as folder:
        store = made_up_library(Path(folder))
        found = measured(store)
        store.close()
    return found


def measured(store: Store) -> list[Measurement]:
    """The same of a library that is there already."""
    words = [ListQuery(words=word, most=1_000) for word in _WORDS]
    found = [
        _of_store("page of 100,000 sources", store, [ListQuery()]),
        _of_store("page of a filtered list", store, list(_FILTERS)),
        _of_store("page of a list narrowed by another", store, list(_ELSEWHERE)),
        _of_store("page of a search for words", store, words),
    ]
    records = Records(store, Config(), load_venues(), lambda: datetime.now(UTC), "made up")
    app = make_app(records)
    asyncio.run(ask(app, "/"))  # templates are compiled at their first use
    found.append(_asked("overview when it is not kept", asyncio.run(fastest_ms(app, "/")), "/"))
    for of in (*CATALOGUES.values(), PROBLEMS):
        found.append(_asked(f"{of.path} over 100,000", *asyncio.run(_slowest(app, records, of, _alone(of)))))
        found.append(_asked(f"{of.path} by two filters", *asyncio.run(_slowest(app, records, of, _by_two(of)))))
    return found


def _asked(name: str, spent: float, where: str) -> Measurement:
    ratio = spent / MOST_MS
    unit = f"CPU-ms of a whole request, the slowest: {where}; peer: the bar"
    return Measurement(name, spent, MOST_MS, unit, ratio, "≤ 1", ratio <= 1)


def _alone(of: Catalogue) -> Iterator[str]:
    """On every sort, narrowed by nothing and by each value of each filter."""
    said = ["", *(f"{name}={value}" for name, value in _pairs(of))]
    for column, sign, one in itertools.product(of.columns, ("", "-"), said):
        yield f"sort={sign}{column.name}&{one}"


def _by_two(of: Catalogue) -> Iterator[str]:
    """By the values of every two filters, on every third column, in turns in both directions."""
    both = [(one, other) for one, other in itertools.combinations(_pairs(of), 2) if one[0] != other[0]]
    for number, ((name, value), (second, other)) in enumerate(both):
        for column in of.columns[number % 3 :: 3] or of.columns:
            yield f"sort={'-' * (number % 2)}{column.name}&{name}={value}&{second}={other}"


def _pairs(of: Catalogue) -> list[tuple[str, str]]:
    return [(name, value) for name, values in _VALUES[of.name].items() for value in values]


async def _slowest(app: Starlette, records: Records, of: Catalogue, asked: Iterator[str]) -> tuple[float, str]:
    """The slowest of the first, middle and last pages of those lists; and which it is."""
    slowest = (0.0, "")
    for said in asked:
        view = parse_view(of, parse_qsl(said))
        last = view.pages(records.list_rows(view).total)
        for page in {1, (1 + last) // 2, last}:
            address = view.at(page).address()
            if await fastest_ms(app, address, 1) > slowest[0]:  # else no other round is worth its time
                slowest = max(slowest, (await fastest_ms(app, address), address))
    return slowest


def _of_store(name: str, store: Store, queries: list[ListQuery]) -> Measurement:
    """The slowest first, middle or last page on any sort, of these lists, without its HTML."""
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
