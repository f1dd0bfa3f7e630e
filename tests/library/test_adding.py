"""Sources that a person adds by their addresses."""

import json
from datetime import timedelta

import pytest

from sourcebook import pipeline, wiring
from sourcebook.config import Config, EngineSettings, FetchSettings
from sourcebook.errors import UsageError
from sourcebook.ids import resource_id
from sourcebook.library import Added, Refused, Signed
from sourcebook.records import CATALOGUES, ListName, parse_view
from sourcebook.types.fetching import NotAsked
from sourcebook.types.reviews import ReviewField
from tests.library.conftest import Script, Shelf

URL = "https://report.example/ferries"
CITED = "https://cited.example/a"


@pytest.fixture
def shelf(shelf: Shelf) -> Shelf:
    shelf.page("page.md", f"# A page\n\nA claim of [a report]({CITED}).\n")
    shelf.build()
    return shelf


def add(shelf: Shelf, *urls: str, who: str = "Ann") -> list[Added | Refused]:
    with shelf.open() as library:
        return pipeline.add(library, urls, Signed(who, "for the next page"))


def asked(shelf: Shelf) -> list[str]:
    """What the next build asks for."""
    script = Script(lambda one: NotAsked(one.source_id, one.url, "offline"))
    shelf.fetcher = script
    shelf.build(days=1)
    return sorted(script.asked)


def test_an_added_source_has_its_record_at_once_and_the_next_build_asks_for_it(shelf: Shelf) -> None:
    (done,) = add(shelf, URL)
    record = shelf.record(URL)

    assert isinstance(done, Added)
    assert (done.id, done.new) == (resource_id(URL), True)
    assert (record.id, record.capture, record.cited_by) == (done.id, None, ())
    (word,) = record.corrections
    assert (word.field, word.value, word.who, word.why) == (ReviewField.WANTED, "yes", "Ann", "for the next page")
    with wiring.open_records(shelf.place, shelf.config) as records:
        assert done.id in {row.source_id for row in records.all_rows(parse_view(CATALOGUES[ListName.SOURCES], []))}
    assert asked(shelf) == sorted([URL, CITED])


def test_it_is_looked_after_until_the_word_is_taken_back(shelf: Shelf) -> None:
    add(shelf, URL)
    shelf.now += timedelta(minutes=1)
    with shelf.open() as library:
        pipeline.take_back(library, URL, [ReviewField.WANTED], Signed("Ann", "no more"))

    assert asked(shelf) == [CITED]
    assert shelf.record(URL).url == URL


def test_an_address_that_is_known_by_another_form_leads_to_its_source(shelf: Shelf) -> None:
    first, second, third = add(shelf, URL, f"{URL}?utm_source=feed", CITED)

    assert isinstance(first, Added)
    assert isinstance(second, Added)
    assert isinstance(third, Added)
    assert (first.new, second.new, third.new) == (True, False, False)
    assert first.id == second.id
    assert third.id == resource_id(CITED)
    assert len(shelf.record(URL).reviews) == 1


def test_what_is_added_is_in_text_and_comes_back_with_a_rebuild(shelf: Shelf) -> None:
    (done,) = add(shelf, URL)
    library = shelf.place.library
    lines = [json.loads(line) for line in (library / "sources.jsonl").read_text().splitlines()]
    (library / "library.db").unlink()
    wiring.rebuild_store(shelf.place, shelf.config)

    assert isinstance(done, Added)
    assert {line["id"] for line in lines} == {done.id, resource_id(CITED)}
    assert asked(shelf) == sorted([URL, CITED])
    assert shelf.record(URL).stable_id == done.stable_id


def test_a_build_writes_the_sources_that_it_met_to_the_text_that_lives_in_git(shelf: Shelf) -> None:
    lines = (shelf.place.library / "sources.jsonl").read_text().splitlines()

    assert [json.loads(line)["url"] for line in lines] == [CITED]
    assert not (shelf.place.library / "sources.journal.jsonl").exists()


def test_a_work_may_be_added_and_found_by_its_identifier(shelf: Shelf) -> None:
    (done,) = add(shelf, "doi:10.1000/182")

    assert isinstance(done, Added)
    assert done.url == "https://doi.org/10.1000/182"
    for name in ("doi:10.1000/182", "DOI 10.1000/182", "http://dx.doi.org/10.1000/182", done.stable_id):
        assert shelf.record(name).id == done.id


@pytest.mark.parametrize(
    ("url", "why"),
    [
        pytest.param("", "not an address of the web", id="nothing"),
        pytest.param("ferries in Bergen", "not an address of the web", id="words"),
        pytest.param("report.example/a", "not an address of the web", id="no scheme"),
        pytest.param("javascript:alert(1)", "not an address of the web", id="a script"),
        pytest.param("file:///etc/passwd", "not an address of the web", id="a file"),
        pytest.param("https://a.example/\x00", "not an address of the web", id="what cannot be seen"),
        pytest.param("https://a.example/" + "a" * 8_000, "not an address of the web", id="too long"),
        pytest.param("https://ann:secret@a.example/", "holds a name or a password", id="a password"),
        pytest.param("http://10.0.0.1/", "10.0.0.1 is private", id="a private network"),
        pytest.param("http://0x7f.1/", "127.0.0.1 is loopback", id="this machine in disguise"),
        pytest.param("http://[::1]/", "not a public address", id="this machine by IPv6"),
        pytest.param("http://localhost/", "127.0.0.1 is loopback", id="this machine by name"),
        pytest.param("https://a.example:8443/", "port 8443 is not a port of the web", id="a port"),
    ],
)
def test_what_is_no_source_is_refused_in_words_and_the_rest_goes_in(shelf: Shelf, url: str, why: str) -> None:
    refused, added = add(shelf, url, URL)

    assert isinstance(refused, Refused)
    assert why in refused.why
    assert refused.hint
    assert isinstance(added, Added)
    with wiring.open_records(shelf.place, shelf.config) as records:
        assert records.store.sources.count() == 2


def test_a_network_that_the_settings_open_is_taken(shelf: Shelf) -> None:
    shelf.config = Config(engine=EngineSettings(workers=1), fetch=FetchSettings(allow_networks=("127.0.0.0/8",)))

    assert [isinstance(one, Added) for one in add(shelf, "http://localhost:8000/a", "http://10.0.0.1/")] == [
        True,
        False,
    ]


def test_nothing_is_added_that_nobody_signs(shelf: Shelf) -> None:
    with pytest.raises(UsageError, match="nobody says who"):
        add(shelf, URL, who="")

    with wiring.open_records(shelf.place, shelf.config) as records:
        assert records.store.sources.count() == 1
