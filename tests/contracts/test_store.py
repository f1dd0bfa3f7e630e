"""What the store promises on every database."""

import itertools
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs
from msgspec.structs import replace

from sourcebook import freshness, ids
from sourcebook.errors import StoreError, UsageError
from sourcebook.store import (
    UNRATED,
    Build,
    ClaimCounts,
    Listings,
    ListQuery,
    RowQuery,
    Store,
    VenueCounts,
    open_store,
    read_store,
    rebuild,
    schema,
)
from sourcebook.store.holdings import read_holdings
from sourcebook.types.builds import Step
from sourcebook.types.captures import MEMENTO, UPLOAD, LinkState, Outcome
from sourcebook.types.documents import Document
from sourcebook.types.listings import UNJUDGED, ClaimListing, PageListing, Reviewed
from sourcebook.types.pages import Page
from sourcebook.types.reviews import ReviewField
from sourcebook.types.sources import Imported, Source, SourceType
from sourcebook.types.summaries import Summary
from sourcebook.types.verdicts import Support, UnjudgedReason
from tests.contracts.conftest import fresh_database
from tests.store.made import (
    HTML,
    citation,
    claim,
    fetched,
    later,
    listing,
    parsed,
    review,
    source,
    unanswered,
)

ANN = source("https://ann.example/a")
BOB = source("https://bob.example/b")
NUMBERS = itertools.count()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def listed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listings]:
    """LISTED, in a library that is only read."""
    store = open_store(tmp_path_factory.mktemp("listed"), fresh_database(request))
    store.listings.save(LISTED)
    yield store.listings
    store.close()


@pytest.fixture
def reopen(tmp_path: Path, database: str) -> Iterator[Callable[[], Store]]:
    """Opens the test's library, again each time that it is called."""
    opened: list[Store] = []

    def open_again() -> Store:
        for store in opened:
            store.close()
        opened.append(open_store(tmp_path / "library", database))
        return opened[-1]

    yield open_again
    for store in opened:
        store.close()


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Store:
    return reopen()


# --- opening -----------------------------------------------------------------------------------------


def test_a_library_is_there_when_it_is_opened_again(store: Store, reopen: Callable[[], Store]) -> None:
    store.sources.add([ANN])
    store.meta.save("corpus", "docs")

    again = reopen()

    assert again.sources.find(ANN.id) == ANN
    assert again.meta.read("corpus") == "docs"
    assert again.meta.read("nothing") is None


def test_a_library_that_is_only_read_takes_no_writes(store: Store, tmp_path: Path, database: str) -> None:
    store.sources.add([ANN])
    store.close()
    with read_store(tmp_path / "library", database) as reading:
        assert reading.sources.find(ANN.id) == ANN
        with pytest.raises(StoreError):
            reading.meta.save("corpus", "docs")


def test_a_library_that_is_not_there_cannot_be_read(tmp_path: Path, database: str) -> None:
    with pytest.raises(UsageError, match="no library"), read_store(tmp_path / "nowhere", database):
        pass


def test_a_database_of_a_newer_version_is_left_alone(store: Store, reopen: Callable[[], Store]) -> None:
    with store.database.write() as connection:
        connection.execute(sqlalchemy.text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(UsageError, match=rf"9999.*{schema.NEWEST}") as caught:
        reopen()

    assert "pip install --upgrade sourcebook" in caught.value.hint


def test_a_fault_of_ours_is_called_one_and_leaves_the_library_usable(store: Store) -> None:
    store.sources.add([ANN])

    with pytest.raises(StoreError) as caught:
        store.sources.add([ANN])

    assert "report it" in caught.value.hint
    assert store.sources.find(ANN.id) == ANN


# --- transactions ------------------------------------------------------------------------------------


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write():
        store.sources.add([ANN])
        store.meta.save("a", "b")
        assert store.sources.find(ANN.id) == ANN
        raise ZeroDivisionError

    assert store.sources.count() == 0
    assert store.meta.read("a") is None


def test_an_inner_transaction_joins_the_outer(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write():
        with store.write():
            store.meta.save("a", "b")
        raise ZeroDivisionError

    assert store.meta.read("a") is None


def test_other_threads_do_not_see_what_is_not_committed(store: Store) -> None:
    seen: list[str | None] = []

    def look() -> None:
        seen.append(store.meta.read("a"))

    with store.write():
        store.meta.save("a", "b")
        other = threading.Thread(target=look)
        other.start()
        other.join()

    assert seen == [None]
    assert store.meta.read("a") == "b"


# --- pages -------------------------------------------------------------------------------------------


def test_a_page_comes_back_as_it_was_saved(store: Store) -> None:
    said = claim("It was released in July.")
    page = parsed("a/b.md", citation(ANN.url, 1, said), citation(BOB.url, 1, said), citation("", 2), quality=None)
    store.pages.save(page, "stamp 1", [ANN.id, BOB.id, ""])

    assert store.pages.find("a/b.md") == store.pages.find(page.page.id) == page.page
    assert store.pages.all() == [page.page]
    assert store.pages.text(page.page.id) == page.text
    assert store.pages.stamps() == {"a/b.md": "stamp 1"}
    assert store.pages.citations(page.page.id) == list(zip(page.citations, [ANN.id, BOB.id, ""], strict=True))
    assert store.findings.all() == list(page.findings)
    assert (store.pages.counts().pages, store.pages.counts().citations, store.pages.counts().claims) == (1, 3, 1)


def test_pages_come_back_whole_many_at_a_time(store: Store) -> None:
    said = claim("It was released in July.")
    one = parsed("a/b.md", citation(ANN.url, 1, said), citation("", 2))
    other = parsed("c.md", citation(BOB.url, 1, said))
    store.pages.save(other, "stamp", [BOB.id])
    store.pages.save(one, "stamp", [ANN.id, ""])

    assert list(store.pages.parsed_many(["c.md", "never.md", "a/b.md"])) == [one, other]


def test_a_page_that_is_saved_again_replaces_what_was_there(store: Store) -> None:
    store.pages.save(parsed("a.md", citation(ANN.url, of=claim("Old."))), "1", [ANN.id])
    new = replace(parsed("a.md", citation(BOB.url), title="New"), findings=())
    store.pages.save(new, "2", [BOB.id])

    assert store.pages.stamps() == {"a.md": "2"}
    assert store.pages.citations(new.page.id) == [(new.citations[0], BOB.id)]
    assert store.findings.all() == []
    assert store.pages.counts().claims == 0


def test_the_statements_that_lean_on_a_source_are_read_in_order(store: Store) -> None:
    one, two = claim("It is said."), claim("It is said again.")
    store.pages.save(parsed("a.md", citation(ANN.url, of=two), citation(BOB.url, 2, of=one)), "1", [ANN.id, BOB.id])
    store.pages.save(parsed("b.md", citation(ANN.url, of=one), citation(ANN.url, 2)), "1", [ANN.id, ANN.id])

    assert sorted(store.pages.statements([ANN.id])[ANN.id]) == ["It is said again.", "It is said."]
    assert store.pages.statements([ANN.id, BOB.id])[BOB.id] == ["It is said."]
    assert store.pages.statements(["0" * 16]) == {}


def test_a_removed_page_takes_its_citations_with_it(store: Store) -> None:
    store.pages.save(parsed("a.md", citation(ANN.url, of=claim("Said."))), "1", [ANN.id])
    store.pages.save(parsed("b.md", citation(ANN.url)), "1", [ANN.id])
    store.pages.remove(["a.md", "never.md"])

    assert [page.path for page in store.pages.all()] == ["b.md"]
    assert store.pages.citing_counts() == {ANN.id: 1}
    assert store.pages.find("a.md") is None
    assert store.pages.text(ids.page_id("a.md")) == ""


def test_a_source_knows_who_cites_it(store: Store) -> None:
    first = parsed("b.md", citation(ANN.url, 1, claim("One.")), citation(BOB.url, 2), citation(ANN.url, 3))
    second = parsed("a.md", citation(ANN.url, 9))
    store.pages.save(first, "1", [ANN.id, BOB.id, ANN.id])
    store.pages.save(second, "1", [ANN.id])

    citing = store.pages.citing(ANN.id)

    assert [one.page for one in citing] == [second.page, first.page]
    assert citing[1].citations == (first.citations[0], first.citations[2])
    assert store.pages.citing_counts() == {ANN.id: 2, BOB.id: 1}
    assert store.pages.citing_many([ANN.id, BOB.id, "nobody"]) == {
        ANN.id: [second.page, first.page],
        BOB.id: [first.page],
    }


# --- sources -----------------------------------------------------------------------------------------


def test_a_source_is_found_by_every_name_it_ever_had(store: Store) -> None:
    known = source("https://example.org/a", "http://example.org/a?utm_source=x", "foreign-17")
    store.sources.add([known])
    store.sources.add_aliases([(known.id, "https://www.example.org/a/"), (known.id, "foreign-17")])
    names = ("https://example.org/a", "http://example.org/a?utm_source=x", "https://www.example.org/a/", "foreign-17")
    whole = replace(known, aliases=tuple(sorted(names[1:])))

    assert all(store.sources.find(name) == whole for name in (*names, *map(ids.resource_id, names), known.stable_id))
    assert store.sources.by_url(names) == dict.fromkeys(names, known.id)
    assert store.sources.by_key([known.match_key, "https://other.example"]) == {known.match_key: known.id}
    assert store.sources.by_any_id([known.stable_id, "foreign-17", "unknown"]) == {
        known.stable_id: known.id,
        "foreign-17": known.id,
    }
    assert store.sources.find("https://example.org/A") is None


def test_a_name_stays_with_its_first_source(store: Store) -> None:
    store.sources.add([ANN, BOB])
    store.sources.add_aliases([(ANN.id, "shared"), (BOB.id, "shared")])

    assert store.sources.by_any_id(["shared"]) == {"shared": ANN.id}


def test_an_address_longer_than_any_index_takes_is_a_name_too(store: Store) -> None:
    long = source("https://example.org/" + "a" * 9_000, "https://example.org/?" + "b" * 9_000)
    store.sources.add([long])

    assert store.sources.by_url([long.url]) == {long.url: long.id}
    assert store.sources.by_key([long.match_key]) == {long.match_key: long.id}
    assert store.sources.find(long.aliases[0]) == long


def test_what_was_imported_is_kept_as_it_came(store: Store) -> None:
    said = Imported("T", "web", ("A", "B"), "2026-04", "Sum.", ("one", "two"), ("tag",), "registry.jsonl")
    store.sources.add([ANN, replace(BOB, imported=said)])
    store.sources.set_imported([(ANN.id, said)])

    assert store.sources.read_many([ANN.id, BOB.id, "nobody"]) == {
        ANN.id: replace(ANN, imported=said),
        BOB.id: replace(BOB, imported=said),
    }


def test_sources_are_streamed_by_id_however_many_there_are(store: Store) -> None:
    many = [source(f"https://example.org/{number}") for number in range(1_203)]
    store.sources.add(many)

    assert list(store.sources.all()) == sorted(many, key=lambda one: one.id)
    assert store.sources.ids() == sorted(one.id for one in many)
    assert store.sources.count() == len(store.sources.by_url([one.url for one in many])) == 1_203


def test_nothing_is_asked_of_an_empty_library(store: Store) -> None:
    assert list(store.sources.all()) == store.sources.ids() == store.pages.all() == []
    assert store.sources.by_url([]) == store.sources.by_any_id(["x"]) == store.captures.newest() == {}
    assert store.listings.page(ListQuery()).total == 0
    assert store.sources.find("") is None


# --- captures ----------------------------------------------------------------------------------------


def test_a_capture_comes_back_with_its_bytes(store: Store, reopen: Callable[[], Store]) -> None:
    got = fetched(ANN)
    capture = store.captures.add(got)

    again = reopen()

    assert again.captures.find(capture.id) == capture
    assert again.captures.body(capture) == HTML
    assert capture.position is not None
    assert again.archive.read(capture.position) == got.exchanges[0]
    assert (capture.checked_at, capture.captured_at, capture.size_bytes) == (later(0), later(-0.5), len(HTML))
    assert again.captures.find("never") is None


def test_an_attempt_without_an_answer_is_a_capture_without_bytes(store: Store) -> None:
    capture = store.captures.add(unanswered(ANN))

    assert capture.position is None
    assert capture.body_digest == ""
    assert store.captures.body(capture) == b""
    assert store.captures.of(ANN.id) == [capture]


def test_the_same_attempt_is_kept_once(store: Store) -> None:
    first = store.captures.add(fetched(ANN))

    assert store.captures.add(fetched(ANN)) == first
    assert store.captures.of(ANN.id) == [first]
    assert list(store.archive.captures()) == [first]


def test_the_newest_attempt_and_the_best_copy_are_different_things(store: Store) -> None:
    good = store.captures.add(fetched(ANN, 2))
    older = store.captures.add(fetched(ANN, 1))
    failed = store.captures.add(unanswered(ANN, 3))
    other = store.captures.add(unanswered(BOB, 1))

    assert store.captures.newest_of([ANN.id, "never"]) == {ANN.id: failed}

    assert store.captures.of(ANN.id) == [older, good, failed]
    assert store.captures.newest() == {ANN.id: failed, BOB.id: other}
    assert store.captures.best_ids() == {ANN.id: good.id}


def test_a_copy_that_somebody_else_gave_is_read_and_is_no_answer_of_the_source(store: Store) -> None:
    gone = store.captures.add(unanswered(ANN, 1))
    filed = store.captures.add(replace(fetched(ANN, 2), origin=UPLOAD))
    alone = store.captures.add(replace(fetched(BOB, 2), origin=f"{MEMENTO}archive.example"))

    assert store.captures.newest() == {ANN.id: gone}
    assert store.captures.best_ids() == {ANN.id: filed.id, BOB.id: alone.id}


def test_copies_whose_words_nobody_counted_are_named(store: Store) -> None:
    first, second = store.captures.add(fetched(ANN)), store.captures.add(fetched(ANN, 1))
    store.captures.add(unanswered(ANN, 2))
    store.derived.save(Step.WORDS, second.id, "mark", 7)

    assert store.captures.uncounted_ids() == [first.id]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from([Outcome.OK, Outcome.OK, Outcome.GONE]),
            st.integers(-3, 3),
            st.sampled_from(["web", UPLOAD]),
            st.none() | st.integers(0, 100),
        ),
        max_size=6,
    )
)
def test_the_copy_that_is_read_is_the_one_that_the_rule_names(
    store: Store, drawn: list[tuple[Outcome, int, str, int | None]]
) -> None:
    some = source(f"https://ann.example/{next(NUMBERS)}")
    words: dict[str, int] = {}
    for number, (outcome, days, origin, count) in enumerate(drawn):
        got = replace(fetched(some, number, outcome), captured_at=later(days), origin=origin)
        capture = store.captures.add(got)
        if count is not None:
            store.derived.save(Step.WORDS, capture.id, "mark", count)
            words[capture.id] = count
    best = freshness.best_capture(store.captures.of(some.id), words)

    assert store.captures.best_ids().get(some.id) == (best.id if best else None)


# --- derived -----------------------------------------------------------------------------------------


def test_a_derived_value_is_filed_under_its_fingerprint(store: Store) -> None:
    document = Document("text", "title", ("A",), origins={"title": "og:title"}, type=SourceType.PAPER)
    store.derived.save("extract", "a", "print 1", document)
    store.derived.save("extract", "b", "print 1", Document())
    store.derived.save("summarise", "a", "print 2", Summary("s", (), "extractive 1"))
    store.derived.save("extract", "b", "print 3", Document("new"))

    assert store.derived.fingerprints("extract") == {"a": "print 1", "b": "print 3"}
    assert store.derived.find("extract", "a", Document) == document
    assert store.derived.find_many("extract", ["a", "b", "c"], Document) == {"a": document, "b": Document("new")}
    assert store.derived.find("summarise", "a", Summary) == Summary("s", (), "extractive 1")
    assert store.derived.find("verify", "a", Document) is None


def test_a_source_whose_copy_could_not_be_read_is_told_why(store: Store) -> None:
    captures = [store.captures.add(fetched(one)) for one in (ANN, BOB)]
    store.derived.fail(Step.DOCUMENT, captures[0].id, "1", "no such form")
    store.derived.save(Step.DOCUMENT, captures[1].id, "1", Document())

    assert store.captures.unread_of([ANN.id, BOB.id]) == {ANN.id: "document: no such form"}
    assert store.captures.unread_of([BOB.id]) == {}


def test_a_failure_stands_until_a_value_takes_its_place(store: Store) -> None:
    store.derived.save("extract", "a", "1", Document("old"))
    store.derived.fail("extract", "a", "2", "no extractor for 'image/png'")

    assert store.derived.find("extract", "a", Document) is None
    assert store.derived.failures() == [("extract", "a", "no extractor for 'image/png'")]
    assert store.derived.fingerprints("extract") == {"a": "2"}

    store.derived.save("extract", "a", "3", Document("new"))

    assert store.derived.failures() == []
    assert store.derived.find("extract", "a", Document) == Document("new")


def test_what_was_derived_can_be_forgotten(store: Store) -> None:
    for subject in ("a", "b", "c"):
        store.derived.save("extract", subject, "1", Document(subject))
    store.derived.remove("extract", ["a", "b", "never"])

    assert store.derived.fingerprints("extract") == {"c": "1"}


def test_a_value_of_another_shape_is_no_answer(store: Store) -> None:
    store.derived.save("extract", "a", "1", {"text": 3})

    with pytest.raises(StoreError, match=r"step 'extract' made of 'a'"):
        store.derived.find("extract", "a", Document)


# --- reviews -----------------------------------------------------------------------------------------


def test_the_last_word_on_each_verdict_counts_and_is_no_word_on_the_source(store: Store) -> None:
    first = replace(review(ANN, ReviewField.VERDICT, "supported"), claim_id="a" * 16)
    second = replace(review(ANN, ReviewField.VERDICT, "partial", 1), claim_id="a" * 16)
    other = replace(review(ANN, ReviewField.VERDICT, "unsupported", 2), claim_id="b" * 16)
    store.reviews.add([second, other])
    store.reviews.add([first])

    assert store.reviews.verdicts() == {("a" * 16, ANN.id): second, ("b" * 16, ANN.id): other}
    assert store.reviews.verdicts_of([BOB.id, ANN.id]) == store.reviews.verdicts()
    assert store.reviews.verdicts_of([BOB.id]) == {}
    assert store.reviews.verdict("a" * 16, ANN.id) == second
    assert store.reviews.verdict("a" * 16, BOB.id) is None
    assert store.reviews.verdict("c" * 16, ANN.id) is None
    assert store.reviews.latest() == {}


def test_the_last_word_on_a_field_counts_and_every_word_is_kept(store: Store) -> None:
    first = review(ANN, ReviewField.CREDIBILITY, 4, 1)
    second = review(ANN, ReviewField.CREDIBILITY, 2, 2)
    authors = review(ANN, ReviewField.AUTHORS, ("A", "B"), 1.5)
    other = review(BOB, ReviewField.TITLE, "T")
    store.reviews.add([second, authors])
    store.reviews.add([first, other])

    assert store.reviews.of(ANN.id) == [first, authors, second]
    assert store.reviews.latest() == {
        ANN.id: {ReviewField.CREDIBILITY: second, ReviewField.AUTHORS: authors},
        BOB.id: {ReviewField.TITLE: other},
    }


def test_all_that_is_kept_of_a_source_is_read_at_once(store: Store) -> None:
    store.sources.add([ANN, BOB])
    said = review(ANN, ReviewField.TITLE, "T")
    store.reviews.add([said])
    capture = store.captures.add(fetched(ANN))
    store.pages.save(parsed("a.md", citation(ANN.url, 1, claim("A claim"))), "1", [ANN.id])

    held, other = read_holdings(store, ANN.id), read_holdings(store, BOB.id)

    assert held is not None
    assert other is not None
    assert (held.source, held.captures, held.reviews) == (store.sources.find(ANN.id), (capture,), (said,))
    assert held.citing == tuple(store.pages.citing(ANN.id))
    assert (other.source.id, other.captures, other.citing) == (BOB.id, (), ())
    assert read_holdings(store, "0" * 16) is None


def test_a_record_that_cannot_be_read_is_a_fault_of_the_database(store: Store) -> None:
    store.sources.add([ANN])
    store.database.execute(sqlalchemy.text("ALTER TABLE aliases RENAME TO gone"))

    with pytest.raises(StoreError, match="aliases"):
        read_holdings(store, ANN.id)


# --- listings ----------------------------------------------------------------------------------------

LISTED = [
    listing("Zebra", credibility=5, importance=9, pages=3, type=SourceType.PAPER, venue_id="v", venue="Ängström"),
    listing("apple", credibility=None, importance=71, state=LinkState.DEAD, outcome=Outcome.GONE),
    listing(
        "Mango", credibility=1, importance=70, captured_at=later(1), venue_id="w", venue="berlin", domain="m.example"
    ),
    listing("", url="https://example.org/50%_Off", credibility=None, captured_at=later(2), state=LinkState.UNKNOWN),
]


@pytest.mark.parametrize("sort", [f"{sign}{name}" for name in Listings.SORTS for sign in ("", "-")])
def test_every_sort_puts_unknown_values_last_and_leaves_nobody_out(listed: Listings, sort: str) -> None:
    rows = listed.page(ListQuery(sort=sort)).rows
    paged = [listed.page(ListQuery(sort=sort, offset=at, limit=1)).rows[0] for at in range(len(LISTED))]

    values = [getattr(row, sort.strip("-")) for row in rows]
    known = [value.casefold() if isinstance(value, str) else value for value in values if value not in (None, "")]
    assert known == sorted(known, reverse=sort.startswith("-"))
    assert all(value not in (None, "") for value in values[: len(known)])
    assert paged == list(rows)
    assert {row.source_id for row in rows} == {row.source_id for row in LISTED}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        pytest.param(ListQuery(), ["apple", "Mango", "", "Zebra"], id="by importance unless told otherwise"),
        pytest.param(ListQuery(type=SourceType.PAPER), ["Zebra"], id="type"),
        pytest.param(ListQuery(credibility=5), ["Zebra"], id="credibility"),
        pytest.param(ListQuery(credibility=UNRATED, sort="title"), ["apple", ""], id="unrated is a credibility too"),
        pytest.param(ListQuery(venue_id="v"), ["Zebra"], id="venue"),
        pytest.param(ListQuery(state=LinkState.DEAD, outcome=Outcome.GONE), ["apple"], id="two filters"),
        pytest.param(ListQuery(domain="m.example"), ["Mango"], id="domain"),
        pytest.param(ListQuery(words="ANG"), ["Mango"], id="words in any case"),
        pytest.param(ListQuery(words="50%_o"), [""], id="signs that SQL would read as wildcards"),
        pytest.param(ListQuery(words="nowhere"), [], id="nothing"),
        pytest.param(ListQuery(offset=99), [], id="beyond the end"),
    ],
)
def test_a_filter_lets_through_what_it_names(listed: Listings, query: ListQuery, titles: list[str]) -> None:
    page = listed.page(query)

    assert [row.title for row in page.rows] == titles
    assert page.total == (4 if query.offset else len(titles))
    assert all(row in LISTED for row in page.rows)


def test_a_sort_that_does_not_exist_is_named_with_those_that_do(listed: Listings) -> None:
    with pytest.raises(UsageError, match="cannot sort by '-colour'") as caught:
        listed.page(ListQuery(sort="-colour"))

    assert "captured_at" in caught.value.hint


def test_a_listing_is_replaced_removed_and_counted(store: Store) -> None:
    store.listings.save(LISTED)
    store.listings.save([replace(LISTED[0], credibility=2)])
    store.listings.remove([LISTED[1].source_id, "never"])

    assert store.listings.page(ListQuery(credibility=2)).total == 1
    assert store.listings.facets() == {
        "type": {"paper": 1, "web page": 2},
        "credibility": {"1": 1, "2": 1, UNRATED: 1},
        "state": {"alive": 2, "unknown": 1},
        "outcome": {"none": 3},
        "venue_id": {"": 1, "v": 1, "w": 1},
    }


def test_a_source_is_listed_by_its_tags_its_pages_its_claims_and_its_copy(store: Store) -> None:
    with_copy, rest = LISTED[2], [LISTED[0], LISTED[1]]
    store.listings.save([with_copy, *rest], {with_copy.source_id: ("Open Weights",), LISTED[1].source_id: ()})
    store.pages.save(parsed("a.md", citation("https://a.example")), "1", [LISTED[1].source_id])

    def found(**said: object) -> set[str]:
        return {row.source_id for row in store.listings.page(ListQuery(**said)).rows}  # type: ignore[arg-type]

    assert found(tag="open weights") == found(captured=True) == {with_copy.source_id}
    assert found(captured=False) == {row.source_id for row in rest}
    assert found(page_id=ids.page_id("a.md")) == {LISTED[1].source_id}
    assert found(since=later(1), before=later(2)) == {with_copy.source_id}
    assert found(since=later(1.5)) == found(before=later(1)) == found(tag="open") == set()
    store.listings.save([with_copy], {with_copy.source_id: ("policy",)})
    assert found(tag="policy") == {with_copy.source_id}
    assert (found(tag="Open Weights"), store.listings.tags(9)) == (set(), ["policy"])


def test_a_tag_that_many_sources_have_is_found_the_same_way_as_a_rare_one(store: Store) -> None:
    rows = [replace(LISTED[0], source_id=f"{number:016}", url=f"https://{number}.example") for number in range(150)]
    common = {row.source_id: ("Everywhere", "rare")[: 1 + (row is rows[0])] for row in rows}
    store.listings.save(rows, common)
    page = parsed("a.md", citation(ANN.url, 1, claim("A claim")))
    store.pages.save(page, "1", [rows[0].source_id])
    claims = [claim_listing(page.page, 0, replace(ANN, id=rows[0].source_id))]
    store.page_listings.save([page_listing(page.page)], claims)

    def found(tag: str) -> tuple[int, int]:
        tagged = store.page_listings.claims(RowQuery("page", among=(("tag", tag),)))
        return store.listings.page(ListQuery(tag=tag)).total, tagged.total

    assert (found("everywhere"), found("rare")) == ((150, 1), (1, 1))
    store.listings.keep_facets()
    assert (found("Everywhere"), found("rare")) == ((150, 1), (1, 1))
    store.listings.save(rows[:60], {row.source_id: () for row in rows[:60]})  # still common, and no longer theirs
    store.page_listings.save([page_listing(page.page)], claims)
    assert (found("everywhere"), found("rare")) == ((90, 0), (0, 0))
    store.listings.save(rows[60:120], {row.source_id: () for row in rows[60:120]})
    store.listings.keep_facets()  # common no more
    assert found("everywhere") == (30, 0)


def test_a_list_of_words_that_many_hold_ends_where_it_is_told_to(store: Store) -> None:
    rows = [
        replace(LISTED[0], source_id=f"{number:016}", title=f"Open {number:04}", importance=number % 3)
        for number in range(2_100)
    ]
    store.listings.save(rows)

    cut = store.listings.page(ListQuery("-title", words="open", most=1_000, offset=900, limit=200))
    whole = store.listings.page(ListQuery("-title", words="open", offset=900, limit=200))
    few = store.listings.page(ListQuery("title", words="open", type=SourceType.BOOK, most=1_000))
    rare = store.listings.page(ListQuery("title", words="open 00", most=100, offset=90, limit=20))

    assert (len(cut.rows), cut.total, cut.more) == (100, 1_000, True)
    assert (whole.rows[:100], whole.total, whole.more) == (cut.rows, 2_100, False)
    assert (few.total, few.more) == (0, False)
    assert [row.title for row in rare.rows] == [f"Open {number:04}" for number in range(90, 100)]


@pytest.mark.parametrize(
    "words", ["ab", "abc", 'a"b', "a'b", "a%b", "a_b", ":pieces", "naïve", "the ab", "日本", "日本語"]
)
def test_words_are_found_as_they_stand_whatever_their_letters(store: Store, words: str) -> None:
    store.listings.save([replace(LISTED[0], source_id=words, title=f"The {words} of it"), LISTED[1]])

    assert [row.source_id for row in store.listings.page(ListQuery(words=words.upper(), most=9)).rows] == [words]


def test_words_that_are_gone_are_found_no_more(listed_claims: Store) -> None:
    store = listed_claims
    store.listings.save([LISTED[0], LISTED[1]])

    store.listings.save([replace(LISTED[0], title="An other name", url="https://other.example")])
    store.listings.remove([LISTED[1].source_id])
    store.pages.remove(["b.md"])

    assert store.listings.page(ListQuery(words="other name")).total == 1
    assert store.listings.page(ListQuery(words=LISTED[0].title)).total == 0
    assert store.listings.page(ListQuery(words=LISTED[1].title)).total == 0
    assert [row.path for row in store.page_listings.claims(RowQuery("page", words="claim")).rows] == ["a.md", "a.md"]
    assert store.page_listings.waiting_counts() == {}


def test_captures_are_listed_by_the_venue_of_their_source_whichever_came_first(store: Store) -> None:
    in_venue = replace(LISTED[0], venue_id="v")
    ann, bob = replace(in_venue, source_id=ANN.id), replace(in_venue, source_id=BOB.id)
    store.captures.add(fetched(ANN))
    store.listings.save([ann, bob])
    store.captures.add(unanswered(BOB, days=1))

    def found(venue_id: str) -> list[str]:
        return [row.source_id for row in store.captures.page(RowQuery("checked_at", (("venue_id", venue_id),))).rows]

    assert found("v") == [ANN.id, BOB.id]
    store.listings.save([replace(ann, venue_id="w")])
    store.listings.remove([BOB.id])
    assert (found("v"), found("w"), found("")) == ([], [ANN.id], [BOB.id])


def test_venues_are_counted_with_what_they_published(store: Store) -> None:
    store.listings.save(LISTED)
    store.listings.keep_facets()

    assert store.listings.venues() == {
        "": VenueCounts(sources=2, dead=1, captured=1, pages=2),
        "v": VenueCounts(sources=1, dead=0, captured=0, pages=3),
        "w": VenueCounts(sources=1, dead=0, captured=1, pages=1),
    }


# --- claims, pages and captures in lists --------------------------------------------------------------


def claim_listing(page: Page, number: int, of: Source, **fields: object) -> ClaimListing:
    values: dict[str, object] = {
        "page_id": page.id, "position": number, "source_id": of.id, "claim_id": f"c{number}", "text": f"Claim {number}",
        "start": 3, "line": 1, "page": page.title, "path": page.path, "source": of.url, "url": of.url,
        "type": SourceType.PAPER, "venue_id": "", "venue": "", "credibility": None, "importance": 50,
        "state": LinkState.ALIVE, "verdict": UNJUDGED, "carried": UNJUDGED, "confidence": None, "reason": "walled",
        "quote_altered": False, "problem": "", "review": "",
    }  # fmt: skip
    return ClaimListing(**(values | fields))  # type: ignore[arg-type]


def page_listing(page: Page, **fields: int) -> PageListing:
    counts = dict.fromkeys(
        ("claims", "supported", "partial", "flagged", "unjudged", "strong", "sources", "unrated", "dead"), 0
    )
    return PageListing(page.id, page.path, page.title, page.type, page.quality, **(counts | fields))


@pytest.fixture
def listed_claims(store: Store) -> Store:
    for path, cited in (("a.md", (ANN, BOB)), ("b.md", (BOB,))):
        citations = [citation(one.url, line, claim(f"{path} {line}")) for line, one in enumerate(cited, 1)]
        store.pages.save(parsed(path, *citations), "1", [one.id for one in cited])
    first, second = store.pages.all()
    store.page_listings.save(
        [page_listing(first, claims=2, flagged=1), page_listing(second, claims=1, dead=1)],
        [
            claim_listing(first, 0, ANN, verdict="contradicted", confidence=3, importance=9, credibility=5),
            claim_listing(first, 1, BOB, verdict="supported", confidence=90, review="confirmed"),
            claim_listing(second, 0, BOB, credibility=1, quote_altered=True, problem="unjudged"),
        ],
    )
    return store


def test_claims_are_listed_by_what_is_said_of_them(listed_claims: Store) -> None:
    lists = listed_claims.page_listings
    page_id = ids.page_id("a.md")

    def texts(query: RowQuery) -> list[str]:
        return [f"{row.path} {row.position}" for row in lists.claims(query).rows]

    assert texts(RowQuery("-confidence")) == ["a.md 1", "a.md 0", "b.md 0"]
    assert texts(RowQuery("page", (("verdict", "contradicted"), ("credibility", 5)))) == ["a.md 0"]
    assert texts(RowQuery("page", (("credibility", None),))) == ["a.md 1"]
    assert texts(RowQuery("page", (("quote_altered", True),))) == ["b.md 0"]
    assert texts(RowQuery("page", among=(("page", page_id), ("source", BOB.id)))) == ["a.md 1"]
    assert texts(RowQuery("text", words="CLAIM 1")) == ["a.md 1"]
    assert lists.claim_counts() == ClaimCounts(
        {"contradicted": 1, "supported": 1, "unjudged": 1}, {"walled": 1}, reviewed=1, altered=1
    )
    assert lists.claims_of([ANN.id, BOB.id]) == {ANN.id: 1, BOB.id: 2}
    lists.keep_carrying(1, (1, 2))
    assert lists.carrying() == [(BOB.id, 1)]
    assert lists.waiting_counts() == {"unjudged": 1}
    assert [row.path for row in lists.waiting("unjudged", 0, 9, "walled")] == ["b.md"]
    assert lists.waiting("unjudged", 1, 9) == lists.waiting("unjudged", 0, 9, "paywalled") == []


_NARROWED_BY: dict[str, tuple[object, ...]] = {
    "verdict": (*Support, UNJUDGED), "reason": ("", *UnjudgedReason), "review": ("", *Reviewed),
    "quote_altered": (False, True), "credibility": (None, 1, 2, 3, 4, 5), "state": tuple(LinkState),
    "type": tuple(SourceType),
}  # fmt: skip


@pytest.mark.parametrize("name", _NARROWED_BY)
def test_a_claim_is_found_by_its_value_of_a_filter_and_by_no_other(listed_claims: Store, name: str) -> None:
    lists, page, values = listed_claims.page_listings, listed_claims.pages.all()[0], _NARROWED_BY[name]
    rows = [claim_listing(page, number, BOB, **{name: value}) for number, value in enumerate(values)]
    lists.save([page_listing(page, claims=len(rows))], rows)

    def found(value: object) -> list[int]:
        query = RowQuery("page", ((name, value),), (("page", page.id),))
        return [row.position for row in lists.claims(query).rows]

    assert [found(value) for value in values] == [[number] for number in range(len(values))]


@pytest.mark.parametrize(
    "where",
    [
        pytest.param((("verdict", "supported"), ("verdict", "contradicted")), id="two values of one filter"),
        pytest.param((("verdict", "no such verdict"),), id="a value that none has"),
    ],
)
def test_what_is_true_of_no_claim_finds_none(listed_claims: Store, where: tuple[tuple[str, str], ...]) -> None:
    assert listed_claims.page_listings.claims(RowQuery("page", where)).total == 0


def test_every_sort_of_claims_and_pages_is_known(listed_claims: Store) -> None:
    lists = listed_claims.page_listings

    for sign in ("", "-"):
        assert all(lists.claims(RowQuery(f"{sign}{sort}")).total == 3 for sort in lists.CLAIM_SORTS)
        assert all(lists.pages(RowQuery(f"{sign}{sort}")).total == 2 for sort in lists.PAGE_SORTS)


def test_a_page_that_is_saved_again_keeps_what_is_the_same_and_drops_what_is_gone(listed_claims: Store) -> None:
    lists, page = listed_claims.page_listings, listed_claims.pages.all()[0]

    lists.save([page_listing(page, claims=1)], [claim_listing(page, 1, BOB, verdict="partial")])

    rows = lists.claims(RowQuery("page", among=(("page", page.id),))).rows
    assert [(row.position, row.verdict) for row in rows] == [(1, "partial")]
    found = lists.find_page(page.id)
    assert found is not None
    assert (found.claims, found.flagged) == (1, 0)
    listed_claims.pages.remove([page.path])
    assert (lists.claims(RowQuery("page")).total, lists.find_page(page.id)) == (1, None)


def test_a_claim_is_named_once_beside_each_of_its_sources(store: Store) -> None:
    both = claim("Both say so")
    cited = [citation(one.url, line, both) for line, one in enumerate((ANN, BOB, ANN), 1)]
    store.pages.save(parsed("a.md", *cited, citation(ANN.url, 9)), "1", [ANN.id, BOB.id, ANN.id, ANN.id])

    ((pages, leanings),) = store.page_listings.leanings()

    assert [page.path for page in pages] == ["a.md"]
    assert [(one.source_id, one.line, one.claim_id) for one in leanings] == [(ANN.id, 1, both.id), (BOB.id, 2, both.id)]
    assert store.page_listings.cited_by([pages[0].id]) == {pages[0].id: {ANN.id, BOB.id}}
    assert store.page_listings.with_claim(both.id) == [pages[0].id]


def test_captures_are_listed_by_what_came_and_when(store: Store) -> None:
    store.captures.add(fetched(ANN))
    store.captures.add(unanswered(BOB, days=1))

    def found(query: RowQuery) -> list[str]:
        return [row.source_id for row in store.captures.page(query).rows]

    assert found(RowQuery("-checked_at")) == [BOB.id, ANN.id]
    assert found(RowQuery("address", (("outcome", Outcome.OK),))) == [ANN.id]
    assert found(RowQuery("address", among=(("source", BOB.id),))) == [BOB.id]
    assert found(RowQuery("address", since=later(0.5))) == found(RowQuery("address", words="BOB.")) == [BOB.id]
    assert all(store.captures.page(RowQuery(sort)).total == 2 for sort in store.captures.SORTS)


def test_a_build_remembers_its_figures_and_an_idle_one_adds_none(store: Store) -> None:
    for day, dead in enumerate((1, 2, 2, 2, 3)):
        store.builds.save(Build(later(day), {"state.dead": dead}))

    kept = store.builds.newest(9)
    assert [(build.at, build.figures["state.dead"]) for build in reversed(kept)] == [
        (later(0), 1),
        (later(1), 2),
        (later(3), 2),
        (later(4), 3),
    ]


# --- text that comes from outside --------------------------------------------------------------------


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(text=st.text(st.characters(exclude_categories=()), max_size=20))
def test_any_text_is_kept_the_same_on_every_database(store: Store, text: str) -> None:
    kept = "".join("\ufffd" if one == "\0" or "\ud800" <= one <= "\udfff" else one for one in text)
    store.meta.save(text, text)
    store.derived.save("extract", text, "1", Document(text, authors=(text,), origins={text: text}))
    store.pages.save(parsed("a.md", citation(text, of=structs.replace(claim("c"), text=text)), title=text), "1", [""])

    assert store.meta.read(text) == store.meta.read(kept) == kept
    assert store.derived.find("extract", text, Document) == Document(kept, authors=(kept,), origins={kept: kept})
    (cited, _), *_ = store.pages.citations(ids.page_id("a.md"))
    assert (cited.url, cited.claim and cited.claim.text) == (kept, kept)


# --- what a lost database leaves ---------------------------------------------------------------------


def test_a_rebuild_restores_sources_reviews_and_captures(
    store: Store, reopen: Callable[[], Store], database: str
) -> None:
    imported = replace(source("https://old.example/x", "foreign-1"), imported=Imported("T", origin="r.jsonl"))
    store.sources.add([ANN, imported])
    store.sources.sync_identities()
    store.sources.add([BOB])  # known to the journal alone
    store.sources.add_aliases([(ANN.id, "another name")])
    said = review(ANN, ReviewField.TYPE, "paper")
    judged = replace(review(ANN, ReviewField.VERDICT, "partial", 1), claim_id="c" * 16)
    store.reviews.add([said, judged])
    kept = [
        store.captures.add(fetched(ANN)),
        store.captures.add(unanswered(ANN, 1)),
        store.captures.add(unanswered(BOB)),
    ]
    before = list(store.sources.all())
    folder = store.folder
    store.close()

    report = rebuild(folder, database)
    again = reopen()

    assert (report.sources, report.reviews, report.captures) == (3, 2, 3)
    assert list(again.sources.all()) == before
    assert again.sources.find("another name") == again.sources.find(ANN.id)
    assert again.reviews.of(ANN.id) == [said, judged]
    assert again.reviews.verdicts() == {(judged.claim_id, ANN.id): judged}
    assert again.captures.of(ANN.id) + again.captures.of(BOB.id) == kept
    assert again.captures.body(kept[0]) == HTML
    assert report.set_aside


def test_a_rebuild_of_a_rebuild_changes_nothing(store: Store, reopen: Callable[[], Store], database: str) -> None:
    store.sources.add([ANN])
    store.captures.add(fetched(ANN))
    folder = store.folder
    store.close()
    first = rebuild(folder, database)
    os.utime(folder)
    second = rebuild(folder, database)

    assert (first.sources, first.captures) == (second.sources, second.captures) == (1, 1)
    assert reopen().sources.find(ANN.url) == ANN


def test_merged_sources_are_one_and_come_apart_as_they_were(store: Store) -> None:
    eve = source("https://eve.example/e")
    store.sources.add([ANN, BOB, eve])
    store.sources.add_aliases([(BOB.id, "https://bob.example/other")])
    store.captures.add(fetched(ANN))
    store.captures.add(fetched(BOB, days=1))
    said = claim("It holds.")
    store.reviews.add([replace(review(BOB, ReviewField.VERDICT, "supported"), claim_id=said.id)])
    store.pages.save(parsed("a.md", citation(ANN.url, of=said), citation(BOB.url, of=said)), "1", [ANN.id, BOB.id])

    def seen() -> object:
        return (
            [(one.id, one.aliases) for one in store.sources.all()],
            store.sources.by_any_id([ANN.id, BOB.id, BOB.stable_id, "https://bob.example/other"]),
            store.sources.by_key([BOB.match_key]),
            {one.id: [(copy.id, copy.origin) for copy in store.captures.of(one.id)] for one in (ANN, BOB, eve)},
            [source_id for _, source_id in store.pages.citations(parsed("a.md").page.id)],
            store.reviews.verdicts().keys(),
        )

    before = seen()
    store.merges.save({BOB.id: ANN.id})
    assert store.merges.all() == {BOB.id: ANN.id}
    assert set(store.sources.by_any_id([ANN.id, BOB.id, BOB.stable_id, BOB.url]).values()) == {ANN.id}
    assert store.sources.by_key([BOB.match_key]) == {BOB.match_key: ANN.id}
    assert [one.id for one in store.sources.all()] == sorted([ANN.id, eve.id])
    assert [copy.asked for copy in store.captures.of(ANN.id)] == [True, False]
    assert store.captures.newest()[ANN.id].url == ANN.url
    assert [source_id for _, source_id in store.pages.citations(parsed("a.md").page.id)] == [ANN.id, ANN.id]
    assert store.reviews.verdicts().keys() == {(said.id, ANN.id)}
    assert read_holdings(store, BOB.id) is None

    store.merges.save({ANN.id: eve.id, BOB.id: eve.id})
    assert len(store.captures.of(eve.id)) == 2
    store.merges.save({ANN.id: "", BOB.id: ""})
    assert seen() == before
