"""Which files of a folder are pages."""

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from sourcebook.config import LIBRARY_FOLDER, CorpusSettings
from sourcebook.corpus.formats import unread_format
from sourcebook.errors import UsageError


class PageFile(Struct, frozen=True):
    """A file that is a page."""

    path: str  # from the corpus folder, with forward slashes; names that are not UTF-8 are written with U+FFFD
    file: Path
    size_bytes: int
    mtime_ns: int


class PageFiles(Struct, frozen=True):
    """What a folder holds."""

    pages: tuple[PageFile, ...] = ()  # by path
    unread: tuple[str, ...] = ()  # paths of those that no parser reads, in order

    @property
    def languages(self) -> dict[str, int]:
        """What nobody reads, by language: {"Org": 2}."""
        return dict(Counter(map(unread_format, self.unread)).most_common())


def find_pages(root: Path, settings: CorpusSettings) -> PageFiles:
    """The pages under a folder. Links are followed; a folder that was seen already is not entered again."""
    walk = _Walk(_any_of(settings.include, re.IGNORECASE), _any_of(settings.exclude))
    pages = tuple(sorted(walk.pages(root), key=_path))
    return PageFiles(pages, tuple(sorted(walk.unread)))


def no_pages(root: Path, settings: CorpusSettings, unread: Mapping[str, int]) -> UsageError:
    """What is said of a folder without pages, and of the files in it that no parser reads."""
    others = f" that can be read: only {unread_words(unread)}" if unread else ""
    return UsageError(
        f"no pages in {str(root)!r}{others}",
        f"pages are files that match {', '.join(settings.include)}: name the folder that holds them, "
        "or say what yours are called: corpus.include in sourcebook.toml",
    )


def unread_words(unread: Mapping[str, int]) -> str:
    """Files that no parser reads, as a person is told of them: "2 Org, 1 Word"; "" when there are none."""
    return ", ".join(f"{number:,} {language}" for language, number in unread.items())


def _path(page: PageFile) -> str:
    return page.path


class _Walk:
    def __init__(self, include: re.Pattern[str], exclude: re.Pattern[str]) -> None:
        self._include = include
        self._exclude = exclude
        self._seen: set[tuple[int, int]] = set()
        self.unread: list[str] = []

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
                elif not self._exclude.fullmatch(path):
                    yield from self._sorted(entry, path)

    def _sorted(self, entry: os.DirEntry[str], path: str) -> Iterator[PageFile]:
        """The file, when it is a page. One that nobody can read is noted."""
        if self._include.fullmatch(path):
            yield from _page(entry, path)
        elif unread_format(path):
            self.unread.append(path)

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


def _any_of(patterns: tuple[str, ...], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """The patterns as one expression over paths; a folder's path ends with a slash."""
    return re.compile("|".join(_expression(pattern) for pattern in patterns) or r"(?!)", re.DOTALL | flags)


def _expression(pattern: str) -> str:
    """`**/` is any number of folders, `/**` all below, `*` and `?` stay within one name."""
    words = {"**/": "(?:[^/]+/)*", "/**": "/(?:.*)", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|/\*\*\Z|\*\*|\*|\?)", pattern)
    return "(?:" + "".join(words.get(part) or re.escape(part) for part in parts) + ")"
