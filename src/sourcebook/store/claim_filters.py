"""What lists of claims are narrowed by, all of it in one number on each row, a few bits a filter: a row that is walked
past is told from one that is wanted by one look at its index, however many filters there are."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement

from sourcebook.store.tables import claim_listings
from sourcebook.types.captures import LinkState
from sourcebook.types.listings import UNJUDGED, ClaimListing, Reviewed
from sourcebook.types.sources import SourceType
from sourcebook.types.verdicts import Support, UnjudgedReason

# How many bits each has, with room for more values. Rows keep their numbers: a new value comes last, a new filter too.
_BITS = {"verdict": 4, "reason": 5, "review": 3, "quote_altered": 2, "credibility": 3, "state": 4, "type": 6}
_VALUES: dict[str, tuple[Any, ...]] = {
    "verdict": (*Support, UNJUDGED),
    "reason": ("", *UnjudgedReason),
    "review": ("", *Reviewed),
    "quote_altered": (False, True),
    "credibility": (None, 1, 2, 3, 4, 5),
    "state": tuple(LinkState),
    "type": tuple(SourceType),
}
_PLACES = {name: sum(list(_BITS.values())[:place]) for place, name in enumerate(_BITS)}
_NUMBERS = {
    name: {value: number << _PLACES[name] for number, value in enumerate(values, start=1)}  # 0: a value that none is
    for name, values in _VALUES.items()
}
_MASKS = {name: (1 << bits) - 1 << _PLACES[name] for name, bits in _BITS.items()}


def packed(claim: ClaimListing) -> int:
    """What a row is narrowed by."""
    return sum([numbers.get(getattr(claim, name), 0) for name, numbers in _NUMBERS.items()])


def unpacked(filters: int, name: str) -> Any:
    """The value of one filter in such a number."""
    return _VALUES[name][((filters & _MASKS[name]) >> _PLACES[name]) - 1]


def narrow(
    where: Sequence[tuple[str, Any]],
) -> tuple[list[ColumnElement[bool]], list[tuple[str, Any]]]:
    """What is true of the rows meant, by their number; and the filters that no number tells."""
    told, rest = dict[str, int](), list[tuple[str, Any]]()
    for name, value in where:
        number = _NUMBERS.get(name, {}).get(value)
        if number is None or told.get(name, number) != number:
            rest.append((name, value))
        else:
            told[name] = number
    if not told:
        return [], rest
    mask = sum(_MASKS[name] for name in told)
    return [claim_listings.c.filters.bitwise_and(mask) == sum(told.values())], rest
