"""One walk over a page that gathers its evidence: meta tags, JSON-LD, microdata, microformats, and marks of its own."""

import re
from collections.abc import Iterator

from lxml import etree

from sourcebook.extract.evidence import Evidence, Mark
from sourcebook.extract.json_ld import parse_json_ld

MOST_MARKS = 40  # of each sort; a page with more is a listing
MOST_WORDS = 300  # characters of one mark
MOST_PIECES = 2_000  # the longest menus before a title have 1,000

# Classes and ids, in lower case. The first pattern spares most of them the others.
_ANY_MEANING = re.compile(
    r"by-?line|author|contributor|writer|reporter|date|time|publish|posted|info|meta|head|title|p-name"
)
_BYLINE = re.compile(r"(?:^|[\s_-])(?:by-?line|author|contributor|writer|reporter)s?(?:$|[\s_-])|byline|author-?name")
_NO_BYLINE = re.compile(r"comment|reply|related|sidebar|avatar|image|photo|bio|about|share|social|widget|footer|nav")
_DATED = re.compile(r"date|time|publish|posted|byline|article-?info|post-?meta|entry-?meta")
_NOT_DATED = re.compile(r"update|modif|review|comment|related|sidebar|footer|widget|copyright|timeline|event|reading")
_HEADLINE = re.compile(
    r"(?:^|[\s_-])(?:entry|post|article|story|news|content|single)[_-]{0,2}(?:title|headline|heading)(?:$|\s)|(?:^|\s)"
    r"(?:headline|p-name)(?:$|\s)"
)
_LICENCE = re.compile(r"https?://creativecommons\.org/(?:licenses|publicdomain)/")
_LONG_PIECE = 2_000  # a data script within the body


def gather(tree: etree._Element, url: str) -> Evidence:
    """Walk the page once and keep what its fields are chosen from."""
    walk = _Walk()
    for element in tree.iter("*"):
        walk.visit(element)
    return Evidence(
        url=url,
        metas={name: tuple(values) for name, values in walk.metas.items()},
        things=parse_json_ld(walk.scripts, url),
        title=walk.title,
        headings=tuple(walk.headings),
        headlines=tuple(walk.headlines),
        bylines=tuple(walk.bylines),
        dates=tuple(walk.dates),
        pieces=tuple(_pieces(tree)),
        language=(tree.get("lang") or tree.get("xml:lang") or "").strip(),
        canonical=walk.canonical,
        licence=walk.licence,
        links=tuple(walk.links),
    )


def _pieces(tree: etree._Element) -> Iterator[str]:
    body = tree.find("body")
    kept = 0
    for text in (tree if body is None else body).itertext():
        if text.isspace() or len(text) > _LONG_PIECE:
            continue
        if piece := " ".join(str(text[:MOST_WORDS]).split()):
            yield piece
            kept += 1
            if kept == MOST_PIECES:
                return


class _Walk:
    """The lists that one walk over a tree fills."""

    def __init__(self) -> None:
        self.metas: dict[str, list[str]] = {}
        self.scripts: list[str] = []
        self.title = ""
        self.headings: list[str] = []
        self.headlines: list[str] = []
        self.bylines: list[Mark] = []
        self.dates: list[Mark] = []
        self.canonical = ""
        self.licence = ""
        self.links: list[str] = []
        self.meanings: dict[str, tuple[bool, bool, bool]] = {}  # by class and id: names an author, a date, the headline

    def visit(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == "meta":
            self._meta(element)
        elif tag == "script":
            self.scripts.append(element.text or "")
        elif tag == "title":
            self.title = self.title or words_of(element)
        elif tag == "link":
            self._link(element)
        elif tag not in ("html", "body"):
            self._marks(element, tag)

    def _meta(self, element: etree._Element) -> None:
        content = " ".join((element.get("content") or "")[:20_000].split())
        if not content:
            return
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            if name := element.get(attribute):
                values = self.metas.setdefault(name.strip().lower(), [])
                if len(values) < MOST_MARKS * 10 and content not in values[-MOST_MARKS:]:
                    values.append(content)

    def _link(self, element: etree._Element) -> None:
        rel = (element.get("rel") or "").lower().split()
        address = (element.get("href") or "").strip()
        if "canonical" in rel:
            self.canonical = self.canonical or address
        elif "license" in rel:
            self.licence = self.licence or address

    def _marks(self, element: etree._Element, tag: str) -> None:
        if tag == "h1":
            self._heading(element, self.headings)
        elif tag == "time":
            self._time(element)
        elif tag == "a":
            self._anchor(element)
        if (itemprop := element.get("itemprop") or element.get("property")) is not None:
            self._itemprop(element, itemprop.lower().rpartition(":")[2])
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if len(names) > 1 and len(names) < 200:
            self._named(element, names)

    def _heading(self, element: etree._Element, headings: list[str]) -> None:
        if len(headings) < MOST_MARKS and (words := words_of(element)) and words not in headings:
            headings.append(words)

    def _time(self, element: etree._Element) -> None:
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if len(self.dates) < MOST_MARKS and not _NOT_DATED.search(names.lower()):
            said = (element.get("datetime") or "").strip()
            self.dates.append(Mark(said or words_of(element), "time"))

    def _anchor(self, element: etree._Element) -> None:
        address = (element.get("href") or "").strip()
        if "doi.org/10." in address and len(self.links) < MOST_MARKS:
            self.links.append(address)
        rel = (element.get("rel") or "").lower()
        if "author" in rel:
            self._mark(self.bylines, element, "rel=author")
        elif "license" in rel or (not self.licence and _LICENCE.match(address)):
            self.licence = self.licence or address

    def _itemprop(self, element: etree._Element, itemprop: str) -> None:
        if itemprop == "author" and len(self.bylines) < MOST_MARKS:
            name = element.find(".//*[@itemprop='name']")
            self._mark(self.bylines, element if name is None else name, "itemprop")
        elif itemprop == "datepublished" and len(self.dates) < MOST_MARKS:
            said = element.get("content") or element.get("datetime") or words_of(element)
            self.dates.append(Mark(said.strip(), "itemprop"))
        elif itemprop == "headline":
            self._heading(element, self.headlines)

    def _named(self, element: etree._Element, names: str) -> None:
        meaning = self.meanings.get(names)
        if meaning is None:  # one page repeats a few names a thousand times
            meaning = self.meanings[names] = _meaning(names.lower())
        if meaning[0]:
            self._mark(self.bylines, element, "byline")
        if meaning[1]:
            self._mark(self.dates, element, "byline")
        if meaning[2] and element.tag != "h1":
            self._heading(element, self.headlines)

    def _mark(self, marks: list[Mark], element: etree._Element, origin: str) -> None:
        if len(marks) < MOST_MARKS and 2 < len(words := words_of(element)) < MOST_WORDS:
            marks.append(Mark(words, origin))


def _meaning(names: str) -> tuple[bool, bool, bool]:
    """Does something of this class and id name an author, a date, or the headline?"""
    if _ANY_MEANING.search(names) is None:
        return False, False, False
    return (
        _BYLINE.search(names) is not None and _NO_BYLINE.search(names) is None,
        _DATED.search(names) is not None and _NOT_DATED.search(names) is None,
        _HEADLINE.search(names) is not None,
    )


def words_of(element: etree._Element) -> str:
    """The words of an element, one space between two; cut where no heading or byline is as long."""
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        parts.append(str(part))
        size += len(part)
        if size > MOST_WORDS * 10:
            break
    return " ".join(" ".join(parts).split())[: MOST_WORDS * 4]
