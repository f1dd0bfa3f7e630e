"""`sourcebook summarise` as others measure it: JSON lines in, JSON lines out."""

import json
from collections.abc import Callable

from tests.cli.conftest import Ran

Run = Callable[..., Ran]

NEWS = (
    "The council published the weights of its largest model on Monday, a week before the test it had promised. "
    "Of the sixty tests planned in March, forty were dropped without a vote. "
    "Members of the council were told in May that the money for machines had run out. "
    "The missing tests will be done in spring, if there is money for them by then."
)


def lines(*rows: object) -> str:
    return "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)


def test_each_line_is_answered_with_a_summary_and_points_that_can_be_found(run: Run) -> None:
    ran = run("summarise", stdin=lines({"text": NEWS, "title": "Forty tests dropped", "type": "news article"}))
    (row,) = ran.rows

    assert ran.code == 0
    assert row["summary"].startswith("The council published the weights")
    assert row["engine"].startswith("extractive")
    assert len(row["key_points"]) >= 3
    assert all(NEWS[point["start"] : point["end"]] == point["quote"] for point in row["key_points"])


def test_only_the_text_must_be_there_and_an_id_is_handed_back(run: Run) -> None:
    ran = run("summarise", stdin=lines({"text": NEWS, "id": "a-7"}, {"text": "", "id": 8}))

    assert ran.code == 0
    assert [row["id"] for row in ran.rows] == ["a-7", 8]
    assert [bool(row["summary"]) for row in ran.rows] == [True, False]


def test_a_line_that_cannot_be_read_is_answered_with_why_and_the_rest_goes_on(run: Run) -> None:
    ran = run("summarise", stdin=lines("not JSON", {"title": "no text"}, {"text": 7}, {"text": NEWS, "type": "poem"}))

    assert ran.code == 2
    assert [row.get("line") for row in ran.rows] == [1, 2, 3, None]
    assert "`text`" in ran.rows[1]["error"]
    assert "3 of 4 lines" in ran.err
    assert ran.rows[3]["summary"]


def test_the_length_can_be_asked_for_by_line_and_for_all(run: Run) -> None:
    ran = run("summarise", "--sentences", 1, stdin=lines({"text": NEWS}, {"text": NEWS, "sentences": 2}))

    assert [row["summary"].count(".") for row in ran.rows] == [1, 2]
    assert run("summarise", stdin=lines({"text": NEWS, "sentences": 0})).code == 2


def test_without_a_type_the_words_of_the_text_decide(run: Run) -> None:
    paper = "In this paper we propose a method. Experiments on datasets show that our model outperforms baselines."
    rows = run("summarise", stdin=lines({"text": paper}, {"text": paper, "type": "blog"}, {"text": "x"})).rows

    assert [row["type"] for row in rows] == ["paper", "blog post", "web page"]


def test_files_are_read_in_order(run: Run, tmp_path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_text(lines({"text": NEWS, "id": name}), "utf-8")

    assert [row["id"] for row in run("summarise", "one", "two").rows] == ["one", "two"]
    assert run("summarise", "nowhere").code == 3
