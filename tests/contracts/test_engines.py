"""What every engine promises."""

import os
import time
from collections.abc import Iterator

import pytest

from sourcebook.engine import Done, Engine, Failed
from sourcebook.engine.here import Here
from sourcebook.engine.workers import Workers
from sourcebook.errors import StepError

ENGINES = [pytest.param(Here(), id="here"), pytest.param(Workers(2), id="workers")]


def double(number: int) -> int:
    return number * 2


def refuse_odd(number: int) -> int:
    if number % 2:
        raise StepError(f"{number} is odd", "send an even one")
    return number


def break_at_three(number: int) -> int:
    if number == 3:
        raise ZeroDivisionError
    return number


def die_at_three(number: int) -> int:
    if number == 3:
        os._exit(9)  # as a crash in a C library would
    time.sleep(0.05)
    return number


def hang_at_three(number: int) -> int:
    if number == 3:
        time.sleep(60)
    return number


def take_at_three(number: int) -> int:
    return len(bytearray(2_000 << 20 if number == 3 else 1))


def work_long_on(body: bytes) -> bytes:
    return body  # more than a pipe holds, both ways


@pytest.mark.parametrize("engine", ENGINES)
def test_every_subject_is_answered_once(engine: Engine) -> None:
    answers = list(engine.each(double, range(25)))

    assert sorted(answer.subject for answer in answers) == list(range(25))
    assert all(isinstance(answer, Done) and answer.result == answer.subject * 2 for answer in answers)


@pytest.mark.parametrize("engine", ENGINES)
def test_no_subjects_are_no_answers(engine: Engine) -> None:
    assert list(engine.each(double, [])) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_a_step_that_fails_on_one_subject_goes_on_with_the_rest(engine: Engine) -> None:
    answers = list(engine.each(refuse_odd, range(6)))

    assert {answer.subject for answer in answers if isinstance(answer, Done)} == {0, 2, 4}
    assert {answer.message for answer in answers if isinstance(answer, Failed)} == {"1 is odd", "3 is odd", "5 is odd"}


@pytest.mark.parametrize("engine", ENGINES)
def test_what_we_broke_is_not_kept_quiet(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        list(engine.each(break_at_three, range(6)))


@pytest.mark.parametrize("engine", ENGINES)
def test_subjects_are_consumed_as_there_is_room(engine: Engine) -> None:
    taken = []

    def stream() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    answers = engine.each(double, stream())
    next(answers)

    assert len(taken) <= 10
    answers.close()


def test_a_worker_that_dies_costs_only_its_own_subject() -> None:
    answers = list(Workers(2).each(die_at_three, range(12)))

    assert [answer.subject for answer in answers if isinstance(answer, Failed)] == [3]
    assert sorted(answer.subject for answer in answers if isinstance(answer, Done)) == [n for n in range(12) if n != 3]


def test_a_subject_that_hangs_costs_only_itself_and_not_for_long() -> None:
    started = time.monotonic()
    answers = list(Workers(2, deadline_s=2).each(hang_at_three, range(12)))

    assert [answer for answer in answers if isinstance(answer, Failed)] == [
        Failed(3, "the worker that read it was stopped after 2 s")
    ]
    assert sorted(answer.subject for answer in answers) == list(range(12))
    assert time.monotonic() - started < 20


def test_a_subject_that_takes_too_much_memory_costs_only_itself() -> None:
    answers = list(Workers(1, most_mb=500).each(take_at_three, range(5)))

    assert [answer for answer in answers if isinstance(answer, Failed)] == [
        Failed(3, "it takes more memory than a worker may have")
    ]
    assert len(answers) == 5


def test_large_subjects_and_large_answers_pass_each_other() -> None:
    subjects = [bytes(3_000_000) for _ in range(8)]

    assert len(list(Workers(2).each(work_long_on, subjects))) == 8


def test_a_worn_out_worker_is_replaced() -> None:
    assert len(list(Workers(1).each(double, range(1_100)))) == 1_100


def test_a_slow_stream_keeps_nobody_waiting() -> None:
    def stream() -> Iterator[int]:
        for number in range(4):
            yield number
            time.sleep(0.2)

    assert sorted(answer.subject for answer in Workers(2).each(double, stream())) == [0, 1, 2, 3]
