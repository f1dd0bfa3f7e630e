"""Markdown: CommonMark with GFM's tables, footnotes, strikethrough, task lists and bare addresses."""

import re
from typing import TYPE_CHECKING

from sourcebook.config import CorpusSettings
from sourcebook.corpus.events import Reader
from sourcebook.corpus.pages import WHOLE, Reading, as_page, keyed_in
from sourcebook.corpus.runs import Contents
from sourcebook.types.pages import ParsedPage

if TYPE_CHECKING:
    from sourcebook.corpus.bibliography import Bibliography

# Lines that only a site's builder reads: `:::note` of Docusaurus, `!!! note` of MkDocs.
_FENCE_OF_A_NOTE = re.compile(rb"^[ \t]*:{3,}[ \t]*[\w-]*[ \t]*(?:\{[^}\n]*\})?[ \t]*(?=\r?$)", re.MULTILINE)


class Markdown:
    """Parses Markdown, with what GitHub, Quarto and others add to it."""

    def parse(self, path: str, data: bytes, settings: CorpusSettings, how: Reading = WHOLE) -> ParsedPage:
        """Everything that the page cites. Never raises for what is in the page."""
        return as_page(path, data, settings, read, how)


def read(data: bytes, settings: CorpusSettings, works: "Bibliography | None") -> Contents:
    """What the page's body says."""
    return Reader(without_notes(data), [], settings, keyed_in(data, works)).read()


def without_notes(data: bytes) -> bytes:
    """Blanks in place of the lines that fence a note."""
    if b":::" not in data:
        return data
    return _FENCE_OF_A_NOTE.sub(lambda line: b" " * len(line[0]), data)
