"""From a file to a ParsedPage: what all page formats share."""

import hashlib
from collections.abc import Callable
from pathlib import PurePosixPath

from sourcebook import ids
from sourcebook.config import CorpusSettings
from sourcebook.corpus.citations import citations_of
from sourcebook.corpus.front_matter import FrontMatter, read_front_matter
from sourcebook.corpus.places import Places
from sourcebook.corpus.runs import Contents, Trouble
from sourcebook.types.findings import Finding, Rule
from sourcebook.types.pages import Page, ParsedPage

_BOM = b"\xef\xbb\xbf"
_MB = 1_000_000

Read = Callable[[bytes, CorpusSettings], Contents]


def as_page(path: str, data: bytes, settings: CorpusSettings, read: Read, *, claims: bool = True) -> ParsedPage:
    """The page in a file, its body read by `read`, with or without its claims. What cannot be read is a finding.

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
    contents = read(_without(body, front), settings)
    troubles = [Trouble(Rule.BROKEN_FRONT_MATTER, mishap.offset, mishap.message) for mishap in front.mishaps]
    places = Places(body, text)
    citations = citations_of(contents, places, settings, claims=claims)
    return ParsedPage(
        _page(path, digest, front, contents),
        text,
        citations,
        _findings(path, troubles + contents.troubles, places),
    )


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
