"""What can go wrong, in three families with three fates.

    SourcebookError
    ├── UsageError   the caller can fix it: shown with its hint; exit 3, HTTP 400 or 404
    ├── StepError    one subject failed: kept on the subject, the run goes on
    └── StoreError   our own data is in doubt: the run stops; exit 1, HTTP 500

What the world did (a dead link, a wall) is never an exception: it is an `Outcome`.
"""

from enum import IntEnum

_OPENING = 40  # characters of a message in which its code stands


class ExitCode(IntEnum):
    """What a command tells its shell; the numbers that link checkers use."""

    CLEAN = 0
    BROKE = 1
    FINDINGS = 2
    USAGE = 3


class SourcebookError(Exception):
    """A failure with a message (what failed, on which thing, why) and a hint (what to do next)."""

    exit_code = ExitCode.BROKE

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(SourcebookError):
    """The caller asked for something that cannot be; the hint says what can."""

    exit_code = ExitCode.USAGE


class NotFoundError(UsageError):
    """The thing that the caller named is not in the library."""


class StepError(SourcebookError):
    """A step failed on one subject; the subject keeps the message and the run goes on."""


class NonTextError(StepError):
    """There are no words in it that a program can read. The code that its message begins with goes where the message
    goes: to the record, the report, the check, and the reason why a claim could not be judged."""

    CODE = "non_text"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{self.CODE}: {message}", hint)

    @classmethod
    def is_told_by(cls, message: str) -> bool:
        """Is this the message of such a failure, as it stands or behind the name of the step?"""
        return f"{cls.CODE}: " in message[:_OPENING]


class StoreError(SourcebookError):
    """What we remember cannot be read or written; nothing more is done until a person has looked."""
