"""Where the next part of a list begins, as a text that means nothing to the one who carries it. Pure.

A cursor holds how many parts were read and which row was the last. When that row no longer stands there, rows came or
went before it, and going on would leave some out or give them twice: then the reader is told to begin anew.
"""

import base64
import binascii

import msgspec
from msgspec import Struct

from sourcebook import ids
from sourcebook.errors import UsageError

MOST_LETTERS = 500
_MOST_PARTS = 2**40  # of one row each: no library has so many


class MovedOnError(UsageError):
    """The list is no longer what it was when the cursor was given out."""


class Cursor(Struct, frozen=True):
    """A place in a list."""

    asked: str  # fingerprint of the question
    part: int  # the one that comes next, counted from 1
    last: str  # what the row before it is known by

    def packed(self) -> str:
        """As it is handed out."""
        return base64.urlsafe_b64encode(msgspec.json.encode([self.asked, self.part, self.last])).decode().rstrip("=")


def fingerprint(question: object) -> str:
    """What tells one question, or one row, from another."""
    return ids.fingerprint(msgspec.json.encode(question, order="sorted").decode())


def read_cursor(text: str, asked: str) -> Cursor:
    """The cursor for a question. Raises UsageError for anything else."""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        found = Cursor(*msgspec.json.decode(raw, type=tuple[str, int, str]))
    except (UnicodeEncodeError, binascii.Error, msgspec.DecodeError, UnicodeDecodeError):
        found = Cursor("", 0, "")
    if found.asked != asked or not 1 < found.part < _MOST_PARTS:
        hint = "take `next` of the answer before, and ask for the same otherwise; or begin without a cursor"
        raise UsageError("the cursor is none that this list gave out", hint)
    return found
