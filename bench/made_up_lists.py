"""A made-up library of 100,000 sources, the same each time: its rows only, as no list needs the bytes behind them."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sourcebook import ids
from sourcebook.store import Store, open_store
from sourcebook.types.builds import Step
from sourcebook.types.captures import Capture, LinkState, Outcome
from sourcebook.types.documents import Document
from sourcebook.types.findings import Finding, Rule
from sourcebook.types.listings import UNJUDGED, ClaimListing, Listing, PageListing
from sourcebook.types.pages import Citation, CitationKind, Claim, Page, ParsedPage
from sourcebook.types.sources import Source, SourceType
from sourcebook.types.verdicts import Support, UnjudgedReason

SOURCES = 100_000
PAGES = 5_000
CLAIMS_A_PAGE = 40
FOUND_A_PAGE = 10  # by the parser
LITTLE, MANY = (1, 2), 3  # as the end of a build asks which sources carry too much

_WORDS = "open model source closed weights safety policy report news paper result data training cost chip law".split()


def made_up_library(folder: Path) -> Store:
    """100,000 sources, 200,000 claims on 5,000 pages that cite them, and 150,000 captures; counted as a build ends."""
    store = open_store(folder)
    listings = list(made_up_listings(SOURCES))
    store.sources.add([_made_up_source(row) for row in listings])
    common = {row.source_id: ("common",) if n % 3 else () for n, row in enumerate(listings)}
    store.listings.save(
        listings, {row.source_id: (f"tag-{n % 51}", *common[row.source_id]) for n, row in enumerate(listings)}
    )
    store.listings.keep_facets()
    chance = random.Random(2)
    for number in range(0, PAGES, 500):
        with store.write():
            _fill_pages(store, listings, chance, range(number, number + 500))
    captures = list(_made_up_captures(listings, chance))
    store.captures.restore(captures)
    read = [one for one in captures if one.outcome is Outcome.OK]
    store.derived.save_many(Step.DOCUMENT, [(one.id, "made up", Document(text="Words. " * 200)) for one in read])
    store.derived.save_many(Step.WORDS, [(one.id, "made up", 200) for one in read])
    store.page_listings.keep_carrying(MANY, LITTLE)
    store.listings.settle_verdicts()
    store.listings.keep_facets()
    store.pages.keep_counts()
    return store


def _made_up_source(row: Listing) -> Source:
    return Source(
        row.source_id, row.stable_id, ids.match_key(row.url) or row.url, row.url, datetime(2024, 1, 1, tzinfo=UTC)
    )


def made_up_listings(number: int) -> Iterator[Listing]:
    """Listings as a large library would have them: few venues and states, many titles; always the same."""
    chance = random.Random(1)
    for one in range(number):
        title = " ".join(chance.choices(_WORDS, k=9)).title()
        url = f"https://site{one % 5_000}.example/{title.lower().replace(' ', '-')}/{one}"
        venue = 0 if one % 5 == 0 else chance.randrange(400)  # one of five in a venue as large as an encyclopaedia
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


def _fill_pages(store: Store, listings: Sequence[Listing], chance: random.Random, numbers: range) -> None:
    pages, claims = [], []
    for number in numbers:
        page = Page(f"page-{number}", f"folder/page-{number}.md", f"Page {number}", "Concept", 50.0, "0" * 64)
        sources = [chance.choice(listings) for _ in range(CLAIMS_A_PAGE)]
        made = [_made_up_claim(page, place, source, chance) for place, source in enumerate(sources)]
        cited = tuple(map(_made_up_citation, made))
        found = tuple(
            Finding(Rule.UNDEFINED_FOOTNOTE, page.path, at, 1, f"footnote '{at}'") for at in range(FOUND_A_PAGE)
        )
        store.pages.save(ParsedPage(page, "", cited, found), "1", [source.source_id for source in sources])
        counts = [chance.randrange(9) for _ in range(8)]
        pages.append(PageListing(page.id, page.path, page.title, page.type, page.quality, CLAIMS_A_PAGE, *counts))
        claims += made
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


def _made_up_citation(row: ClaimListing) -> Citation:
    claim = Claim(row.claim_id, row.text, "", "", row.start, row.start + len(row.text))
    return Citation(row.line, 1, 0, 9, CitationKind.LINK, "a label", row.url, row.url, "", "", claim)


def _made_up_captures(listings: Sequence[Listing], chance: random.Random) -> Iterator[Capture]:
    for number in range(SOURCES * 3 // 2):
        source = listings[number % SOURCES]
        at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(60_000_000))
        status = chance.choice((200, 200, 200, 404, 403, 503, None))
        yield Capture(
            f"capture-{number}", source.source_id, source.url, source.url, at, at, chance.choice(list(Outcome)),
            "a reason", "web", status, "text/html", size_bytes=chance.randrange(90_000),
        )  # fmt: skip
