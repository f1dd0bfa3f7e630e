"""Where a source was published, when its address does not tell and a registry does."""

from datetime import UTC, datetime

import pytest

from sourcebook import rate
from sourcebook.types.registries import RegistryEntry
from sourcebook.types.reviews import Review, ReviewField
from sourcebook.types.sources import SourceType

OURS = rate.load_venues()
FERRIES = {
    "id": "ferries",
    "name": "Journal of Ferries",
    "rules": ["ferries.example"],
    "type": "journal",
    "credibility": 4,
}
NOW = datetime(2026, 4, 7, tzinfo=UTC)
COPY = "https://merrow.example/papers/counting.pdf"


def entry(venue, *, reviewed=True, by="crossref", keys=("doi:10.5555/ferry.1",)):
    return RegistryEntry("s1", keys, NOW, venue=venue, peer_reviewed=reviewed, origins={"venue": by})


def rated(url, said, venues=OURS, reviews=None, container=""):
    return rate.rate_placed(rate.placed(url, venues, said, container), None, None, reviews or {})


def test_a_copy_inherits_from_the_journal_that_a_registry_names():
    rating = rated(COPY, entry("Journal of ferries"), rate.load_venues([FERRIES]))

    assert (rating.credibility, rating.venue, rating.venue_by) == (4, "Journal of Ferries", "crossref")
    assert (rating.inherited, rating.type) == (True, SourceType.PAPER)
    assert rated(COPY, None, rate.load_venues([FERRIES])).credibility is None


@pytest.mark.parametrize(
    ("venue", "keys", "found"),
    [
        pytest.param("The Lancet", (), "lancet", id="as we write it"),
        pytest.param("Lancet (London, England)", (), "lancet", id="as libraries write it"),
        pytest.param("PNAS", (), "pnas", id="by its short name"),
        pytest.param("Nature Invented Results", ("pmid:7", "doi:10.1038/x"), "nature", id="by its publisher's DOI"),
    ],
)
def test_journals_are_known_by_their_names_and_dois(venue, keys, found):
    assert rated(COPY, entry(venue, keys=keys)).venue_id == found


def test_an_index_or_a_publisher_yields_to_the_journal_and_the_journals_own_address_needs_no_registry():
    index = rated("https://pubmed.ncbi.nlm.nih.gov/7/", entry("The Lancet", by="pubmed"))
    own = rated("https://www.thelancet.com/article/7", entry("The Lancet"))

    assert (index.venue_id, index.venue_by) == ("lancet", "pubmed")
    assert (own.venue_id, own.venue_by) == ("lancet", "")


def test_a_preprint_does_not_inherit_from_the_journal_that_took_it_later():
    server = rated("https://arxiv.org/abs/2401.00001", entry("Nature", reviewed=False, by="arxiv"))
    elsewhere = rated(COPY, entry("Nature", reviewed=False, by="arxiv"))

    assert (server.venue_id, server.venue_by) == (OURS.match("https://arxiv.org/abs/1").id, "")
    assert elsewhere.credibility is None


def test_a_journal_that_nobody_rated_stays_unrated_and_is_named_with_its_peer_review():
    rating = rated(COPY, entry("Journal of Ferries"))

    assert (rating.credibility, rating.venue_by) == (None, "")
    assert (
        rating.why == "Unrated. It was published in Journal of Ferries, after peer review, which nobody has rated yet."
    )


def test_a_persons_word_outranks_a_registry():
    said = {ReviewField.CREDIBILITY: Review("r1", "s1", ReviewField.CREDIBILITY, 2, "ann", NOW, "I know them")}
    rating = rated(COPY, entry("Nature"), reviews=said)

    assert (rating.credibility, rating.inherited, rating.venue) == (2, False, "Nature")


def test_a_journal_that_only_a_bibliography_names_counts_where_the_address_says_nothing():
    by_doi = rated("https://doi.org/10.5555/ferry.1", None, container="The Lancet")
    unknown = rated("https://doi.org/10.5555/ferry.1", None, container="Ferry Letters")
    own = rated("https://arxiv.org/abs/2103.00020", None, container="The Lancet")
    registered = rated("https://doi.org/10.5555/ferry.1", entry("PNAS"), container="The Lancet")

    assert (by_doi.venue_id, by_doi.venue_by) == ("lancet", rate.BIBLIOGRAPHY)
    assert (unknown.credibility, "published in Ferry Letters" in unknown.why) == (None, True)
    assert (own.venue_id, own.venue_by) == ("arxiv", "")
    assert (registered.venue_id, registered.venue_by) == ("pnas", "crossref")
