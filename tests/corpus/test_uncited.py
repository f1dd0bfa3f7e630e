"""Numbers without a source."""

import pytest

from sourcebook import corpus
from sourcebook.config import CorpusSettings


def uncited(text, path="page.md"):
    settings = CorpusSettings()
    parsed = corpus.parse(path, text.encode(), settings)
    found = corpus.uncited_numbers(parsed, settings)
    for claim in found:
        assert parsed.text[claim.start : claim.end].split()[0] == claim.text.split()[0]
    return [claim.text for claim in found]


def test_a_number_in_a_paragraph_that_cites_nothing_is_found_where_it_stands():
    text = "# Grüße\n\nThe programme cost 510 dollars in all. Nobody said why.\n"

    assert uncited(text) == ["The programme cost 510 dollars in all."]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It rose by 40 % in a year, [they say](https://a.example/x).", id="cited"),
        pytest.param("It cost 510 dollars in all. The rest is told [here](https://a.example/).", id="cited after"),
        pytest.param("It cost 510 dollars in all.[^1]\n\n[^1]: https://a.example/", id="a footnote"),
        pytest.param("[^1]: See page 510 of the older report there.", id="in a definition"),
        pytest.param("The law was passed by them in 2024 at last.", id="a year"),
        pytest.param("We compared GPT-4 with the H3 model of v1.2 there.", id="part of a name"),
        pytest.param("## The 17 parts of it all are here.", id="a heading"),
        pytest.param("```\nThe programme cost 510 dollars in all.\n```", id="code"),
        pytest.param("---\ndescription: It cost them 510 dollars in all.\n---\n\nWords.", id="front matter"),
        pytest.param("| a | b |\n|---|---|\n| It cost them 510 dollars in all. | x |", id="a table"),
        pytest.param("Some 510 of them.", id="a label"),
    ],
)
def test_what_is_no_uncited_statement_is_left_alone(text):
    assert uncited(text) == []


def test_each_item_of_a_list_is_by_itself():
    text = "- It cost 510 dollars in all.\n- It cost 310 dollars, [they say](https://a.example/).\n"

    assert uncited(text) == ["It cost 510 dollars in all."]


def test_every_page_format_is_understood():
    mdx = "import X from './x'\n\n<X a={12345} />\n\nThe programme **cost** 510 dollars in all.\n"
    html = "<html><body><h1>Title 17 of the book.</h1><p>The programme cost 510&nbsp;dollars in all.</p></body></html>"

    assert uncited(mdx, "page.mdx") == ["The programme cost 510 dollars in all."]
    assert uncited(html, "page.html") == ["The programme cost 510 dollars in all."]


def test_numbers_that_are_remembered_are_those_of_the_page_as_it_is_now():
    settings = CorpusSettings()
    remembered = corpus.UncitedNumbers(settings)
    texts = ["It cost 510 dollars in all.\n", "It cost 520 dollars in all.\n", "It cost 510 dollars in all.\n"]
    pages = [corpus.parse("page.md", text.encode(), settings) for text in texts]
    cited = corpus.parse("page.md", b"It cost 510 dollars in all [here](https://a.example/).\n", settings)

    assert [remembered(page) for page in pages] == [corpus.uncited_numbers(page, settings) for page in pages]
    assert [claim.text for claim in remembered(pages[1])] == ["It cost 520 dollars in all."]
    assert remembered(cited) == ()


def test_a_page_that_is_too_long_to_remember_has_its_numbers_all_the_same():
    settings = CorpusSettings()
    text = "It cost 520 dollars in all.\n\n" + "and so on " * 20_001
    long = corpus.parse("page.md", text.encode(), settings)

    assert [claim.text for claim in corpus.UncitedNumbers(settings)(long)] == ["It cost 520 dollars in all."]
