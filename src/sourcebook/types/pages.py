"""Pages of the knowledge base, and what they cite."""

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from sourcebook.types.findings import Finding

if TYPE_CHECKING:
    from sourcebook.types.sources import Imported


class CitationKind(StrEnum):
    """How a page points outside."""

    LINK = "link"  # [label](address)
    REFERENCE = "reference"  # [label][name], the address in a definition elsewhere
    AUTOLINK = "autolink"  # <https://…>
    BARE = "bare"  # https://… in running text
    IDENTIFIER = "identifier"  # doi:10.… in running text, where no address stands beside it
    KEY = "key"  # [@doe2020] and @doe2020, the address in an entry of a bibliography
    FOOTNOTE = "footnote"  # [^1], the address in the footnote's definition
    ANCHOR = "anchor"  # <a href="…">
    CITE = "cite"  # <cite>, <blockquote cite="…"> and <q cite="…">
    COMPONENT = "component"  # <R id="…">, a component that names a registered source


class Page(Struct, frozen=True):
    """One page of the knowledge base."""

    id: str  # `ids.page_id(path)`
    path: str  # from the corpus folder, with forward slashes
    title: str
    type: str  # as readers see it, "Approach"; "" when the page does not say
    quality: float | None  # None when the page does not say
    digest: str  # SHA-256 of the file's bytes, hex
    description: str = ""
    tags: tuple[str, ...] = ()


class Claim(Struct, frozen=True):
    """The statement that a citation, or a run of adjacent ones, is attached to."""

    id: str  # `ids.claim_id(text)`: the same words are the same claim, wherever they stand
    text: str  # one sentence, table row or list item, markup stripped
    heading: str  # the section that it stands in
    before: str  # the sentence before it in the same block, for its pronouns
    start: int  # where the statement stands in the page's text
    end: int


class Citation(Struct, frozen=True):
    """A place in a page that points outside."""

    line: int
    column: int
    start: int
    end: int
    kind: CitationKind
    label: str  # the words that carry the link, markup stripped
    target: str  # as written: an address, or the id that a component names
    url: str  # the absolute address; "" when the target is an id, or a footnote without address
    footnote: str  # the footnote that is referred to; "" unless kind is FOOTNOTE
    definition: str  # the footnote in whose definition the link stands; "" for all others
    claim: Claim | None  # None inside a footnote's definition
    locator: str = ""  # the part of the source that is meant, as "page 33-35"; "" when the page does not say


class ParsedPage(Struct, frozen=True):
    """A page and everything found in it."""

    page: Page
    text: str  # the page's own text, markup and all; offsets point into it
    citations: tuple[Citation, ...]
    findings: tuple[Finding, ...]
    described: tuple[tuple[str, "Imported"], ...] = ()  # an address, and what a bibliography says of the work there
    watched: tuple[str, ...] = ()  # files and folders, from the corpus folder, that decide what its keys mean
