"""What a model says of a claim is held to what the source shows."""

import pytest

from sourcebook.llm import Answered, Spent
from sourcebook.types.documents import Document, Passage
from sourcebook.types.pages import Claim
from sourcebook.types.verdicts import Support, Verdict
from sourcebook.verify.by_model import Opinion, claim_question, is_unsure, second_opinion

TEXT = (
    "The committee counted forty-one safeguards. Two of five safeguards survived the second test. Nobody had counted "
    "them before, and the report names each of them."
)
DOCUMENT = Document(text=TEXT, title="Autumn report")
CLAIM = Claim("c1", "Two of five safeguards survived.", "Tests", "The committee tested them.", 0, 32)
START = TEXT.index("Two of five")
QUOTE = "Two of five safeguards survived the second test."
PASSAGE = Passage(START, START + len(QUOTE), QUOTE)


def verdict(probability: float = 0.6, missing: tuple[str, ...] = ()) -> Verdict:
    return Verdict("c1", "s1", Support.PARTIAL, probability, (PASSAGE,), "ours", "local", missing=missing)


def heard(opinion: Opinion, ours: Verdict | None = None) -> Verdict:
    ours = ours or verdict()
    question = claim_question(CLAIM, ours, DOCUMENT)
    assert question.check(opinion) == ""
    return second_opinion(ours, DOCUMENT, Answered(question, opinion, "double", Spent(1, 1)))


def test_an_opinion_shows_its_quotes_as_passages_of_the_text() -> None:
    given = heard(Opinion("supported", ["two of five safeguards survived the second test"], "It says so."))

    assert given.support is Support.SUPPORTED
    assert given.judge == "double, judge 1"
    (passage,) = given.passages
    assert TEXT[passage.start : passage.end] == passage.quote == QUOTE.removesuffix(".")
    assert given.probability > 0.6


def test_a_number_that_the_source_does_not_hold_rules_supported_out_whoever_says_it() -> None:
    given = heard(Opinion("supported", [QUOTE], "It says so."), verdict(missing=("the number 57",)))

    assert given.support is Support.PARTIAL
    assert "the number 57" in given.why
    assert given.probability < 0.6


@pytest.mark.parametrize(
    ("opinion", "wrong"),
    [
        pytest.param(Opinion("supported", [], "Yes."), "needs at least one quote", id="no quote"),
        pytest.param(Opinion("partial", ["Three of five survived the test"], "Yes."), "does not hold", id="invented"),
        pytest.param(
            Opinion("supported", ["Two of nine safeguards survived the second test"], "Yes."),
            "does not hold",
            id="an altered number",
        ),
        pytest.param(Opinion("contradicted", ["safeguards"], "No."), "too short", id="one word"),
        pytest.param(Opinion("supported", [QUOTE] * 4, "Yes."), "at most 3", id="everything"),
    ],
)
def test_an_opinion_that_cannot_be_shown_does_not_pass(opinion: Opinion, wrong: str) -> None:
    assert wrong in claim_question(CLAIM, verdict(), DOCUMENT).check(opinion)


def test_the_model_is_shown_the_claim_and_what_bears_on_it_and_nothing_is_left_empty() -> None:
    bare = Claim("c1", "Two of five safeguards survived.", "", "", 0, 32)
    text = claim_question(bare, verdict(), DOCUMENT).text()

    assert CLAIM.text in text
    assert QUOTE in text
    assert "Heading" not in text
    assert "Heading above the claim" in claim_question(CLAIM, verdict(), DOCUMENT).text()


@pytest.mark.parametrize(("probability", "unsure"), [(0.02, False), (0.5, True), (0.97, False)])
def test_only_what_is_unsure_wants_a_second_opinion(probability: float, unsure: bool) -> None:
    assert is_unsure(verdict(probability)) is unsure
