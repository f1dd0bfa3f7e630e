"""An outage of ours never becomes a finding about a source."""

from datetime import UTC, datetime

from sourcebook.fetch.outage import MOST_SILENT_HOSTS, Asked, Outage, Sign
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Fetched, NotAsked

AT = datetime(2026, 4, 7, tzinfo=UTC)


def asked(name: str, sign: Sign, host: str = "") -> Asked:
    outcome = Outcome.OK if sign is Sign.LIFE else Outcome.UNREACHABLE
    url = f"https://{host or name}.example/"
    return Asked(Fetched(name, url, url, AT, AT, outcome, f"no host {name!r}", "web"), sign, host or name)


def names(answers: object) -> list[str]:
    return [one.source_id for one in answers]  # type: ignore[attr-defined]


def test_a_failure_is_held_until_something_answers_and_then_it_counts() -> None:
    outage = Outage()

    assert names(outage.sort(asked("a", Sign.SILENCE))) == []
    assert names(outage.sort(asked("b", Sign.SILENCE))) == []
    assert names(outage.sort(asked("c", Sign.LIFE))) == ["a", "b", "c"]
    assert names(outage.sort(asked("d", Sign.SILENCE))) == ["d"]
    assert names(outage.rest()) == []


def test_when_nothing_ever_answers_nobody_was_asked() -> None:
    outage = Outage()
    for name in "abc":
        assert names(outage.sort(asked(name, Sign.SILENCE))) == []
    rest = list(outage.rest())

    assert names(rest) == ["a", "b", "c"]
    assert all(isinstance(one, NotAsked) and one.why.startswith("no network: ") for one in rest)


def test_few_hosts_prove_nothing_and_the_words_say_so() -> None:
    outage = Outage()
    for name in ("a", "b"):
        list(outage.sort(asked(name, Sign.SILENCE, host="one")))
    rest = list(outage.rest())

    assert [one.why for one in rest] == [
        "no network, or no such host: no host 'a'",
        "no network, or no such host: no host 'b'",
    ]


def test_it_is_certain_after_many_hosts_not_after_many_sources_of_one() -> None:
    outage = Outage()
    for number in range(MOST_SILENT_HOSTS * 3):
        list(outage.sort(asked(str(number), Sign.SILENCE, host="one")))

    assert not outage.certain

    for number in range(MOST_SILENT_HOSTS - 1):
        list(outage.sort(asked(str(number), Sign.SILENCE)))

    assert outage.certain


def test_it_is_never_certain_once_something_answered() -> None:
    outage = Outage()
    list(outage.sort(asked("there", Sign.LIFE)))
    for number in range(MOST_SILENT_HOSTS * 2):
        assert len(list(outage.sort(asked(str(number), Sign.SILENCE)))) == 1

    assert not outage.certain


def test_what_we_refuse_ourselves_says_nothing_of_the_network() -> None:
    outage = Outage()

    assert names(outage.sort(asked("private", Sign.NEITHER))) == ["private"]
    assert names(outage.sort(asked("a", Sign.SILENCE))) == []
