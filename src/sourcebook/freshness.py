"""When to ask for a source again, whether it is still there, and which copy of it is read.

Pure rules over a source's captures, oldest first; the clock is an argument. docs/captures.md explains them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sourcebook.config import FreshSettings
from sourcebook.errors import UsageError
from sourcebook.types.captures import MEMENTO, UPLOAD, Capture, LinkState, Outcome

DEAD_DAYS = 3  # failures on so many different days before a source is called dead: outages last a day or two
GONE_DAYS = 2  # the same where the server itself says that the page is gone (404, 410)
THINNER = (
    0.5  # a copy with less than this share of the words of another is a stub, a teaser or a page without its script
)

_FAILED = {Outcome.GONE, Outcome.SOFT_GONE, Outcome.PARKED, Outcome.UNREACHABLE}
_THERE = {Outcome.OK, Outcome.PAYWALLED, Outcome.THIN, Outcome.WRONG_TYPE}


def check(settings: FreshSettings) -> None:
    """Raises UsageError for intervals that make no sense."""
    for least, most in (("recheck_days", "most_recheck_days"), ("retry_days", "most_retry_days")):
        if not 0 <= getattr(settings, least) <= getattr(settings, most):
            raise UsageError(
                f"setting 'fresh.{least}' must lie between 0 and 'fresh.{most}'", "lower the one or raise the other"
            )


# --- when to ask again -----------------------------------------------------------------------------


def is_due(captures: Sequence[Capture], now: datetime, settings: FreshSettings) -> bool:
    """Is it time to ask for a source?"""
    at = due_at(captures, settings)
    return at is None or now >= at


def due_at(captures: Sequence[Capture], settings: FreshSettings) -> datetime | None:
    """When to ask for a source again; None when it was never asked for.

    The longer nothing has changed, the longer we wait: as long again as that has lasted, within set bounds.
    What is there is in one state, with one content; what gave no good answer is in another, whatever went wrong.
    """
    asked = _asked(captures)
    if not asked:
        return None
    last = asked[-1]
    if last.outcome in _THERE:
        least, most = settings.recheck_days, settings.most_recheck_days
        since = _unchanged_since(asked)
    else:
        least, most = settings.retry_days, settings.most_retry_days
        since = _failing_since(asked)
    lasted = last.checked_at - since if least else timedelta(0)  # who asks at every build means it
    return last.checked_at + min(max(lasted, timedelta(days=least)), timedelta(days=most))


def _unchanged_since(asked: Sequence[Capture]) -> datetime:
    """Since when the source has had the content that it had last."""
    content, since = "", asked[-1].checked_at
    alike = [
        one for one in asked if one.rendered == asked[-1].rendered
    ]  # a page and what its scripts make of it differ
    for capture in reversed(alike):
        if capture.outcome not in _THERE or (content and capture.body_digest not in {"", content}):
            break
        content = content or capture.body_digest  # "unchanged" (304) comes without a body
        since = capture.checked_at
    return since


def _failing_since(asked: Sequence[Capture]) -> datetime:
    """Since when there was no good answer."""
    since = asked[-1].checked_at
    for capture in reversed(asked):
        if capture.outcome in _THERE:
            break
        since = capture.checked_at
    return since


def elsewhere_due_at(captures: Sequence[Capture], settings: FreshSettings) -> datetime | None:
    """When to ask other archives for a copy: at once where a source is dead, we hold no good copy of it and they were
    not asked yet; later where they had none. None while there is no need."""
    if link_state(captures) is not LinkState.DEAD or best_capture(captures, {}) is not None:
        return None
    sought = [capture for capture in captures if capture.origin.startswith(MEMENTO)]
    if not sought:
        return _asked(captures)[-1].checked_at
    last = sought[-1]
    none = last.outcome is Outcome.GONE  # they have none; anything else says only that they gave none
    least, most = settings.recheck_days if none else settings.retry_days, settings.most_recheck_days
    lasted = last.checked_at - sought[0].checked_at if least else timedelta(0)
    return last.checked_at + min(max(lasted, timedelta(days=least)), timedelta(days=most))


# --- is it still there? ----------------------------------------------------------------------------


def newest_asked(captures: Sequence[Capture]) -> Capture | None:
    """The newest capture for which the source itself was asked."""
    return next((capture for capture in reversed(captures) if capture.asked), None)


def link_state(captures: Sequence[Capture]) -> LinkState:
    """Is a source still there? Dead only after failures on different days since it last was.

    An answer that says nothing of the source (a block, a limit, a wall) makes that unknown until it is asked again, and
    neither adds to the failures before it nor wipes them out.
    """
    asked = _asked(captures)
    if not asked or not (asked[-1].outcome in _THERE or asked[-1].outcome in _FAILED):
        return LinkState.UNKNOWN
    failures: list[Capture] = []
    for capture in asked:
        if capture.outcome in _THERE:
            failures.clear()
        elif capture.outcome in _FAILED:
            failures.append(capture)
    if not failures:
        return LinkState.ALIVE
    days = {failure.checked_at.date() for failure in failures}
    said_gone = {failure.checked_at.date() for failure in failures if failure.outcome is Outcome.GONE}
    if len(days) >= DEAD_DAYS or len(said_gone) >= GONE_DAYS:
        return LinkState.DEAD
    return LinkState.SUSPECT


def needs_browser(captures: Sequence[Capture]) -> bool:
    """Does a source show next to nothing without its scripts, and no browser was asked since that was seen?"""
    newest = newest_asked(captures)
    return newest is not None and newest.needs_script


def _asked(captures: Sequence[Capture]) -> list[Capture]:
    return [capture for capture in captures if capture.asked]


# --- which copy is read ----------------------------------------------------------------------------


def best_capture(captures: Sequence[Capture], words: Mapping[str, int]) -> Capture | None:
    """The capture whose words are read: the newest good one that is not a thin one beside another.

    `words` says how many could be read in each, by capture id; none where they were not counted. So a failing or a
    thinner re-check never takes a good copy away. What a person filed was looked at, and is never too thin.
    `Captures.best_ids` is the same rule for all sources at once.
    """
    good = [capture for capture in captures if capture.outcome is Outcome.OK and capture.body_digest]
    most = max((words.get(capture.id, 0) for capture in good), default=0)
    whole = [one for one in good if one.origin == UPLOAD or words.get(one.id, 0) >= THINNER * most]
    return max(whole, key=lambda capture: capture.captured_at, default=None)
