"""Identifiers of works: where pages give them, and that only well-formed ones are taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.extract import About, extract
from sourcebook.extract.identifiers import key_in, keys_in
from sourcebook.types.documents import Document

_WORDS = "There is enough to read on this page for it to have a text, and it is all about one thing. " * 3


def read(head: str = "", beside: str = "", url: str = "https://press.example/1") -> Document:
    page = (
        f"<html><head><title>On tests</title>{head}</head><body><article><h1>On tests</h1>{beside}<p>{_WORDS}</p>"
        "</article></body></html>"
    )
    return extract(page.encode(), About(url, "text/html"))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("10.5555/ABC.1", "doi:10.5555/abc.1"),
        ("https://doi.org/10.5555/abc.1", "doi:10.5555/abc.1"),
        ("https://doi.org/10.48550/arXiv.2401.00001", "arxiv:2401.00001"),
        ("arXiv:2401.00001v3", "arxiv:2401.00001"),
        ("https://arxiv.org/abs/math/0309136", "arxiv:math/0309136"),
        ("PMID: 012345", "pmid:12345"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC12345/", "pmc:12345"),
        ("pmcid:PMC12345", "pmc:12345"),
        ("ISBN 0-306-40615-2", "isbn:9780306406157"),
        ("urn:isbn:9780306406157", "isbn:9780306406157"),
        ("ISBN 0-306-40615-3", ""),
        ("issn:0317-8471", "issn:0317-8471"),
        ("ISSN 2434-561x", "issn:2434-561X"),
        ("issn:0317-8472", ""),
        ("https://www.wikidata.org/wiki/Q42", "wikidata:Q42"),
        ("https://openalex.org/W2741809807", "openalex:W2741809807"),
        ("ssrn:1234567", "doi:10.2139/ssrn.1234567"),
        ("https://example.org/", ""),
        ("42", ""),
    ],
)
def test_an_identifier_is_known_by_its_form_and_its_check_digit(text, key):
    assert key_in(text) == key


def test_every_place_is_asked_and_each_identifier_is_given_once():
    document = read(
        '<meta name="citation_doi" content="doi:10.5555/ABC.1"><meta name="citation_pmid" content="12345">'
        '<meta name="citation_issn" content="0317-8471"><meta name="dc.identifier" content="https://doi.org/10.5555/abc.1">'
        '<script type="application/ld+json">{"@type": "ScholarlyArticle", "sameAs": "https://openalex.org/W2741809807",'
        '"identifier": [{"@type": "PropertyValue", "propertyID": "pmcid", "value": "PMC99"}]}</script>'
    )

    assert document.doi == "10.5555/abc.1"
    assert document.identifiers == (
        "doi:10.5555/abc.1", "pmc:99", "openalex:W2741809807", "pmid:12345", "issn:0317-8471",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("url", "identifiers"),
    [
        ("https://arxiv.org/pdf/2401.00001v2", ("arxiv:2401.00001",)),
        ("https://zenodo.org/records/123", ("doi:10.5281/zenodo.123", "zenodo:123")),
        ("https://papers.ssrn.com/sol3/papers.cfm?abstract_id=99", ("doi:10.2139/ssrn.99", "ssrn:99")),
        ("https://pubmed.ncbi.nlm.nih.gov/777/", ("pmid:777",)),
    ],
)
def test_the_address_names_the_work(url, identifiers):
    assert read(url=url).identifiers == identifiers


def test_what_stands_beside_the_title_is_the_pages_own():
    document = read(beside="<p>DOI: 10.5555/xyz.9</p>")

    assert document.doi == "10.5555/xyz.9"
    assert document.confidences["doi"] == "medium"


def test_the_only_doi_that_a_scholarly_page_links_to_is_a_guess_at_its_own():
    link = '<a href="https://doi.org/10.5555/own">Publisher</a>'
    scholarly = '<meta name="citation_title" content="On tests">'

    assert read(scholarly, link).confidences["doi"] == "low"
    assert read(scholarly, link + '<a href="https://doi.org/10.5555/other">Cited</a>').doi == ""
    assert read("", link).doi == ""


def test_tags_that_name_different_works_are_both_shown():
    document = read('<meta name="citation_doi" content="10.5555/a"><meta name="dc.identifier" content="10.5555/b">')

    assert document.doi == "10.5555/a"
    assert [one.value for one in document.conflicts["doi"]] == ["10.5555/b"]


@given(st.text(alphabet="0123456789Xx-/.: doiarxvpmcsbnISBNQW", max_size=60))
def test_what_is_taken_is_written_as_works_are(text):
    for key in (key_in(text), *keys_in(text)):
        assert key == "" or key.partition(":")[2]
        assert " " not in key
