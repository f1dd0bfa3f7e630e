"""Summaries in the source's own words: what is chosen, what never is, and that every point can be found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.summarise import EXTRACTIVE, Subject
from sourcebook.summarise.sentences import sentences_of
from sourcebook.summarise.terms import top_phrases
from sourcebook.types.documents import Document
from sourcebook.types.sources import SourceType

NEWS = """# Council drops forty tests

The council published the weights of its largest model on Monday, a week before the evaluation it had promised.

It had promised that evaluation in writing. Of the sixty tests planned in March, forty were dropped without a vote.

However, the council said that time had been short. “Members were told in May that the budget for machines had run \
out,” said Jane Doe, who chairs the council.

Sign up for our newsletter to read more stories about councils and their models.

Of the sixty tests that had been planned in March, forty were dropped and no vote was taken.

- Two of the testers had left for other work before the weights were published in June.
- Image Credits: A. Photographer and the archive of the council in Example City.

| Kind of test | Planned | Done |
| --- | --- | --- |

Why were the missing tests not done by somebody else in the end?

The missing tests will be done in spring, if the members of the council vote for the money in winter.

Other councils have asked for the results of the twenty tests that were done on the model.
"""


PAPER = """Doe A., Roe B., University of Example City and the Institute for Counting Things in Example Town.

Abstract

Councils rarely say what became of the evaluations of a model, and to ask each member is difficult and expensive. \
However, most earlier counts of dropped tests rely on what one member of the council remembers. \
In this paper, we propose MinuteCount, a new method that counts dropped tests from the minutes of a council. \
The method reads the minutes of each meeting and marks each test that is planned, done or dropped. \
It needs no training and no list of tests. \
Our results show that MinuteCount finds 94 % of the dropped tests, significantly more than members remember. \
Section 4 describes the minutes of forty councils in detail, with a table for each of the years. \
In future work, we plan to count dropped tests of companies from the reports that they publish.

1 Introduction

Councils write down in their minutes which tests of a model they plan, and many do not say which they dropped. \
Members of councils forget, and a count that rests on memory finds only half of the dropped tests of a year.
"""


def summary(text=NEWS, kind=SourceType.NEWS_ARTICLE, sentences=None, title="Council drops forty tests", **fields):
    return EXTRACTIVE.summarise(Subject(Document(text=text, title=title, **fields), kind, sentences))


def everything(found):
    return [found.text, *(point.text for point in found.points)]


def test_news_is_summed_up_by_its_opening():
    found = summary()

    assert found.text.startswith("The council published the weights of its largest model on Monday")
    assert found.writer == "extractive 2"


def test_the_summary_of_a_paper_says_what_it_does_what_came_of_it_and_what_was_wrong_before():
    found = summary(PAPER, SourceType.PAPER, 3, title="Counting dropped tests from minutes")
    first, *others = found.text.split(". ")

    assert first.startswith("In this paper, we propose MinuteCount")
    assert {other.split(" ")[0] for other in others} == {"Councils", "Our"}


def test_what_stands_above_the_abstract_is_not_summed_up():
    assert not [text for text in everything(summary(PAPER, SourceType.PAPER)) if "University" in text]


def test_one_sentence_is_the_first_of_the_three():
    one = summary(PAPER, SourceType.PAPER, 1).text

    assert one.count(". ") == 0
    assert summary(PAPER, SourceType.PAPER, 3).text.startswith(one)


def test_a_short_text_has_a_summary_of_two_sentences():
    assert summary(PAPER, SourceType.PAPER).text.count(". ") == 1


def test_a_sentence_that_leans_on_another_stands_right_after_it_and_never_alone():
    text = (
        "The council published the weights of its largest model on Monday in the town hall. "
        "It had promised a test of the model before the end of the month of May. "
        "Nobody was told why the test was not done in time by the council. "
        "They were dropped without a vote when the money for the machines had run out. "
    )
    found = summary(text, sentences=2)

    assert ". It had promised a test" in found.text
    assert not [point for point in found.points if point.text.startswith(("It ", "They "))]


@pytest.mark.parametrize(
    "dateline",
    ["(CNN)", "(CNN) -- ", "LONDON (Reuters) - ", "HANOI, Vietnam (AP) — ", "BEIRUT/THE HAGUE, March 7 (Reuters) - "],
)
def test_the_agency_that_sent_a_story_is_no_part_of_its_summary(dateline):
    assert summary(dateline + NEWS.partition("\n\n")[2]).text.startswith("The council published the weights")


def test_every_point_rests_on_its_passage():
    found = summary()

    assert 3 <= len(found.points) <= 6
    for point in found.points:
        assert NEWS[point.passage.start : point.passage.end] == point.passage.quote
        assert point.text == " ".join(point.passage.quote.split())
        assert len(point.text.split()) <= 40


@pytest.mark.parametrize(
    "never",
    [
        pytest.param("It had promised", id="an unresolved pronoun"),
        pytest.param("However", id="a hinge to the sentence before"),
        pytest.param("newsletter", id="words to the visitor"),
        pytest.param("Image Credits", id="a credit"),
        pytest.param("Why were", id="a question"),
        pytest.param("Kind of test", id="a row"),
        pytest.param("# Council", id="a heading"),
    ],
)
def test_what_does_not_stand_alone_is_not_chosen(never):
    assert not [text for text in everything(summary()) if never in text]


def test_nothing_is_said_twice():
    assert sum("sixty tests" in text for text in everything(summary())) == 1


def test_points_come_in_the_order_of_the_text():
    starts = [point.passage.start for point in summary().points]

    assert starts == sorted(starts)


def test_the_publishers_own_description_is_preferred():
    own = "A council gave away its model first and tested it afterwards, and then it dropped forty of sixty tests."
    found = summary(description=own)

    assert found.text == own
    assert found.writer == "publisher"
    assert found.points


@pytest.mark.parametrize(
    "description",
    [
        pytest.param("Read the latest.", id="a few words"),
        pytest.param("The council published the weights of its largest model on Monday, in the…", id="cut off"),
        pytest.param("Council drops forty tests. Forty tests the council drops: tests, forty, all.", id="title"),
        pytest.param("Subscribe to the Example Post for news of councils, their models and their tests.", id="advert"),
    ],
)  # fmt: skip
def test_a_description_that_says_nothing_is_not_used(description):
    assert summary(description=description).writer == "extractive 2"


def test_a_long_abstract_is_cut_to_three_of_its_sentences():
    sentences = [
        "We ask what became of the sixty tests that one council had planned for its model.",
        "The minutes of forty meetings were read by two people.",
        "Councils differ in many ways from each other and from companies.",
        "Of the sixty tests, forty were dropped without a decision by the council.",
        "Our method can be used by others who have minutes to read.",
    ]
    found = summary(description=" ".join(sentences), kind=SourceType.PAPER)

    assert found.writer == "publisher"
    assert sum(sentence in found.text for sentence in sentences) == 3
    assert sentences[0] in found.text


def test_the_reference_list_of_a_paper_is_not_summed_up():
    body = "The council dropped forty of its sixty tests in that one year of the study. " * 3
    text = f"{body}\n\n## References\n\nDoe wrote about forty other councils and sixty tests in 1999 as well.\n"

    assert not [text for text in everything(summary(text, SourceType.PAPER)) if "1999" in text]


@pytest.mark.parametrize("text", ["", "Please wait.", "# Title\n\n| a | b |", "One two three four. " * 3, "???"])
def test_a_text_that_says_nothing_has_no_summary(text):
    assert summary(text) is None


def test_tags_are_the_documents_own_keywords():
    assert summary(tags=("open weights", "councils")).tags == ("open weights", "councils")


def test_without_keywords_tags_are_the_phrases_that_repeat():
    text = (
        "The safety council met in May. Open weights divide it. What open weights change is what a safety council asks."
        " Members of the safety council who had seen the minutes thought that open weights came too early for them."
    )

    assert {"safety council", "open weights"} <= {tag.lower() for tag in summary(text).tags}


def test_phrases_of_another_language_are_not_guessed():
    text = "Der Rat hat die Prüfung der Modelle im Frühjahr ohne Abstimmung abgesagt. " * 4

    assert summary(text, language="de").tags == ()
    assert summary(text, language="de").text.startswith("Der Rat hat")


def test_text_without_spaces_is_summed_up():
    text = "理事会在周一公布了其最大模型的权重，比承诺的评估早了整整一周时间。计划中的六十项测试有四十项就被取消了。"

    assert summary(text).text.startswith("理事会在周一公布")


@given(st.text(alphabet="aT. \n“”-#|1", max_size=300), st.sampled_from(SourceType))
def test_every_sentence_stands_where_it_says(text, kind):
    document = Document(text=text)
    sentences, _ = sentences_of(text)
    found = EXTRACTIVE.summarise(Subject(document, kind))

    assert all(text[one.start : one.end].split() == one.text.split() for one in sentences)
    assert found is None or all(
        text[point.passage.start : point.passage.end] == point.passage.quote for point in found.points
    )


def test_suggested_phrases_are_the_rare_ones_first_and_no_common_word_alone():
    text = "The ferry sails again this week, and people wait for it at home. " * 6

    assert top_phrases(text, 3)[0] == "ferry sails"
    assert not {"people", "week", "home"} & set(top_phrases(text, 8))
