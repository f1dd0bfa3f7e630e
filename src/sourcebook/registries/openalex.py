"""OpenAlex: what many registries say, gathered; it knows retractions, not their dates."""

from urllib.parse import quote

import msgspec

from sourcebook.registries.said import Said, one_line, parsed
from sourcebook.types.registries import Notice, NoticeKind


class _Author(msgspec.Struct):
    display_name: str | None = None


class _Authorship(msgspec.Struct):
    author: _Author = msgspec.field(default_factory=_Author)


class _Source(msgspec.Struct):
    display_name: str | None = None
    type: str | None = None


class _Location(msgspec.Struct):
    source: _Source | None = None
    version: str | None = None


class _Work(msgspec.Struct):
    title: str | None = None
    authorships: list[_Authorship] = []
    publication_date: str | None = None
    primary_location: _Location | None = None
    is_retracted: bool | None = None


def address(base: str, key: str, contact: str) -> str:
    """Where a DOI or a PubMed number is asked for; the contact is what opens the polite pool."""
    polite = f"?mailto={quote(contact, safe='@')}" if "@" in contact else ""
    scheme, _, number = key.partition(":")
    return f"{base}/works/{scheme}:{quote(number, safe='/')}{polite}"


def read(body: bytes) -> Said:
    """What it says of the work."""
    work = parsed(body, _Work, "OpenAlex")
    place = work.primary_location or _Location()
    source = place.source or _Source()
    reviewed = None if source.type is None else source.type == "journal" and place.version == "publishedVersion"
    return Said(
        title=one_line(work.title),
        authors=tuple(name for one in work.authorships if (name := one_line(one.author.display_name))),
        published=work.publication_date or "",
        venue=one_line(source.display_name),
        peer_reviewed=reviewed if source.type in ("journal", "repository") else None,
        notices=(Notice(NoticeKind.RETRACTION, "", "", "openalex"),) if work.is_retracted else (),
    )
