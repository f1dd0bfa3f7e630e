"""Which targets point outside, and where a bare address ends."""

import re
from enum import Enum

from sourcebook.config import CorpusSettings
from sourcebook.corpus.runs import positions


class NoCitation(Enum):
    """Why a target is not a citation."""

    INSIDE = "within the corpus, or no web address"
    NAMELESS = "a component without the id of a source"
    UNUSABLE = "an http address without a host"


_SCHEME = re.compile(r"https?:", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:[^/?#@\\]*@)?(\[[^\]]*\]|[^/?#:\\\s]+)", re.IGNORECASE)

# GFM: "extended autolinks", https://github.github.com/gfm/#autolinks-extension-
BARE = re.compile(rb"(?:https?://|www\.)[^\s<\x1a\x1c]+", re.IGNORECASE)
_WWW = re.compile(rb"www\.[\w-]+\.[\w]|www\.\w", re.IGNORECASE)
_TAIL = re.compile(rb"""(?:[!"'*,.:;?_~]|&[A-Za-z0-9]+;)\Z""")


def outside(target: str, settings: CorpusSettings) -> str | NoCitation:
    """The absolute address that a target stands for, or why it is none."""
    address = target.strip()
    if not _SCHEME.match(address):
        return NoCitation.INSIDE
    host = _HOST.match(address)
    if host is None:
        return NoCitation.UNUSABLE
    if settings.own_sites and host[1].lower().removeprefix("www.") in _bare_hosts(settings.own_sites):
        return NoCitation.INSIDE
    return address


def _bare_hosts(sites: tuple[str, ...]) -> set[str]:
    return {site.lower().removeprefix("www.") for site in sites}


def bare_starts(data: bytes) -> list[int]:
    """Where bare addresses may begin, in order."""
    found = positions(data, (b"www.", b"WWW."))
    for slashes in positions(data, (b"://",)):
        scheme = data[max(slashes - 5, 0) : slashes].lower()
        if scheme.endswith(b"http"):
            found.append(slashes - 4)
        elif scheme == b"https":
            found.append(slashes - 5)
    found.sort()
    return found


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
