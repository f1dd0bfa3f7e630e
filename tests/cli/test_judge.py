"""`sourcebook judge` and `sourcebook quote`: lines in, lines out."""

import json
from collections.abc import Callable

from tests.cli.conftest import Ran

Run = Callable[..., Ran]

TEXT = "The Bergen yard sold seven electric ferries to the council of the city in the spring of 2024."


def lines(*values: object) -> str:
    return "".join(json.dumps(value) + "\n" for value in values)


def test_judge_answers_line_by_line(run: Run) -> None:
    asked = [
        {"claim": "The Bergen yard sold seven electric ferries to the council.", "text": TEXT, "id": 7},
        {"claim": "The Bergen yard sold nine electric ferries to the council.", "text": TEXT},
        {"claim": "Das Werk verkaufte der Stadt nicht sieben, und auch nicht acht Fähren für das Jahr.", "text": TEXT},
        {
            "claim": "It sold them in 2024.",
            "text": TEXT,
            "heading": "Ferries",
            "before": "Bergen needs ferries.",
            "title": "x",
        },
    ]
    ran = run("judge", stdin=lines(*asked))
    supported, contradicted, unjudged, resolved = ran.rows

    assert ran.code == 0
    assert supported["verdict"] == "supported"
    assert supported["id"] == 7
    assert supported["passages"][0] == {"start": 0, "end": len(TEXT), "quote": TEXT}
    assert contradicted["verdict"] == "contradicted"
    assert contradicted["missing"] == ["the number nine"]
    assert "the claim says nine, the source seven" in contradicted["reason"]
    assert 0 <= contradicted["probability"] < supported["probability"] <= 1
    assert (unjudged["verdict"], unjudged["probability"], unjudged["unjudged"]) == ("unjudged", None, "other_language")
    assert resolved["verdict"] in {"supported", "partial"}


def test_a_line_that_cannot_be_read_is_answered_and_told(run: Run) -> None:
    ran = run("judge", stdin=lines({"claim": "x"}, {"claim": "The yard sold ferries.", "text": TEXT}))

    assert ran.code == 2
    assert ran.rows[0]["line"] == 1
    assert "verdict" in ran.rows[1]
