"""Which sources a command means: the filters that `list` and `export` share."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from sourcebook.store import ListQuery
from sourcebook.types.captures import LinkState, Outcome
from sourcebook.types.sources import SourceType

Function = TypeVar("Function", bound=Callable[..., Any])

ALL = 1_000_000_000  # rows: more than any library has


def source_filters(function: Function) -> Function:
    """The options of `query_of`."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


_OPTIONS = (
    click.option(
        "--type", "source_type", type=click.Choice([kind.value for kind in SourceType]), help="only this type"
    ),
    click.option("--venue", metavar="ID", help="only this venue"),
    click.option("--credibility", type=click.Choice(["5", "4", "3", "2", "1", "unrated"]), help="only this rating"),
    click.option("--state", type=click.Choice([state.value for state in LinkState]), help="only links in this state"),
    click.option(
        "--outcome", type=click.Choice([outcome.value for outcome in Outcome]), help="only this newest outcome"
    ),
    click.option("--words", help="only sources whose title or address holds these words"),
)
FILTERS = ("source_type", "venue", "credibility", "state", "outcome", "words")


def query_of(said: Mapping[str, Any], sort: str = "-importance", limit: int = ALL) -> ListQuery:
    """What the filters ask for."""
    credibility = said["credibility"]
    return ListQuery(
        sort=sort,
        type=SourceType(said["source_type"]) if said["source_type"] else None,
        venue_id=str(said["venue"] or ""),
        credibility="unrated" if credibility == "unrated" else int(credibility) if credibility else None,
        state=LinkState(said["state"]) if said["state"] else None,
        outcome=Outcome(said["outcome"]) if said["outcome"] else None,
        words=str(said["words"] or ""),
        limit=limit,
    )
