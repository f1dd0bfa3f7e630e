"""Step 3: bytes to words, and what they say about themselves. One extractor a kind of file, chosen by media type."""

from typing import Protocol

from sourcebook.errors import StepError
from sourcebook.extract.about import About
from sourcebook.extract.lazy import Lazy
from sourcebook.extract.packed import unpacked
from sourcebook.extract.sniff import media_type
from sourcebook.types.documents import Document

__all__ = ["EXTRACTORS", "VERSION", "About", "Extractor", "extract"]

VERSION = "15"  # raise it when the same bytes give other words: everything derived is made again


class Extractor(Protocol):
    """Reads one kind of file. Pure: the same bytes give the same Document."""

    def extract(self, body: bytes, about: About) -> Document:
        """The words and fields of a body. Raises StepError when it cannot be read."""
        ...


_HTML = Lazy("sites", "read_site_page")
_PLAIN = Lazy("plain", "read_plain")
_MAIL = Lazy("mail", "read_mail")
_FEED = Lazy("feeds", "read_xml_feed")
_DATA = Lazy("data", "read_data")

EXTRACTORS: dict[str, Extractor] = {
    "text/html": _HTML,
    "application/xhtml+xml": _HTML,
    "application/pdf": Lazy("printed", "read_printed"),
    "text/plain": _PLAIN,
    "text/markdown": _PLAIN,
    "message/rfc822": _MAIL,
    "application/mbox": _MAIL,
    "application/rss+xml": _FEED,
    "application/atom+xml": _FEED,
    "application/feed+json": _DATA,
    "application/ld+json": _DATA,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Lazy("word", "read_word"),
    "application/epub+zip": Lazy("epub", "read_epub"),
}
_NEXT = {  # what to do about kinds that are not read
    "audio": "look for a transcript",
    "video": "look for a transcript, or the page that it is shown on",
    "image": "look for the page that it is shown on",
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
        hint = _NEXT.get(kind.partition("/")[0], "look for a page, a PDF or a text of the same work")
        raise StepError(f"no extractor for media type {kind!r}", hint)
    return EXTRACTORS[kind].extract(body, about)
