"""A person's review of a verdict, from the command line: it outranks the judge, is shown with it, and is kept."""

import json
from pathlib import Path

import pytest

from sourcebook import ids
from tests.cli.conftest import Ran
from tests.cli.filed import Run, filed

URL = "https://report.example/a"
CLAIM = "The yard in Bergen sold nine electric ferries."
OTHER = "The mayor of Oslo bakes bread for sailors on Sundays."
WORDS = """The yard in Bergen sold seven electric ferries.

The council of the city paid for them in the spring, and the first of them sails between the islands since May.

Its captain says that it is quiet, and that the whales have come back to the narrow sound since then.
"""


@pytest.fixture
def docs(run: Run, tmp_path: Path) -> Path:
    """A library with two claims: one that its source denies, one that it does not speak of."""
    page = f"# Ferries\n\n{CLAIM}[^1]\n\n{OTHER}[^1]\n\n[^1]: {URL}\n"
    return filed(run, tmp_path, page, URL, WORDS)


def review(run: Run, docs: Path, *arguments: str) -> Ran:
    return run("review", *arguments, "--library", docs / ".sourcebook")


def places(run: Run, docs: Path) -> dict[str, dict]:
    record = run("show", URL, "--library", docs / ".sourcebook", "--json").rows[0]
    return {
        place["claim"].split()[1]: place for page in record["cited_by"] for place in page["places"] if place["claim"]
    }


def check(run: Run, docs: Path) -> dict:
    return json.loads(run("check", docs, "--format", "json").out)


def findings(run: Run, docs: Path) -> set[tuple[str, int]]:
    rows = check(run, docs)["findings"]
    return {(row["rule"], row["span"]["line"]) for row in rows}


def said(docs: Path) -> list[tuple[str, str]]:
    file = docs / ".sourcebook" / "reviews.jsonl"
    lines = map(json.loads, file.read_text("utf-8").splitlines())
    return [(line["claim_id"], line["value"]) for line in lines]


def test_what_waits_for_a_review_is_listed_with_how_to_give_it(run: Run, docs: Path) -> None:
    listed = review(run, docs)
    rows = review(run, docs, "--json").rows
    command = next(line for line in listed.out.splitlines() if "sourcebook review" in line).split()

    assert listed.out.startswith("page.md:3: contradicted: The yard in Bergen sold nine electric ferries.\n")
    assert "The yard in Bergen sold seven electric ferries." in listed.out
    assert [row["verdict"]["support"] for row in rows] == ["contradicted", "unsupported"]
    assert command[-5:-3] == [rows[0]["claim_id"], rows[0]["source_id"]]
    assert "2 of 2 verdicts" in listed.err


def test_an_overruled_verdict_is_shown_with_the_judges_and_is_no_finding_any_more(run: Run, docs: Path) -> None:
    before = findings(run, docs)
    ran = run("review", f"{docs}/page.md:3", "supported", "--why", "two came later", "--who", "Ann")
    place = places(run, docs)["yard"]
    shown = run("show", URL, "--library", docs / ".sourcebook").out

    assert ran.code == 0, ran.err
    assert ("contradicted", 3) in before
    assert not {rule for rule, line in findings(run, docs) if line == 3} & {"contradicted", "number-not-in-source"}
    assert place["judgement"]["support"] == "contradicted"
    assert (place["review"]["value"], place["review"]["who"], place["review"]["why"]) == (
        "supported", "Ann", "two came later",
    )  # fmt: skip
    assert "supported, says Ann on " in shown
    assert "contradicted, says local" in shown
    assert [row["claim"] for row in review(run, docs, "--json").rows] == [OTHER]


def test_a_confirmed_verdict_stays_a_finding_in_the_persons_name(run: Run, docs: Path) -> None:
    review(run, docs, ids.claim_id(OTHER)[:6], "confirm", "--why", "I read it", "--who", "Ann")
    rows = check(run, docs)["findings"]
    (row,) = [row for row in rows if row["rule"] == "unsupported"]

    assert row["message"] == "unsupported: Ann says so, I read it"
    assert said(docs) == [(ids.claim_id(OTHER), "unsupported")]
    assert [one["claim"] for one in review(run, docs, "--json").rows] == [CLAIM]


def test_a_dismissed_problem_is_not_reported_and_the_judges_finding_stays_in_sight(run: Run, docs: Path) -> None:
    counted = check(run, docs)["counts"]["claims"]
    review(run, docs, "page.md:5", "dismiss", "--why", "cited for the picture", "--who", "Ann")
    place = places(run, docs)["mayor"]
    front = check(run, docs)

    assert not [row for row in front["findings"] if row["rule"] == "unsupported"]
    assert front["counts"]["claims"] == counted
    assert (place["review"]["value"], place["judgement"]["support"]) == ("dismissed", "unsupported")


def test_a_review_survives_a_lost_database_and_a_build_and_is_undone_by_adding(run: Run, docs: Path) -> None:
    claim = ids.claim_id(CLAIM)
    review(run, docs, claim, "partial", "--why", "some of it", "--who", "Ann")
    review(run, docs, claim, "supported", "--why", "all of it", "--who", "Bo")
    for name in ("library.db", "library.db-wal", "library.db-shm"):
        (docs / ".sourcebook" / name).unlink(missing_ok=True)
    run("rebuild", docs)
    run("build", docs, "--offline")
    kept = []
    for _ in range(2):
        kept.append(places(run, docs)["yard"]["review"]["value"])
        assert review(run, docs, claim, "--undo", "--who", "Bo").code == 0

    assert kept == ["supported", "partial"]
    assert places(run, docs)["yard"]["review"] is None
    assert said(docs) == [(claim, "partial"), (claim, "supported"), (claim, ""), (claim, "")]
    assert review(run, docs, claim, "--undo").code == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["page.md:3", "suported", "--why", "x"], "nothing is said", id="one word that is no word"),
        pytest.param(["page.md:3", "https://report.example/a", "suported", "--why", "x"], "did you mean 'supported'?",
            id="a word misspelt"),
        pytest.param(["page.md:3", "supported"], "--why", id="no reason"),
        pytest.param(["page.md:3"], "say one of", id="nothing said"),
        pytest.param(["page.md:3", "supported", "--undo"], "--undo takes something back", id="both at once"),
        pytest.param(["page.md:4", "supported", "--why", "x"], "line 4", id="a line without a claim"),
        pytest.param(["other.md:3", "supported", "--why", "x"], "no page 'other.md'", id="a page that is not there"),
        pytest.param(["feed5eed", "supported", "--why", "x"], "no claim 'feed5eed'", id="an id that is not there"),
        pytest.param(["fe", "supported", "--why", "x"], "four characters", id="too little of an id"),
        pytest.param(["page.md:3", "https://b.example/", "supported", "--why", "x"], "leans on", id="another source"),
        pytest.param(["--undo"], "no claim is named", id="no claim"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_refused_and_nothing_is_kept(
    run: Run, docs: Path, arguments: list[str], words: str
) -> None:
    ran = review(run, docs, *arguments, "--who", "Ann")

    assert ran.code == 3
    assert words in ran.err
    assert "hint: " in ran.err
    assert not (docs / ".sourcebook" / "reviews.jsonl").exists()


def test_a_line_that_says_what_no_verdict_says_is_named(run: Run, docs: Path) -> None:
    review(run, docs, "page.md:3", "supported", "--why", "x", "--who", "Ann")
    file = docs / ".sourcebook" / "reviews.jsonl"
    line = file.read_text("utf-8")
    file.write_text(line + line.replace('"supported"', '"suported"').replace('"id":"', '"id":"f'), "utf-8")
    ran = run("check", docs)
    again = run("build", docs, "--offline")

    assert "'suported', which no verdict says" in ran.err + again.err
    assert again.code == 1


def test_a_finding_of_a_parser_is_dismissed_by_where_it_stands_and_taken_back(run: Run, docs: Path) -> None:
    (docs / "other.md").write_text("# Other\n\nA word.[^none]\n", "utf-8")
    assert "1 undefined-footnote" in run("build", docs, "--offline").out
    place = f"{docs / 'other.md'}:3"
    done = run("review", "--finding", place, "dismiss", "--why", "it comes", "--who", "Ann")
    quiet = run("build", docs, "--offline")
    wrong = run("review", "--finding", place, "supported", "--why", "no")
    undone = run("review", "--finding", place, "--undo")

    assert (done.code, done.err) == (0, "")
    assert done.out == "other.md: undefined-footnote: footnote 'none' is not defined: dismissed, says Ann: it comes\n"
    assert "undefined-footnote" not in quiet.out
    assert (wrong.code, "a finding can be dismissed, and nothing else" in wrong.err) == (3, True)
    assert undone.out.endswith("waits again\n")
    assert "1 undefined-footnote" in run("build", docs, "--offline").out
