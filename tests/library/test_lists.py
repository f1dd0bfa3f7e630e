"""What lists say of claims and pages follows from what is known of them, and from a person's word."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from sourcebook import ids, wiring
from sourcebook.library import Signed, settled
from sourcebook.store import RowQuery, Store
from sourcebook.types.captures import Outcome
from sourcebook.types.listings import UNJUDGED, ClaimListing
from sourcebook.types.verdicts import Support
from tests.library.conftest import Shelf
from tests.library.test_judging import CLAIM, ONE, PAGES, TWO, web

OTHER = "https://three.example/"


def claims(store: Store) -> dict[str, ClaimListing]:
    return {row.url: row for row in store.page_listings.claims(RowQuery("page")).rows}


def test_a_claim_stands_in_lists_beside_each_of_its_sources(shelf: Shelf) -> None:
    shelf.page("a.md", f"# Ferries\n\n{CLAIM[:-1]} ([one]({ONE}), [two]({TWO})). See [three]({OTHER}).\n")
    shelf.fetcher = web(PAGES, {OTHER: Outcome.PAYWALLED})
    shelf.build()

    with wiring.open_records(shelf.place, shelf.config) as records:
        rows = claims(records.store)
        page = records.store.page_listings.find_page(ids.page_id("a.md"))

    assert rows.keys() == {ONE, TWO, OTHER}
    assert (rows[ONE].verdict, rows[ONE].carried) == (Support.PARTIAL, Support.SUPPORTED)
    assert (rows[OTHER].verdict, rows[OTHER].reason) == (UNJUDGED, "paywalled")
    assert rows[OTHER].confidence is None
    assert rows[ONE].text == f"{CLAIM[:-1]} (one, two)."
    assert page is not None
    assert (page.claims, page.supported, page.unjudged, page.sources, page.unrated) == (1, 1, 0, 3, 3)


def test_a_persons_word_counts_in_lists_at_once(shelf: Shelf) -> None:
    shelf.page("a.md", f"# Ferries\n\n{CLAIM[:-1]} ([one]({ONE})).\n")
    shelf.fetcher = web(PAGES)
    shelf.build()
    seen: list[tuple[str, str, str, int]] = []

    for word in ("confirm", "contradicted", "dismiss", ""):
        shelf.now += timedelta(minutes=1)
        with shelf.open() as library:
            store = library.parts.store
            row, page = claims(store)[ONE], store.page_listings.find_page(ids.page_id("a.md"))
            assert page is not None
            seen.append((row.verdict, row.carried, row.review, page.flagged))
            if word:
                library.review(row.claim_id, ONE, word, Signed("ann", "read it"))

    assert seen == [
        ("partial", "partial", "", 0),
        ("partial", "partial", "confirmed", 0),
        ("contradicted", "contradicted", "overruled", 1),
        ("partial", "partial", "dismissed", 0),
    ]


ALTERED = (
    'The Bergen yard built nine electric ferries for the council, and of the first the report says "of them sails '
    'since June".'
)


def flagged(shelf: Shelf) -> tuple[int, int]:
    """As lists of pages have it, and the page itself."""
    with wiring.open_records(shelf.place, shelf.config) as records:
        row, page = records.store.page_listings.find_page(ids.page_id("a.md")), records.page("a.md")
        assert row is not None
        assert row.partial == page.counts.partial
        return row.flagged, page.counts.flagged


@pytest.mark.parametrize("word", ["supported", "dismiss", "confirm"])
def test_an_altered_quote_is_flagged_until_a_person_has_seen_it(shelf: Shelf, word: str) -> None:
    shelf.page("a.md", f"# Ferries\n\n{ALTERED[:-1]} ([one]({ONE})).\n")
    shelf.fetcher = web(PAGES)
    shelf.build()
    seen = [flagged(shelf)]
    with shelf.open() as library:
        row = claims(library.parts.store)[ONE]
        library.review(row.claim_id, ONE, word, Signed("ann", "read it"))
    seen.append(flagged(shelf))
    with shelf.open() as library:
        shelf.now += timedelta(minutes=1)
        library.take_back_review(row.claim_id, ONE, Signed("ann", "read it again"))

    assert (row.verdict, row.problem) == ("partial", "altered-quote")
    assert [*seen, flagged(shelf)] == [(1, 1), (0, 0), (1, 1)]


def test_a_quote_that_another_source_has_as_it_is_is_neither_flagged_nor_waits(shelf: Shelf) -> None:
    shelf.page("a.md", f"# Ferries\n\n{ALTERED[:-1]} ([one]({ONE}), [two]({TWO})).\n")
    shelf.fetcher = web({**PAGES, TWO: PAGES[ONE].replace("May", "June")})
    shelf.build()
    with shelf.open() as library:
        rows = claims(library.parts.store)

    assert (rows[ONE].quote_altered, rows[TWO].quote_altered) == (True, False)
    assert "altered-quote" not in {row.problem for row in rows.values()}
    assert flagged(shelf) == (0, 0)


def test_lists_of_an_older_version_are_made_anew_and_nothing_is_rated_again(shelf: Shelf) -> None:
    shelf.page("a.md", f"# Ferries\n\n{ALTERED[:-1]} ([one]({ONE})).\n")
    shelf.fetcher = web(PAGES)
    shelf.build()
    with shelf.open() as library:
        parts = library.parts
        row = parts.store.page_listings.find_page(ids.page_id("a.md"))
        assert row is not None
        parts.store.page_listings.save([replace(row, flagged=0)], list(claims(parts.store).values()))
        parts.store.meta.save("settled", settled.rules())  # as a build left it before lists had a version
    was = flagged(shelf)
    report = shelf.build()

    assert (was, flagged(shelf)) == ((0, 1), (1, 1))
    assert (report.rated_now, report.judged) == (0, 0)


def test_a_build_remembers_how_the_library_stood(shelf: Shelf) -> None:
    shelf.page("a.md", f"# Ferries\n\n{CLAIM[:-1]} ([one]({ONE})).\n")
    shelf.fetcher = web(PAGES)
    shelf.build()
    with shelf.open() as library:
        library.review(claims(library.parts.store)[ONE].claim_id, ONE, "contradicted", Signed("ann", "read it"))
    shelf.build(days=1)

    with wiring.open_records(shelf.place, shelf.config) as records:
        after, before = (build.figures for build in records.store.builds.newest(9))
    assert (before["coverage.confirmed"], after["coverage.confirmed"]) == (0, 1)
    assert (before["verdict.partial"], after["verdict.contradicted"]) == (1, 1)
    assert after["reach.readable"] == after["sources"] == 1
