"""Step 3: bytes to words, and what they say about themselves. One extractor a kind of file, chosen by media type."""

from typing import Protocol

from sourcebook.errors import StepError
from sourcebook.extract.about import About
from sourcebook.extract.html import HtmlExtractor
from sourcebook.extract.packed import unpacked
from sourcebook.extract.pdf import PdfExtractor
from sourcebook.extract.plain import PlainExtractor
from sourcebook.extract.sniff import media_type
from sourcebook.types import Document

__all__ = ["EXTRACTORS", "VERSION", "About", "Extractor", "extract"]

VERSION = "7"  # raise it when the same bytes give other words: everything derived is made again


class Extractor(Protocol):
    """Reads one kind of file. Pure: the same bytes give the same Document."""

    def extract(self, body: bytes, about: About) -> Document:
        """The words and fields of a body. Raises StepError when it cannot be read."""
        ...


_HTML = HtmlExtractor()
_PLAIN = PlainExtractor()

EXTRACTORS: dict[str, Extractor] = {
    "text/html": _HTML,
    "application/xhtml+xml": _HTML,
    "application/pdf": PdfExtractor(),
    "text/plain": _PLAIN,
    "text/markdown": _PLAIN,
}


def extract(body: bytes, about: About) -> Document:
    """Read a body by the extractor for its kind: the server's word, corrected by the first bytes.

    Raises StepError when there is no extractor for it, or when it is damaged, locked or without text.
    """
    body = unpacked(body, about)
    kind = media_type(body, about.media_type)
    if not body.strip():
        raise StepError(f"no text in what {about.url!r} sent: it is empty", "fetch it again")
    if kind not in EXTRACTORS:
        raise StepError(f"no extractor for media type {kind!r}", f"these are read: {', '.join(EXTRACTORS)}")
    return EXTRACTORS[kind].extract(body, about)
