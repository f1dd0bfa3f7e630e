from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sourcebook import freshness
from sourcebook.config import FreshSettings
from sourcebook.errors import UsageError
from sourcebook.types.captures import BROWSER, MEMENTO, NEEDS_SCRIPT, UPLOAD, Capture, LinkState, Outcome

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
        pytest.param([Outcome.OK, Outcome.BLOCKED], 24, LinkState.UNKNOWN, id="a block after a good answer"),
        pytest.param([Outcome.OK, Outcome.BLOCKED, Outcome.OK], 24, LinkState.ALIVE, id="until it answers again"),
        pytest.param([Outcome.GONE, Outcome.LIMITED, Outcome.GONE], 24, LinkState.DEAD, id="a limit wipes nothing out"),
        pytest.param([Outcome.GONE, Outcome.GONE, Outcome.BLOCKED], 24, LinkState.UNKNOWN, id="the dead that block"),
        pytest.param([Outcome.GONE, Outcome.UNREACHABLE], 24, LinkState.SUSPECT, id="said gone on one day only"),
        pytest.param([Outcome.UNREACHABLE, Outcome.BLOCKED, Outcome.UNREACHABLE], 24, LinkState.SUSPECT, id="two days"),
    ],
)
def test_death_is_a_state_machine(outcomes: list[Outcome], hours_apart: int, state: LinkState) -> None:
    assert freshness.link_state(captures(*outcomes, hours_apart=hours_apart)) is state


def test_a_source_never_asked_for_is_due() -> None:
    assert freshness.is_due([], START, FreshSettings())
    assert freshness.due_at([], FreshSettings()) is None


@pytest.mark.parametrize(
    ("outcomes", "days", "due"),
    [
        pytest.param([Outcome.OK], 29, False, id="a good answer holds a month"),
        pytest.param([Outcome.OK], 30, True, id="and then it is asked again"),
        pytest.param([Outcome.BLOCKED], 0.5, False, id="a block is not hammered"),
        pytest.param([Outcome.BLOCKED], 1, True, id="but tried again the next day"),
        pytest.param([Outcome.OK, Outcome.BLOCKED], 1, True, id="so is a block after a good answer"),
    ],
)
def test_when_to_ask_again(outcomes: list[Outcome], days: float, due: bool) -> None:
    history = captures(*outcomes)

    assert freshness.is_due(history, history[-1].checked_at + timedelta(days=days), FreshSettings()) is due


@pytest.mark.parametrize(
    ("outcome", "days"),
    [
        pytest.param(Outcome.OK, [30, 30, 60, 120, 180, 180], id="what stays as it is"),
        pytest.param(Outcome.GONE, [1, 1, 2, 4, 8, 16, 30, 30], id="what stays away"),
        pytest.param(Outcome.BLOCKED, [1, 1, 2, 4, 8, 16, 30, 30], id="what stays blocked"),
    ],
)
def test_the_longer_nothing_changes_the_longer_we_wait(outcome: Outcome, days: list[int]) -> None:
    history: list[Capture] = []
    waited = []
    at = START
    for _ in days:
        history.append(replace(captures(outcome)[0], id=str(at), checked_at=at))
        at = freshness.due_at(history, FreshSettings()) or START
        waited.append((at - history[-1].checked_at).days)

    assert waited == days


def test_a_source_that_changed_is_asked_for_at_the_first_interval_again() -> None:
    history = [
        replace(one, checked_at=START + timedelta(days=40 * n)) for n, one in enumerate(captures(*[Outcome.OK] * 3))
    ]
    changed = replace(history[-1], body_digest="e")
    unchanged = replace(history[-1], body_digest="", status=304)

    assert wait(history) == wait([*history[:-1], unchanged]) == timedelta(days=80)
    assert wait([*history[:-1], changed]) == timedelta(days=30)


def test_asking_often_on_one_day_does_not_put_off_the_next_time() -> None:
    assert wait(captures(*[Outcome.OK] * 9, hours_apart=1)) == timedelta(days=30)


def wait(history: list[Capture]) -> timedelta:
    due_at = freshness.due_at(history, FreshSettings())
    assert due_at is not None
    return due_at - history[-1].checked_at


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param(FreshSettings(recheck_days=400), id="above its own bound"),
        pytest.param(FreshSettings(retry_days=-1), id="below nothing"),
        pytest.param(FreshSettings(most_retry_days=0.5), id="a bound below what it bounds"),
    ],
)
def test_intervals_that_make_no_sense_are_refused(settings: FreshSettings) -> None:
    with pytest.raises(UsageError, match=r"setting 'fresh\.re"):
        freshness.check(settings)


# --- which copy is read ----------------------------------------------------------------------------


def test_a_failing_recheck_never_takes_a_good_copy_away() -> None:
    first, second, third = captures(Outcome.OK, Outcome.OK, Outcome.GONE)

    assert freshness.best_capture([first, second, third], {}) == second
    assert freshness.best_capture([third], {}) is None


def test_an_answer_that_says_unchanged_leaves_the_copy_that_we_hold() -> None:
    first, second = captures(Outcome.OK, Outcome.OK)
    unchanged = replace(second, status=304, body_digest="")

    assert freshness.best_capture([first, unchanged], {}) == first


@pytest.mark.parametrize(
    ("words", "read"),
    [
        pytest.param((900, 850), 1, id="a page that was shortened is read anew"),
        pytest.param((900, 30), 0, id="a stub does not replace an article"),
        pytest.param((30, 900), 1, id="an article replaces a stub"),
        pytest.param((900, None), 0, id="what could not be read replaces nothing"),
        pytest.param((None, None), 1, id="nothing counted yet: the newest"),
        pytest.param((900, 30, 800), 2, id="and the article when it is back"),
    ],
)
def test_a_thin_copy_replaces_no_whole_one(words: tuple[int | None, ...], read: int) -> None:
    history = captures(*[Outcome.OK] * len(words))
    counted = {one.id: count for one, count in zip(history, words, strict=True) if count is not None}

    assert freshness.best_capture(history, counted) == history[read]


def test_what_a_person_filed_is_read_however_short_it_is() -> None:
    first, second = captures(Outcome.OK, Outcome.OK)
    filed = replace(second, origin=UPLOAD)

    assert freshness.best_capture([first, filed], {first.id: 900, filed.id: 30}) == filed


def test_somebody_elses_copy_is_read_and_says_nothing_of_the_link() -> None:
    gone = captures(Outcome.GONE, Outcome.GONE)
    copy = replace(
        captures(*[Outcome.OK] * 3)[2], origin=f"{MEMENTO}web.archive.org", captured_at=START - timedelta(days=900)
    )

    assert freshness.best_capture([*gone, copy], {copy.id: 500}) == copy
    assert freshness.link_state([*gone, copy]) is LinkState.DEAD
    assert freshness.due_at([*gone, copy], FreshSettings()) == freshness.due_at(gone, FreshSettings())
    assert freshness.newest_asked([*gone, copy]) == gone[1]


# --- over any history ------------------------------------------------------------------------------

HISTORIES = st.lists(
    st.tuples(
        st.sampled_from(Outcome), st.integers(0, 20), st.sampled_from(["web", "a.wacz", UPLOAD, f"{MEMENTO}a.example"])
    ),
    max_size=9,
)
FAILED = {Outcome.GONE, Outcome.SOFT_GONE, Outcome.PARKED, Outcome.UNREACHABLE}
SILENT = {Outcome.BLOCKED, Outcome.LIMITED, Outcome.WALLED, Outcome.REFUSED_BY_POLICY, Outcome.REFUSED_BY_ROBOTS}


def history_of(drawn: list[tuple[Outcome, int, str]]) -> list[Capture]:
    made, hours = captures(*(outcome for outcome, _, _ in drawn)), 0
    for number, (_, pause, origin) in enumerate(drawn):
        hours += pause
        at = START + timedelta(hours=hours, seconds=number)
        made[number] = replace(made[number], checked_at=at, captured_at=at, origin=origin)
    return made


@given(HISTORIES)
def test_nothing_is_dead_before_its_days_are_full(drawn: list[tuple[Outcome, int, str]]) -> None:
    history = history_of(drawn)
    failures = [one for one in history if one.outcome in FAILED and one.asked]
    gone = {one.checked_at.date() for one in failures if one.outcome is Outcome.GONE}
    state = freshness.link_state(history)

    if state is LinkState.DEAD:
        assert len({one.checked_at.date() for one in failures}) >= 3 or len(gone) >= 2
    last = next((one for one in reversed(history) if one.asked), None)
    if last is None or last.outcome in SILENT:
        assert state is LinkState.UNKNOWN
    elif last.outcome in FAILED:
        assert state in {LinkState.SUSPECT, LinkState.DEAD}
    else:
        assert state is LinkState.ALIVE


@given(HISTORIES, st.integers(0, 9), st.sampled_from(sorted(SILENT)))
def test_an_answer_that_says_nothing_changes_nothing_once_there_is_another(
    drawn: list[tuple[Outcome, int, str]], place: int, silent: Outcome
) -> None:
    with_it = [*drawn[:place], (silent, 0, "web"), *drawn[place:], (Outcome.GONE, 1, "web")]
    without = [*drawn, (Outcome.GONE, 1, "web")]

    assert freshness.link_state(history_of(with_it)) is freshness.link_state(history_of(without))


@given(HISTORIES)
def test_the_next_time_lies_within_the_bounds(drawn: list[tuple[Outcome, int, str]]) -> None:
    history = history_of(drawn)
    due_at = freshness.due_at(history, FreshSettings())
    last = freshness.newest_asked(history)

    assert (due_at is None) == (last is None)
    if due_at is not None and last is not None:
        assert timedelta(days=1) <= due_at - last.checked_at <= timedelta(days=180)


@given(HISTORIES, st.lists(st.integers(0, 1000), min_size=9, max_size=9))
def test_the_copy_that_is_read_is_never_half_as_long_as_another(
    drawn: list[tuple[Outcome, int, str]], counts: list[int]
) -> None:
    history = history_of(drawn)
    words = {one.id: count for one, count in zip(history, counts, strict=False)}
    best = freshness.best_capture(history, words)
    good = [one for one in history if one.outcome is Outcome.OK]

    assert (best is None) == (not good)
    if best is not None:
        assert best.origin == UPLOAD or all(words[best.id] >= words[one.id] / 2 for one in good)
        assert freshness.best_capture([*history, *captures(Outcome.GONE)], words) == best


def _visit(day: float, number: int) -> list[Capture]:
    """A page that is nothing without its script, as sent and as a browser showed it."""
    (plain,) = captures(Outcome.THIN)
    at = START + timedelta(days=day)
    plain = replace(plain, id=f"{number}p", checked_at=at, reason=f"3 words, and {NEEDS_SCRIPT}", body_digest="frame")
    shown = replace(plain, id=f"{number}b", checked_at=at + timedelta(seconds=3), origin=BROWSER, body_digest="page")
    return [plain, replace(shown, outcome=Outcome.OK)]


def test_a_page_and_what_its_scripts_make_of_it_are_no_change_of_content() -> None:
    visits = [capture for number, day in enumerate((0, 30, 60)) for capture in _visit(day, number)]
    due_at = freshness.due_at(visits, FreshSettings())

    assert due_at is not None
    assert due_at - visits[-1].checked_at == timedelta(days=60)
    assert freshness.link_state(visits) is LinkState.ALIVE


def test_a_browser_is_needed_until_one_was_asked() -> None:
    plain, shown = _visit(0, 0)
    still_thin = replace(shown, outcome=Outcome.THIN, reason=f"in a browser: 0 words, and {NEEDS_SCRIPT}")

    assert freshness.needs_browser([plain])
    assert not freshness.needs_browser([plain, shown])
    assert not freshness.needs_browser([plain, still_thin])
    assert not freshness.needs_browser(captures(Outcome.OK))
    assert not freshness.needs_browser([])
