"""What waits for a person: the riskiest first, and gone when a person has answered."""

from datetime import timedelta

import pytest

from sourcebook import pipeline, wiring
from sourcebook.errors import UsageError
from sourcebook.library import Signed
from sourcebook.records import PROBLEMS, Problem, View, parse_view
from sourcebook.store import RowPage
from sourcebook.types.captures import Outcome
from sourcebook.types.reviews import ReviewField
from tests.library.conftest import Shelf
from tests.library.test_judging import ONE, TWO, web

PAGES = {
    ONE: "The Bergen yard built nine electric ferries for the council of the city. The first of them sails since May.",
    TWO: "The council of the city paid 480 million kroner for the electric ferries of the Bergen yard.",
}
GONE = "https://gone.example/"
TEXT = f"""# Ferries

The yard was told by the council: "The first of them sails since June of that long year." ([one]({ONE}))

The Norwegian parliament dissolved the ministry of agriculture in Trondheim ([two]({TWO})).

What was there is [lost]({GONE}) by now.[^7]
"""


def queue(shelf: Shelf, **said: str) -> RowPage[Problem]:
    with wiring.open_records(shelf.place, shelf.config) as records:
        return records.list_rows(parse_view(PROBLEMS, said.items()))


def kinds(page: RowPage[Problem]) -> list[str]:
    return [str(problem.rule) for problem in page.rows]


@pytest.fixture
def built(shelf: Shelf) -> Shelf:
    shelf.page("a.md", TEXT)
    shelf.fetcher = web(PAGES, {GONE: Outcome.GONE})
    shelf.build()
    return shelf


def test_the_riskiest_comes_first(built: Shelf) -> None:
    page = queue(built)

    assert page.total == len(page.rows)
    order = ["contradicted", "altered-quote", "unsupported", "undefined-footnote", "suspect-link", "unjudged"]
    found = list(dict.fromkeys(kinds(page)))
    assert found == [kind for kind in order if kind in found]
    assert {"unsupported", "undefined-footnote", "suspect-link", "unjudged"} <= set(found)
    with wiring.open_records(built.place, built.config) as records:
        counts = records.queue(View(PROBLEMS)).waiting
        assert sum(counts.values()) == page.total
        told = records.overview().problems
        assert {kind.rule: kind.waiting for kind in told} == counts
        assert [kind.rule for kind in told] == found
        assert [row.rule for kind in told for row in kind.first[:1]] == found


def test_a_number_that_no_source_has_waits_as_check_has_it(shelf: Shelf) -> None:
    said = "The council of the city paid for the electric ferries of the Bergen yard with 41 % of its budget"
    shelf.page("a.md", f"{said} ([two]({TWO})).\n\n{said} since 2019 ([one]({ONE}), [two]({TWO})).\n")
    shelf.fetcher = web({ONE: PAGES[ONE] + " They were 41 % of its budget.", TWO: PAGES[TWO]})
    shelf.build()

    rows = queue(shelf, rule="number-not-in-source").rows
    assert {row.claim for row in rows} == {f"{said} (two).", f"{said} since 2019 (one, two)."}
    lost = next(row for row in rows if "2019" not in row.claim)
    with shelf.open() as library:
        library.review(lost.claim_id, lost.source_id, "confirm", Signed("ann", "it has no such number"))
    assert lost.claim_id not in {row.claim_id for row in queue(shelf).rows}


def test_what_is_only_untidy_in_a_page_comes_after_what_is_wrong_there(shelf: Shelf) -> None:
    shelf.page("a.md", "Said.[^1]\n\n[^1]: [One](https://a.example/).\n[^old]: [Two](https://b.example/).\n")
    shelf.page("b.md", "Also said.[^2]\n")
    shelf.build()

    assert [one for one in kinds(queue(shelf)) if "footnote" in one] == ["undefined-footnote", "unused-footnote"]


def test_a_thousand_of_one_kind_do_not_hide_another_on_the_overview(shelf: Shelf) -> None:
    shelf.page("a.md", "".join(f"Said.[^{number}]\n\n" for number in range(1_000)))
    shelf.page("b.md", '<R id="0123456789abcdef">said</R>\n')
    shelf.build()

    with wiring.open_records(shelf.place, shelf.config) as records:
        told = records.overview().problems
    assert [(kind.rule, kind.waiting, len(kind.first)) for kind in told] == [
        ("unknown-source", 1, 1),
        ("undefined-footnote", 1_000, 2),
    ]
    assert queue(shelf, rule="undefined-footnote").total == 1_000


def test_a_part_of_the_queue_is_the_part_of_the_whole(built: Shelf) -> None:
    whole = queue(built)

    with wiring.open_records(built.place, built.config) as records:
        parts = [records.list_rows(View(PROBLEMS, page=n, rows=2)).rows for n in range(1, whole.total // 2 + 2)]
    assert [row for part in parts for row in part] == list(whole.rows)
    assert set(kinds(queue(built, rule="suspect-link"))) == {"suspect-link"}
    assert queue(built, reason="not_captured").rows == queue(built, rule="unjudged", reason="not_captured").rows


def test_an_answer_takes_a_claim_out_of_the_queue(built: Shelf) -> None:
    problem = next(row for row in queue(built).rows if row.rule == "unsupported")
    assert problem.judgement is not None

    with built.open() as library:
        library.review(problem.claim_id, problem.source_id, "dismiss", Signed("ann", "cited for the picture"))

    assert problem.claim_id not in {row.claim_id for row in queue(built).rows}


def test_a_problem_of_a_source_is_dismissed_by_a_review_of_the_source(built: Shelf) -> None:
    (lost,) = queue(built, rule="suspect-link").rows
    signed = Signed("ann", "it moved, the copy will do")

    with built.open() as library:
        with pytest.raises(UsageError, match="nothing about a source is called 'boredom'"):
            pipeline.correct(library, lost.source_id, {ReviewField.DISMISSED: ["boredom"]}, signed)
        pipeline.correct(library, lost.source_id, {ReviewField.DISMISSED: ["suspect-link"]}, signed)

    assert queue(built, rule="suspect-link").total == 0
    assert built.record(GONE).corrections[0].value == ("suspect-link",)
    built.now += timedelta(minutes=1)
    with built.open() as library:
        pipeline.take_back(library, lost.source_id, [ReviewField.DISMISSED], Signed("ann", ""))
    assert queue(built, rule="suspect-link").total == 1
