"""What each registry says, read from answers in its own shape; and how several words become one entry."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.errors import StepError
from sourcebook.registries import REGISTRIES, Said, enriched, merged, registries_for
from sourcebook.types.documents import Conflict, Document
from sourcebook.types.registries import Notice, NoticeKind, RegistryEntry
from tests.registries import answers

NOW = datetime(2026, 4, 7, tzinfo=UTC)
BARE = RegistryEntry("s1", ("doi:10.5555/ferry.1",), NOW)


def test_crossref_tells_of_retractions_and_corrections_with_their_dates() -> None:
    assert REGISTRIES["crossref"].read(answers.CROSSREF) == Said(
        title="The cost of counting",
        authors=("Ada Merrow", "Ferry Consortium"),
        published="2021-03",
        venue="Journal of Ferries",
        peer_reviewed=True,
        notices=(
            Notice(NoticeKind.RETRACTION, "2023-07-14", "doi:10.5555/ferry.9", "crossref"),
            Notice(NoticeKind.CORRECTION, "2022", "doi:10.5555/ferry.8", "crossref"),
        ),
    )


def test_openalex_knows_that_a_work_was_retracted() -> None:
    said = REGISTRIES["openalex"].read(answers.OPENALEX)

    assert said is not None
    assert (said.authors, said.published, said.peer_reviewed) == (("Ada Merrow",), "2021-03-09", True)
    assert said.notices == (Notice(NoticeKind.RETRACTION, "", "", "openalex"),)


def test_datacite_turns_names_round() -> None:
    said = REGISTRIES["datacite"].read(answers.DATACITE)

    assert said == Said("Counts of ferries", ("Ada Merrow", "Ferry Office"), "2022-05-06", "Zenodo")


def test_pubmed_names_the_notices() -> None:
    said = REGISTRIES["pubmed"].read(answers.PUBMED)

    assert said is not None
    assert (said.title, said.authors, said.published) == ("The cost of counting", ("Merrow A",), "2021-03-09")
    assert said.notices == (
        Notice(NoticeKind.RETRACTION, "", "pmid:78", "pubmed"),
        Notice(NoticeKind.CORRECTION, "", "", "pubmed"),
    )


def test_arxiv_says_what_was_withdrawn_and_that_nobody_reviewed_it() -> None:
    assert REGISTRIES["arxiv"].read(answers.ARXIV) == Said(
        "Counting ferries", ("Ada Merrow", "Bo Ro"), "2024-01-01", "arXiv", False,
        (Notice(NoticeKind.WITHDRAWAL, "2024-02-03", "", "arxiv"),),
    )  # fmt: skip


@pytest.mark.parametrize(("name", "body"), [("pubmed", answers.PUBMED_UNKNOWN), ("arxiv", answers.ARXIV_UNKNOWN)])
def test_a_registry_may_not_know_a_work(name: str, body: bytes) -> None:
    assert REGISTRIES[name].read(body) is None


@pytest.mark.parametrize("name", REGISTRIES)
@given(body=st.one_of(st.binary(max_size=200), st.sampled_from([b"{}", b"[]", b"null", b'{"message": 5}', b"<x/>"])))
def test_an_answer_of_another_shape_is_a_step_error(name: str, body: bytes) -> None:
    try:
        said = REGISTRIES[name].read(body)
    except StepError as error:
        assert REGISTRIES[name].label in error.message
    else:
        assert said is None or not said.notices


@pytest.mark.parametrize(
    ("keys", "asked"),
    [
        pytest.param(["doi:10.5555/x"], ["crossref", "openalex"], id="a DOI of a publisher"),
        pytest.param(["doi:10.5281/zenodo.1"], ["datacite", "openalex"], id="a DOI of a repository"),
        pytest.param(["arxiv:2401.00001"], ["arxiv"], id="a preprint"),
        pytest.param(["pmid:7"], ["openalex", "pubmed"], id="a number of PubMed"),
        pytest.param(["isbn:9780306406157"], [], id="a book"),
    ],
)
def test_who_is_asked_for_what(keys: list[str], asked: list[str]) -> None:
    assert sorted(registries_for(keys)) == asked


def test_addresses_are_quoted_and_a_contact_opens_the_polite_pool() -> None:
    asked = REGISTRIES["crossref"].address("https://c.example", "doi:10.1002/(sici)1<1::aid>3.0", "me@a.example")

    assert asked == "https://c.example/works/10.1002%2F%28sici%291%3C1%3A%3Aaid%3E3.0?mailto=me@a.example"
    assert "mailto" not in REGISTRIES["openalex"].address("https://o.example", "doi:10.5555/x", "")


def test_the_first_registry_that_says_anything_is_believed_and_named() -> None:
    crossref, openalex = REGISTRIES["crossref"].read(answers.CROSSREF), REGISTRIES["openalex"].read(answers.OPENALEX)
    assert crossref is not None
    assert openalex is not None
    entry = merged({"crossref": Said(venue="Journal of Ferries"), "openalex": openalex}, BARE)
    both = merged({"crossref": crossref, "openalex": openalex}, BARE)

    assert (entry.venue, entry.origins["venue"]) == ("Journal of Ferries", "crossref")
    assert (entry.authors, entry.origins["authors"]) == (("Ada Merrow",), "openalex")
    assert [notice.kind for notice in both.notices] == [NoticeKind.RETRACTION, NoticeKind.CORRECTION]
    assert both.notices[0].origin == "crossref", "the one with a date and a number"


def test_a_registry_outranks_the_page_and_both_are_kept() -> None:
    entry = merged({"crossref": Said("T", ("Ada Merrow", "Bo Ro"), "2021-03")}, BARE)
    page = Document(title="The cost", authors=("admin",), published="2021-03-09", origins={"authors": "byline"})
    document = enriched(page, entry)

    assert (document.title, document.authors, document.published) == ("The cost", ("Ada Merrow", "Bo Ro"), "2021-03-09")
    assert (document.origins or {})["authors"] == "crossref"
    assert document.conflicts["authors"] == (Conflict("admin", "byline"),)
