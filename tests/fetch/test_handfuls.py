"""Answers in handfuls on their way into the store."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sourcebook.fetch.handfuls import handfuls
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Fetched, Learned, Lull, NotAsked, RobotsFile

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def answer(source_id: str, size: int = 10) -> Fetched:
    url = f"https://x.example/{source_id}"
    return Fetched(source_id, url, url, NOW, NOW, Outcome.OK, "status 200", "web", body=b"x" * size)


def sorted_out(answers: Iterable[Fetched | NotAsked | Learned | Lull]) -> list[list[str]]:
    return [[one.source_id for one in some.answers] for some in handfuls(answers)]


def test_answers_that_come_together_are_kept_together_and_none_waits_through_a_lull() -> None:
    assert sorted_out([answer("a"), answer("b"), Lull(), answer("c")]) == [["a", "b"], ["c"]]


def test_a_handful_has_each_source_once() -> None:
    assert sorted_out([answer("a"), answer("a"), answer("b"), answer("a")]) == [["a"], ["a", "b"], ["a"]]


def test_a_handful_is_bounded_in_number_and_in_bytes() -> None:
    many = sorted_out(answer(str(number)) for number in range(600))
    large = sorted_out(answer(str(number), 4_500_000) for number in range(7))

    assert max(map(len, many)) == 256
    assert sum(map(len, many)) == 600
    assert max(map(len, large)) == 3
    assert sum(map(len, large)) == 7


def test_what_else_comes_is_in_the_handful_with_its_answers() -> None:
    robots = RobotsFile("https://x.example", NOW, "")
    nobody = NotAsked("b", "https://x.example/b", "offline")
    (some,) = handfuls([robots, answer("a"), nobody])

    assert (some.learned, some.not_asked) == ([robots], [nobody])
    assert [one.source_id for one in some.answers] == ["a"]
