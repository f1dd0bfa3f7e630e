"""The bibliographies of a folder of pages. Whatever reads them is loaded when the first page cites by key."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sourcebook.corpus.bibliography import Bibliography
    from sourcebook.corpus.bibliography_files import BibliographyFiles


class Bibliographies:
    """Looks at each file once: make a new one for each run."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: BibliographyFiles | None = None

    def of(self, path: str, body: bytes) -> "Bibliography":
        """What is in force for the page at a path, with what is in its file."""
        return self._opened().of(path, body)

    def stamp(self, watched: Iterable[str]) -> str:
        """What changes when any of these files and folders does."""
        return self._opened().stamp(watched)

    def _opened(self) -> "BibliographyFiles":
        if self._files is None:
            from sourcebook.corpus.bibliography_files import BibliographyFiles  # noqa: PLC0415 - for few pages

            self._files = BibliographyFiles(self._root)
        return self._files
