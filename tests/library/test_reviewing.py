"""Which claim a person means, and what the front page says of it then."""

import pytest

from sourcebook import ids, wiring
from sourcebook.desk import Desk
from sourcebook.errors import NotFoundError, UsageError
from sourcebook.library import Signed
from sourcebook.records import CATALOGUES, parse_view
from sourcebook.types.findings import Rule
from sourcebook.types.reviews import ReviewField
from sourcebook.types.verdicts import Support
from tests.library.conftest import Shelf
from tests.library.test_judging import ONE, PAGES, TWO, web

FIRST = "The Bergen yard built seven electric ferries for the council of the city."
SECOND = "Nobody in Oslo has ever seen a whale in a garden of the palace."
BOTH = "The council of the city paid for electric ferries of the Bergen yard."
ANN = Signed("Ann", "I read it")


@pytest.fixture
def ferries(shelf: Shelf) -> Shelf:
    """Two claims on one line, one below it that leans on two sources, and the same page twice."""
    shelf.fetcher = web(PAGES)
    text = f"# Ferries\n\n{FIRST}[^1] {SECOND}[^1]\n\n{BOTH}[^1][^2]\n\n[^1]: {ONE}\n[^2]: {TWO}\n"
    shelf.page("ferries.md", text)
    (shelf.folder / "old").mkdir()
    shelf.page("old/ferries.md", text)
    shelf.build()
    return shelf


def say(shelf: Shelf, claim: str, source: str = "", said: str = "supported") -> str:
    with shelf.open() as library:
        return library.review(claim, source, said, ANN).claim_id


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        pytest.param(ids.claim_id(FIRST), FIRST, id="its id"),
        pytest.param(ids.claim_id(FIRST)[:5].upper(), FIRST, id="the beginning of its id"),
        pytest.param("ferries.md:3:1", FIRST, id="its place"),
        pytest.param("./old/ferries.md:3:90", SECOND, id="its column"),
        pytest.param("somewhere/docs/ferries.md:3:90", SECOND, id="a path from elsewhere"),
    ],
)
def test_a_claim_is_named_by_its_id_or_by_where_it_stands(ferries: Shelf, claim: str, text: str) -> None:
    assert say(ferries, claim) == ids.claim_id(text)


@pytest.mark.parametrize(
    ("claim", "source", "words"),
    [
        pytest.param("ferries.md:3", "", "2 statements", id="two claims on a line"),
        pytest.param("ferries.md:5", "", "2 sources", id="two sources"),
        pytest.param(ids.claim_id(FIRST), TWO, "does not lean on", id="a source of another claim"),
        pytest.param("es.md:3", "", "no page", id="the end of a name"),
        pytest.param("ferries.md:99", "", "line 99", id="a line past the end"),
        pytest.param("zzzz", "", "no claim", id="what is no id"),
    ],
)
def test_what_names_no_claim_or_several_is_refused(ferries: Shelf, claim: str, source: str, words: str) -> None:
    with ferries.open() as library, pytest.raises(UsageError, match=words) as refused:
        library.review(claim, source, "supported", ANN)

    assert refused.value.hint


def test_nobody_can_confirm_what_was_not_judged(shelf: Shelf) -> None:
    shelf.page("page.md", f"# Ferries\n\n{FIRST}[^1]\n\n[^1]: {ONE}\n")
    shelf.build()
    with shelf.open() as library:
        with pytest.raises(UsageError, match="no verdict to confirm"):
            library.review("page.md:3", "", "confirm", ANN)
        with pytest.raises(NotFoundError):
            library.review("page.md:3", "https://other.example/", "confirm", ANN)
        made = library.review("page.md:3", "", "partial", ANN)

    assert made.value == "partial"


def test_the_front_page_tells_what_waits_for_a_person_and_no_more_once_one_has_answered(ferries: Shelf) -> None:
    def told() -> set[tuple[Rule, str]]:
        with wiring.open_records(ferries.place, ferries.config) as records:
            problems = [one for kind in records.overview().problems for one in kind.first]
        return {(one.rule, one.words.partition(": ")[2]) for one in problems if "ferries.md" in one.page}

    before = told()
    say(ferries, ids.claim_id(FIRST), "", "unsupported")
    say(ferries, ids.claim_id(SECOND), "", "dismiss")
    after = told()

    assert before == {(Rule.CONTRADICTED, FIRST), (Rule.UNSUPPORTED, SECOND)}
    assert after == set()


def test_the_desk_of_the_browser_takes_reviews_and_takes_them_back(ferries: Shelf) -> None:
    desk = Desk(ferries.place, ferries.config, "Bo")
    source_id = ferries.record(ONE).id
    places = [place for page in ferries.record(ONE).cited_by for place in page.places if place.claim == FIRST]
    desk.review(places[0].claim_id, source_id, "confirm", Signed("", "I read it"))
    reviewed = [place.review for page in ferries.record(ONE).cited_by for place in page.places if place.claim == FIRST]
    desk.take_back_review(places[0].claim_id, source_id, Signed("", ""))
    after = [place.review for page in ferries.record(ONE).cited_by for place in page.places if place.claim == FIRST]

    assert [(one.who, one.value) for one in reviewed if one] == [("Bo", Support.CONTRADICTED)] * 2
    assert after == [None, None]


def test_a_word_that_is_said_while_a_build_runs_is_kept_at_once_and_followed_by_the_next(ferries: Shelf) -> None:
    desk = Desk(ferries.place, ferries.config, "Bo")
    source_id = ferries.record(ONE).id
    with wiring.lock(ferries.place):  # as a build holds it
        desk.review(ids.claim_id(FIRST), source_id, "confirm", Signed("", "I read it"))
        desk.correct(source_id, {ReviewField.TITLE: ["Nine ferries"]}, Signed("", "so it is called"))
    during = ferries.record(ONE)
    ferries.build()
    with wiring.open_records(ferries.place, ferries.config) as records:
        row = records.list_rows(parse_view(CATALOGUES["sources"], [("words", "nine ferries")])).rows[0]
        claims = records.list_rows(parse_view(CATALOGUES["claims"], [("review", "confirmed")])).rows

    said = [place.review for page in during.cited_by for place in page.places if place.claim == FIRST]
    assert [(one.who, one.value) for one in said if one] == [("Bo", Support.CONTRADICTED)] * 2
    assert during.title == row.title == "Nine ferries"
    assert {claim.text for claim in claims} == {FIRST}
