"""What counts as the same thing: the identity rules. docs/identity.md explains them with examples.

Three forms of an address, one parser (WHATWG): as cited (hashed for the Resource ID), as asked for, and the match key.
Two addresses with one match key are one source. A key is an address of its own (`https://example.org/a`), or names the
work where the address carries an identifier (`doi:10.1000/xyz`). Changing a rule moves sources: raise RULES with it.
"""

import functools
import hashlib
import operator
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import can_ada

from sourcebook.works import work_of

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

RULES = 1  # version of everything in this file

RESOURCE_ID = re.compile(r"[0-9a-f]{16}")
STABLE_ID = re.compile(r"sid_[0-9A-Za-z]{10}")

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Memento:
    """An address of an archived copy: of what, and of when."""

    url: str
    at: datetime


# --- the three forms of an address -----------------------------------------------------------------


def resource_id(url: str) -> str:
    """The Resource ID of an address exactly as cited."""
    return _hex16(url)


def request_url(url: str) -> str | None:
    """What is asked for: the address without fragment and without credentials; None when it is no http(s) address."""
    address = _parse(url)
    if address is None:
        return None
    return f"{address.protocol}//{address.host}{address.pathname}{address.search}"


def match_key(url: str) -> str | None:
    """What the source is known by, however it is linked; None when the text is no http(s) address.

    `match_key(key) == key` for a key that is an address, and `match_key(request_url(url)) == match_key(url)` unless the
    fragment is a client-side route.
    """
    address = _parse(url)
    for _ in range(_MOST_WRAPPINGS):
        if address is None or (inner := _archived(address)) is None:
            break
        address = inner[0]
    if address is None:
        return None
    name = _site(address.hostname)
    return (None if address.port else work_of(name, address.pathname, address.search)) or _page(address, name)


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
    number = int.from_bytes(hashlib.sha256(_bytes(match_key)).digest()) % len(_DIGITS) ** 10
    digits = ""
    for _ in range(10):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return "sid_" + digits


def page_id(path: str) -> str:
    """The id of the page at a path of the corpus."""
    return _hex16(path)


def claim_id(text: str) -> str:
    """The id of a statement: the same words, however they are spaced, are the same claim."""
    return _hex16(" ".join(text.split()))


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


def _parse(url: str) -> can_ada.URL | None:
    try:
        address = can_ada.parse(url)
    except ValueError:
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


# --- pages -----------------------------------------------------------------------------------------

# Parameters that say how a reader came by a page, never which page it is. A name belongs here only if no site is known
# to choose a page by it: `ref`, `source`, `s`, `id`, `p`, `page`, `lang` and `v` are real on too many.
_TRACKING = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid li_fat_id igshid igsh epik srsltid "
    "mc_cid mc_eid mkt_tok _hsenc _hsmi __hssc __hstc __hsfp hsctatracking vero_id vero_conv oly_anon_id oly_enc_id "
    "_ga _gl ref_src ref_url s_kwcid ns_source ns_mchannel ns_campaign ns_linkname ns_fee at_medium at_campaign "
    "wt.mc_id wt_mc xtor smid smtyp guccounter guce_referrer guce_referrer_sig unlocked_article_code sharetype "
    "__twitter_impression wprov jsessionid phpsessid".split()
)
_TRACKING_PREFIXES = ("utm_", "mtm_", "matomo_", "pk_", "piwik_", "hsa_", "at_custom")
_TRACKING_ON = {  # the same on the one site that uses them
    "x.com": {"s", "t"},
    "medium.com": {"source", "sk"},
    "open.spotify.com": {"si"},
    "bloomberg.com": {"srnd", "sref", "leadsource", "accesstoken"},
    "wsj.com": {"mod", "reflink", "st"},
    "docs.google.com": {"usp"},
    "washingtonpost.com": {"itid", "pwapi_token", "tid"},
}
_SAME_SITE = {
    "twitter.com": "x.com", "mobile.twitter.com": "x.com", "mobile.x.com": "x.com",
    "old.reddit.com": "reddit.com", "np.reddit.com": "reddit.com",
    "m.youtube.com": "youtube.com", "youtube-nocookie.com": "youtube.com",
}  # fmt: skip
_MOBILE_WIKI = re.compile(r"(?:\.m)+\.(wik[a-z]+|mediawiki)\.org$")
_WIKI = re.compile(r"\.(wik[a-z]+|mediawiki)\.org$")
_VIDEO = re.compile(r"/(?:embed|shorts|live|v)/(?!videoseries)([\w-]{11})/?|/watch/?\?(?:.*&)?v=([\w-]{11})(?:&.*)?")
_POST = re.compile(r"(/posts/[A-Za-z0-9]{17})/[^/]*/?")  # the words after the id are decoration
_POSTS_ON = {"lesswrong.com", "alignmentforum.org", "forum.effectivealtruism.org"}
_SESSION = re.compile(r"(?<=[^./])(?<!%2e);jsessionid=[^/]*", re.IGNORECASE)
_ESCAPE = re.compile(r"(?<!%)(?<!%[0-9A-Fa-f])%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~")


def _page(address: can_ada.URL, name: str) -> str:
    """The key of a page that names no work."""
    path = _SESSION.sub("", _escapes(address.pathname))
    query = _query(name, _escapes(address.search[1:]))
    if name in _POSTS_ON and (post := _POST.fullmatch(path)):
        path = post[1]
    if name in {"youtube.com", "youtu.be"} and (video := _video(name, path, query)):
        return f"https://youtube.com/watch?v={video}"
    route = _route(name, address.hash)
    path = path.rstrip("/") if query or route else _without_prose(path)
    port = "" if address.port in {"", "80", "443"} else f":{address.port}"
    return f"https://{name}{port}{path or '/'}{'?' if query else ''}{query}{route}"


def _site(hostname: str) -> str:
    """A host without what leads to the same pages: `www.`, mobile names, an old name of the site."""
    name = hostname.rstrip(".")
    while name.startswith("www.") and "." in name[4:]:
        name = name[4:]
    if ".m." in name:
        name = _MOBILE_WIKI.sub(r".\1.org", name)
    return _SAME_SITE.get(name, name)


def _escapes(text: str) -> str:
    """Escapes in upper case, and those of letters and digits undone (RFC 3986, 6.2.2)."""
    return _ESCAPE.sub(_escape, text) if "%" in text else text


def _escape(found: re.Match[str]) -> str:
    letter = chr(int(found[0][1:], 16))
    return letter if letter in _UNRESERVED else found[0].upper()


def _query(name: str, search: str) -> str:
    """The parameters that choose a page, sorted by name; those of one name keep their order."""
    if not search:
        return ""
    search = _without_prose(search, "")
    here = _TRACKING_ON.get(name, ())
    kept = []
    for parameter in search.split("&"):
        key = parameter.partition("=")[0]
        low = key.lower()
        if parameter and not (low in _TRACKING or low in here or low.startswith(_TRACKING_PREFIXES)):
            kept.append((key, parameter))
    query = "&".join(parameter for _, parameter in sorted(kept, key=operator.itemgetter(0)))
    if query != _without_prose(
        query, ""
    ):  # it was not at the end as cited: keep it, so that the key of the key is the key
        query = f"{query[:-1]}%{ord(query[-1]):02X}"
    return query


def _without_prose(text: str, also: str = "/") -> str:
    """The end of an address without what the sentence around it left there. `!` and `'` stay: they end real titles."""
    while text:
        last = text[-1]
        unopened = last in _OPENED and text.count(last) > text.count(_OPENED[last])
        if unopened or last in also or last in ".,;:":
            text = text[:-1]
        elif also and (escape := _PROSE_ESCAPED.search(text)):
            text = text[: escape.start()]
        else:
            break
    return text


_OPENED = {")": "(", "]": "["}
_PROSE_ESCAPED = re.compile(r"(?:%2[2CE]|%3[ABE]|%60|%E2%80%9[9D]|%C2%BB)$")  # quotes, backtick, > and .,;: escaped


def _route(name: str, fragment: str) -> str:
    """The fragment where it is an address within the page: `#/…` and `#!…` choose what a browser shows."""
    if not fragment.startswith(("#/", "#!")) or _WIKI.search(name):  # a wiki's #/media/… is a picture over the page
        return ""
    route = fragment.partition(":~:")[0]
    return route if len(route) > 2 else ""


def _video(name: str, path: str, query: str) -> str:
    if name == "youtu.be":
        return path[1:12] if re.fullmatch(r"/[\w-]{11}/?", path) else ""
    found = _VIDEO.fullmatch(path) or _VIDEO.fullmatch(f"{path}?{query}")
    return "" if found is None else found[1] or found[2]
