"""Which pages to look at: those of the paths that were named, or all."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from sourcebook import corpus
from sourcebook.config import CorpusSettings
from sourcebook.corpus import PageFile
from sourcebook.errors import UsageError

NO_PAGE = "not a page by corpus.include and corpus.exclude"


class Chosen(Struct, frozen=True):
    """The pages to look at, and the reason for each file that is passed over though it was meant."""

    files: tuple[PageFile, ...]
    skipped: tuple[str, ...]


def choose(folder: Path, paths: Sequence[Path], settings: CorpusSettings) -> Chosen:
    """Pages by path, each once. Raises UsageError when a path lies outside the folder of pages."""
    there = corpus.find_pages(folder, settings)
    if not paths:
        return Chosen(there.pages, tuple(map(_unread, there.unread)))
    root = folder.resolve()
    wanted = [path.resolve() for path in paths]
    for path, resolved in zip(paths, wanted, strict=True):
        if not resolved.is_relative_to(root):
            raise UsageError(
                f"{str(path)!r} is not in the folder of pages {str(folder)!r}", "name pages of one library"
            )
    whole = {path for path in wanted if path.is_dir()}

    def is_meant(file: Path) -> bool:
        return file in wanted or not whole.isdisjoint(file.parents)

    found = {resolved: file for file in there.pages if is_meant(resolved := file.file.resolve())}
    unread = {file: path for path in there.unread if is_meant(file := (folder / path).resolve())}
    skipped = [_unread(path) for path in unread.values()]
    skipped += [NO_PAGE for path in dict.fromkeys(wanted) if path not in whole and path not in {*found, *unread}]
    return Chosen(tuple(found.values()), tuple(skipped))


def _unread(path: str) -> str:
    return f"in {corpus.unread_format(path)}, unread"
