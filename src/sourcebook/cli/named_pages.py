"""The pages that a command names, read without a library."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field

from sourcebook import corpus
from sourcebook.config import load_config
from sourcebook.errors import UsageError
from sourcebook.types.pages import ParsedPage


class NamedPages(Struct):
    """Every page of these files and folders, by the settings of its folder; without `claims`, what it cites alone."""

    paths: Sequence[Path]
    claims: bool = True
    unread: Counter[str] = field(default_factory=Counter)  # languages that no parser reads, as they are met

    def __iter__(self) -> Iterator[ParsedPage]:
        """Read one after the other. Raises UsageError when there is none."""
        none = True
        for path in self.paths:
            if not path.exists():  # said before anything is done for those that do
                raise UsageError(f"{str(path)!r} does not exist", "name a page or a folder of pages")
        for path in self.paths:
            for page in self._read(path):
                none = False
                yield page
        if none:
            others = f" that can be read: only {corpus.unread_words(self.unread)}" if self.unread else ""
            raise UsageError(
                "no pages in " + ", ".join(repr(str(path)) for path in self.paths) + others,
                "name a page or a folder of pages",
            )

    def not_read(self) -> str:
        """What was passed over, as a person is told of it at the end: ", not read: 2 Org"; "" when nothing was."""
        return f"; not read: {corpus.unread_words(self.unread)}" if self.unread else ""

    def _read(self, path: Path) -> Iterator[ParsedPage]:
        if path.is_dir():
            settings = load_config(path).config.corpus
            found = corpus.find_pages(path, settings)
            self.unread.update(found.languages)
            how = corpus.Reading(self.claims, corpus.Bibliographies(path))
            for file in found.pages:
                yield corpus.read(file.path, file.file, settings, how)
        else:
            how = corpus.Reading(self.claims, corpus.Bibliographies(path.parent))
            yield corpus.read(path.name, path, load_config(path.parent).config.corpus, how)
