"""What counts as the same thing: the identity rules. docs/identity.md explains them with examples.

Three forms of an address, one parser (WHATWG): as cited (hashed for the Resource ID), as asked for, and the match key.
Two addresses with one match key are one source. A key is an address of its own (`https://example.org/a`), or names the
work where the address carries an identifier (`doi:10.1000/xyz`). Changing a rule moves sources: raise RULES with it.
"""

import functools
import hashlib
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import can_ada
from msgspec import Struct

from sourcebook.addresses import page_of, site
from sourcebook.types.findings import Finding, Rule
from sourcebook.works import work_address, work_of, written_work

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

RULES = 1  # version of this file, addresses.py and works.py

RESOURCE_ID = re.compile(r"[0-9a-f]{16}")
STABLE_ID = re.compile(r"sid_[0-9A-Za-z]{10}")

_PLACED = {Rule.UNREADABLE_PAGE, Rule.BROKEN_FRONT_MATTER, Rule.BROKEN_MARKUP}  # their messages say where
_PLACE = re.compile(r"0x[0-9a-f]+|(?<![\w-])\d+")

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_STABLE_IDS = 62**10


class Memento(Struct, frozen=True):
    """An address of an archived copy: of what, and of when."""

    url: str
    at: datetime


# --- the three forms of an address -----------------------------------------------------------------


def resource_id(url: str) -> str:
    """The Resource ID of an address exactly as cited."""
    return _hex16(url)


@functools.lru_cache(maxsize=1024)
def request_url(url: str) -> str | None:
    """What is asked for: the address without fragment and without credentials; None when it is no http(s) address."""
    return _request(_parse(url))


def original_url(url: str) -> str | None:
    """The address itself as it is asked for; of a copy in a web archive, that of the original."""
    return _request(_original(url))


def match_key(url: str) -> str | None:
    """What the source is known by, however it is linked; None when the text is no http(s) address.

    `match_key(key) == key` for a key that is an address, and `match_key(request_url(url)) == match_key(url)` unless the
    fragment is a client-side route.
    """
    address = _original(url)
    if address is None:
        return None
    name = site(address.hostname)
    return (None if address.port else work_of(name, address.pathname, address.search)) or page_of(name, address)


def address(words: str) -> str:
    """The address that some words are or, where they name a work (`doi:10.1000/182`, `arXiv:1706.03762`), lead to."""
    work = written_work(words)
    return words if work is None else work_address(work)


def identifier_of(url: str) -> str | None:
    """The work that an address names: `doi:`, `arxiv:`, `pmid:`, `pmc:` or `isbn:`; None for every other address."""
    key = match_key(url)
    return None if key is None or key.startswith("https:") else key


def unwrap_memento(url: str) -> Memento | None:
    """What an address of a web archive is a copy of. None for other addresses, and for copies without a time."""
    address = _parse(url)
    if address is None or (inner := _archived(address)) is None:
        return None
    copied, stamp = inner
    at = _moment(stamp)
    return None if at is None else Memento(copied.href, at)


@functools.lru_cache(maxsize=4096)  # a fetcher looks at 1,000 sources ahead
def host(url: str) -> str:
    """The host of an address in lower case, as browsers ask for it; "" when there is none."""
    address = _parse(url)
    return "" if address is None else str(address.hostname).rstrip(".")


@functools.lru_cache(maxsize=4096)
def registrable_domain(host: str) -> str:
    """The part of a host that somebody registered, by the public suffix list; the host itself when it has none."""
    name = host.lower().rstrip(".")
    if name.endswith("]") or name.rpartition(".")[2].isdecimal():  # an IP address
        return name
    return _suffixes().privatesuffix(name) or name


# --- identifiers of our own ------------------------------------------------------------------------


def stable_id(match_key: str) -> str:
    """The Stable ID of a source that is new: the same on every machine."""
    number = int.from_bytes(hashlib.sha256(_bytes(match_key)).digest()) % _STABLE_IDS
    digits = []
    for _ in range(10):
        digits.append(_DIGITS[number % 62])
        number //= 62
    return "sid_" + "".join(reversed(digits))


def page_id(path: str) -> str:
    """The id of the page at a path of the corpus."""
    return _hex16(path)


def claim_id(text: str) -> str:
    """The id of a statement: the same words, however they are spaced, are the same claim."""
    return _hex16(" ".join(text.split()))


def finding_name(finding: Finding, before: int) -> str:
    """What a finding of a parser is known by while lines move around it, in words that people can read.

    `before` is how many on its page were found before it that say the same.
    """
    message = _PLACE.sub("#", finding.message) if finding.rule in _PLACED else finding.message
    name = f"{finding.page}: {finding.rule}: {message}"
    return f"{name} ({before + 1})" if before else name


def judgement_id(claim_id: str, source_id: str) -> str:
    """What a judgement is filed under: the claim by its words, never by the number of its footnote."""
    return f"{claim_id}:{source_id}"


def fingerprint(*parts: str) -> str:
    """One name for everything that decided a derived result: 16 hex digits, different when any part differs."""
    return _hex16("\x1f".join(parts))


def capture_id(source_id: str, checked_at: datetime) -> str:
    """The id of one attempt to get a source."""
    return _hex16(f"{source_id} {checked_at.astimezone(UTC).isoformat(timespec='microseconds')}")


def _hex16(text: str) -> str:
    return hashlib.sha256(_bytes(text)).hexdigest()[:16]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # a lone surrogate in a broken page has an id too


@functools.cache
def _suffixes() -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415  # 0.1 s to load; most commands never need it

    return PublicSuffixList()


def _request(address: can_ada.URL | None) -> str | None:
    if address is None:
        return None
    return f"{address.protocol}//{address.host}{address.pathname}{address.search}"


def _parse(url: str) -> can_ada.URL | None:
    try:
        address = can_ada.parse(url)
    except (ValueError, TypeError):  # TypeError: the parser takes no lone surrogates
        return None
    return address if address.protocol in _WEB and address.hostname.strip(".") else None


_WEB = {"https:", "http:"}


# --- copies in web archives ------------------------------------------------------------------------

_MOST_WRAPPINGS = 3  # copies of copies exist, copies of copies of copies do not
_ARCHIVES = {
    "web.archive.org": "/web/", "wayback.archive.org": "/web/", "archive.org": "/web/", "arquivo.pt": "/wayback/",
    "archive.today": "/", "archive.ph": "/", "archive.is": "/", "archive.li": "/", "archive.md": "/", "archive.vn": "/",
    "archive.fo": "/", "webarchive.nationalarchives.gov.uk": "/", "webarchive.loc.gov": "/all/",
}  # fmt: skip
_COPY_OF = re.compile(
    r"(?:ukgwa/)?(?P<time>(?P<stamp>\d{4,14}|\d{4}\.\d\d\.\d\d-\d{6})(?:[a-z]{2}_)?/+|newest/+)?"
    r"(?P<scheme>https?:/+)?(?P<rest>[^/].*)",
    re.DOTALL | re.IGNORECASE,
)


def _original(url: str) -> can_ada.URL | None:
    address = _parse(url)
    for _ in range(_MOST_WRAPPINGS):
        if address is None or (inner := _archived(address)) is None:
            break
        address = inner[0]
    return address


def _archived(address: can_ada.URL) -> tuple[can_ada.URL, str] | None:
    """What a copy is of, and its time as the archive writes it ("" for "the newest")."""
    root = _ARCHIVES.get(address.hostname.removeprefix("www."))
    if root is None or not address.pathname.startswith(root):
        return None
    whole = address.pathname[len(root) :] + address.search + address.hash
    found = _COPY_OF.fullmatch(whole)
    if found is None or not (found["time"] or found["scheme"]):
        return None
    inner = _parse(("https://" if (found["scheme"] or "").lower().startswith("https") else "http://") + found["rest"])
    # a host without a dot is no copy: archive.ph has short names of its own
    return None if inner is None or "." not in inner.hostname else (inner, found["stamp"] or "")


def _moment(stamp: str) -> datetime | None:
    digits = re.sub(r"\D", "", stamp)
    digits += "00000101000000"[len(digits) :]
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
