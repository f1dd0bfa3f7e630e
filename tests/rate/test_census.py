"""Who cites what, counted."""

from sourcebook.rate import Census
from sourcebook.types.ratings import Counted

SITES = {"a": "one.example", "b": "one.example", "c": "two.example", "nobody's": "three.example"}
PAIRS = [("a", "p"), ("b", "p"), ("c", "p"), ("b", "q"), ("c", "r")]


def test_a_source_is_counted_by_its_pages_its_site_and_the_company_it_keeps():
    census = Census(PAIRS, SITES)

    assert census.counted("a") == Counted(pages=1, site_pages=1, company=2.0)
    assert census.counted("b") == Counted(pages=2, site_pages=0, company=1.5)
    assert list(census.pages("c")) == ["p", "r"]


def test_what_nobody_cites_counts_nothing():
    assert Census(PAIRS, SITES).counted("nobody's") == Counted(pages=0, site_pages=0, company=1.0)
    assert Census([], SITES).counted("a") == Counted(pages=0, site_pages=0, company=1.0)


def test_a_page_with_one_source_says_nothing_of_its_company():
    assert Census([("a", "p")], SITES).counted("a").company == 1.0
