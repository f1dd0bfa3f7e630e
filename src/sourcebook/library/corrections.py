"""A person's word on one field of one source: checked, added to what was said before, never edited."""

import difflib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from sourcebook import ids, rate
from sourcebook.errors import NotFoundError, UsageError
from sourcebook.library.parts import Parts
from sourcebook.library.settled import unsettle
from sourcebook.rate import UNRATED
from sourcebook.types.findings import Rule
from sourcebook.types.reviews import Review, ReviewField
from sourcebook.types.sources import SourceType

MOST_CHARACTERS = 5_000  # of one value: a summary, not a copy of the source
_NO_FIELDS = {ReviewField.VERDICT, ReviewField.FINDING, ReviewField.MERGED}  # of a claim, of a page, of two sources
FIELDS = tuple(field for field in ReviewField if field not in _NO_FIELDS)
LISTS = frozenset({ReviewField.AUTHORS, ReviewField.KEY_POINTS, ReviewField.TAGS, ReviewField.DISMISSED})
DISMISSIBLE = (Rule.DEAD_LINK, Rule.SUSPECT_LINK, Rule.LOW_CREDIBILITY, Rule.RETRACTED, Rule.WRONG_WORK)
WANTED = "yes"  # all that can be said of being wanted
SEPARATOR = ";"  # between the parts of a list: names and points hold commas

_OTHER_NAMES = {"date": ReviewField.PUBLISHED, "author": ReviewField.AUTHORS, "tag": ReviewField.TAGS}


class Signed(Struct, frozen=True):
    """Who says it, and why."""

    who: str
    why: str


def field_named(name: str) -> ReviewField:
    """The field that a person means. Raises UsageError for one that cannot be set."""
    name = name.strip().lower().replace(" ", "_").replace("-", "_")
    field = _OTHER_NAMES.get(name) or next((one for one in FIELDS if one == name), None)
    if field is None:
        raise UsageError(f"there is no field {name!r} to set", _guess(name, [one.value for one in FIELDS]))
    return field


def parse_value(field: ReviewField, said: Sequence[str]) -> str | int | tuple[str, ...]:
    """What a person says of a field, as it is kept. Raises UsageError when it is none of what the field can hold."""
    several = [part for words in said for part in words.split(SEPARATOR)] if field in LISTS else said
    parts = [" ".join(part.split()) for part in several if part.strip()]
    if not parts:
        raise UsageError(f"nothing is said of {field.value!r}", "give a value, or take the last one back with --undo")
    if sum(map(len, parts)) > MOST_CHARACTERS:
        raise UsageError(f"{field.value!r} is longer than {MOST_CHARACTERS:,} characters", "say it in brief")
    if field is ReviewField.DISMISSED and (unknown := [part for part in parts if part not in DISMISSIBLE]):
        raise UsageError(f"nothing about a source is called {unknown[0]!r}", f"dismiss {', '.join(DISMISSIBLE)}")
    if field in LISTS:
        return tuple(dict.fromkeys(parts))
    if len(parts) > 1:
        raise UsageError(f"{field.value!r} is set twice", "set each field once")
    return _checked(field, parts[0])


def _checked(field: ReviewField, said: str) -> str | int:
    match field:
        case ReviewField.TYPE:
            return _type(said)
        case ReviewField.PUBLISHED:
            return _date(said)
        case ReviewField.CREDIBILITY:
            return UNRATED if said.lower() == UNRATED else _number(field, said, 1, 5)
        case ReviewField.IMPORTANCE:
            return _number(field, said, 0, 100)
        case ReviewField.WANTED:
            return _yes(said)
        case _:
            return said


def correct(parts: Parts, any_id: str, said: Mapping[ReviewField, Sequence[str]], signed: Signed) -> list[Review]:
    """Keep what a person says of a source: all of it, or nothing when any of it cannot be."""
    values = {field: parse_value(field, words) for field, words in said.items()}
    if not signed.why.strip():
        raise UsageError("a correction says why", "add --why, for whoever reads the record after you")
    return keep(parts, _source_id(parts, any_id), values, signed)


def take_back(parts: Parts, any_id: str, fields: Sequence[ReviewField], signed: Signed) -> list[Review]:
    """Undo the last word on each field; without any, the last word on the source. The word before it counts again."""
    source_id = _source_id(parts, any_id)
    standing = parts.store.reviews.latest().get(source_id, {})
    standing.pop(ReviewField.MERGED, None)
    if not fields:
        fields = [max(standing.values(), key=lambda review: (review.at, review.id)).field] if standing else []
    missing = [field.value for field in fields if field not in standing]
    if missing or not fields:
        what = ", ".join(missing) or "anything"
        raise UsageError(f"nobody has said {what} of this source", "`sourcebook show` lists what people said")
    return keep(parts, source_id, dict.fromkeys(fields, ""), signed)


def keep(
    parts: Parts, source_id: str, values: Mapping[ReviewField, str | int | tuple[str, ...]], signed: Signed
) -> list[Review]:
    """Add words that were checked to those of a source. Raises UsageError where nobody says them."""
    if not signed.who.strip():
        raise UsageError("nobody says who says it", "give a name: --who on the command line, Who in the browser")
    at = parts.clock()
    made = [
        Review(
            _id(source_id, field, value, signed.who, at), source_id, field, value, signed.who, at, signed.why.strip()
        )
        for field, value in values.items()
    ]
    unsettle(parts)
    parts.store.reviews.add(made)
    return made


def _id(source_id: str, field: ReviewField, value: object, who: str, at: datetime) -> str:
    return ids.fingerprint(source_id, field.value, who, repr(value), at.isoformat())


def _source_id(parts: Parts, any_id: str) -> str:
    source = parts.store.sources.find(any_id)
    if source is None:
        raise NotFoundError(f"no source {any_id!r} in this library", "`sourcebook list` names those there are")
    return source.id


def _type(said: str) -> str:
    kind = SourceType.WEB_PAGE if said.lower() == SourceType.WEB_PAGE else rate.type_in_words(said)
    if kind is None:
        raise UsageError(f"there is no type {said!r}", _guess(said.lower(), [one.value for one in SourceType]))
    return kind.value


def _date(said: str) -> str:
    """`2025`, `2025-07` or `2025-07-30`."""
    try:
        year, *rest = map(int, said.split("-"))
        made = date(year, *(*rest, 1, 1)[:2])
    except (ValueError, TypeError):
        made = None
    if made is None or made.isoformat()[: len(said)] != said or len(said) not in {4, 7, 10}:
        raise UsageError(f"{said!r} is not a date", "write it as 2025, 2025-07 or 2025-07-30")
    return said


def _number(field: ReviewField, said: str, least: int, most: int) -> int:
    if not said.isascii() or not said.isdigit() or not least <= int(said) <= most:
        raise UsageError(f"{said!r} is no {field.value}", f"give a whole number from {least} to {most}")
    return int(said)


def _yes(said: str) -> str:
    if said.lower() != WANTED:
        raise UsageError(f"{said!r} is not how a source is wanted", f"say {WANTED}, or take the last word on it back")
    return WANTED


def _guess(said: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(said, known, 1)
    return (f"did you mean {near[0]!r}? " if near else "") + f"there are: {', '.join(known)}"
