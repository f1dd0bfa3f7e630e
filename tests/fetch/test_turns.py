"""How long a host is left alone between two requests."""

import asyncio
from datetime import UTC, datetime

import pytest

from sourcebook.fetch.turns import Turns, rest_s

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("took_s", "rest"),
    [
        pytest.param(0.0, 1.0, id="one that never went out counts from its end"),
        pytest.param(0.2, 0.8, id="a quick answer is part of the delay"),
        pytest.param(0.5, 0.5, id="half of it at least is rest"),
        pytest.param(0.8, 0.8, id="a slow answer is followed by as long a rest"),
        pytest.param(5.0, 1.0, id="but by no longer one than the delay"),
    ],
)
def test_a_host_rests_for_what_is_left_of_the_delay_and_longer_where_it_was_slow(took_s: float, rest: float) -> None:
    assert rest_s(1.0, took_s) == pytest.approx(rest)
    assert took_s + rest >= 1.0


def test_without_a_delay_nothing_is_waited_for() -> None:
    assert [rest_s(0.0, took_s) for took_s in (0.0, 0.3, 9.0)] == [0.0, 0.0, 0.0]


def test_the_time_before_a_request_is_on_the_wire_does_not_count() -> None:
    async def waited() -> tuple[float, float]:
        turns = Turns(10.0, lambda: NOW)
        now = asyncio.get_running_loop().time()
        for host, sent_at in (("a.example", now - 2.0), ("b.example", None)):
            assert turns.take(host)
            turns.end(host, sent_at)
        return turns.wait_s("a.example"), turns.wait_s("b.example")

    sent, unsent = asyncio.run(waited())

    assert 7.5 < sent <= 8.0
    assert 9.5 < unsent <= 10.0
