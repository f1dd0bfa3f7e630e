"""Which pages to look at: those of the paths that were named, or all."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sourcebook import corpus
from sourcebook.config import CorpusSettings
from sourcebook.corpus import PageFile
from sourcebook.errors import UsageError

NO_PAGE = "not a page by corpus.include and corpus.exclude"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The pages to look at, and for each file that was named and is no page the reason."""

    files: tuple[PageFile, ...]
    skipped: tuple[str, ...]


def choose(folder: Path, paths: Sequence[Path], settings: CorpusSettings) -> Chosen:
    """Pages by path, each once. Raises UsageError when a path lies outside the folder of pages."""
    files = tuple(corpus.find_pages(folder, settings))
    if not paths:
        return Chosen(files, ())
    root = folder.resolve()
    wanted = [path.resolve() for path in paths]
    for path, resolved in zip(paths, wanted, strict=True):
        if not resolved.is_relative_to(root):
            raise UsageError(
                f"{str(path)!r} is not in the folder of pages {str(folder)!r}", "name pages of one library"
            )
    whole = {path for path in wanted if path.is_dir()}
    found = {
        file.file.resolve(): file
        for file in files
        if file.file.resolve() in wanted or not whole.isdisjoint(file.file.resolve().parents)
    }
    skipped = tuple(NO_PAGE for path in dict.fromkeys(wanted) if path not in whole and path not in found)
    return Chosen(tuple(found.values()), skipped)
