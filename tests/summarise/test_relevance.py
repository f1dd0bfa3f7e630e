"""The relevance line: facts in one sentence, and never more than that."""

import pytest

from sourcebook.summarise import relevance_line, shared_terms
from sourcebook.types.pages import Page
from sourcebook.types.sources import SourceType


def page(title, kind="", quality=None):
    return Page(id="0" * 16, path="a.md", title=title, type=kind, quality=quality, digest="0" * 64)


SEED = page("Open Source AI Safety", "Approach", 62.0)


@pytest.mark.parametrize(
    ("pages", "shared", "line"),
    [
        pytest.param([], ("open weights",), "", id="nobody cites it"),
        pytest.param(
            [SEED], ("open weights", "model release"),
            "Cited by the approach page “Open Source AI Safety” on open weights and model release.", id="one page",
        ),
        pytest.param([page("Notes")], (), "Cited by the page “Notes”.", id="neither type nor terms"),
        pytest.param(
            [page("Notes"), SEED], ("weights",),
            "Cited by the approach page “Open Source AI Safety” and the page “Notes” on weights.", id="the best first",
        ),
        pytest.param(
            [page(name, "AI lab", 5 - number) for number, name in enumerate("ABCDE")], ("a b", "c d", "e f", "g h"),
            "Cited by 5 pages, among them the AI lab page “A”, the AI lab page “B” and the AI lab page “C”"
            " on a b, c d and e f.", id="many pages",
        ),
        pytest.param([SEED], ("news article",), "Cited by the approach page “Open Source AI Safety”.", id="own type"),
    ],
)  # fmt: skip
def test_the_line_says_who_cites_it_and_on_what(pages, shared, line):
    assert relevance_line("Zuckerberg signals a change", SourceType.NEWS_ARTICLE, pages, shared) == line


def test_shared_terms_are_phrases_of_both_sides():
    source = "Council publishes Open Weights before its safety evaluation. Models of the council."
    pages = ["Open weights: what a safety evaluation of open-weight models can show", "Open weights and licences"]

    assert shared_terms(source, pages) == ("open weights", "safety evaluation")


def test_shared_terms_keep_the_capitals_of_names():
    assert shared_terms("OpenAI Charter and Meta AI", ["The OpenAI Charter", "meta AI"]) == (
        "meta AI",
        "OpenAI Charter",
    )


def test_a_single_word_is_shared_when_no_phrase_is():
    assert shared_terms("On superintelligence", ["What superintelligence is"]) == ("superintelligence",)


def test_nothing_in_common_is_nothing():
    assert shared_terms("Bees and honey", ["The history of locks"]) == ()
