"""How long a host is left alone that says it is asked too often. Pure; the pause is a value that the caller keeps."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from sourcebook import ids
from sourcebook.fetch.bodies import read_head
from sourcebook.types.fetching import Fetched, Pause

LONGEST = timedelta(days=1)  # whatever a server asks for: a mistyped date must not close a host for years
FIRST_S = 30.0  # where the server names no time; doubled each time that it says so again
ASKED_TOO_OFTEN = frozenset({429, 503})


def pause_after(answer: Fetched, before: Pause | None, now: datetime) -> Pause | None:
    """What an answer asks of us, after what its host asked before; None when nothing changes."""
    if answer.status not in ASKED_TOO_OFTEN:
        return Pause(before.host, now, 0, "") if before is not None and answer.status is not None else None
    host = ids.host(answer.final_url)
    times = before.times if before is not None else 0
    asked_s = _asked_s(answer, now)
    grown_s = FIRST_S * 2 ** min(times, 20)
    seconds = grown_s if asked_s is None else asked_s if times == 0 else max(asked_s, grown_s)
    until = now + min(timedelta(seconds=seconds), LONGEST)
    return Pause(host, until, times + 1, f"status {answer.status} {times + 1} times in a row")


def _asked_s(answer: Fetched, now: datetime) -> float | None:
    """The seconds that the answer's Retry-After asks for; None without a usable one."""
    head = read_head(answer.exchanges[-1].response_head)
    return retry_after_s(head.first("retry-after"), now) if head else None


def retry_after_s(value: str, now: datetime) -> float | None:
    """Seconds that a Retry-After asks for, in either of its forms, up to a day; None for anything else."""
    value = value.strip()
    if re.fullmatch(r"[0-9]{1,18}", value, re.ASCII):
        return min(float(value), LONGEST.total_seconds())
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((moment - now).total_seconds(), 0.0), LONGEST.total_seconds())
