"""What a page says about itself, gathered in one walk: meta tags, JSON-LD, and the marks in its own markup.

The fields (titles, authors, dates, kinds) choose from this evidence, each in a stated order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lxml.html import HtmlElement

from sourcebook.extract.json_ld import Thing, parse_json_ld
from sourcebook.types import Confidence

MOST_MARKS = 40  # of each sort; a page with more is a listing
MOST_WORDS = 300  # characters of one mark
NEAR_HEADING = 500  # characters after the first heading in which an unmarked date may stand

_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author|contributor|writer|reporter)s?(?:$|[\s_-])|byline|author-?name", re.IGNORECASE
)
_NO_BYLINE = re.compile(
    r"(?:comment|reply|related|sidebar|avatar|image|photo|bio|about|share|social|widget|footer|nav)", re.IGNORECASE
)
_DATED = re.compile(r"date|time|publish|posted|byline|article-?info|post-?meta|entry-?meta", re.IGNORECASE)
_NOT_DATED = re.compile(
    r"update|modif|comment|related|sidebar|footer|widget|copyright|timeline|event|reading", re.IGNORECASE
)


class Found(NamedTuple):
    """A value, where on the page it was read, and how sure that makes us."""

    value: str
    origin: str
    confidence: Confidence = Confidence.HIGH


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the markup that names an author or a date."""

    words: str
    origin: str  # "itemprop", "rel", "time", "byline"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything on a page that its fields are chosen from."""

    url: str
    metas: dict[str, tuple[str, ...]]  # by lower-case name, property or itemprop
    things: tuple[Thing, ...]  # JSON-LD, the one that describes this page first
    title: str  # of <title>
    headings: tuple[str, ...]  # h1, in order
    bylines: tuple[Mark, ...]
    dates: tuple[Mark, ...]
    after_heading: str  # the first words after the first h1, where bylines stand
    language: str  # <html lang>
    canonical: str  # <link rel=canonical>, as written

    def meta(self, *names: str) -> Found | None:
        """The first of these meta tags that says anything."""
        for name in names:
            for value in self.metas.get(name, ()):
                return Found(value, name)
        return None

    def all_metas(self, *names: str) -> tuple[str, tuple[str, ...]]:
        """Every value of the first of these meta tags that is there, and its name."""
        for name in names:
            if values := self.metas.get(name):
                return name, values
        return "", ()


def gather(tree: HtmlElement, url: str) -> Evidence:
    """Walk the page once and keep what its fields are chosen from."""
    walk = _Walk()
    for element in tree.iter():
        if isinstance(element.tag, str):
            walk.visit(element)
    return Evidence(
        url=url,
        metas={name: tuple(values) for name, values in walk.metas.items()},
        things=parse_json_ld(walk.scripts, url),
        title=walk.title,
        headings=tuple(walk.headings),
        bylines=tuple(walk.bylines),
        dates=tuple(walk.dates),
        after_heading=" ".join(" ".join(walk.after_heading).split()),
        language=(tree.get("lang") or tree.get("xml:lang") or "").strip(),
        canonical=walk.canonical,
    )


class _Walk:
    """The lists that one walk over a tree fills."""

    def __init__(self) -> None:
        self.metas: dict[str, list[str]] = {}
        self.scripts: list[str] = []
        self.title = ""
        self.headings: list[str] = []
        self.bylines: list[Mark] = []
        self.dates: list[Mark] = []
        self.canonical = ""
        self.after_heading: list[str] = []
        self.meanings: dict[str, tuple[bool, bool]] = {}  # by class and id: names an author, names a date
        self.room = 0  # characters that may still be added after the heading

    def visit(self, element: HtmlElement) -> None:
        tag = element.tag
        if self.room > 0:
            self._near(element)
        if tag == "meta":
            self._meta(element)
        elif tag == "script":
            self.scripts.append(element.text or "")
        elif tag == "title":
            self.title = self.title or words_of(element)
        elif tag == "link":
            if (element.get("rel") or "").lower() == "canonical" and not self.canonical:
                self.canonical = (element.get("href") or "").strip()
        elif tag not in ("html", "body"):
            self._marks(element, tag)

    def _near(self, element: HtmlElement) -> None:
        words = f"{element.text or ''} {element.tail or ''}"
        if not words.isspace():
            self.after_heading.append(words[:NEAR_HEADING])
            self.room -= len(words)

    def _meta(self, element: HtmlElement) -> None:
        content = " ".join((element.get("content") or "")[:20_000].split())
        if not content:
            return
        for attribute in ("name", "property", "itemprop"):
            if name := element.get(attribute):
                values = self.metas.setdefault(name.strip().lower(), [])
                if len(values) < MOST_MARKS * 10 and content not in values[-MOST_MARKS:]:
                    values.append(content)

    def _marks(self, element: HtmlElement, tag: str) -> None:
        if tag == "h1" and len(self.headings) < MOST_MARKS and (words := words_of(element)):
            self.headings.append(words)
            self.room = NEAR_HEADING if len(self.headings) == 1 else self.room
        if tag == "time" and len(self.dates) < MOST_MARKS:
            self._time(element)
        if (itemprop := element.get("itemprop")) is not None:
            self._itemprop(element, itemprop.lower())
        if tag == "a" and "author" in (element.get("rel") or "").lower():
            self._mark(self.bylines, element, "rel=author")
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if len(names) > 1 and len(names) < 200:
            self._named(element, names)

    def _time(self, element: HtmlElement) -> None:
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if _NOT_DATED.search(names):
            return
        said = (element.get("datetime") or "").strip()
        self.dates.append(Mark(said or words_of(element), "time"))

    def _itemprop(self, element: HtmlElement, itemprop: str) -> None:
        if itemprop == "author" and len(self.bylines) < MOST_MARKS:
            name = element.find(".//*[@itemprop='name']")
            self._mark(self.bylines, element if name is None else name, "itemprop")
        elif itemprop == "datepublished":
            said = element.get("content") or element.get("datetime") or words_of(element)
            self.dates.append(Mark(said.strip(), "itemprop"))

    def _named(self, element: HtmlElement, names: str) -> None:
        meaning = self.meanings.get(names)
        if meaning is None:  # one page repeats a few names a thousand times
            meaning = self.meanings[names] = (
                _BYLINE.search(names) is not None and _NO_BYLINE.search(names) is None,
                _DATED.search(names) is not None and _NOT_DATED.search(names) is None,
            )
        if meaning[0]:
            self._mark(self.bylines, element, "byline")
        if meaning[1]:
            self._mark(self.dates, element, "byline")

    def _mark(self, marks: list[Mark], element: HtmlElement, origin: str) -> None:
        if len(marks) < MOST_MARKS and 3 < len(words := words_of(element)) < MOST_WORDS:
            marks.append(Mark(words, origin))


def words_of(element: HtmlElement) -> str:
    """The words of an element, one space between two; cut where no heading or byline is as long."""
    parts: list[str] = []
    size = 0
    for part in _texts(element):
        parts.append(part)
        size += len(part)
        if size > MOST_WORDS * 10:
            break
    return " ".join(" ".join(parts).split())[: MOST_WORDS * 4]


def _texts(element: HtmlElement) -> Iterator[str]:
    for text in element.itertext():
        if not isinstance(text, str):
            continue
        yield text
