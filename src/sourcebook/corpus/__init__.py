"""Step 1: pages in, citations and claims out. A parser for each page format."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import msgspec

from sourcebook import ids
from sourcebook.config import CorpusSettings
from sourcebook.corpus.bibliographies import Bibliographies
from sourcebook.corpus.files import PageFile, PageFiles, find_pages, no_pages, unread_words
from sourcebook.corpus.formats import PageFormat, format_of, unread_format
from sourcebook.corpus.front_matter import read_date
from sourcebook.corpus.markdown import Markdown
from sourcebook.corpus.markup import Html
from sourcebook.corpus.mdx import Mdx
from sourcebook.corpus.pages import WHOLE, Reading, unreadable
from sourcebook.corpus.plain import plain_text
from sourcebook.corpus.uncited import UncitedNumbers, uncited_numbers
from sourcebook.corpus.wiki_plain import wiki_blocks, without_wiki_markup
from sourcebook.corpus.wikitext import Wikitext
from sourcebook.types.pages import ParsedPage

__all__ = [
    "PARSERS",
    "VERSION",
    "Bibliographies",
    "PageFile",
    "PageFiles",
    "PageFormat",
    "PageParser",
    "Reading",
    "UncitedNumbers",
    "find_pages",
    "format_of",
    "kept_stamp",
    "no_pages",
    "parse",
    "plain_text",
    "read",
    "read_date",
    "stamps",
    "still_holds",
    "uncited_numbers",
    "unread_format",
    "unread_words",
    "watched_by",
    "wiki_blocks",
    "without_wiki_markup",
]

VERSION = "4"  # of the parsers: raise it when the same page would give other citations or claims


class PageParser(Protocol):
    """Reads one page format."""

    def parse(self, path: str, data: bytes, settings: CorpusSettings, how: Reading = WHOLE) -> ParsedPage:
        """Everything that the page cites. What cannot be read is a finding, never an exception.

        Without its claims, which take half of the time, citations say only what is cited and where.
        """
        ...


PARSERS: dict[PageFormat, PageParser] = {
    PageFormat.MARKDOWN: Markdown(),
    PageFormat.MDX: Mdx(),
    PageFormat.HTML: Html(),
    PageFormat.WIKITEXT: Wikitext(),
}


def parse(path: str, data: bytes, settings: CorpusSettings, how: Reading = WHOLE) -> ParsedPage:
    """Read one page by its file's extension; one that we do not know is read as Markdown.

    `text` is the whole file decoded, without a byte order mark; offsets point into it.
    """
    if language := unread_format(path):
        return unreadable(path, f"{language} is not read: turn the page into a format that is")
    with _without_collection():
        return PARSERS[format_of(path)].parse(path, data, settings, how)


@contextmanager
def _without_collection() -> Iterator[None]:
    """What a parser makes holds no cycles. Looking for some all the while costs an eighth of a scan."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def stamps(files: Iterable[PageFile], settings: CorpusSettings) -> dict[str, str]:
    """Path to what changes when a page has to be read again: its file, the settings, or the parsers' versions.

    A page that may cite by key depends on more, see `kept_stamp`.
    """
    said = msgspec.json.encode(settings, order="sorted").decode()
    how = ids.fingerprint(VERSION, str(ids.RULES), said)
    return {file.path: f"{file.mtime_ns}:{file.size_bytes}:{how}" for file in files}


def kept_stamp(stamp: str, parsed: ParsedPage, bibliographies: Bibliographies) -> str:
    """What to keep of a page that was read at one of the `stamps`: with the files that decided its bibliography."""
    if not parsed.watched:
        return stamp
    return "\n".join((stamp, bibliographies.stamp(parsed.watched), *parsed.watched))


def still_holds(kept: str | None, stamp: str, bibliographies: Bibliographies) -> bool:
    """Would a page that was kept under one stamp, and now has another, be read as it was?"""
    if kept is None or "\n" not in kept:
        return kept == stamp
    was, of_files, *watched = kept.split("\n")
    return was == stamp and of_files == bibliographies.stamp(watched)


def watched_by(kept: str) -> tuple[str, ...]:
    """The files and folders, beside the page itself, on which a kept stamp depends."""
    return tuple(kept.split("\n")[2:])


def read(path: str, file: Path, settings: CorpusSettings, how: Reading = WHOLE) -> ParsedPage:
    """Open and read one page. A file that cannot be opened is a finding, like one that is no page."""
    try:
        with file.open("rb") as opened:
            # one byte more than is allowed tells the parser that there is too much
            data = opened.read(int(settings.max_page_mb * 1_000_000) + 1)
    except OSError as error:
        return unreadable(path, f"the file cannot be opened: {error.strerror}")
    return parse(path, data, settings, how)
