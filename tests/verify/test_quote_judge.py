"""The quote judge: it says one thing only, and why it says nothing else."""

from datetime import UTC, datetime

import pytest

from sourcebook.types import Capture, Claim, Document, Outcome, Support, Unjudged, Verdict
from sourcebook.verify import QuoteJudge

WORDS = "The council met on Monday. It said that “open weights change who can look inside a model”, and voted. " * 4


def claim(text):
    return Claim(id="c" * 16, text=text, heading="", before="", start=0, end=len(text))


def capture(outcome, reason=""):
    now = datetime(2026, 1, 2, tzinfo=UTC)
    return Capture("f" * 16, "s" * 16, "https://a.example/", "https://a.example/", now, now, outcome, reason, "web")


def judged(text, document=None, outcome=Outcome.OK, reason=""):
    document = Document(text=WORDS) if document is None else document
    return QuoteJudge().judge(claim(text), "s" * 16, document, capture(outcome, reason))


def test_a_quote_that_is_nowhere_in_its_source_is_unsupported():
    answer = judged('The council said that "closed weights are always safer" than open ones.')

    assert isinstance(answer, Verdict)
    assert answer.support is Support.UNSUPPORTED
    assert "closed weights are always safer" in answer.why


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('The council said that "open weights change who can look inside a model".', id="quote found"),
        pytest.param('Nobody ever said that "open weights change who can look inside a model".', id="and claim false"),
        pytest.param('It said that "open weights … look inside a model" and voted.', id="words left out"),
        pytest.param('It said that "[o]pen weights change who can look inside [one]".', id="words put in"),
        pytest.param('They speak of "superintelligence" now.', id="a term, not a quote"),
        pytest.param("The council met on Monday.", id="no quote"),
    ],
)
def test_a_found_quote_alone_is_never_support(text):
    answer = judged(text)

    assert isinstance(answer, Unjudged)
    assert answer.reason == "no_judge"


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Outcome.WALLED, "walled"),
        (Outcome.BLOCKED, "walled"),
        (Outcome.PAYWALLED, "paywalled"),
        (Outcome.WRONG_TYPE, "non_text"),
        (Outcome.OK, "non_text"),
        (Outcome.GONE, "not_captured"),
        (Outcome.UNREACHABLE, "not_captured"),
    ],
)
def test_a_source_without_words_is_unjudged_with_its_reason(outcome, reason):
    answer = judged('It says "these words are in no document".', Document(), outcome, "status 403")

    assert isinstance(answer, Unjudged)
    assert answer.reason == reason
    assert answer.why


def test_a_source_that_was_never_fetched_is_unjudged():
    answer = QuoteJudge().judge(claim('It says "these words are in no document".'), "s" * 16, None, None)

    assert isinstance(answer, Unjudged)
    assert answer.reason == "not_captured"


def test_a_few_words_are_too_little_to_judge_by():
    answer = judged('It says "these words are in no document".', Document(text="Please wait."))

    assert isinstance(answer, Unjudged)
    assert answer.reason == "too_short"
