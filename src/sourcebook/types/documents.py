"""The words of a capture, and what it says about itself."""

from enum import StrEnum

from msgspec import Struct, field

from sourcebook.types.sources import SourceType


class Passage(Struct, frozen=True):
    """Words of a document, and where they stand: `text[start:end] == quote`."""

    start: int
    end: int
    quote: str


class Confidence(StrEnum):
    """How sure we are of a field. Only what is HIGH may be cited as certain."""

    HIGH = "high"  # said in a place that is made for it, and not denied elsewhere
    MEDIUM = "medium"  # said in a place that is often right, or denied elsewhere
    LOW = "low"  # a guess, from running text or from the address


class Completeness(StrEnum):
    """How much of the work a document holds."""

    FULL = "full"
    ABSTRACT = "abstract"  # the summary of a paper, a book or a talk, without the work itself
    PREVIEW = "preview"  # the beginning: the rest is behind a paywall or a login
    FRAGMENT = "fragment"  # a few words, too few to be the work
    NONE = "none"  # no words at all


class Conflict(Struct, frozen=True):
    """What another place in a document says of a field, where that is not what was chosen."""

    value: str
    origin: str


class RegionKind(StrEnum):
    """What a part of a document is, where it is not what the document itself says."""

    REFERENCES = "references"  # a bibliography: the names of other works
    FOOTNOTES = "footnotes"
    LINKS = "links"  # ways to other pages: see also, external links, related
    COMMENTS = "comments"  # what readers said


class Region(Struct, frozen=True):
    """A part of a document's text in which no evidence is to be looked for: `text[start:end]`."""

    kind: RegionKind
    start: int
    end: int


class PageStart(Struct, frozen=True):
    """From this place of a text on, its words stand on this page of the file, counted from 1."""

    start: int
    page: int


class Document(Struct, frozen=True):
    """The words of a capture and what it says about itself. `origins` tells where each field was read:
    `{"title": "og:title", "published": "json-ld"}`; `confidences` how sure that makes us; `conflicts` what else was
    said."""

    text: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""  # ISO 8601, to the precision that is known
    modified: str = ""
    site_name: str = ""
    language: str = ""  # BCP 47, "en"
    description: str = ""  # the publisher's own abstract or description
    canonical: str = ""
    type: SourceType | None = None  # None when the page does not say
    doi: str = ""
    tags: tuple[str, ...] = ()
    pages: int | None = None  # of a PDF
    origins: dict[str, str] | None = None
    confidences: dict[str, Confidence] = field(default_factory=dict)  # of every field that has an origin
    conflicts: dict[str, tuple[Conflict, ...]] = field(default_factory=dict)
    organisations: tuple[str, ...] = ()  # that are named as authors
    identifiers: tuple[str, ...] = ()  # of the work, as `works.py` writes them: "doi:10.5555/x", "arxiv:2401.00001"
    licence: str = ""  # the address or the name of a licence
    section: str = ""  # the part of the site or journal that it stands in
    completeness: Completeness = Completeness.FULL
    regions: tuple[Region, ...] = ()  # in the order in which they stand, none within another
    page_starts: tuple[PageStart, ...] = ()  # of a PDF, in the order of the text; footnotes may step back a page

    def page_at(self, offset: int) -> int | None:
        """The page of the file on which a place of the text stands; None where the file has no pages."""
        before = [start.page for start in self.page_starts if start.start <= offset]
        return before[-1] if before else None
