"""Everything that is derived, filed under the fingerprint of what decided it. It can be deleted and made again."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

import msgspec
from sqlalchemy import bindparam, delete, func, select

from sourcebook.errors import StoreError
from sourcebook.store.columns import clean, pack
from sourcebook.store.database import Database, batches
from sourcebook.store.tables import derived

T = TypeVar("T")

_SOME = (derived.c.step == bindparam("step")) & derived.c.subject.in_(bindparam("subjects", expanding=True))


class Derived:
    """Values by step and subject. A value is a frozen struct of plain fields, kept as JSON."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def fingerprints(self, step: str) -> dict[str, str]:
        """Subject to fingerprint. A failure has one too: what failed is not due until what decided it changes."""
        wanted = select(derived.c.subject, derived.c.fingerprint).where(derived.c.step == step)
        return dict(self._database.rows(wanted))

    def fingerprint(self, step: str, subject: str) -> str:
        """That of one subject; "" when nothing was made of it."""
        wanted = select(derived.c.fingerprint).where(derived.c.step == step, derived.c.subject == clean(subject))
        rows = self._database.rows(wanted)
        return str(rows[0].fingerprint) if rows else ""

    def find(self, step: str, subject: str, kind: type[T]) -> T | None:
        """The value of a subject; None when it was never made or its step failed."""
        return self.find_many(step, (subject,), kind).get(clean(subject))

    def find_many(self, step: str, subjects: Sequence[str], kind: type[T]) -> dict[str, T]:
        """The values of those subjects that have one."""
        statement = select(derived.c.subject, derived.c.value).where(_SOME, derived.c.value.is_not(None))
        found: dict[str, T] = {}
        for some in batches(map(clean, subjects)):
            for subject, value in self._database.rows(statement, {"step": step, "subjects": some}):
                found[subject] = self.unpacked(step, subject, value, kind)
        return found

    def all(self, step: str, kind: type[T]) -> Iterator[T]:
        """Every value of a step, by subject."""
        wanted = select(derived.c.subject, derived.c.value).where(derived.c.step == step, derived.c.value.is_not(None))
        for subject, value in self._database.rows(wanted.order_by(derived.c.subject)):
            yield self.unpacked(step, subject, value, kind)

    def count(self, step: str) -> int:
        """How many subjects have a value of a step."""
        # failures have an index of their own: to ask each row for its value would be to read every one of them
        made = select(func.count()).select_from(derived).where(derived.c.step == step)
        failed = made.where(derived.c.failure.is_not(None))
        return int(self._database.rows(made)[0][0]) - int(self._database.rows(failed)[0][0])

    def save(self, step: str, subject: str, fingerprint: str, value: object) -> None:
        """Keep a value, instead of the one or the failure before it."""
        self.save_many(step, [(subject, fingerprint, value)])

    def save_many(self, step: str, values: Sequence[tuple[str, str, object]]) -> None:
        """Keep values: subject, fingerprint and value of each."""
        self._keep(
            [
                {"step": step, "subject": subject, "fingerprint": mark, "failure": None, "value": pack(value).decode()}
                for subject, mark, value in values
            ]
        )

    def fail(self, step: str, subject: str, fingerprint: str, message: str) -> None:
        """Keep that a step failed on a subject, instead of the value before."""
        row = {"step": step, "subject": subject, "fingerprint": fingerprint, "failure": message, "value": None}
        self._keep([row])

    def failure(self, step: str, subject: str) -> str:
        """Why a step failed on a subject; "" when it did not."""
        wanted = select(derived.c.failure).where(derived.c.step == step, derived.c.subject == clean(subject))
        rows = self._database.rows(wanted)
        return (rows[0].failure or "") if rows else ""

    def failures(self) -> list[tuple[str, str, str]]:
        """Step, subject and message of everything that failed."""
        wanted = select(derived.c.step, derived.c.subject, derived.c.failure).where(derived.c.failure.is_not(None))
        return list(map(tuple, self._database.rows(wanted.order_by(derived.c.step, derived.c.subject))))

    def remove(self, step: str, subjects: Iterable[str]) -> None:
        """Forget what was derived of those subjects, failures included."""
        with self._database.write() as connection:
            for some in batches(map(clean, subjects)):
                connection.execute(delete(derived).where(_SOME), {"step": step, "subjects": some})

    def _keep(self, rows: Sequence[dict[str, str | None]]) -> None:
        with self._database.write():
            for some in batches(rows):
                self._database.execute(self._database.upsert(derived), some)

    def unpacked(self, step: str, subject: str, value: str, kind: type[T]) -> T:
        """A value from its row. Raises StoreError where it is none of its kind."""
        try:
            return _decoder(kind).decode(value)  # type: ignore[no-any-return, arg-type]  # a class can be hashed
        except msgspec.DecodeError as error:
            raise StoreError(
                f"cannot read what step {step!r} made of {subject!r} in {self._database.name!r}: {error}",
                "run `sourcebook rebuild`, then `sourcebook build`: what is derived is made again",
            ) from error


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)
