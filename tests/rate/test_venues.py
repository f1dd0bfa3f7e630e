"""Venues: which one an address belongs to, and what a user may say about them."""

import importlib.resources
import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook import rate
from sourcebook.errors import UsageError
from sourcebook.rate.entries import TYPES, slug

OURS = rate.load_venues()


@pytest.mark.parametrize(
    ("url", "venue_id"),
    [
        pytest.param("https://techcrunch.com/2025/07/30/zuckerberg-says/", "techcrunch", id="the seed"),
        pytest.param("https://www.nature.com/articles/s41586-021-03819-2", "nature", id="www inherits"),
        pytest.param("https://en.wikipedia.org/wiki/Cat", "wikipedia", id="a language inherits"),
        pytest.param("https://blog.metaculus.com/a", "metaculus", id="a blog inherits"),
        pytest.param("http://TECHCRUNCH.com:80/a", "techcrunch", id="case, port and scheme"),
        pytest.param("https://www.forbes.com/sites/ann/2024/01/01/a/", "forbes-contributors", id="a path that differs"),
        pytest.param("https://www.forbes.com/lists/", "forbes", id="the rest of that site"),
        pytest.param("https://forbes.com/sites", "forbes-contributors", id="the path itself"),
        pytest.param("https://forbes.com/sitesmap", "forbes", id="a path that only begins alike"),
        pytest.param("https://hai.stanford.edu/a", "hai-stanford", id="the longer host wins"),
        pytest.param("https://cs.stanford.edu/a", "stanford", id="the shorter host has the rest"),
        pytest.param("https://www.usf.edu/a", "us-universities", id="a whole suffix"),
        pytest.param("https://www.epa.gov/a", "us-government", id="gov"),
        pytest.param("https://www.nist.gov/a", "nist", id="an agency within gov"),
        pytest.param("https://www.defra.gov.uk/a", "uk-government", id="gov.uk"),
        pytest.param("https://www.aisi.gov.uk/a", "uk-aisi", id="an institute within gov.uk"),
        pytest.param("https://www.economie.gouv.fr/a", "france", id="gouv.fr"),
        pytest.param("https://www.navy.mil/a", "us-military", id="mil"),
        pytest.param("https://edpb.europa.eu/a", "eu", id="europa.eu"),
        pytest.param("https://www.esa.int/a", "treaty-organisations", id="int"),
        pytest.param("https://www.governance.ai/research-paper/a", "govai", id="not a government"),
        pytest.param("https://ann.substack.com/p/a", "substack", id="a platform for all its writers"),
        pytest.param("https://thezvi.substack.com/p/a", "thezvi", id="a writer known by himself"),
        pytest.param("https://ann.github.io/a", "github-pages", id="a platform that is a public suffix"),
        pytest.param("https://github.com/ann/a", "github", id="the code host is another venue"),
        pytest.param("https://doi.org/10.1126/science.aaw8243", "science", id="a DOI by its prefix"),
        pytest.param("https://doi.org/10.9999/abc", "doi", id="a DOI of nobody we know"),
        pytest.param("https://web.archive.org/web/2020/https://www.reuters.com/a", "reuters", id="a copy of a page"),
        pytest.param("https://web.archive.org/save", "wayback-machine", id="the archive itself"),
    ],
)
def test_an_address_belongs_to_the_most_specific_venue(url, venue_id):
    assert OURS.match(url) == OURS.find(venue_id)
    assert OURS.find(venue_id) is not None


@pytest.mark.parametrize(
    "url",
    [
        "https://nature.com.evil.example/articles/a",
        "https://notnature.com/",
        "https://nature.community/",
        "https://example.com/nature.com/articles",
        "https://example.com/?u=https://nature.com/",
        "https://nature.com@evil.example/",
        "https://whitehouse.gov.co.example/",
        "https://fakegov/",
        "https://mygov.example/",
        "https://1.2.3.4/",
        "not an address",
        "mailto:ann@nature.com",
    ],
)
def test_a_name_that_only_looks_like_a_venue_is_none(url):
    assert OURS.match(url) is None


def test_a_known_host_that_says_nothing_of_who_speaks_has_no_credibility():
    venue = OURS.match("https://docs.google.com/document/d/abc/edit")

    assert venue is not None
    assert venue.credibility is None


# --- our own data file ----------------------------------------------------------------------------


def test_we_know_many_venues_and_every_one_gives_its_reason():
    venues = OURS.all()

    assert len(venues) >= 350
    for venue in venues:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", venue.id)
        assert venue.name
        assert venue.rules
        assert venue.type in TYPES
        assert venue.credibility in {1, 2, 3, 4, 5, None}
        assert venue.why[-1] == "."
        assert "\n" not in venue.why
        assert venue.origin == "sourcebook"


def test_no_two_venues_share_an_id_or_a_rule():
    said = tomllib.loads(importlib.resources.files("sourcebook.rate").joinpath("venues.toml").read_text("utf-8"))
    written = [
        slug(line.rpartition(": ")[0]) if "\n" in entry[1] else key
        for entries in said.values()
        for key, entry in entries.items()
        for line in entry[1].strip().splitlines()
    ]
    rules = [rule for venue in OURS.all() for rule in venue.rules]

    assert sorted(written) == sorted(venue.id for venue in OURS.all())
    assert len(rules) == len(set(rules))


def test_every_rule_of_ours_leads_to_its_venue():
    for venue in OURS.all():
        for rule in venue.rules:
            of_all = "" if "." in rule else "some."  # a whole suffix is no host of its own
            if venue.type != "web archive":
                assert OURS.match(f"https://{of_all}{rule}/page") == venue


def test_what_is_reviewed_by_peers_is_a_journal():
    reviewed = [venue for venue in OURS.all() if venue.peer_reviewed]

    assert len(reviewed) >= 50
    assert all(venue.type == "journal" for venue in reviewed)


def test_techcrunch_is_as_on_the_seed():
    venue = OURS.find("techcrunch")

    assert (venue.name, venue.type, venue.credibility) == ("TechCrunch", "news", 3)


# --- the user's own ---------------------------------------------------------------------------------


def test_a_user_adds_a_venue():
    entry = {
        "id": "town-crier", "name": "The Town Crier", "rules": ["crier.example", "old-crier.example/news"],
        "type": "news", "credibility": 4, "peer_reviewed": False, "why": "Our own paper.",
    }  # fmt: skip
    venues = rate.load_venues([entry])
    venue = venues.match("https://www.crier.example/a")

    assert (venue.name, venue.credibility, venue.origin) == ("The Town Crier", 4, "sourcebook.toml")
    assert venues.match("https://old-crier.example/news/1") == venue
    assert venues.match("https://old-crier.example/sport") is None
    assert OURS.match("https://www.crier.example/a") is None


def test_a_user_overrides_one_field_of_ours_by_id(tmp_path):
    file = tmp_path / "venues.toml"
    file.write_text('[[venues]]\nid = "techcrunch"\ncredibility = 2\n', encoding="utf-8")
    venue = rate.load_venues(file=file).match("https://techcrunch.com/a")

    assert venue.credibility == 2
    assert venue.name == "TechCrunch"
    assert venue.origin == str(file)


def test_overriding_a_wide_venue_leaves_the_narrow_ones_alone():
    venues = rate.load_venues([{"id": "us-government", "credibility": 3}])

    assert venues.match("https://www.epa.gov/a").credibility == 3
    assert venues.match("https://www.nist.gov/a").credibility == 5


def test_a_rule_of_the_user_comes_before_every_one_of_ours():
    venues = rate.load_venues([{"name": "Our view of Forbes", "rules": ["www.Forbes.com"], "credibility": 1}])

    assert venues.match("https://www.forbes.com/sites/ann").name == "Our view of Forbes"
    assert venues.find("our-view-of-forbes") is not None


def test_of_two_rules_of_the_user_the_later_one_holds():
    entries = [{"id": name, "rules": ["crier.example"]} for name in ("first", "second")]

    assert rate.load_venues(entries).match("https://crier.example/").id == "second"


@pytest.mark.parametrize("rule", ["https://www.Crier.example/", "*.crier.example", ".crier.example", "crier.example/"])
def test_a_rule_may_be_written_as_people_write_it(rule):
    venue = rate.load_venues([{"name": "The Town Crier", "rules": [rule]}]).match("https://crier.example/a")

    assert venue.rules == ("crier.example",)
    assert venue.id == "the-town-crier"
    assert venue.credibility is None


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        pytest.param({"id": "a", "rules": ["a.example"], "credibility": 7}, "from 1 to 5", id="off the scale"),
        pytest.param({"id": "a", "rules": ["a.example"], "credibility": "high"}, "from 1 to 5", id="in words"),
        pytest.param({"id": "a", "rules": ["a.example"], "credibility": True}, "from 1 to 5", id="a truth"),
        pytest.param({"id": "a"}, "no rules", id="no rules"),
        pytest.param({"id": "a", "rules": [""]}, "no rule", id="an empty rule"),
        pytest.param({"id": "a", "rules": [3]}, "no rule", id="a rule that is no text"),
        pytest.param({"id": "a", "rules": 3}, "list of texts", id="rules that are no list"),
        pytest.param({"id": "a", "rules": ["a.example"], "typ": "news"}, "unknown field 'typ'", id="a field misspelt"),
        pytest.param({"id": "a", "rules": ["a.example"], "type": "newspaper"}, "unknown type", id="an unknown type"),
        pytest.param({"id": "a", "rules": ["a.example"], "source_type": "poem"}, "source_type", id="an unknown kind"),
        pytest.param({"id": "a", "rules": ["a.example"], "name": 3}, "name must be text", id="a name that is no text"),
        pytest.param({"id": "a", "rules": ["a.example"], "peer_reviewed": "no"}, "true or false", id="no truth"),
    ],
)
def test_what_cannot_be_understood_names_the_entry(entry, words):
    with pytest.raises(UsageError, match=words) as caught:
        rate.load_venues([entry])

    assert "'a' in sourcebook.toml" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("text", ["[[venues]", '[other]\na = "b"\n', "venues = 3\n", "\xff"])
def test_a_file_of_venues_that_cannot_be_read_is_named(tmp_path, text):
    file = tmp_path / "venues.toml"
    file.write_bytes(text.encode("latin-1"))

    with pytest.raises(UsageError, match=r"venues\.toml"):
        rate.load_venues(file=file)


def test_the_fingerprint_follows_what_decides_a_rating():
    entry = {"id": "crier", "rules": ["crier.example"], "credibility": 4}

    assert rate.load_venues().fingerprint == OURS.fingerprint
    assert rate.load_venues([entry]).fingerprint == rate.load_venues([dict(entry)]).fingerprint
    assert rate.load_venues([entry]).fingerprint != OURS.fingerprint
    assert rate.load_venues([entry]).fingerprint != rate.load_venues([entry | {"credibility": 3}]).fingerprint


@given(st.text())
def test_no_text_breaks_the_match(text):
    for url in (text, f"https://{text}", f"https://nature.com/{text}"):
        venue = OURS.match(url)

        assert venue is None or venue in OURS.all()
