"""What every judge promises."""

import pytest

from sourcebook import ids
from sourcebook.types.documents import Document
from sourcebook.types.pages import Claim
from sourcebook.types.verdicts import Unjudged, Verdict
from sourcebook.verify import JUDGES

WORDS = "The council met on Monday. It voted for open weights by 7 to 2, and published the minutes of it. " * 4


def claim(text):
    return Claim(ids.claim_id(text), text, "", "", 0, len(text))


@pytest.mark.parametrize("name", JUDGES)
@pytest.mark.parametrize("text", ["The council voted for open weights by 7 to 2.", "The moon is made of green cheese."])
def test_a_verdict_is_about_what_was_asked_and_points_into_the_words(name, text):
    answer = JUDGES[name].judge(claim(text), "s" * 16, Document(text=WORDS), None)

    assert isinstance(answer, Verdict)
    assert (answer.claim_id, answer.source_id, answer.judge) == (ids.claim_id(text), "s" * 16, JUDGES[name].name)
    assert all(WORDS[one.start : one.end] == one.quote for one in answer.passages)
    assert answer.why


@pytest.mark.parametrize("name", JUDGES)
def test_nothing_to_judge_by_is_no_verdict(name):
    answer = JUDGES[name].judge(claim("The council met."), "s" * 16, None, None)

    assert isinstance(answer, Unjudged)
    assert answer.why
