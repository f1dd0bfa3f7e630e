"""A desk where people have their say while others read: each word is kept, and what follows from it done."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sourcebook import pipeline, wiring
from sourcebook.config import Config
from sourcebook.errors import UsageError
from sourcebook.library import Library, Refused, Signed, Upload, Watcher
from sourcebook.place import Place
from sourcebook.store import LockedError
from sourcebook.types.builds import BuildReport
from sourcebook.types.reviews import ReviewField

_Say = Callable[[Library, Signed], object]


class Desk(Struct, frozen=True):
    """Takes a person's word on a source, one at a time, while others read."""

    place: Place
    config: Config
    name: str  # who speaks where nobody says who

    def correct(self, any_id: str, said: Mapping[ReviewField, Sequence[str]], signed: Signed) -> None:
        """Keep it. Raises UsageError for what cannot be kept."""
        self._said(
            signed,
            lambda books, by: pipeline.correct(books, any_id, said, by),
            lambda books, by: books.correct(any_id, said, by),
        )

    def take_back(self, any_id: str, fields: Sequence[ReviewField], signed: Signed) -> None:
        """Undo the last word on each field. Raises UsageError where there is none."""
        self._said(
            signed,
            lambda books, by: pipeline.take_back(books, any_id, fields, by),
            lambda books, by: books.take_back(any_id, fields, by),
        )

    def merge(self, any_id: str, into: str, signed: Signed) -> None:
        """Keep that a source is the same work as another one. Raises UsageError for what cannot be."""
        self._said(
            signed,
            lambda books, by: pipeline.merge(books, any_id, into, by),
            lambda books, by: books.merge(any_id, into, by),
        )

    def part(self, any_id: str, signed: Signed) -> None:
        """Undo the last word on that. Raises UsageError where nobody said so."""
        self._said(signed, lambda books, by: pipeline.part(books, any_id, by), lambda books, by: books.part(any_id, by))

    def review(self, claim_id: str, source_id: str, said: str, signed: Signed) -> None:
        """Keep a person's word on what a source says of a claim: one of `library.WORDS`. Raises UsageError."""
        self._said(signed, lambda books, by: books.review(claim_id, source_id, said, by))

    def take_back_review(self, claim_id: str, source_id: str, signed: Signed) -> None:
        """Undo the last word on it. Raises UsageError where there is none."""
        self._said(signed, lambda books, by: books.take_back_review(claim_id, source_id, by))

    def add(self, url: str, signed: Signed) -> str:
        """Have an address lead to a source that is looked after; its id. Raises UsageError for what is no source."""
        with self._open() as books:
            (done,) = pipeline.add(books, [url], self._signed(signed))
        if isinstance(done, Refused):
            raise UsageError(f"{done.url!r} cannot be added: {done.why}", done.hint)
        return done.id

    def dismiss(self, finding: str, signed: Signed) -> None:
        """Take a finding of a parser out of what waits. Raises UsageError for what cannot be."""
        self._said(signed, lambda books, by: books.dismiss(finding, by))

    def take_back_dismissal(self, finding: str, signed: Signed) -> None:
        """Have a finding wait again. Raises UsageError where nobody dismissed it."""
        self._said(signed, lambda books, by: books.take_back_dismissal(finding, by))

    def capture(self, any_id: str) -> None:
        """Ask for a source now. Raises UsageError where nobody was asked, or while somebody else writes."""
        with self._open(wiring.Sources(names=(any_id,))) as books:
            report = pipeline.capture(books, any_id, None)
        for one in report.not_asked:
            raise UsageError(f"not asked: {one.why}", "try again later")

    def file_copy(self, any_id: str, file: Path, who: str) -> None:
        """File a copy of a source that a person got by hand. Raises UsageError for what cannot be read."""
        upload = Upload(file, who or self.name)
        with self._open(wiring.Sources(archive=file if upload.is_archive else None, names=(any_id,))) as books:
            pipeline.capture(books, any_id, upload)

    def build(self, watcher: Watcher) -> BuildReport:
        """Do all that is due. Raises UsageError while somebody else writes."""
        with self._open(watcher=watcher) as books:
            return pipeline.build(books)

    def _said(self, signed: Signed, free: _Say, meanwhile: _Say | None = None) -> None:
        """A person's word is kept at once, even while a build runs, which may take hours. What follows from it is then
        brought up by that build, or by the next."""
        by = self._signed(signed)
        try:
            with self._open(brief=True) as books:
                free(books, by)
        except LockedError:
            books = wiring.open_library(self.place, self.config, beside_a_build=True)
            try:
                (meanwhile or free)(books, by)
                books.beside_a_build()
            finally:
                books.close()

    @contextmanager
    def _open(
        self, sources: wiring.Sources | None = None, watcher: Watcher | None = None, *, brief: bool = False
    ) -> Iterator[Library]:
        with wiring.lock(self.place, brief=brief):
            books = wiring.open_library(self.place, self.config, sources, watcher)
            try:
                yield books
            finally:
                books.close()

    def _signed(self, signed: Signed) -> Signed:
        return signed if signed.who else replace(signed, who=self.name)
