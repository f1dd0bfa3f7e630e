"""What verdicts become on a page, with one source and with several."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from sourcebook import corpus
from sourcebook.check import is_flagged, severities, tell
from sourcebook.check.evidence import Cited, CitedSource, PageEvidence
from sourcebook.check.rules import claims
from sourcebook.config import CheckSettings, Config, CorpusSettings
from sourcebook.types.captures import LinkState, Outcome
from sourcebook.types.documents import Passage
from sourcebook.types.findings import Rule
from sourcebook.types.listings import Listing
from sourcebook.types.reviews import DISMISSED, Review, ReviewField
from sourcebook.types.sources import SourceType
from sourcebook.types.verdicts import QuoteCheck, QuoteStatus, Support, Unjudged, UnjudgedReason, Verdict

ONE, TWO = "https://one.example/report", "https://two.example/paper"
TEXT = f"""It counted 57 safeguards, [one]({ONE}) and [two]({TWO}) say.
"""


def verdict(support: Support, **fields: object) -> Verdict:
    said = Verdict("c", "s", support, 0.5, (Passage(0, 5, "Words"),), f"it says {support.value}", "test 1")
    return replace(said, **fields)


def evidence(*judgements: Verdict | Unjudged | None, review: Review | None = None) -> PageEvidence:
    """A statement with a source for each judgement; a review is of the first."""
    settings = CorpusSettings()
    page = corpus.parse("page.md", TEXT.encode(), settings)
    cited = []
    for citation, judgement in zip(page.citations, judgements, strict=False):
        listing = Listing(
            citation.url, "sid_1", citation.url, citation.label, SourceType.WEB_PAGE, "one.example", "", "", 3, 50,
            1, LinkState.ALIVE, Outcome.OK, None,
        )  # fmt: skip
        cited.append(Cited(citation, CitedSource(listing, None), judgement, None if cited else review))
    return PageEvidence(page, tuple(cited))


def told(rule, found: PageEvidence) -> list[str]:
    return [flaw.message for flaw in rule(found, CheckSettings())]


def review_of(support: Support) -> Review:
    at = datetime(2026, 4, 7, tzinfo=UTC)
    return Review("r", "s", ReviewField.VERDICT, support.value, "Ann", at, "I read it", "c")


def test_what_one_source_lacks_another_may_give():
    found = evidence(verdict(Support.UNSUPPORTED), verdict(Support.SUPPORTED))

    assert told(claims.unsupported, found) == []
    assert told(claims.partly_supported, found) == []


def test_halves_that_make_a_whole_together_are_no_finding():
    both = verdict(Support.PARTIAL, together=Support.SUPPORTED)

    assert told(claims.partly_supported, evidence(both, both)) == []
    assert len(told(claims.partly_supported, evidence(verdict(Support.PARTIAL), verdict(Support.UNSUPPORTED)))) == 1


def test_a_statement_that_no_source_bears_out_is_told_once_with_every_reason():
    unread = Unjudged("c", "s", UnjudgedReason.WALLED, "a login is asked for")
    (message,) = told(claims.unsupported, evidence(verdict(Support.UNSUPPORTED), unread))

    assert message == "unsupported: one: it says unsupported; two: not judged, a login is asked for"


def test_a_source_that_says_otherwise_is_told_even_beside_one_that_agrees():
    found = evidence(verdict(Support.SUPPORTED), verdict(Support.CONTRADICTED))

    assert told(claims.contradicted, found) == ["contradicted: it says contradicted"]
    assert told(claims.unsupported, found) == []


def test_a_persons_word_outranks_the_judge():
    wrong = verdict(Support.UNSUPPORTED, missing=("the number 57",))
    found = evidence(wrong, review=review_of(Support.SUPPORTED))
    other = evidence(verdict(Support.SUPPORTED), review=review_of(Support.UNSUPPORTED))

    assert told(claims.unsupported, found) == []
    assert told(claims.lost_numbers, found) == []
    assert told(claims.unsupported, other) == ["unsupported: Ann says so, I read it"]


def test_a_number_is_lost_only_when_no_source_has_it():
    without = verdict(Support.PARTIAL, missing=("the number 57", "the name Ann"))

    assert told(claims.lost_numbers, evidence(without)) == ["the number 57 is nowhere in the source"]
    several = verdict(Support.PARTIAL, missing=("the number 57", "the number 6", "the date 3 May 2024"))
    assert told(claims.lost_numbers, evidence(several)) == [
        "the number 57, the number 6 and the date 3 May 2024 are nowhere in the source"
    ]
    two = verdict(Support.PARTIAL, missing=("the number 57", "the number 6"))
    assert told(claims.lost_numbers, evidence(two)) == ["the numbers 57 and 6 are nowhere in the source"]
    assert told(claims.lost_numbers, evidence(without, without)) == ["the number 57 is nowhere in the sources"]
    assert told(claims.lost_numbers, evidence(without, verdict(Support.PARTIAL))) == []


def test_a_lost_date_is_told_like_a_number_and_a_lost_year_is_not():
    dated = verdict(Support.SUPPORTED, missing=("the date 14 December 2024", "the date 2024"))

    assert told(claims.lost_numbers, evidence(dated)) == ["the date 14 December 2024 is nowhere in the source"]


ALTERED = QuoteCheck("ten months", QuoteStatus.ALTERED, Passage(3, 9, "nine months"), "differs")
EXACT = QuoteCheck("ten months", QuoteStatus.EXACT, Passage(3, 9, "ten months"))


def test_an_altered_quote_is_told_with_its_difference_and_the_words_of_the_source():
    there = Passage(3, 9, "nine months")
    altered = QuoteCheck("ten months", QuoteStatus.ALTERED, there, "“ten” where the source has “nine”")
    found = evidence(verdict(Support.CONTRADICTED, quotes=(altered,)))
    (flaw,) = claims.altered_quotes(found, CheckSettings())

    assert flaw.message == "altered quote “ten months”: “ten” where the source has “nine”"
    assert flaw.passage == "nine months"


def test_a_quote_that_another_source_has_word_for_word_is_not_altered():
    found = evidence(verdict(Support.UNSUPPORTED, quotes=(ALTERED,)), verdict(Support.SUPPORTED, quotes=(EXACT,)))

    assert told(claims.altered_quotes, found) == []


@pytest.mark.parametrize(
    ("judgements", "review", "flagged"),
    [
        pytest.param((verdict(Support.SUPPORTED),), None, False, id="borne out"),
        pytest.param((verdict(Support.PARTIAL),), None, False, id="borne out in part"),
        pytest.param((verdict(Support.UNSUPPORTED),), None, True, id="not borne out"),
        pytest.param((verdict(Support.UNSUPPORTED), verdict(Support.SUPPORTED)), None, False, id="by another source"),
        pytest.param((verdict(Support.CONTRADICTED), verdict(Support.SUPPORTED)), None, True, id="contradicted by one"),
        pytest.param((None,), None, False, id="not judged"),
        pytest.param((verdict(Support.PARTIAL, quotes=(ALTERED,)),), None, True, id="an altered quote"),
        pytest.param((verdict(Support.PARTIAL, quotes=(EXACT,)),), None, False, id="a quote as it stands there"),
        pytest.param(
            (verdict(Support.PARTIAL, quotes=(ALTERED,)), verdict(Support.PARTIAL, quotes=(EXACT,))), None, False,
            id="a quote that another source has as it is",
        ),
        pytest.param(
            (verdict(Support.PARTIAL, quotes=(EXACT,)), verdict(Support.PARTIAL, quotes=(ALTERED,))), Support.SUPPORTED,
            False, id="a quote that a reviewed source has as it is",
        ),
        pytest.param(
            (verdict(Support.PARTIAL, quotes=(ALTERED,)),), Support.SUPPORTED, False, id="an altered quote, overruled"
        ),
        pytest.param((verdict(Support.PARTIAL, quotes=(ALTERED,)),), DISMISSED, False, id="an altered one, dismissed"),
        pytest.param((verdict(Support.CONTRADICTED),), DISMISSED, False, id="contradicted, dismissed"),
        pytest.param((verdict(Support.SUPPORTED),), Support.CONTRADICTED, True, id="contradicted by a person"),
    ],
)  # fmt: skip
def test_a_statement_is_flagged_for_what_its_sources_say_otherwise_and_for_an_altered_quote(
    judgements: tuple[Verdict | None, ...], review: str | None, flagged: bool
):
    found = evidence(*judgements, review=None if review is None else replace(review_of(Support.PARTIAL), value=review))
    ((_, cited),) = found.statements

    assert is_flagged(cited) is flagged
    assert bool(told(claims.altered_quotes, found)) is (flagged and any(one and one.quotes for one in judgements))


def test_a_statement_that_is_wrong_in_one_point_is_told_once():
    wrong = verdict(Support.CONTRADICTED, missing=("the number 57",))
    lost = verdict(Support.UNSUPPORTED, missing=("the number 57",))

    for one, rule in ((wrong, Rule.CONTRADICTED), (lost, Rule.NUMBER_NOT_IN_SOURCE)):
        assert [found.rule for found in tell(evidence(one), Config(), severities({})).findings] == [rule]


def test_what_nobody_judged_is_no_finding_of_any_kind():
    found = evidence(None, Unjudged("c", "s", UnjudgedReason.NOT_CAPTURED, "not fetched yet"))

    for rule in (claims.contradicted, claims.unsupported, claims.partly_supported, claims.lost_numbers):
        assert told(rule, found) == []


def test_a_dismissed_finding_is_silent_and_counts_for_nothing_beside_others():
    dismissed = replace(review_of(Support.SUPPORTED), value=DISMISSED)
    wrong, number = verdict(Support.CONTRADICTED), verdict(Support.UNSUPPORTED, missing=("the number 57",))

    for rule in (claims.contradicted, claims.unsupported, claims.lost_numbers, claims.partly_supported):
        assert told(rule, evidence(wrong, review=dismissed)) == []
        assert told(rule, evidence(number, review=dismissed)) == []
    beside = evidence(wrong, verdict(Support.UNSUPPORTED), review=dismissed)
    assert told(claims.unsupported, beside) == ["unsupported: it says unsupported"]
    assert told(claims.contradicted, beside) == []
    assert beside.cited[0].why == "Ann dismissed it, I read it"
