"""From a file to a ParsedPage: what all page formats share."""

import hashlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from sourcebook import ids
from sourcebook.config import CorpusSettings
from sourcebook.corpus.bibliographies import Bibliographies
from sourcebook.corpus.citations import citations_of
from sourcebook.corpus.front_matter import FrontMatter, read_front_matter
from sourcebook.corpus.places import Places
from sourcebook.corpus.runs import Contents, Trouble
from sourcebook.corpus.signs import may_cite_by_key
from sourcebook.types.findings import Finding, Rule
from sourcebook.types.pages import Page, ParsedPage

if TYPE_CHECKING:
    from sourcebook.corpus.bibliography import Bibliography
    from sourcebook.corpus.keys import Keyed

_BOM = b"\xef\xbb\xbf"
_MB = 1_000_000

Read = Callable[[bytes, CorpusSettings, "Bibliography | None"], Contents]


class Reading(NamedTuple):
    """How a page is to be read."""

    claims: bool = True  # without them, citations say only what is cited and where
    bibliographies: Bibliographies | None = None  # where its keys are looked up; None: in its own front matter alone


WHOLE = Reading()


def as_page(path: str, data: bytes, settings: CorpusSettings, read: Read, how: Reading) -> ParsedPage:
    """The page in a file, its body read by `read`. What cannot be read is a finding.

    Offsets count from after a byte order mark, which is no part of the text.
    """
    digest = hashlib.sha256(data).hexdigest()
    body = data.removeprefix(_BOM)
    text = _decoded(body, settings)
    if isinstance(text, Trouble):
        page = Page(ids.page_id(path), path, PurePosixPath(path).stem, "", None, digest)
        line = body.count(b"\n", 0, text.offset) + 1
        column = text.offset - body.rfind(b"\n", 0, text.offset)
        return ParsedPage(page, "", (), (Finding(text.rule, path, line, column, text.message),))
    front = read_front_matter(body, settings)
    works = _works(path, body, how) if may_cite_by_key(body) else None
    contents = read(_without(body, front), settings, works)
    troubles = [Trouble(Rule.BROKEN_FRONT_MATTER, mishap.offset, mishap.message) for mishap in front.mishaps]
    places = Places(body, text)
    citations = citations_of(contents, places, settings, claims=how.claims)
    parsed = ParsedPage(_page(path, digest, front, contents), text, citations, ())
    if works is not None:
        from sourcebook.corpus.described import described_by, flawed  # noqa: PLC0415 - for few pages

        troubles += flawed(works, contents, body, front.size)
        parsed = replace(parsed, described=described_by(contents), watched=works.watched)
    return replace(parsed, findings=_findings(path, troubles + contents.troubles, places))


def _works(path: str, body: bytes, how: Reading) -> "Bibliography | None":
    """The works that its keys can mean; None for a page without keys."""
    from sourcebook.corpus.keys import may_cite  # noqa: PLC0415 - for few pages

    if not may_cite(body):
        return None
    if how.bibliographies is not None:
        return how.bibliographies.of(path, body)
    from sourcebook.corpus.bibliography_files import own_bibliography  # noqa: PLC0415 - for few pages

    return own_bibliography(path, body)


def keyed_in(data: bytes, works: "Bibliography | None") -> "Keyed | None":
    """The citations by key in a page's body; None for a page without keys."""
    if works is None:
        return None
    from sourcebook.corpus.keys import keyed  # noqa: PLC0415 - for few pages

    return keyed(data, works)


def unreadable(path: str, why: str) -> ParsedPage:
    """A page of which nothing is known but its path."""
    page = Page(ids.page_id(path), path, PurePosixPath(path).stem, "", None, "")
    return ParsedPage(page, "", (), (Finding(Rule.UNREADABLE_PAGE, path, 1, 1, why),))


def _decoded(data: bytes, settings: CorpusSettings) -> str | Trouble:
    if len(data) > settings.max_page_mb * _MB:
        size = f"{len(data) / _MB:.1f} MB, more than the {settings.max_page_mb:g} MB that corpus.max_page_mb allows"
        return Trouble(Rule.UNREADABLE_PAGE, 0, f"the page is too large: {size}")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        words = f"the page is not UTF-8: byte {error.start} is 0x{data[error.start]:02x}"
        return Trouble(Rule.UNREADABLE_PAGE, error.start, words)
    if (nul := data.find(b"\0")) >= 0:
        return Trouble(Rule.UNREADABLE_PAGE, nul, f"the page is not text: byte {nul} is zero")
    return text


def _without(body: bytes, front: FrontMatter) -> bytes:
    """The body with a blank line as long as the front matter in its place, so that offsets hold."""
    if not front.size:
        return body
    return b" " * (front.size - 1) + b"\n" + body[front.size :]


def _page(path: str, digest: str, front: FrontMatter, contents: Contents) -> Page:
    title = front.title or contents.title or PurePosixPath(path).stem
    return Page(
        ids.page_id(path), path, title, front.type, front.quality, digest, front.description, front.tags
    )  # fmt: skip


def _findings(path: str, troubles: list[Trouble], places: Places) -> tuple[Finding, ...]:
    """The troubles as findings, by place."""
    points = places.points(trouble.offset for trouble in troubles)
    troubles.sort(key=_by_offset)
    return tuple(Finding(one.rule, path, *places.at(points[one.offset]), one.message) for one in troubles)


def _by_offset(trouble: Trouble) -> int:
    return trouble.offset
