"""`sourcebook gate` as others measure it: JSON lines in, JSON lines out."""

import json
from collections.abc import Callable

from tests.cli.conftest import Ran

Run = Callable[..., Ran]
TEXT = "The council dropped forty of its sixty tests on Monday."


def test_each_line_is_answered_with_what_was_caught(run: Run) -> None:
    rows = [
        {"text": TEXT, "summary": "The council dropped forty of its tests.", "id": 1},
        {"text": TEXT, "summary": ["The council dropped 41 tests."]},
        {"text": TEXT},
    ]
    ran = run("gate", stdin="".join(f"{json.dumps(row)}\n" for row in rows))
    good, bad, broken = ran.rows

    assert ran.code == 2
    assert (good["ok"], good["caught"], good["id"]) == (True, [], 1)
    assert bad["ok"] is False
    assert bad["caught"] == [{"rule": "number", "what": "41", "sentence": "The council dropped 41 tests."}]
    assert 0 < bad["score"] < good["score"] <= 1
    assert broken["line"] == 3
