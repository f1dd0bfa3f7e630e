"""Sixty errors are planted in the demo; the gate must not find fewer than it did."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
LEAST_CAUGHT = 52  # measured; a gate that finds fewer has become worse
MOST_BESIDES = 2  # of 162 claims


@pytest.fixture(scope="module")
def report():
    """What the command prints: words to the numbers beside them."""
    done = subprocess.run([sys.executable, EXAMPLES / "plant.py"], check=True, capture_output=True, text=True)
    rows = [line.rsplit(" of ", 1) for line in done.stdout.splitlines()]
    return {words[:-4].strip(): (int(words[-4:]), int(number)) for words, number in rows}


def test_as_many_planted_errors_are_caught_as_before(report):
    caught, planted = report["caught"]

    assert planted == 60
    assert caught >= LEAST_CAUGHT


def test_what_needs_no_judge_is_always_caught(report):
    for kind in (
        "dead link",
        "soft 404",
        "low credibility",
        "undefined footnote",
        "unknown source",
        "unusable address",
    ):
        caught, planted = report[kind]
        assert caught == planted > 0, kind


def test_hardly_anything_else_is_told_to_be_wrong(report):
    assert report["other statements told to be wrong"][0] <= MOST_BESIDES
