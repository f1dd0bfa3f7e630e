"""Two sources that a person says are one work: one record for both, and each its own again when that is taken back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from sourcebook import pipeline, wiring
from sourcebook.errors import NotFoundError, UsageError
from sourcebook.library import Signed
from sourcebook.library.merging import roots
from sourcebook.records import Record
from sourcebook.store import ListQuery, rebuild
from sourcebook.types.captures import LinkState
from tests.library.conftest import Shelf
from tests.library.test_judging import web

PAPER, PDF, THIRD = "https://one.example/paper", "https://one.example/paper.pdf", "https://two.example/copy"
PAGES = {
    PAPER: "The Bergen yard built nine electric ferries for the council. The first of them sails since May.",
    PDF: "The council of the city paid 480 million kroner for the electric ferries of the Bergen yard. " * 40,
    THIRD: "The yard of Bergen is old.",
}
TEXT = f"""# Ferries

The Bergen yard built nine electric ferries ([paper]({PAPER})).

The council paid 480 million kroner for the ferries ([full text]({PDF})).
"""
_ALL = ListQuery()
ANN = Signed("Ann", "the same paper")


@pytest.fixture
def built(shelf: Shelf) -> Shelf:
    shelf.page("page.md", TEXT)
    shelf.fetcher = web(PAGES)
    shelf.build()
    return shelf


def merge(shelf: Shelf, source: str, into: str) -> None:
    shelf.now += timedelta(seconds=1)
    with shelf.open() as library:
        pipeline.merge(library, source, into, ANN)


def part(shelf: Shelf, source: str) -> None:
    shelf.now += timedelta(seconds=1)
    with shelf.open() as library:
        pipeline.part(library, source, ANN)


def claims(record: Record) -> list[str]:
    return [place.claim for page in record.cited_by for place in page.places]


def everything(shelf: Shelf) -> Iterator[object]:
    """All that readers see of the two."""
    for url in (PAPER, PDF):
        record = shelf.record(url)
        yield record.id, record.stable_id, record.title, record.aliases, claims(record), record.captures, record.state
        yield [place.judgement for page in record.cited_by for place in page.places]
        yield [(one.id, one.origin, one.source_id) for one in shelf.captures(url)]
    with wiring.open_records(shelf.place, shelf.config) as records:
        yield sorted(row.source_id for row in records.sources(_ALL).rows)
        yield records.overview().sources
        yield sorted(found.listing.source_id for found in records.search("ferries").sources)


def test_one_record_has_what_both_had(built):
    paper, pdf = built.record(PAPER), built.record(PDF)
    merge(built, PDF, PAPER)

    record = built.record(PAPER)
    assert (record.id, record.stable_id, record.url) == (paper.id, paper.stable_id, PAPER)
    assert claims(record) == [*claims(paper), *claims(pdf)]
    assert record.captures == 2
    assert PDF in record.aliases
    (other,) = record.merged
    assert (other.id, other.stable_id, other.url) == (pdf.id, pdf.stable_id, PDF)
    assert (other.who, other.why) == ("Ann", "the same paper")
    for name in (pdf.id, pdf.stable_id, PDF, f"{PDF}?utm_source=x"):
        assert built.record(name).id == paper.id
    with wiring.open_records(built.place, built.config) as records:
        assert records.overview().sources == 1


def test_claims_of_both_are_held_against_the_copy_that_says_most(built):
    merge(built, PDF, PAPER)

    record = built.record(PAPER)
    judged = [place.judgement for page in record.cited_by for place in page.places]
    assert all(one is not None and one.source_id == record.id for one in judged)
    assert record.preview is not None
    assert "480 million" in record.preview.text
    assert record.preview.given == f"{PDF}, which a person said is the same work"


def test_a_merged_source_says_nothing_of_the_other_s_link_and_is_not_asked(built):
    merge(built, PDF, PAPER)
    built.fetcher = web(PAGES)
    built.build(days=400)

    assert built.fetcher.asked == [PAPER]
    assert built.record(PAPER).state is LinkState.ALIVE


def test_taking_it_back_gives_each_what_it_had(built):
    before = list(everything(built))
    merge(built, PDF, PAPER)
    assert list(everything(built)) != before
    part(built, PDF)

    assert list(everything(built)) == before
    built.build()
    assert list(everything(built)) == before


def test_it_holds_through_builds_that_read_the_pages_again(built):
    merge(built, PDF, PAPER)
    built.page("page.md", TEXT + f"\nMore is known ([here]({PDF}?utm_source=feed)).\n")
    assert built.build().pages_read == 1

    record = built.record(PDF)
    assert record.url == PAPER
    assert len(claims(record)) == 3
    part(built, PDF)
    assert len(claims(built.record(PDF))) == 2, "with what was first cited in another form meanwhile"
    assert f"{PDF}?utm_source=feed" in built.record(PDF).aliases


def test_it_survives_a_lost_database(built):
    merge(built, PDF, PAPER)
    before = list(everything(built))
    rebuild(built.place.library)
    built.build()

    assert list(everything(built)) == before
    part(built, PDF)
    assert built.record(PDF).url == PDF
    assert built.record(PDF).captures == 1


def test_both_stay_in_text_with_their_own_names(built):
    before = (built.place.library / "sources.jsonl").read_text()
    merge(built, PDF, PAPER)

    assert (built.place.library / "sources.jsonl").read_text() == before


def test_a_person_s_verdict_goes_along_and_comes_back(built):
    pdf = built.record(PDF)
    (claim,) = [place.claim_id for page in pdf.cited_by for place in page.places]
    with built.open() as library:
        library.review(claim, pdf.id, "supported", ANN)
    merge(built, PDF, PAPER)

    places = {place.claim_id: place for page in built.record(PAPER).cited_by for place in page.places}
    assert places[claim].review is not None
    assert places[claim].review.who == "Ann"
    part(built, PDF)
    assert [place.review is not None for page in built.record(PDF).cited_by for place in page.places] == [True]


def test_merges_may_follow_each_other_and_come_apart_in_any_order(built):
    built.page("third.md", f"The yard is old ([copy]({THIRD})).\n")
    built.build()
    merge(built, PDF, PAPER)
    merge(built, PAPER, THIRD)
    third = built.record(THIRD)
    assert {built.record(one).id for one in (PAPER, PDF, THIRD)} == {third.id}
    assert third.captures == 3
    assert len(third.merged) == 2

    part(built, PAPER)
    assert built.record(PDF).id == built.record(PAPER).id
    assert (built.record(THIRD).captures, built.record(PAPER).captures) == (1, 2)
    part(built, PDF)
    assert [built.record(one).captures for one in (PAPER, PDF, THIRD)] == [1, 1, 1]
    assert [len(claims(built.record(one))) for one in (PAPER, PDF, THIRD)] == [1, 1, 1]


def test_words_that_lead_in_a_circle_lead_nowhere():
    assert roots({"a": "b", "b": "c", "c": "a", "d": "a", "e": "f"}) == {"e": "f"}
    assert roots({"a": "b", "b": "c"}) == {"a": "c", "b": "c"}


@pytest.mark.parametrize(
    ("source", "into", "why", "words"),
    [
        pytest.param(PDF, PDF, "w", "one source already", id="itself"),
        pytest.param(PDF, PAPER, " ", "a merge says why", id="no reason"),
        pytest.param("https://no.example/", PAPER, "w", "no source", id="unknown"),
        pytest.param(PDF, "https://no.example/", "w", "no source", id="unknown other"),
    ],
)
def test_what_cannot_be_merged_is_said(built, source, into, why, words):
    with built.open() as library, pytest.raises((UsageError, NotFoundError), match=words):
        library.merge(source, into, Signed("Ann", why))


def test_only_a_merged_source_can_be_parted(built):
    with built.open() as library, pytest.raises(UsageError, match="nobody has merged"):
        library.part(PAPER, ANN)


def test_what_is_merged_already_is_one_source(built):
    merge(built, PDF, PAPER)

    with built.open() as library, pytest.raises(UsageError, match="one source already"):
        library.merge(PAPER, PDF, ANN)
