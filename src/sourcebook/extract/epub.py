"""An EPUB file: the chapters of a book in their order, and what the book says about itself."""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from sourcebook.errors import StepError
from sourcebook.extract.about import About
from sourcebook.extract.dates import parse_date
from sourcebook.extract.decode import decode
from sourcebook.extract.evidence import Found
from sourcebook.extract.fragments import markdown_of
from sourcebook.extract.identifiers import key_in
from sourcebook.extract.names import people_in
from sourcebook.extract.packages import Package, local, words_of
from sourcebook.extract.told import tell
from sourcebook.types.documents import Document
from sourcebook.types.sources import SourceType

MOST_CHARACTERS = 8_000_000
_OPF = "{http://www.idpf.org/2007/opf}"
_ROLES_OF_AUTHORS = ("", "aut")


def read_epub(body: bytes, about: About) -> Document:
    """The words of a book and its fields. Raises StepError when it is damaged, locked or a bomb."""
    package = Package(body, "EPUB", about)
    container = package.tree("META-INF/container.xml")
    places = (
        [] if container is None else [one.get("full-path", "") for one in container.iter() if local(one) == "rootfile"]
    )
    book = next((tree for place in places if (tree := package.tree(place)) is not None), None)
    if book is None:
        raise StepError(f"no book in EPUB from {about.url!r}", "fetch it again, or look for another copy")
    text = "\n\n".join(_chapters(package, book, posixpath.dirname(places[0])))[:MOST_CHARACTERS].strip()
    if not text:
        raise StepError(f"no text in EPUB from {about.url!r}", "look for a copy with text")
    return _told(text, book)


def _chapters(package: Package, book: etree._Element, folder: str) -> Iterator[str]:
    """The words of each file in the order of the book, without its lists of contents."""
    files = {
        item.get("id", ""): item for item in book.iter(f"{_OPF}item") if "nav" not in item.get("properties", "").split()
    }
    size = 0
    for entry in book.iter(f"{_OPF}itemref"):
        item = files.pop(entry.get("idref", ""), None)  # each once: a book may name one file a million times
        if item is None or "html" not in item.get("media-type", "html"):
            continue
        name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", "").partition("#")[0])))
        chapter = markdown_of(decode(package.read(name), ""))
        size += len(chapter)
        if chapter:
            yield chapter
        if size > MOST_CHARACTERS:
            return


def _told(text: str, book: etree._Element) -> Document:
    said: dict[str, list[etree._Element]] = {}
    for element in book.iter():
        said.setdefault(local(element), []).append(element)
    first = {name: words_of(elements[0]) for name, elements in said.items() if elements}
    creators = [one for one in said.get("creator", []) if one.get(f"{_OPF}role", "") in _ROLES_OF_AUTHORS]
    people = tuple(name for one in creators for name in people_in(words_of(one), strong=True))
    published = next((date for one in said.get("date", []) if (date := parse_date(words_of(one)))), "")
    modified = next((words_of(one) for one in said.get("meta", []) if one.get("property") == "dcterms:modified"), "")
    named = (words_of(one).removeprefix("urn:") for one in said.get("identifier", []))
    keys = tuple(dict.fromkeys(key for one in named if (key := key_in(one) or key_in(f"isbn:{one}"))))
    return tell(
        text,
        {
            "title": Found(first.get("title", ""), "dc:title") if first.get("title") else _first_line(text),
            "published": Found(published, "dc:date"),
            "modified": Found(parse_date(modified), "dcterms:modified"),
            "site_name": Found(first.get("publisher", ""), "dc:publisher"),
            "language": Found(first.get("language", ""), "dc:language"),
            "description": Found(markdown_of(first.get("description", ""))[:5_000], "dc:description"),
            "doi": Found(
                next((key.removeprefix("doi:") for key in keys if key.startswith("doi:")), ""), "dc:identifier"
            ),
        },
        {
            "authors": (tuple(dict.fromkeys(people)), Found("", "dc:creator")),
            "identifiers": (keys, Found("", "dc:identifier")),
            "tags": (
                tuple(dict.fromkeys(words_of(one) for one in said.get("subject", [])))[:30],
                Found("", "dc:subject"),
            ),
        },
        (SourceType.BOOK, "EPUB"),
    )


def _first_line(text: str) -> Found:
    return Found(re.sub(r"^#+ ", "", text.split("\n", 1)[0])[:200], "first line")
