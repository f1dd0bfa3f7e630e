"""Which targets point outside, and where a bare address, or the identifier of a work, begins and ends."""

import re
from collections.abc import Iterator
from enum import Enum

from sourcebook.config import CorpusSettings
from sourcebook.corpus.runs import positions
from sourcebook.patterns import pattern
from sourcebook.works import IN_TEXT, work_address, written_work


class NoCitation(Enum):
    """Why a target is not a citation."""

    INSIDE = "within the corpus, or no web address"
    NAMELESS = "a component without the id of a source"
    UNUSABLE = "an http address without a host"


_SCHEME = re.compile(r"https?:", re.IGNORECASE)
_BEGINNINGS = {"http", "doi:", "info", "arxi", "pmid", "pmci", "isbn", "urn:"}
_HOST = re.compile(r"https?://(?:[^/?#@\\]*@)?(\[[^\]]*\]|[^/?#:\\\s]+)", re.IGNORECASE)

# GFM: "extended autolinks", https://github.github.com/gfm/#autolinks-extension-
BARE = re.compile(rb"(?:https?://|www\.)[^\s<\x1a\x1c]+", re.IGNORECASE)
_WWW = re.compile(rb"www\.[\w-]+\.[\w]|www\.\w", re.IGNORECASE)
_TAIL = re.compile(rb"""(?:[!"'*,.:;?_~]|&[A-Za-z0-9]+;)\Z""")

# An identifier has one of these signs in it, and is looked for from there. Few: each costs a look at every byte.
_SIGNS = (b"10.", b"iv:", b"PM", b"ISBN")
_MOST_BEFORE = 16  # bytes that an identifier has before its sign
_DOI = rb"(?i:(?:info:)?doi(?::\s?|\s|/)|(?:dx\.)?doi\.org/)"
_BEFORE = {  # by the first byte of a sign
    sign: pattern(rb"(?<![\w/.:@-])(?:" + before + rb")\Z")
    for sign, before in {
        b"1": _DOI + rb"|(?i:doi):?(?P<emphasis>[*_]{1,3}:?\s?)",  # **DOI:** 10.1000/182
        b"i": rb"(?i:arx)",
        b"P": b"",
        b"I": b"",
    }.items()
}
_IDENTIFIER = pattern(IN_TEXT.encode() + rb"|10\.\d{4,9}/[^\s<>\"\x00-\x1f]+")  # the number alone, behind emphasis


def outside(target: str, settings: CorpusSettings) -> str | NoCitation:
    """The absolute address that a target stands for, where a work's identifier leads, or why it is none."""
    address = target.strip()
    if not _SCHEME.match(address):
        named = may_point_outside(address) and ":" in address
        return (work_url(address) if named else None) or NoCitation.INSIDE
    host = _HOST.match(address)
    if host is None:
        return NoCitation.UNUSABLE
    if settings.own_sites and host[1].lower().removeprefix("www.") in _bare_hosts(settings.own_sites):
        return NoCitation.INSIDE
    return address


def work_url(words: str) -> str | None:
    """Where the work is found that some words name by its identifier; None for other words."""
    work = written_work(words)
    return None if work is None else work_address(work)


def may_point_outside(target: str) -> bool:
    """Does a target begin as those do that `outside` may take? Most links of a page lead to another page of it."""
    return target[:4].lower() in _BEGINNINGS


def _bare_hosts(sites: tuple[str, ...]) -> set[str]:
    return {site.lower().removeprefix("www.") for site in sites}


def bare_starts(data: bytes) -> list[int]:
    """Where bare addresses and identifiers of works may begin, in order."""
    found = positions(data, (b"www.", b"WWW."))
    for slashes in positions(data, (b"://",)):
        scheme = data[max(slashes - 5, 0) : slashes].lower()
        if scheme.endswith(b"http"):
            found.append(slashes - 4)
        elif scheme == b"https":
            found.append(slashes - 5)
    found += _identifier_starts(data)
    found.sort()
    return found


def _identifier_starts(data: bytes) -> Iterator[int]:
    for sign in positions(data, _SIGNS):
        before = _BEFORE[data[sign : sign + 1]].search(data, max(sign - _MOST_BEFORE, 0), sign)
        if before is not None:
            yield sign if before.lastgroup else before.start()


def identifier_end(data: bytes, start: int, limit: int) -> int | None:
    """Where the identifier of a work that begins at `start` ends; None when there is none."""
    match = _IDENTIFIER.match(data, start, limit)
    if match is None:
        return None
    words = _trimmed(match[0].partition(b"[^")[0])
    return start + len(words) if work_url(words.decode("utf-8", "replace")) is not None else None


def bare_end(data: bytes, start: int, limit: int) -> int | None:
    """Where the bare address that begins at `start` ends, by GFM's rules; None when it is none."""
    match = BARE.match(data, start, limit)
    if match is None or not _may_begin(data, start):
        return None
    end = start + len(_trimmed(match[0].partition(b"[^")[0]))  # a footnote's mark is no part of it
    found = data[start:end]
    if found[:4].lower() == b"www.":
        return end if _WWW.match(found) else None
    return end if re.match(rb"https?://[^\W_]", found, re.IGNORECASE) or found[-1] > 127 else None


def _may_begin(data: bytes, start: int) -> bool:
    """An address begins a word: a letter, a digit or a slash before it makes it a part of something else."""
    before = data[start - 1 : start]
    return not (before.isalnum() or before in {b"/", b"\\"})


def _trimmed(address: bytes) -> bytes:
    """The address without the punctuation that belongs to its sentence."""
    while True:
        if address.endswith((b")", b"]")):
            opening, closing = (b"(", b")") if address.endswith(b")") else (b"[", b"]")
            if address.count(closing) <= address.count(opening):
                return address
            address = address[:-1]
        elif tail := _TAIL.search(address):
            address = address[: tail.start()]
        else:
            return address
