"""`sourcebook build` with a model on loopback: asked once, checked, counted, and never in the way."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ran, Site
from tests.llm.double import Double, Says, refusal, serve

Run = Callable[..., Ran]
QUOTE = "Two of five of them survived the second test"


def opinion(support: str, *quotes: str) -> Says:
    return Says(json.dumps({"support": support, "quotes": list(quotes), "reason": "The source says so."}))


@pytest.fixture
def said() -> list[Says]:
    """What the model says to whatever it is asked; a test changes it."""
    return [opinion("partial", QUOTE)]


@pytest.fixture
def model(said: list[Says]) -> Iterator[Double]:
    """A model on loopback."""

    def answer(_: dict[str, Any]) -> Says:
        return said[0]

    with serve(answer) as double:
        yield double


@pytest.fixture
def asking(docs: Path, site: Site, model: Double) -> Path:
    """Pages with a claim that our own judge has a verdict on, and settings that name the model."""
    with (docs / "sourcebook.toml").open("a") as settings:
        settings.write(
            f'[llm]\nmodel = "double"\nbase_url = "{model.url}"\njudge = "all"\nsummaries = false\nprice_in_usd = 1\n'
        )
    claim = f"The committee wrote that “no safeguard at all was lost” ([minutes]({site.url('/article/autumn')}))."
    (docs / "quoted.md").write_text(f"# Quoted\n\n{claim}\n", encoding="utf-8")
    (docs / "gone.md").unlink()
    (docs / "counting.md").unlink()
    return docs


def judgement(run: Run, docs: Path, site: Site) -> dict[str, Any]:
    (record,) = run("show", site.url("/article/autumn"), "--library", docs / ".sourcebook", "--json").rows
    found: dict[str, Any] = record["cited_by"][0]["places"][0]["judgement"]
    return found


def test_a_model_is_heard_once_and_its_verdict_is_shown(run: Run, asking: Path, site: Site, model: Double) -> None:
    built = run("build", asking)
    again = run("build", asking)

    assert "Model      double: 1 answered; 100 tokens sent, 20 received, $0.0001" in built.out
    assert judgement(run, asking, site)["judge"] == "double, judge 1"
    assert "Nothing was due" in again.out
    assert len(model.requests) == 1


def test_a_lost_verdict_is_not_paid_for_twice(run: Run, asking: Path, model: Double) -> None:
    run("build", asking)
    page = asking / "quoted.md"
    words = page.read_text()
    page.write_text("# Nothing\n")
    run("build", asking)
    page.write_text(words)
    back = run("build", asking)

    assert "0 answered, 1 known from before" in back.out
    assert len(model.requests) == 1


def test_a_rehearsal_says_what_would_be_asked_and_asks_nobody(run: Run, asking: Path, model: Double) -> None:
    built = run("build", asking, "--dry-run")

    assert "1 not answered: only a rehearsal" in built.out
    assert "tokens sent, 1,000 received, $" in built.out
    assert model.requests == []


def test_a_budget_that_is_too_small_asks_nothing(run: Run, asking: Path, model: Double) -> None:
    built = run("build", asking, "--budget", "0.0000001")

    assert "1 not answered: the budget of $0.00 is used up" in built.out
    assert model.requests == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param(refusal(401, "invalid_api_key"), "refused the key", id="a wrong key"),
        pytest.param(opinion("supported", "No safeguard at all was ever lost"), "no answer that passes", id="invented"),
    ],
)
def test_what_a_model_cannot_do_changes_nothing_that_was_known(
    run: Run, asking: Path, site: Site, said: list[Says], answer: Says, words: str
) -> None:
    said[0] = answer
    built = run("build", asking)

    assert built.code == 0
    assert words in built.out
    assert judgement(run, asking, site)["judge"] != "double, judge 1"


def test_after_an_outage_the_next_build_asks_again(run: Run, asking: Path, site: Site, said: list[Says]) -> None:
    said[0], answer = Says(status=500, body={}), said[0]
    run("build", asking)
    said[0] = answer
    run("build", asking)

    assert judgement(run, asking, site)["judge"] == "double, judge 1"


def test_a_setting_that_means_nothing_is_refused(run: Run, asking: Path) -> None:
    settings = asking / "sourcebook.toml"
    settings.write_text(settings.read_text().replace('judge = "all"', 'judge = "some"'))
    built = run("build", asking)

    assert built.code == 3
    assert "'llm.judge' must be one of unsure, all, none" in built.err


def test_a_provider_without_a_key_is_said_before_anything_is_done(run: Run, docs: Path, site: Site) -> None:
    with (docs / "sourcebook.toml").open("a") as settings:
        settings.write('[llm]\nmodel = "openai:gpt-4o-mini"\n')
    built = run("build", docs)

    assert built.code == 3
    assert "set OPENAI_API_KEY" in built.err
    assert site.asked == []


def by_prompt(request: dict[str, Any]) -> Says:
    """What a good model says to each of our prompts about the article."""
    asked = request["messages"][0]["content"]
    if "key_points" in asked:
        points = ["Two of five of them survived the second test.", "It asked for a third test."]
        brief = {"summary": "The committee counted forty-one safeguards in the first report.", "key_points": points}
        return Says(json.dumps(brief))
    if "relevance" in asked:
        return Says(json.dumps({"relevance": "Relevant to what was quoted, since forty-one safeguards were counted."}))
    return opinion("partial", QUOTE)


def test_a_model_writes_summary_and_relevance_and_both_say_so(
    run: Run, asking: Path, site: Site, model: Double
) -> None:
    with serve(by_prompt) as double:
        settings = asking / "sourcebook.toml"
        words = settings.read_text().replace("summaries = false", "summaries = true")
        settings.write_text(
            "\n".join(f'base_url = "{double.url}"' if "base_url" in one else one for one in words.split("\n"))
        )
        built = run("build", asking)
    (record,) = run("show", site.url("/article/autumn"), "--library", asking / ".sourcebook", "--json").rows

    assert "3 answered" in built.out
    assert record["summary"]["text"] == "The committee counted forty-one safeguards in the first report."
    assert record["summary"]["writer"] == "double, summary 1"
    assert record["summary"]["points"][0]["passage"]["quote"].startswith("Two of five of them survived")
    assert record["relevance"].startswith("Relevant to what was quoted")
    assert record["relevance_writer"] == "double, relevance 1"


def test_a_summary_that_the_source_does_not_bear_out_is_not_kept_and_the_record_says_so(
    run: Run, asking: Path, site: Site, said: list[Says]
) -> None:
    said[0] = Says(json.dumps({"summary": "Ninety safeguards were lost.", "key_points": ["Ninety were lost.", "All."]}))
    settings = asking / "sourcebook.toml"
    settings.write_text(settings.read_text().replace("summaries = false", "summaries = true"))
    run("build", asking)
    (record,) = run("show", site.url("/article/autumn"), "--library", asking / ".sourcebook", "--json").rows

    assert record["summary"]["writer"].startswith("extractive")
    assert "gave no answer that passes" in record["unwritten_why"]
