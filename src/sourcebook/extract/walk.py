"""One walk over a page that gathers its evidence: meta tags, JSON-LD, microdata, microformats, and marks of its own."""

import re
from collections.abc import Callable, Iterator

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
_LONGEST_NAMES = 200  # characters of a class and an id that mean something; longer ones are lists of styles
_NO_MARKS = frozenset("html body meta script title link".split())  # what these say is no mark of a text
_TEXTS = etree.XPath("descendant::text()[normalize-space()]", smart_strings=False)


def gather(tree: etree._Element, url: str) -> Evidence:
    """Walk the page once and keep what its fields are chosen from."""
    walk = _Walk()
    walk.over(tree)
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
    texts: list[str] = _TEXTS(tree if body is None else body)  # type: ignore[assignment]  # what this XPath gives
    for text in texts:
        if len(text) <= _LONG_PIECE and (piece := " ".join(text[:MOST_WORDS].split())):
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
        # by class and id: names an author, a date, the headline; one page repeats a few of them a thousand times
        self.meanings: dict[tuple[str | None, str | None], tuple[bool, bool, bool] | None] = {(None, None): None}
        self.by_tag: dict[str, Callable[[etree._Element], None]] = {
            "meta": self._meta,
            "script": self._script,
            "title": self._title,
            "link": self._link,
            "h1": self._h1,
            "time": self._time,
            "a": self._anchor,
        }

    def over(self, tree: etree._Element) -> None:
        """Look at every element once. This runs a thousand times a page, so it calls nothing that it need not."""
        by_tag, meanings = self.by_tag, self.meanings
        for element in tree.iter("*"):
            tag = element.tag
            if tag in by_tag:
                by_tag[tag](element)
            if tag in _NO_MARKS:
                continue
            itemprop = element.get("itemprop") or element.get("property")
            if itemprop is not None:
                self._itemprop(element, itemprop.lower().rpartition(":")[2])
            names = element.get("class"), element.get("id")
            if names not in meanings:
                meanings[names] = _meaning_of(*names)
            if (meaning := meanings[names]) is not None:
                self._named(element, meaning)

    def _script(self, element: etree._Element) -> None:
        self.scripts.append(element.text or "")

    def _title(self, element: etree._Element) -> None:
        self.title = self.title or words_of(element)

    def _h1(self, element: etree._Element) -> None:
        self._heading(element, self.headings)

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

    def _named(self, element: etree._Element, meaning: tuple[bool, bool, bool]) -> None:
        if meaning[0]:
            self._mark(self.bylines, element, "byline")
        if meaning[1]:
            self._mark(self.dates, element, "byline")
        if meaning[2] and element.tag != "h1":
            self._heading(element, self.headlines)

    def _mark(self, marks: list[Mark], element: etree._Element, origin: str) -> None:
        if len(marks) < MOST_MARKS and 2 < len(words := words_of(element)) < MOST_WORDS:
            marks.append(Mark(words, origin))


def _meaning_of(class_: str | None, id_: str | None) -> tuple[bool, bool, bool] | None:
    """Does something of this class and id name an author, a date, or the headline? None where it names none of them."""
    names = f"{class_ or ''} {id_ or ''}".lower()
    if len(names) >= _LONGEST_NAMES or _ANY_MEANING.search(names) is None:
        return None
    meaning = (
        _BYLINE.search(names) is not None and _NO_BYLINE.search(names) is None,
        _DATED.search(names) is not None and _NOT_DATED.search(names) is None,
        _HEADLINE.search(names) is not None,
    )
    return meaning if any(meaning) else None


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
