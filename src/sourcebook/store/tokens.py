"""Who may write from the browser: names, and digests of tokens. A token itself is shown once and kept nowhere."""

import hashlib
import secrets
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from sourcebook.errors import NotFoundError, UsageError
from sourcebook.store import jsonl

FILE_NAME = "tokens.jsonl"
_MOST_LETTERS = 100


class Token(Struct, frozen=True):
    """A name that somebody signs with, and what their token is known by."""

    name: str
    digest: str  # SHA-256, hex: a token has 256 random bits, so nothing slower is needed against guessing
    added_at: datetime


class Tokens:
    """The tokens of a library. Read anew at each question, so that one that was removed stops at once."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE_NAME

    def all(self) -> list[Token]:
        """Every token, by name."""
        return sorted(jsonl.read(self._file, Token), key=lambda token: token.name)

    def add(self, name: str, now: datetime) -> str:
        """A new token for a name; it is not to be had again. Raises UsageError for a name that is taken or none."""
        if not name.strip() or not name.isprintable() or len(name) > _MOST_LETTERS:
            raise UsageError(f"{name!r} is no name to sign with", f"use up to {_MOST_LETTERS} letters that can be seen")
        kept = self.all()
        if any(token.name == name for token in kept):
            raise UsageError(f"{name!r} has a token already", f"take it away first: sourcebook token remove {name}")
        secret = secrets.token_urlsafe(32)
        self._write([*kept, Token(name, _digest(secret), now)])
        return secret

    def remove(self, name: str) -> None:
        """Take a token away. Raises NotFoundError where there is none of that name."""
        kept = self.all()
        left = [token for token in kept if token.name != name]
        if left == kept:
            raise NotFoundError(f"{name!r} has no token", "`sourcebook token list` names those there are")
        self._write(left)

    def name_of(self, secret: str) -> str:
        """Whose token this is; "" when it is nobody's. Takes as long whichever it is."""
        digest = _digest(secret)
        found = ""
        for token in self.all():
            if secrets.compare_digest(token.digest, digest):
                found = token.name
        return found

    def _write(self, tokens: list[Token]) -> None:
        jsonl.write(self._file, [msgspec.json.encode(token) for token in tokens])
        self._file.chmod(0o600)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
