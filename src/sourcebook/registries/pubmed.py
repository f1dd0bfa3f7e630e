"""PubMed: the literature of medicine, with what was retracted and corrected."""

import re
from typing import Any

import msgspec

from sourcebook.registries.said import Said, one_line, parsed
from sourcebook.types.registries import Notice, NoticeKind

_KINDS = (
    (re.compile(r"\bretraction in\b", re.IGNORECASE), NoticeKind.RETRACTION),
    (re.compile(r"\bexpression of concern in\b", re.IGNORECASE), NoticeKind.CONCERN),
    (re.compile(r"\b(?:erratum|correct\w* and republished) in\b", re.IGNORECASE), NoticeKind.CORRECTION),
)


class _Author(msgspec.Struct):
    name: str = ""
    authtype: str = "Author"


class _Reference(msgspec.Struct):
    reftype: str = ""
    pmid: int | str | None = None


class _Work(msgspec.Struct):
    title: str | None = None
    authors: list[_Author] | None = None
    sortpubdate: str | None = None
    fulljournalname: str | None = None
    pubtype: list[str] | None = None
    references: list[_Reference] | None = None
    error: str | None = None


class _Answer(msgspec.Struct):
    result: dict[str, Any]


def address(base: str, key: str, contact: str) -> str:
    """Where a number is asked for."""
    polite = f"&tool=sourcebook&email={contact}" if "@" in contact else ""
    return f"{base}/entrez/eutils/esummary.fcgi?db=pubmed&retmode=json&id={key.removeprefix('pmid:')}{polite}"


def read(body: bytes) -> Said | None:
    """What it says of the work; None when it has none of that number."""
    result = parsed(body, _Answer, "PubMed").result
    number = next(iter(result.get("uids") or ()), "")
    work = parsed(msgspec.json.encode(result.get(str(number), {"error": "none"})), _Work, "PubMed")
    if work.error:
        return None
    date = re.match(r"(\d{4})/(\d\d)/(\d\d)", work.sortpubdate or "")
    return Said(
        title=one_line(work.title).rstrip("."),
        authors=tuple(one.name for one in work.authors or () if one.name and one.authtype == "Author"),
        published="-".join(date.groups()) if date else "",
        venue=one_line(work.fulljournalname),
        peer_reviewed=False if "Preprint" in (work.pubtype or ()) else None,
        notices=tuple(_notices(work)),
    )


def _notices(work: _Work) -> list[Notice]:
    found = [
        Notice(kind, "", f"pmid:{one.pmid}" if one.pmid else "", "pubmed")
        for one in work.references or ()
        for pattern, kind in _KINDS
        if pattern.search(one.reftype)
    ]
    retracted = any(one.kind is NoticeKind.RETRACTION for one in found)
    if "Retracted Publication" in (work.pubtype or ()) and not retracted:
        found.append(Notice(NoticeKind.RETRACTION, "", "", "pubmed"))
    return found
