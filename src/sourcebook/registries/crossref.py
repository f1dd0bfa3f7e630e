"""Crossref: most journals, proceedings and books, with the notices that publishers and Retraction Watch deposit."""

from urllib.parse import quote

import msgspec

from sourcebook.registries.said import Said, dated, one_line, parsed
from sourcebook.types.registries import Notice, NoticeKind

_KINDS = {
    "retraction": NoticeKind.RETRACTION,
    "partial_retraction": NoticeKind.RETRACTION,
    "removal": NoticeKind.RETRACTION,
    "withdrawal": NoticeKind.WITHDRAWAL,
    "expression_of_concern": NoticeKind.CONCERN,
    "correction": NoticeKind.CORRECTION,
    "corrigendum": NoticeKind.CORRECTION,
    "erratum": NoticeKind.CORRECTION,
    "addendum": NoticeKind.CORRECTION,
}
_REVIEWED = {"journal-article": True, "proceedings-article": True, "posted-content": False}


class _Person(msgspec.Struct):
    given: str | None = None
    family: str | None = None
    name: str | None = None


class _Date(msgspec.Struct, rename="kebab"):
    date_parts: list[list[int | None]] | None = None


class _Update(msgspec.Struct):
    type: str = ""
    DOI: str = ""
    updated: _Date | None = None


class _Work(msgspec.Struct, rename="kebab"):
    title: list[str] | None = None
    author: list[_Person] | None = None
    container_title: list[str] | None = None
    issued: _Date | None = None
    type: str = ""
    updated_by: list[_Update] | None = None


class _Answer(msgspec.Struct):
    message: _Work


def address(base: str, key: str, contact: str) -> str:
    """Where a DOI is asked for; the contact is what opens the polite pool."""
    polite = f"?mailto={quote(contact, safe='@')}" if "@" in contact else ""
    return f"{base}/works/{quote(key.removeprefix('doi:'), safe='')}{polite}"


def read(body: bytes) -> Said:
    """What it says of the work."""
    work = parsed(body, _Answer, "Crossref").message
    title = one_line(next(iter(work.title or ()), ""))
    return Said(
        title=title.removeprefix("RETRACTED: ").removeprefix("RETRACTED ARTICLE: "),
        authors=tuple(name for person in work.author or () if (name := _name(person))),
        published=dated(work.issued.date_parts) if work.issued else "",
        venue=one_line(next(iter(work.container_title or ()), "")),
        peer_reviewed=_REVIEWED.get(work.type),
        notices=tuple(_notices(work, title)),
    )


def _name(person: _Person) -> str:
    return one_line(person.name or f"{person.given or ''} {person.family or ''}")


def _notices(work: _Work, title: str) -> list[Notice]:
    found = [
        Notice(
            kind, dated(update.updated.date_parts) if update.updated else "", f"doi:{update.DOI.lower()}", "crossref"
        )
        for update in work.updated_by or ()
        if (kind := _KINDS.get(update.type)) is not None
    ]
    if not found and title.upper().startswith("RETRACTED"):
        found.append(Notice(NoticeKind.RETRACTION, "", "", "crossref"))
    return found
