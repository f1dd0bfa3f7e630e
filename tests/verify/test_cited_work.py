"""Is it the cited work? One by one, and over a set of works under their own labels and under those of others."""

from itertools import product

import pytest

from sourcebook.types.documents import Completeness, Confidence, Conflict, Document
from sourcebook.types.ratings import Work
from sourcebook.verify.cited_work import Cited, check_work

TEXT = (
    "The council published the weights of its model on Monday, a week before the evaluation that it had promised. Of"
    " sixty planned tests, forty were dropped. Members will vote in spring on whether the missing ones are to be done. "
) * 3
URL = "https://www.meridianpost.example/2025/safeguards"


def document(title: str = "Council publishes weights before tests are done", text: str = TEXT, **fields) -> Document:
    return Document(text=text, title=title, site_name="The Meridian Post", **fields)


def check(
    *labels: str, url: str = URL, title: str = "", authors=(), year: str = "", held: Document | None = None
) -> Work:
    return check_work(Cited(url, labels, title, authors, year), held or document()).work


@pytest.mark.parametrize(
    ("label", "work"),
    [
        pytest.param("Council publishes weights before tests are done", Work.SAME, id="its title"),
        pytest.param("The Meridian Post: Council Publishes Weights Before Tests", Work.SAME, id="with its site"),
        pytest.param("Council weights published before the tests", Work.SAME, id="its words in another order"),
        pytest.param("Council drops forty of sixty planned tests", Work.LIKELY, id="its first lines in other words"),
        pytest.param("Quantum Sensors for Deep Sea Navigation", Work.DIFFERENT, id="another title"),
        pytest.param('Doe, J. "Quantum sensors for the deep sea." 2021.', Work.DIFFERENT, id="another, quoted"),
        pytest.param("Lyft extends free scooter rides for nurses", Work.DIFFERENT, id="another headline"),
        pytest.param("as few as 200 people", Work.UNKNOWN, id="a piece of a sentence"),
        pytest.param("Quantum sensors cost $3 million", Work.UNKNOWN, id="a statement with a sum"),
        pytest.param("The Meridian Post", Work.UNKNOWN, id="only the site"),
        pytest.param("PNAS study", Work.UNKNOWN, id="too few words"),
        pytest.param("https://www.meridianpost.example/x", Work.UNKNOWN, id="an address"),
        pytest.param("量子センサーの研究", Work.UNKNOWN, id="another script, which may be a translation"),
    ],
)
def test_the_words_of_a_link_are_held_against_what_came_back(label, work):
    assert check(label) is work


def test_one_page_that_knows_its_title_outweighs_another_that_errs():
    assert (
        check("Quantum Sensors for Deep Sea Navigation", "Council publishes weights before tests are done") is Work.SAME
    )


def test_another_title_that_the_page_gives_itself_counts():
    held = document(conflicts={"title": (Conflict("What the council did not test", "og:title"),)})

    assert check("What the Council Did Not Test", held=held) is Work.SAME


@pytest.mark.parametrize(
    ("label", "identifiers", "work"),
    [
        ("doi.org/10.5555/a", ("doi:10.5555/a",), Work.SAME),
        ("https://doi.org/10.5555/a", ("doi:10.5555/b",), Work.DIFFERENT),
        ("arXiv:2401.00001", ("arxiv:2401.00002",), Work.DIFFERENT),
        ("arXiv 2401.00001v2", ("arxiv:2401.00001",), Work.SAME),
        ("10.1101/2024.01.01.123456", ("doi:10.5555/a",), Work.LIKELY),
        ("10.5555/a", ("issn:0317-8471",), Work.UNKNOWN),
    ],
)
def test_identifiers_decide_where_both_name_one(label, identifiers, work):
    assert check(label, held=document(identifiers=identifiers)) is work


def test_a_guess_at_an_identifier_denies_nothing():
    held = document(identifiers=("doi:10.5555/b",), confidences={"identifiers": Confidence.LOW})

    assert check("10.5555/a", held=held) is Work.UNKNOWN


def test_the_right_address_under_the_wrong_title_is_the_wrong_work():
    url, held = "https://doi.org/10.5555/a", document(identifiers=("doi:10.5555/a",))

    assert check("the study", url=url, held=held) is Work.LIKELY
    assert check("Quantum Sensors for Deep Sea Navigation", url=url, held=held) is Work.DIFFERENT


def test_an_address_that_names_one_work_and_shows_another_is_the_wrong_one():
    assert (
        check("here", url="https://doi.org/10.5555/a", held=document(identifiers=("doi:10.5555/b",))) is Work.DIFFERENT
    )


def test_authors_and_year_bear_a_work_out():
    held = document(authors=("Mrinank Sharma", "Meg Tong"), published="2023-10-20")

    assert check("Sharma et al.", held=held) is Work.LIKELY
    assert check("Sharma et al. (2023)", held=held) is Work.SAME
    assert check("Perez et al. (2023)", held=held) is Work.UNKNOWN
    assert check(authors=("Meg Tong",), year="2023", held=held) is Work.SAME


def test_nothing_is_said_of_what_did_not_come_back():
    held = document(text="", completeness=Completeness.NONE)

    assert check("Quantum Sensors for Deep Sea Navigation", held=held) is Work.UNKNOWN


# --- over a set: titles of every combination are works of their own, each told in words of its own ------------------

_SUBJECTS = (
    "Coral reefs", "Battery recycling", "Rural clinics", "Wage theft", "Night trains", "Honey bees", "School lunches",
    "Glacier retreat", "Voting machines", "Sleep apnea",
)  # fmt: skip
_DEEDS = (
    "recover after storms in {}", "cost less than expected in {}", "divide lawmakers across {}",
    "attract young investors to {}",
)  # fmt: skip
_PLACES = ("Norway", "Kenya", "Ohio", "Tasmania", "Portugal")
_REWORDED = (
    "{title} | The Meridian Post",
    "Doe, J. (2024). “{title}”. Meridian Post.",
    "{title}",
    "Meridian Post - {title}",
)


def _works() -> list[Document]:
    works = []
    for subject, deed, place in product(_SUBJECTS, _DEEDS, _PLACES):
        title = f"{subject} {deed.format(place)}"
        text = (
            f"{subject} were the subject of a survey that officials in {place} released this week. It found that they"
            f" {deed.format('the region')}, and asked for more money. Critics said that the sample was small. "
        ) * 4
        works.append(document(title, text))
    return works


def test_nine_of_ten_planted_wrong_works_are_caught_and_one_of_fifty_right_ones_at_most_is_accused():
    works = _works()
    right = wrong = caught = accused = 0
    for at, held in enumerate(works):
        other = works[(at * 7 + 61) % len(works)]
        if set(held.title.split()) & set(other.title.split()) - {"in", "to", "after", "than", "across"}:
            continue  # of the same subject, deed or place: nobody could tell them apart by some of these words
        for form in _REWORDED:
            right += 1
            accused += check(form.format(title=held.title), held=held) is Work.DIFFERENT
            wrong += 1
            caught += check(form.format(title=other.title), held=held) is Work.DIFFERENT

    assert wrong > 300
    assert caught >= 0.9 * wrong
    assert accused <= 0.02 * right
