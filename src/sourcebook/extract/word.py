"""A Word document: its words, and what it says about itself."""

import re
from collections.abc import Iterator

from lxml import etree

from sourcebook.errors import StepError
from sourcebook.extract.about import About
from sourcebook.extract.dates import parse_date
from sourcebook.extract.evidence import Found
from sourcebook.extract.names import people_in
from sourcebook.extract.packages import Package, local, words_of
from sourcebook.extract.told import tell
from sourcebook.types.documents import Confidence, Document, Region, RegionKind

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|nagłówek|заголовок) ?([1-6])", re.IGNORECASE
)
_TITLE = re.compile(r"title|titel|titre|título|titolo", re.IGNORECASE)
_NO_TITLE = re.compile(r"^(?:microsoft word|document\s?\d*|untitled|\W*$)|\.docx?$", re.IGNORECASE)
_SKIPPED = frozenset(
    "del moveFrom instrText delText Fallback pPr rPr tblPr sectPr footnoteReference endnoteReference".split()
)
_SPACES = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


def read_word(body: bytes, about: About) -> Document:
    """The words of a file and its fields. Raises StepError when it is damaged, locked or a bomb."""
    package = Package(body, "Word document", about)
    tree = package.tree("word/document.xml")
    root = None if tree is None else tree.find(f"{_WORD}body")
    if root is None:
        raise StepError(f"no document in Word file from {about.url!r}", "fetch it again, or look for another copy")
    levels = dict(_levels(package.tree("word/styles.xml")))
    blocks = [block for block in _blocks(root, levels) if block]
    if not blocks:
        raise StepError(f"no text in Word document from {about.url!r}", "look for a copy with text")
    notes = [note for name in ("footnotes", "endnotes") for note in _notes(package.tree(f"word/{name}.xml"))]
    text = "\n\n".join(blocks + notes)
    start = len(text) - len("\n\n".join(notes))
    regions = [Region(RegionKind.FOOTNOTES, start, len(text))] if notes else []
    return _told(text, blocks, regions, package.tree("docProps/core.xml"))


def _levels(styles: etree._Element | None) -> Iterator[tuple[str, str]]:
    """The mark of each style that heads something or makes a list, by the style's id."""
    for style in [] if styles is None else styles.iter(f"{_WORD}style"):
        named = style.find(f"{_WORD}name")
        name = "" if named is None else named.get(f"{_WORD}val", "")
        found = _HEADING.fullmatch(name)
        if style.find(f"{_WORD}pPr/{_WORD}numPr") is not None and found is None:
            yield style.get(f"{_WORD}styleId", ""), "-"
        elif found is not None or _TITLE.fullmatch(name):
            yield style.get(f"{_WORD}styleId", ""), "#" * (int(found[1]) + 1 if found is not None else 1)


def _blocks(element: etree._Element, levels: dict[str, str]) -> Iterator[str]:
    for child in element:
        name = local(child)
        if name == "p":
            yield _paragraph(child, levels)
        elif name == "tbl":
            yield "\n".join(_rows(child))
        elif name in ("sdt", "sdtContent", "ins", "customXml", "smartTag", "moveTo"):
            yield from _blocks(child, levels)


def _paragraph(element: etree._Element, levels: dict[str, str]) -> str:
    words = "\n".join(" ".join(line.split()) for line in "".join(_runs(element)).split("\n")).strip()
    style = element.find(f"{_WORD}pPr/{_WORD}pStyle")
    mark = levels.get("" if style is None else style.get(f"{_WORD}val", ""), "")
    if not words:
        return ""
    if mark:
        return f"{mark} {' '.join(words.split())}"
    return f"- {words}" if element.find(f"{_WORD}pPr/{_WORD}numPr") is not None else words


def _runs(element: etree._Element) -> Iterator[str]:
    """The words of an element, without those that were deleted, and with those of text boxes once."""
    for child in element:
        name = local(child)
        if name == "t":
            yield child.text or ""
        elif name in _SPACES:
            yield _SPACES[name]
        elif name == "p":
            yield from _runs(child)
            yield " "
        elif name not in _SKIPPED:
            yield from _runs(child)


def _rows(table: etree._Element) -> Iterator[str]:
    for row in table.iter(f"{_WORD}tr"):
        cells = [" ".join("".join(_runs(cell)).split()).replace("|", "/") for cell in row.iterchildren(f"{_WORD}tc")]
        if any(cells):
            yield f"| {' | '.join(cells)} |"


def _notes(tree: etree._Element | None) -> Iterator[str]:
    for note in [] if tree is None else tree:
        if note.get(f"{_WORD}type") is None and (words := " ".join("".join(_runs(note)).split())):
            yield words


def _told(text: str, blocks: list[str], regions: list[Region], core: etree._Element | None) -> Document:
    said = {} if core is None else {local(child): words_of(child) for child in core}
    people = tuple(name for name in people_in(said.get("creator", ""), strong=True) if " " in name)
    keywords = tuple(word for part in re.split("[,;]", said.get("keywords", "")) if (word := part.strip()))
    return tell(
        text,
        {
            "title": _title(blocks, said.get("title", "")),
            # a file that was begun from another one keeps its date
            "published": Found(parse_date(said.get("created", "")), "docx created", Confidence.LOW),
            "modified": Found(parse_date(said.get("modified", "")), "docx modified", Confidence.LOW),
            "description": Found(said.get("description", "") or said.get("abstract", ""), "docx description"),
            "language": Found(said.get("language", ""), "docx language"),
        },
        {
            "authors": (people, Found("", "docx creator", Confidence.MEDIUM)),
            "tags": (keywords[:30], Found("", "docx keywords")),
        },
        notes=regions,
    )


def _title(blocks: list[str], said: str) -> Found:
    """What is set as the title, then what the file says, its first heading, its first line."""
    start = blocks[:20]
    for block in start:
        if block.startswith("# "):
            return Found(block[2:], "title")
    if len(said) > 3 and not _NO_TITLE.search(said):
        return Found(said, "docx title", Confidence.MEDIUM)
    heading = next((block.lstrip("# ") for block in start if block.startswith("#")), "")
    return Found(heading, "heading") if heading else Found(blocks[0].split("\n")[0][:200], "first line", Confidence.LOW)
