"""Which files of a folder are pages."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sourcebook.config import LIBRARY_FOLDER, CorpusSettings
from sourcebook.errors import UsageError


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file that is a page."""

    path: str  # from the corpus folder, with forward slashes; names that are not UTF-8 are written with U+FFFD
    file: Path
    size_bytes: int
    mtime_ns: int


def find_pages(root: Path, settings: CorpusSettings) -> Iterator[PageFile]:
    """The pages under a folder, by path. Links are followed; a folder that was seen already is not entered again."""
    walk = _Walk(_any_of(settings.include), _any_of(settings.exclude))
    yield from sorted(walk.pages(root), key=_path)


def no_pages(root: Path, settings: CorpusSettings) -> UsageError:
    """What is said of a folder without pages."""
    return UsageError(
        f"no pages in {str(root)!r}",
        f"pages are files that match {', '.join(settings.include)}: name the folder that holds them, "
        "or say what yours are called: corpus.include in sourcebook.toml",
    )


def _path(page: PageFile) -> str:
    return page.path


class _Walk:
    def __init__(self, include: re.Pattern[str], exclude: re.Pattern[str]) -> None:
        self._include = include
        self._exclude = exclude
        self._seen: set[tuple[int, int]] = set()

    def pages(self, root: Path) -> Iterator[PageFile]:
        """Every page, folder by folder."""
        folders = [(str(root), "")]
        while folders:
            folder, prefix = folders.pop()
            if self._is_seen(folder):
                continue
            for entry in _entries(folder):
                path = prefix + entry.name
                if _is_folder(entry):
                    if entry.name != LIBRARY_FOLDER and not self._exclude.fullmatch(path + "/"):
                        folders.append((entry.path, path + "/"))
                elif self._include.fullmatch(path) and not self._exclude.fullmatch(path):
                    yield from _page(entry, path)

    def _is_seen(self, folder: str) -> bool:
        try:
            status = os.stat(folder)  # noqa: PTH116  # a Path for each folder costs more than the look
        except OSError:
            return True
        key = (status.st_dev, status.st_ino)
        if key in self._seen:
            return True
        self._seen.add(key)
        return False


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=_name)
    except OSError:
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads in a circle
        return False


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _page(entry: os.DirEntry[str], path: str) -> Iterator[PageFile]:
    try:
        status = entry.stat()
        is_file = entry.is_file()
    except OSError:  # a link that leads nowhere
        return
    if is_file:
        readable = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        yield PageFile(readable, Path(entry.path), status.st_size, status.st_mtime_ns)


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """The patterns as one expression over paths; a folder's path ends with a slash."""
    return re.compile("|".join(_expression(pattern) for pattern in patterns) or r"(?!)", re.DOTALL)


def _expression(pattern: str) -> str:
    """`**/` is any number of folders, `/**` all below, `*` and `?` stay within one name."""
    words = {"**/": "(?:[^/]+/)*", "/**": "/(?:.*)", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|/\*\*\Z|\*\*|\*|\?)", pattern)
    return "(?:" + "".join(words.get(part) or re.escape(part) for part in parts) + ")"
