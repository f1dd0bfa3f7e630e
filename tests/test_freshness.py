from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sourcebook import freshness
from sourcebook.config import FreshSettings
from sourcebook.types import Capture, LinkState, Outcome

START = datetime(2026, 4, 7, 12, tzinfo=UTC)


def captures(*outcomes: Outcome, hours_apart: int = 24) -> list[Capture]:
    """One capture for each outcome, so many hours apart."""
    made = []
    for number, outcome in enumerate(outcomes):
        at = START + timedelta(hours=number * hours_apart)
        made.append(
            Capture(
                str(number), "s", "https://a.example", "https://a.example", at, at, outcome, "", "web", body_digest="d"
            )
        )
    return made


@pytest.mark.parametrize(
    ("outcomes", "hours_apart", "state"),
    [
        pytest.param([], 24, LinkState.UNKNOWN, id="nobody asked"),
        pytest.param([Outcome.OK], 24, LinkState.ALIVE, id="there"),
        pytest.param([Outcome.UNREACHABLE], 24, LinkState.SUSPECT, id="one failure is not death"),
        pytest.param([Outcome.UNREACHABLE] * 9, 1, LinkState.SUSPECT, id="many failures in one day are one outage"),
        pytest.param([Outcome.UNREACHABLE] * 3, 24, LinkState.DEAD, id="three days of silence"),
        pytest.param([Outcome.GONE] * 2, 24, LinkState.DEAD, id="the server says gone on two days"),
        pytest.param([Outcome.GONE] * 2, 1, LinkState.SUSPECT, id="gone twice in one day"),
        pytest.param([Outcome.BLOCKED] * 9, 24, LinkState.UNKNOWN, id="a bot block says nothing"),
        pytest.param([Outcome.LIMITED, Outcome.WALLED], 24, LinkState.UNKNOWN, id="nor does a limit or a wall"),
        pytest.param([Outcome.GONE, Outcome.GONE, Outcome.OK], 24, LinkState.ALIVE, id="it came back"),
        pytest.param([Outcome.OK, Outcome.BLOCKED], 24, LinkState.ALIVE, id="a block after a good answer"),
        pytest.param([Outcome.UNREACHABLE, Outcome.BLOCKED, Outcome.UNREACHABLE], 24, LinkState.SUSPECT, id="two days"),
    ],
)
def test_death_is_a_state_machine(outcomes: list[Outcome], hours_apart: int, state: LinkState) -> None:
    assert freshness.link_state(captures(*outcomes, hours_apart=hours_apart)) is state


def test_a_source_never_asked_for_is_due() -> None:
    assert freshness.is_due(None, START, FreshSettings())


@pytest.mark.parametrize(
    ("outcome", "days", "due"),
    [
        pytest.param(Outcome.OK, 29, False, id="a good answer holds a month"),
        pytest.param(Outcome.OK, 30, True, id="and then it is asked again"),
        pytest.param(Outcome.BLOCKED, 0.5, False, id="a block is not hammered"),
        pytest.param(Outcome.BLOCKED, 1, True, id="but tried again the next day"),
    ],
)
def test_when_to_ask_again(outcome: Outcome, days: float, due: bool) -> None:
    (last,) = captures(outcome)

    assert freshness.is_due(last, START + timedelta(days=days), FreshSettings()) is due


def test_a_failing_recheck_never_takes_a_good_copy_away() -> None:
    first, second, third = captures(Outcome.OK, Outcome.OK, Outcome.GONE)

    assert freshness.best_capture([first, second, third]) == second
    assert freshness.best_capture([third]) is None


def test_an_answer_that_says_unchanged_leaves_the_copy_that_we_hold() -> None:
    first, second = captures(Outcome.OK, Outcome.OK)
    unchanged = replace(second, status=304, body_digest="")

    assert freshness.best_capture([first, unchanged]) == first
