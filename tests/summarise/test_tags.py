"""Tags in the words of the pages that cite a source."""

from sourcebook.summarise import tags_from_pages
from sourcebook.types.documents import Document
from sourcebook.types.pages import Page
from sourcebook.types.ratings import Tag

DOCUMENT = Document(
    title="Council gives away its model",
    description="What open weights change for safety evaluations.",
    text="The council met. Compute thresholds were named twice: a compute threshold is a number. Locks came once.",
)


def page(title, *tags):
    return Page(id=title, path=f"{title}.md", title=title, type="", quality=None, digest="0" * 64, tags=tags)


def test_tags_and_titles_of_citing_pages_are_kept_where_the_source_speaks_of_them():
    pages = [page("Compute Thresholds", "open-weights", "locks"), page("Bees: a history", "AI safety", "open-weights")]

    assert tags_from_pages("", DOCUMENT, pages) == (
        Tag("open weights", "page tag"),
        Tag("Compute Thresholds", "page title"),
    )


def test_words_are_met_in_their_other_forms_and_only_as_whole_phrases():
    assert tags_from_pages("", DOCUMENT, [page("x", "safety evaluation", "valuation", "weights change safety")]) == (
        Tag("safety evaluation", "page tag"),
    )


def test_a_source_that_nobody_read_bears_the_tags_that_its_pages_share():
    pages = [page("a", "policy", "bees"), page("b", "policy"), page("c", "locks")]

    assert tags_from_pages("Untitled", None, pages) == (Tag("policy", "carried over"),)
    assert tags_from_pages("Untitled", None, pages[:1]) == ()


def test_tags_that_say_nothing_are_left_out():
    assert tags_from_pages("the", Document(title="the"), [page("The", "", "the", "-")]) == ()


def test_whom_the_statements_name_is_a_tag_where_the_source_speaks_of_it():
    text = "Corvid AI met Ben Achebe. Achebe left. Corvid AI has H3, and H3 is open. Office, the Office. Tundra once."
    said = [
        "Corvid AI was asked by Ben Achebe, and Achebe answered.",
        "The Office lists H3 and the Tundra model.",
        "Evaluations are dear.",
    ]
    found = tags_from_pages("Meeting Ben Achebe", Document(text=text), [page("Bees")], said)

    assert found == (Tag("Ben Achebe", "entity"), Tag("Corvid AI", "entity"), Tag("H3", "entity"))
    assert tags_from_pages("Meeting Ben Achebe", None, [page("Bees")], said) == ()


def test_what_a_page_calls_a_tag_stays_its_tag():
    found = tags_from_pages("On Corvid AI", Document(text="x"), [page("x", "Corvid AI")], ["Corvid AI did it."])

    assert found == (Tag("Corvid AI", "page tag"),)
