"""What a model writes about a source is held to what the source says."""

import pytest

from sourcebook.llm import Answered, Spent
from sourcebook.summarise.by_model import Bearing, Brief, bearing_question, line, summary_question, written
from sourcebook.types.documents import Document
from sourcebook.types.pages import Page

TEXT = (
    "The committee counted forty-one safeguards in the first report. Two of five safeguards survived the second test, "
    "which the committee ran in the spring.\n\nAda Reader, who led the committee, asked for a third test before "
    "anything is decided. The report names each safeguard with the day on which it was tested."
)
DOCUMENT = Document(text=TEXT, title="Counting safeguards")
SUMMARY = "The committee counted forty-one safeguards. Two of five survived the second test in the spring."
POINTS = ["Two of five safeguards survived the second test.", "Ada Reader asked for a third test."]


def check(summary: str = SUMMARY, points: list[str] = POINTS) -> str:
    return summary_question("s1", DOCUMENT).check(Brief(summary, points))


def test_what_the_source_holds_passes_and_each_point_shows_the_words_behind_it() -> None:
    question = summary_question("s1", DOCUMENT)
    assert check() == ""
    kept = written(DOCUMENT, ("safety",), Answered(question, Brief(SUMMARY, POINTS), "double", Spent(1, 1)))

    assert kept.writer == "double, summary 1"
    assert kept.tags == ("safety",)
    first, second = (point.passage for point in kept.points)
    assert first is not None
    assert second is not None
    assert TEXT[first.start : first.end] == first.quote
    assert first.quote.startswith("Two of five safeguards")
    assert second.quote.startswith("Ada Reader, who led")


@pytest.mark.parametrize(
    ("summary", "points", "wrong"),
    [
        pytest.param("Three of five safeguards survived the second test.", POINTS, "three", id="another number"),
        pytest.param("Bob Writer asked for a third test of safeguards.", POINTS, "Bob Writer", id="another name"),
        pytest.param(SUMMARY, ["Two of five safeguards survived the second test."] * 2, "repeated", id="said twice"),
        pytest.param(SUMMARY, [POINTS[0], "Rival laboratories complained loudly."], "words", id="out of thin air"),
        pytest.param(SUMMARY, POINTS[:1], "2 to 6 key points", id="one point"),
        pytest.param(SUMMARY, [POINTS[0], "test " * 41], "more than 40 words", id="a long point"),
        pytest.param("", POINTS, "two or three sentences", id="no summary"),
    ],
)
def test_what_the_source_does_not_hold_does_not_pass(summary: str, points: list[str], wrong: str) -> None:
    assert wrong.casefold() in check(summary, points).casefold()


def test_a_long_text_is_asked_about_by_its_beginning_and_its_end() -> None:
    text = summary_question("s1", Document(text="begin " + "word " * 20_000 + "the end", title="Long")).text()

    assert len(text) < 31_000
    assert "begin word" in text
    assert "the end" in text


def test_a_relevance_line_says_nothing_that_is_not_there() -> None:
    page = Page("p", "a.md", "Open models", "concept", None, "", "What opening weights does.")
    question = bearing_question("s1", "Counting safeguards", SUMMARY, [page])
    good = Bearing("Relevant to open models, since two of five safeguards survived the second test.")

    assert question.check(good) == ""
    assert line(Answered(question, good, "double", Spent(1, 1))).text == good.relevance
    assert "seven" in question.check(Bearing("Relevant to open models, since seven safeguards survived."))
    assert "one sentence" in question.check(Bearing("Relevant. Very."))
