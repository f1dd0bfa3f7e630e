"""The local judge: what it says, why, and what it never says."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sourcebook import ids
from sourcebook.types.captures import Capture, Outcome
from sourcebook.types.documents import Completeness, Document, Region, RegionKind
from sourcebook.types.pages import Claim
from sourcebook.types.verdicts import Support, Unjudged, UnjudgedReason, Verdict
from sourcebook.verify import JUDGES, judge_words

TEXT = """Meridian Institute publishes its second report on safeguards

The Meridian Institute tested 47 safeguards of large language models in the spring of 2025, its director Ada Lindqvist
said in Oslo on Monday. Two of five safeguards survived the second test, which ran for eleven weeks.

The institute had found in its first report of 2023 that most safeguards failed within a day. The new test cost
$3.2 million, and was paid for by the Norwegian ministry of research. "We were not surprised at all by any of it," said
Lindqvist. The institute will not test closed models again before 2027.

The council of the city of Bergen met in the same week, and voted to buy nine electric ferries from a yard in Gdansk.
"""


def claim(text, heading="", before=""):
    return Claim(ids.claim_id(text), text, heading, before, 0, len(text))


def capture(outcome=Outcome.OK, reason=""):
    now = datetime(2026, 1, 2, tzinfo=UTC)
    return Capture("f" * 16, "s" * 16, "https://a.example/", "https://a.example/", now, now, outcome, reason, "web")


def judged(text, document=None, outcome=Outcome.OK, reason="", **context):
    document = Document(text=TEXT) if document is None else document
    return JUDGES["local"].judge(claim(text, **context), "s" * 16, document, capture(outcome, reason))


def support(text, document=None, **context):
    answer = judged(text, document, **context)
    assert isinstance(answer, Verdict)
    return answer.support


@pytest.mark.parametrize(
    "text",
    [
        "The Meridian Institute tested 47 safeguards of large language models in 2025.",
        "Two of five safeguards survived the second test, which ran for eleven weeks.",
        "The new test cost $3.2 million and was paid for by the Norwegian ministry of research.",
    ],
)
def test_what_the_source_says_is_supported_with_the_passage_that_says_it(text):
    answer = judged(text)

    assert isinstance(answer, Verdict)
    assert answer.support is Support.SUPPORTED
    assert answer.missing == ()
    assert TEXT[answer.passages[0].start : answer.passages[0].end] == answer.passages[0].quote
    assert "safeguards" in answer.passages[0].quote or "$3.2 million" in answer.passages[0].quote


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("The Meridian Institute tested 57 safeguards of large language models in 2025.", "the number 57"),
        (
            "The new test cost $4.2 million and was paid for by the Norwegian ministry of research.",
            "the number $4.2 million",
        ),
        ("The Meridian Institute tested 47 safeguards of large language models in 2024.", "the number 2024"),
    ],
)
def test_a_number_that_is_nowhere_in_the_source_is_a_veto_and_is_named(text, missing):
    answer = judged(text)

    assert isinstance(answer, Verdict)
    assert answer.support is not Support.SUPPORTED
    assert missing in answer.missing
    assert missing.removeprefix("the number ") in answer.why


def test_another_number_of_the_same_thing_is_a_contradiction_that_is_shown():
    answer = judged("The Meridian Institute tested 57 safeguards of large language models.")

    assert isinstance(answer, Verdict)
    assert answer.support is Support.CONTRADICTED
    assert "the claim says 57, the source 47" in answer.why
    assert "47 safeguards" in answer.passages[0].quote


def test_a_denial_of_the_same_words_is_a_contradiction():
    assert support("The institute will test closed models again before 2027.") is Support.CONTRADICTED


def test_what_a_source_does_not_speak_of_is_unsupported_not_contradicted():
    assert support("The Danish parliament passed a law on fishing quotas for herring boats.") is Support.UNSUPPORTED


def test_a_number_that_stands_elsewhere_does_not_carry_a_claim():
    answer = judged("The Meridian Institute has a staff of 9 people and tested 47 safeguards in 2025.")

    assert isinstance(answer, Verdict)
    assert answer.support is not Support.SUPPORTED


APPOINTED = """Team GB has appointed Anna Holt as its chef de mission for the Rio 2016 Olympics, as it said on
29 April 2014. Holt was deputy chef de mission in London in 2012. She leads a staff of 14 at the British association.
"""


@pytest.mark.parametrize(
    ("words", "is_said"),
    [
        ("Anna Holt was appointed as the chef de mission of Team GB for the 2016 Olympics.", True),
        ("Anna Holt was appointed as the chef de mission of Team GB for the 2012 Olympics.", False),
        ("Anna Holt was appointed as the chef de mission of Team GB on 29 April 2014.", True),
        ("Anna Holt was appointed as the chef de mission of Team GB on 29 April 2012.", False),
    ],
)
def test_a_number_of_the_source_does_not_stand_in_for_another_one_beside_the_same_words(words, is_said):
    assert (support(words, Document(text=APPOINTED)) is Support.SUPPORTED) is is_said


SALES = """Sales of the northern branch rose by a fifth in the year after the merger. Those in the south fell.
The board approved the plan of the new director, who had won the vote of the staff before the summer.
"""


@pytest.mark.parametrize(
    ("words", "turned"),
    [
        ("Sales of the northern branch {} by a fifth in the year after the merger.", ("rose", "dropped")),
        ("The board {} the plan of the new director.", ("approved", "rejected")),
        ("The new director won the vote of the staff {} the summer.", ("before", "after")),
    ],
)
def test_a_word_turned_into_its_opposite_is_no_support_and_is_told(words, turned):
    said, opposite = (judged(words.format(word), Document(text=SALES)) for word in turned)

    assert isinstance(said, Verdict)
    assert isinstance(opposite, Verdict)
    assert said.support is Support.SUPPORTED
    assert opposite.support is not Support.SUPPORTED
    assert f"the claim says “{turned[1]}”, the source “{turned[0]}”" in opposite.why


def test_a_claim_that_says_both_of_two_opposites_turns_nothing_round():
    words = "Sales of the northern branch rose by a fifth, those in the south fell."

    assert support(words, Document(text=SALES)) is Support.SUPPORTED


def test_a_day_whose_year_the_source_leaves_out_is_no_veto():
    words = "Anna Holt was appointed as the chef de mission of Team GB on 29 April 2014."
    answer = judged(words, Document(text=APPOINTED.replace("29 April 2014", "29 April")))

    assert isinstance(answer, Verdict)
    assert "stands in the source, but not" not in answer.why


def test_an_exact_quote_under_a_claim_that_the_source_does_not_support_is_no_support():
    answer = judged('Danish fishermen burned their boats: "We were not surprised at all by any of it," wrote the Pope.')

    assert isinstance(answer, Verdict)
    assert [quote.status for quote in answer.quotes] == ["exact"]
    assert answer.support is not Support.SUPPORTED


@pytest.mark.parametrize(
    ("quote", "word"),
    [("We were surprised at all by any of it", "altered"), ("We knew that this would come to pass", "nowhere")],
)
def test_a_quote_that_the_source_does_not_have_is_a_veto(quote, word):
    answer = judged(f'"{quote}," said Lindqvist of the second test of the safeguards.')

    assert isinstance(answer, Verdict)
    assert answer.support is not Support.SUPPORTED
    assert word in answer.why


def test_a_title_in_quotation_marks_is_no_quotation():
    answer = judged(
        'The Meridian Institute (see "A Study Of Many Rules") tested 47 safeguards of language models in 2025.'
    )

    assert isinstance(answer, Verdict)
    assert answer.support is Support.SUPPORTED
    assert "the title “A Study Of Many Rules” is nowhere in the source" in answer.why


@pytest.mark.parametrize("marked", [True, False])
def test_numbers_of_the_bibliography_do_not_count(marked):
    listed = (
        "\n## References\n\nLindqvist, A. (2019). 57 safeguards of large language models. Oslo: Meridian Institute.\n"
    )
    start = len(TEXT)
    region = (Region(RegionKind.REFERENCES, start, start + len(listed)),) if marked else ()
    document = Document(text=TEXT + listed, regions=region)
    answer = judged("The Meridian Institute tested 57 safeguards of large language models.", document)

    assert isinstance(answer, Verdict)
    assert answer.support is not Support.SUPPORTED
    assert "the number 57" in answer.missing
    assert all(passage.end <= start for passage in answer.passages)


def test_the_title_and_the_date_of_a_source_count():
    document = Document(text=TEXT.partition("\n")[2], title="Ferries for Bergen", published="2025-04-14")
    answer = judged("The institute tested 47 safeguards in April 2025.", document)

    assert isinstance(answer, Verdict)
    assert answer.missing == ()
    assert all(passage.end <= len(document.text) for passage in answer.passages)


def test_the_sentence_before_says_whom_a_pronoun_means():
    said = "She said so in Oslo on Monday."
    hers = judged(said, before="Ada Lindqvist leads the institute.")
    anothers = judged(said, before="Rosa Delacroix leads the council.")

    assert isinstance(hers, Verdict)
    assert isinstance(anothers, Verdict)
    assert hers.probability > anothers.probability
    assert anothers.missing == ("the name Rosa Delacroix",)


# --- no answer, and why ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Outcome.WALLED, UnjudgedReason.WALLED),
        (Outcome.BLOCKED, UnjudgedReason.WALLED),
        (Outcome.PAYWALLED, UnjudgedReason.PAYWALLED),
        (Outcome.WRONG_TYPE, UnjudgedReason.NON_TEXT),
        (Outcome.OK, UnjudgedReason.NON_TEXT),
        (Outcome.GONE, UnjudgedReason.NOT_CAPTURED),
        (Outcome.UNREACHABLE, UnjudgedReason.NOT_CAPTURED),
    ],
)
def test_a_source_without_words_is_unjudged_with_its_reason(outcome, reason):
    answer = judged("The institute tested 47 safeguards.", Document(), outcome, "status 403")

    assert isinstance(answer, Unjudged)
    assert answer.reason is reason
    assert answer.why


def test_a_source_that_was_never_fetched_is_unjudged():
    answer = JUDGES["local"].judge(claim("The institute tested 47 safeguards."), "s" * 16, None, None)

    assert isinstance(answer, Unjudged)
    assert answer.reason is UnjudgedReason.NOT_CAPTURED


def test_a_copy_that_a_person_filed_and_that_has_no_words_is_no_text():
    """The source itself was never asked."""
    answer = JUDGES["local"].judge(claim("The institute tested 47 safeguards."), "s" * 16, Document(), None)

    assert isinstance(answer, Unjudged)
    assert answer.reason is UnjudgedReason.NON_TEXT


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        pytest.param(Document(text="Please wait."), UnjudgedReason.TOO_SHORT, id="a few words"),
        pytest.param(
            Document(
                text="Das Institut prüfte im Frühjahr 47 Schutzmaßnahmen der Modelle und fand, dass die meisten nicht "
                "halten. " * 4
            ),
            UnjudgedReason.OTHER_LANGUAGE,
            id="another language",
        ),
        pytest.param(
            Document(text="研究所は春に四十七の安全策を調べた。" * 20),
            UnjudgedReason.OTHER_LANGUAGE,
            id="another script",
        ),
    ],
)
def test_words_that_cannot_be_judged_by_are_unjudged(document, reason):
    answer = judged("The institute tested 47 of the safeguards, and most of them did not hold.", document)

    assert isinstance(answer, Unjudged)
    assert answer.reason is reason


@pytest.mark.parametrize(
    ("completeness", "reason"),
    [
        (Completeness.ABSTRACT, UnjudgedReason.ABSTRACT_ONLY),
        (Completeness.PREVIEW, UnjudgedReason.PAYWALLED),
        (Completeness.FRAGMENT, UnjudgedReason.TOO_SHORT),
    ],
)
def test_what_a_part_does_not_say_is_not_held_against_the_whole(completeness, reason):
    document = Document(text=TEXT, completeness=completeness)
    answer = judged("The institute tested 12 more in secret at the end.", document)

    assert isinstance(answer, Unjudged)
    assert answer.reason is reason
    assert (
        support("Two of five safeguards survived the second test, which ran for eleven weeks.", document)
        is Support.SUPPORTED
    )


@pytest.mark.parametrize("fragment", ["Safeguards", "Notably, in .", "As Lindqvist explains:", "The institute has."])
def test_words_that_state_nothing_are_no_claim(fragment):
    """They stand in a text whatever it says."""
    answer = judge_words(claim(fragment), Document(text=f"Notably, as Lindqvist explains: The institute. {TEXT}"))

    assert isinstance(answer, Unjudged)
    assert answer.reason is UnjudgedReason.TOO_SHORT


@pytest.mark.parametrize(
    "few",
    [
        "Lindqvist is in Oslo.",
        "Registration is approval.",
        "Founded: 1987",
        "The institute: “not in any of the tests”.",
    ],
)
def test_a_few_words_with_a_statement_a_figure_or_a_quote_are_a_claim(few):
    assert isinstance(judge_words(claim(few), Document(text=TEXT)), Verdict)


@pytest.mark.parametrize("said", ["东京是日本的首都。", "東京は日本の首都である。", "กรุงเทพเป็นเมืองหลวงของประเทศไทย"])
def test_a_language_that_parts_no_words_is_not_judged_by_words(said):
    """The source says just this; a judge of words would see one long word that it does not know."""
    answer = judge_words(claim(said), Document(text=said * 20))

    assert isinstance(answer, Unjudged)
    assert answer.reason is UnjudgedReason.OTHER_LANGUAGE


def test_words_that_somebody_hands_in_are_judged_however_few():
    answer = judge_words(claim("Two of five safeguards survived."), Document(text="Two of five safeguards survived."))

    assert isinstance(answer, Verdict)
    assert answer.support is Support.SUPPORTED


# --- promises -----------------------------------------------------------------------------------------------

ODD = "aA bc 1290%.,\n“”\"'…[]#-–éß中文"


@settings(max_examples=60)
@given(st.text(alphabet=ODD, max_size=120), st.text(alphabet=ODD, max_size=400))
def test_every_answer_has_its_words_and_its_offsets(said, text):
    answer = judge_words(claim(said), Document(text=text))

    if isinstance(answer, Verdict):
        assert 0 <= answer.probability <= 1
        assert all(text[one.start : one.end] == one.quote != "" for one in answer.passages)
    assert answer.why


def test_the_answer_is_the_same_every_time():
    first = judged("The Meridian Institute tested 57 safeguards in 2025.")

    assert judged("The Meridian Institute tested 57 safeguards in 2025.") == first
    assert replace(first) == first


@pytest.mark.parametrize(
    "pointer",
    [
        "(https://a.example/2019/05/report-1234.html)",
        "(see www.a.example/77)",
        "(doi:10.1038/s41586-020-2649-2)",
        "(arXiv:1706.03762)",
        "(PMID: 31452104, PMCID: PMC7759461)",
        "(ISBN 978-0-306-40615-7)",
    ],
)
def test_what_only_points_at_the_source_says_nothing_that_it_must_bear_out(pointer):
    bare = judged("The Meridian Institute tested 47 safeguards in the spring of 2025.")
    pointing = judged(f"The Meridian Institute tested 47 safeguards in the spring of 2025 {pointer}.")

    assert bare.support is Support.SUPPORTED
    assert (pointing.support, pointing.missing) == (bare.support, ())


def test_a_number_beside_an_address_is_looked_for_all_the_same():
    verdict = judged("The Meridian Institute tested 57 safeguards (https://a.example/47).")

    assert any("57" in one for one in verdict.missing)


@pytest.mark.parametrize(
    ("support", "probability", "narrow"),
    [
        (Support.SUPPORTED, 0.42, True),
        (Support.SUPPORTED, 0.5, False),
        (Support.PARTIAL, 0.42, False),
    ],
)
def test_a_verdict_is_narrow_where_less_than_an_even_chance_bears_it(support, probability, narrow):
    verdict = Verdict("c", "s", support, probability, (), "", "local 1")

    assert verdict.is_narrow is narrow
