"""Importance held against the citations that it has not seen."""

from datetime import date

import pytest

from sourcebook.rate import Known, predict
from sourcebook.types.captures import LinkState

TODAY = date(2026, 4, 7)
PAGES = [f"page {number}" for number in range(20)]


def known(url, credibility=None):
    return Known(url, url.split("/")[2], credibility, LinkState.UNKNOWN, kept=False)


def test_what_every_page_cites_is_told_from_what_one_page_cites():
    sources = {
        "all": known("https://all.example/"),
        **{page: known(f"https://{n}.example/") for n, page in enumerate(PAGES)},
    }
    pairs = [(source_id, page) for page in PAGES for source_id in ("all", page)]
    found = predict(pairs, sources, seed=1, today=TODAY)

    assert (found.pages, found.sources, found.cited_again) == (10, 11, 1)
    assert found.auc == found.auc_by_count == 1.0
    assert found.auc_cited_once is None
    assert found.first_hundred == pytest.approx(1 / 11)


def test_among_sources_that_one_page_cites_a_count_is_a_guess_and_credibility_is_not():
    trusted = {f"good {n}": known(f"https://good{n}.example/a", 5) for n in range(10)}
    others = {f"poor {n}": known(f"https://poor{n}.example/a", 1) for n in range(20)}
    pairs = [
        *((f"good {n}", page) for n in range(10) for page in PAGES if page in (PAGES[n], PAGES[n + 10])),
        *((f"poor {n}", PAGES[n]) for n in range(20)),
    ]
    found = predict(pairs, trusted | others, seed=3, today=TODAY)

    assert found.cited_again > 0
    assert found.auc_cited_once > 0.7
    assert found.auc > found.auc_by_count


def test_the_same_seed_splits_alike_and_another_one_does_not():
    sources = {page: known(f"https://{n}.example/") for n, page in enumerate(PAGES)}
    pairs = [(page, page) for page in PAGES]

    assert predict(pairs, sources, 1, TODAY) == predict(reversed_pairs(pairs), sources, 1, TODAY)
    assert predict(pairs, sources, 1, TODAY).auc is None


def reversed_pairs(pairs):
    return list(reversed(pairs))


def test_without_pages_there_is_nothing_to_predict():
    found = predict([], {}, 0, TODAY)

    assert (found.sources, found.auc, found.first_hundred) == (0, None, 0.0)
