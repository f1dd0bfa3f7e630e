"""When to ask for a source again, and whether it is still there. Pure rules over captures; the clock is an argument."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sourcebook.config import FreshSettings
from sourcebook.types import Capture, LinkState, Outcome

DEAD_DAYS = 3  # failures on so many different days before a source is called dead: outages last a day or two
GONE_DAYS = 2  # the same where the server itself says that the page is gone (404, 410)

_FAILED = {Outcome.GONE, Outcome.SOFT_GONE, Outcome.PARKED, Outcome.UNREACHABLE}
_THERE = {Outcome.OK, Outcome.PAYWALLED, Outcome.THIN, Outcome.WRONG_TYPE}


def is_due(last: Capture | None, now: datetime, settings: FreshSettings) -> bool:
    """Is it time to ask for a source whose newest capture is `last`?"""
    return last is None or now >= due_at(last, settings)


def due_at(last: Capture, settings: FreshSettings) -> datetime:
    """When to ask again for a source whose newest capture is `last`."""
    days = settings.recheck_days if last.outcome in _THERE else settings.retry_days
    return last.checked_at + timedelta(days=days)


def link_state(captures: Sequence[Capture]) -> LinkState:
    """Is a source still there, by its captures in the order in which they were made?

    Dead only after failures on different days; a block, a limit or a wall says nothing either way.
    """
    failures: list[Capture] = []
    seen = False
    for capture in captures:
        if capture.outcome in _THERE:
            failures.clear()
            seen = True
        elif capture.outcome in _FAILED:
            failures.append(capture)
    if not failures:
        return LinkState.ALIVE if seen else LinkState.UNKNOWN
    days = {failure.checked_at.date() for failure in failures}
    said_gone = {failure.checked_at.date() for failure in failures if failure.outcome is Outcome.GONE}
    if len(days) >= DEAD_DAYS or len(said_gone) >= GONE_DAYS:
        return LinkState.DEAD
    return LinkState.SUSPECT


def best_capture(captures: Sequence[Capture]) -> Capture | None:
    """The capture whose words are read: the newest good one. A failing re-check never takes a good copy away, and an
    answer that says "unchanged" (304) has no words of its own."""
    good = [capture for capture in captures if capture.outcome is Outcome.OK and capture.body_digest]
    return max(good, key=lambda capture: capture.captured_at, default=None)
