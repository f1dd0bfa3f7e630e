"""Importance: a sum of parts that can be seen."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sourcebook import rate
from sourcebook.rate import ImportanceInputs
from sourcebook.types.captures import LinkState
from sourcebook.types.ratings import Counted

TODAY = date(2026, 4, 7)
SEED = ImportanceInputs(
    counted=Counted(pages=7, site_pages=9, company=2.5),
    credibility=3,
    url="https://techcrunch.com/2025/07/30/zuckerberg-says/",
    state=LinkState.ALIVE,
    kept=True,
)
INPUTS = st.builds(
    ImportanceInputs,
    counted=st.builds(Counted, st.integers(0, 10**6), st.integers(0, 10**6), st.floats(0, 10**6)),
    credibility=st.none() | st.integers(1, 5),
    url=st.sampled_from(["https://example.org/", "https://example.org/a", "https://example.org/a/b?c=1", "nonsense"]),
    state=st.sampled_from(LinkState),
    kept=st.booleans(),
)


def with_counts(inputs, **counts):
    return replace(inputs, counted=replace(inputs.counted, **counts))


def score(inputs):
    return rate.importance(inputs, TODAY).score


def words(inputs):
    return [signal.words for signal in rate.importance(inputs, TODAY).signals]


def test_every_part_says_what_it_was_made_of():
    assert words(SEED) == [
        "cited by 7 pages: 38 of 40",
        "9 pages besides cite its site: 9.5 of 10",
        "credibility 3 of 5 (Good): 10 of 20",
        "other sources of the pages that cite it are cited by 2.5 pages on average: 4.4 of 10",
        "its address is 4 steps below its site: 1 of 10",
        "an imported record describes it: 5 of 5",
        "it is still there: 5 of 5",
    ]


def test_the_formula_and_the_day_are_kept_with_the_number():
    found = rate.importance(SEED, TODAY)

    assert (found.score, found.formula, found.on) == (73, rate.FORMULA, TODAY)


@given(INPUTS)
def test_the_parts_add_up_to_the_score(inputs):
    importance = rate.importance(inputs, TODAY)

    assert 0 <= importance.score <= 100
    assert abs(importance.score - sum(signal.points for signal in importance.signals)) <= 0.5 + 1e-9
    assert sum(signal.most for signal in importance.signals) == 100
    assert all(0 <= signal.points <= signal.most for signal in importance.signals)
    assert importance.formula == rate.FORMULA


@given(INPUTS, st.integers(1, 50))
def test_more_citing_pages_never_make_a_source_less_important(inputs, more):
    grown = with_counts(inputs, pages=inputs.counted.pages + more)

    assert score(grown) >= score(inputs)


def test_an_unrated_venue_counts_as_the_middle_and_says_so():
    unrated = replace(SEED, credibility=None)

    assert score(unrated) == score(SEED)
    assert "venue unrated, counted as 3 of 5: 10 of 20" in words(unrated)


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        pytest.param({"credibility": 2}, {"credibility": 4}, id="credibility"),
        pytest.param({"state": LinkState.DEAD}, {"state": LinkState.ALIVE}, id="there or gone"),
        pytest.param({"state": LinkState.SUSPECT}, {"state": LinkState.UNKNOWN}, id="failed or never asked"),
        pytest.param({"url": "https://a.example/b/c/d"}, {"url": "https://a.example/b"}, id="directness"),
        pytest.param({"kept": False}, {"kept": True}, id="a record"),
        pytest.param({"counted": Counted(1, 0, 2.0)}, {"counted": Counted(1, 5, 2.0)}, id="site"),
        pytest.param({"counted": Counted(1, 0, 1.0)}, {"counted": Counted(1, 0, 3.0)}, id="company"),
        pytest.param({"counted": Counted(1, 0, 1.0)}, {"counted": Counted(2, 0, 1.0)}, id="pages"),
    ],
)
def test_what_speaks_for_a_source_raises_it(worse, better):
    assert score(replace(SEED, **worse)) < score(replace(SEED, **better))
