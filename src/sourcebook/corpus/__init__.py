"""Step 1: pages in, citations and claims out. A parser for each page format."""

from pathlib import PurePosixPath
from typing import Protocol

from sourcebook.config import CorpusSettings
from sourcebook.corpus.files import PageFile, find_pages
from sourcebook.corpus.markdown import Markdown
from sourcebook.corpus.markup import Html
from sourcebook.corpus.mdx import Mdx
from sourcebook.types import ParsedPage

__all__ = ["PARSERS", "PageFile", "PageParser", "find_pages", "parse"]


class PageParser(Protocol):
    """Reads one page format."""

    def parse(self, path: str, data: bytes, settings: CorpusSettings) -> ParsedPage:
        """Everything that the page cites. What cannot be read is a finding, never an exception."""
        ...


PARSERS: dict[str, PageParser] = {
    ".md": Markdown(),
    ".markdown": Markdown(),
    ".mdx": Mdx(),
    ".html": Html(),
    ".htm": Html(),
}


def parse(path: str, data: bytes, settings: CorpusSettings) -> ParsedPage:
    """Read one page by its file's extension; one that we do not know is read as Markdown.

    `text` is the whole file decoded, without a byte order mark; offsets point into it.
    """
    return PARSERS.get(PurePosixPath(path).suffix.lower(), PARSERS[".md"]).parse(path, data, settings)
