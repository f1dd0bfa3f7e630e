"""From exchanges to an answer: what the headers say, what the body is, what it means. Pure.

Both fetchers end here, so that a page means the same whether a server or an archive gave it.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from urllib.parse import urljoin

from msgspec import Struct, field

from sourcebook import ids
from sourcebook.fetch.decoding import Undecodable, decode
from sourcebook.fetch.glance import ENOUGH_PROSE, MOST_CHARACTERS, Glance, glance, is_plainly_article
from sourcebook.fetch.outcomes import HTML, Answer, decide
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Exchange, Fetched, Wanted

MEGABYTE = 1_000_000
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 10  # as the Fetch standard has 20 and no honest chain needs more than 5

Headers = tuple[tuple[str, str], ...]


_FOLD = re.compile(rb"\r?\n[ \t]+")
_STATUS_LINE = re.compile(r"HTTP/\d(?:\.\d)? +(\d{3})(?!\d)", re.ASCII)


class Head(Struct, frozen=True):
    """The first part of an answer, read."""

    status: int
    headers: Headers  # as sent, in order
    by_name: dict[str, str] = field(default_factory=dict)  # in lower case: the first of a name

    def __post_init__(self) -> None:
        self.by_name.update([(name.lower(), value) for name, value in reversed(self.headers)])

    def first(self, name: str) -> str:
        """The value of a header, "" when it was not sent. `name` in lower case."""
        return self.by_name.get(name, "")

    def joined(self, name: str) -> str:
        """All values of a list header in one."""
        if name not in self.by_name or len(self.by_name) == len(self.headers):
            return self.first(name)
        return ", ".join([value for one, value in self.headers if one.lower() == name])


class Occasion(Struct, frozen=True):
    """What is true of every answer of one visit: who answered, when we asked, how much we keep."""

    wanted: Wanted
    origin: str
    checked_at: datetime
    most_bytes: int


@lru_cache(maxsize=64)  # each is read for its redirect first, and for what it means then
def read_head(raw: bytes) -> Head | None:
    """Status and headers of a response head; None when it is none. Folded lines are joined."""
    if b"\n " in raw or b"\n\t" in raw:
        raw = _FOLD.sub(b" ", raw)
    first, *lines = _lines(raw.replace(b"\r\n", b"\n"))
    found = _STATUS_LINE.match(first)
    if found is None:
        return None
    pairs = [line.partition(":") for line in lines if ":" in line]
    return Head(int(found[1]), tuple([(name.strip(), value.strip()) for name, _, value in pairs]))


def _lines(raw: bytes) -> list[str]:
    try:
        return raw.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        parts = (line.partition(b":") for line in raw.split(b"\n"))
        return [f"{text_of(name)}{text_of(colon)}{text_of(value)}" for name, colon, value in parts]


def text_of(raw: bytes) -> str:
    """A header as text: UTF-8 where it is, else Latin-1, as browsers read it."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def redirect_target(head: Head, base: str) -> str | None:
    """Where an answer sends us, as an address to ask for; None when it does not or the target is none."""
    location = head.first("location").strip()
    if head.status not in REDIRECTS or not location:
        return None
    # the parser of addresses takes no base, and urljoin knows neither "\" nor tabs as browsers do
    location = re.sub(r"[\t\r\n]", "", location)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:[/\\]{2}", location):
        return ids.request_url(location)
    path, mark, rest = location.partition("?")
    try:
        return ids.request_url(urljoin(base, path.replace("\\", "/") + mark + rest))
    except ValueError:
        return None


class Seen(Struct, frozen=True):
    """An answer, and the page that it was judged by; an empty one where there is none."""

    fetched: Fetched
    page: Glance = field(default_factory=Glance)


def answered(occasion: Occasion, exchanges: Sequence[Exchange], *, conditional: bool = False) -> Fetched:
    """What the last of the exchanges means."""
    return seen(occasion, exchanges, conditional=conditional).fetched


def seen(occasion: Occasion, exchanges: Sequence[Exchange], *, conditional: bool = False) -> Seen:
    """The same, with the page that it was judged by."""
    last = exchanges[-1]
    head = read_head(last.response_head)
    if head is None:
        return Seen(broken(occasion, exchanges[:-1], last.url, Outcome.UNREACHABLE, "an answer that is not HTTP"))
    if other := _other_transfer(head):
        words = f"transfer encoding {other[:40]!r}"
        return Seen(broken(occasion, exchanges[:-1], last.url, Outcome.UNREACHABLE, words))
    body = decode(last.body, head.joined("content-encoding"), occasion.most_bytes)
    if isinstance(body, Undecodable):
        outcome = Outcome.WRONG_TYPE if body.too_large else Outcome.UNREACHABLE
        return Seen(broken(occasion, exchanges[:-1], last.url, outcome, body.why))
    media_type, charset = media_type_of(head.first("content-type"), body)
    answer = Answer(
        url=ids.request_url(occasion.wanted.url) or occasion.wanted.url,
        final_url=last.url,
        status=head.status,
        headers=head.by_name,
        media_type=media_type,
        body=body,
        conditional=conditional,
    )
    page = look(media_type, body, charset)
    outcome, reason = decide(answer, page)
    fetched = Fetched(
        source_id=occasion.wanted.source_id,
        url=occasion.wanted.url,
        final_url=last.url,
        checked_at=occasion.checked_at,
        captured_at=last.at,
        outcome=outcome,
        reason=reason,
        origin=occasion.origin,
        status=head.status,
        media_type=media_type,
        charset=charset,
        etag=head.first("etag"),
        last_modified=head.first("last-modified"),
        body=body,
        exchanges=tuple(exchanges),
    )
    return Seen(fetched, page)


def _other_transfer(head: Head) -> str:
    """A transfer encoding that nobody undoes; "" when there is none."""
    said = head.joined("transfer-encoding")
    return min({*said.lower().replace(" ", "").split(",")} - {"", "chunked", "identity"}, default="") if said else ""


def broken(occasion: Occasion, before: Sequence[Exchange], at: str, outcome: Outcome, reason: str) -> Fetched:
    """No whole answer: nothing of it is kept, so that no part is ever taken for the whole."""
    return Fetched(
        source_id=occasion.wanted.source_id,
        url=occasion.wanted.url,
        final_url=at,
        checked_at=occasion.checked_at,
        captured_at=occasion.checked_at,
        outcome=outcome,
        reason=reason,
        origin=occasion.origin,
        exchanges=tuple(before),
    )


# --- kinds of bodies -----------------------------------------------------------------------------------

_VAGUE = {"", "application/octet-stream", "binary/octet-stream", "application/x-download", "unknown/unknown"}
_HTML_START = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]+)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_SNIFFED = 2048
_FIRST_LOOK = 32 * 1024  # bytes: in most articles, more than a rule needs
_TEXT_FOR_RULES = MOST_CHARACTERS + 1
_NO_CHARSET = {
    "punycode",
    "idna",
    "unicode_escape",
    "raw_unicode_escape",
    "unicode-escape",
    "raw-unicode-escape",
    "undefined",
}


def media_type_of(content_type: str, body: bytes) -> tuple[str, str]:
    """Media type, in lower case without parameters, and charset as the server said. Where the server does not say what
    it sent, the body is looked at."""
    media_type = content_type.partition(";")[0].strip().lower()
    found = _CHARSET.search(content_type)
    charset = found[1].lower() if found else ""
    if media_type in _VAGUE or "/" not in media_type:
        media_type = _sniffed(body) or media_type
    return media_type, charset


def _sniffed(body: bytes) -> str:
    if body[:1024].lstrip().startswith(b"%PDF-"):
        return "application/pdf"
    if _HTML_START.match(body.removeprefix(b"\xef\xbb\xbf")[:4096]):
        return "text/html"
    start = body[:_SNIFFED]
    return "text/plain" if start and b"\0" not in start and _is_utf8(start) else ""


def _is_utf8(start: bytes) -> bool:
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        return len(start) == _SNIFFED and error.start > _SNIFFED - 4  # cut in the middle of a character
    return True


def look(media_type: str, body: bytes, charset: str) -> Glance:
    """The page that a body shows; an empty one when it is no HTML."""
    if media_type not in HTML:
        return Glance()
    first = text_for_rules(body[:_FIRST_LOOK], charset)
    if is_plainly_article(first):
        return Glance(first, prose=ENOUGH_PROSE)  # no rule asks how it goes on
    return glance(first if len(body) <= _FIRST_LOOK else text_for_rules(body, charset))


def text_for_rules(body: bytes, charset: str) -> str:
    """The beginning of a body as text, for the rules; extractors read it with more care."""
    start = body[:_TEXT_FOR_RULES]
    for name in _charsets(start, charset):
        if name.lower() in _NO_CHARSET:  # Python's own, which no page has; some take quadratic time
            continue
        try:
            return start.decode(name, "replace")
        except (LookupError, ValueError):  # no such charset, or one that is no text encoding
            continue
    return start.decode("utf-8", "replace")


def _charsets(start: bytes, charset: str) -> Iterable[str]:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield "utf-16"
    if charset:
        yield charset
    if found := _META_CHARSET.search(start[:4096]):
        yield found[1].decode("ascii", "replace")
