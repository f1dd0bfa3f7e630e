"""Importance: a sum of parts that can be seen."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook import rate
from sourcebook.rate import ImportanceInputs
from sourcebook.types import LinkState

SEED = ImportanceInputs(
    pages=1,
    site_pages=9,
    credibility=3,
    url="https://techcrunch.com/2025/07/30/zuckerberg-says/",
    state=LinkState.ALIVE,
    quality=62.0,
)
INPUTS = st.builds(
    ImportanceInputs,
    pages=st.integers(0, 10**6),
    site_pages=st.integers(0, 10**6),
    credibility=st.none() | st.integers(1, 5),
    url=st.sampled_from(["https://example.org/", "https://example.org/a", "https://example.org/a/b?c=1", "nonsense"]),
    state=st.sampled_from(LinkState),
    quality=st.none() | st.floats(-10, 200),
)


def test_a_typical_source_lands_in_the_middle():
    assert rate.importance(SEED).score == 52


def test_every_part_says_what_it_was_made_of():
    words = [signal.words for signal in rate.importance(SEED).signals]

    assert words == [
        "cited by 1 page: 9.8 of 40",
        "its site is cited by 9 pages: 5.5 of 10",
        "credibility 3 of 5 (Good): 12 of 20",
        "the address is that of one page: 10 of 10",
        "it is still there: 5 of 5",
        "citing pages of quality 62.0: 9.3 of 15",
    ]


@given(INPUTS)
def test_the_parts_add_up_to_the_score(inputs):
    importance = rate.importance(inputs)

    assert 0 <= importance.score <= 100
    assert abs(importance.score - sum(signal.points for signal in importance.signals)) <= 0.5 + 1e-9
    assert sum(signal.most for signal in importance.signals) == 100
    assert all(0 <= signal.points <= signal.most for signal in importance.signals)
    assert importance.formula == rate.FORMULA


@given(INPUTS, st.integers(1, 50))
def test_more_citing_pages_never_make_a_source_less_important(inputs, more):
    grown = dataclasses.replace(inputs, pages=inputs.pages + more)

    assert rate.importance(grown).score >= rate.importance(inputs).score


def test_an_unrated_venue_counts_as_the_middle_and_says_so():
    unrated = rate.importance(dataclasses.replace(SEED, credibility=None))

    assert unrated.score == rate.importance(SEED).score
    assert "venue unrated, counted as 3 of 5: 12 of 20" in [signal.words for signal in unrated.signals]


@pytest.mark.parametrize(
    ("change", "better"),
    [
        ({"credibility": 2}, {"credibility": 4}),
        ({"state": LinkState.DEAD}, {"state": LinkState.ALIVE}),
        ({"state": LinkState.SUSPECT}, {"state": LinkState.UNKNOWN}),
        ({"url": "https://techcrunch.com/"}, {"url": "https://techcrunch.com/2025/07/30/a"}),
        ({"quality": 20.0}, {"quality": 90.0}),
        ({"site_pages": 1}, {"site_pages": 20}),
    ],
)
def test_what_speaks_for_a_source_raises_it(change, better):
    low, high = (rate.importance(dataclasses.replace(SEED, **fields)).score for fields in (change, better))

    assert low < high
