"""What an answer means: one table of rules, the first that sees its evidence decides. Pure.

The order matters: a challenge explains a 403, a status explains a page, and only what looks like a page is looked at
for what it says instead of what was asked for. docs/fetching.md lists the rules for readers.
"""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from msgspec import Struct

from sourcebook import ids
from sourcebook.fetch.glance import Glance
from sourcebook.fetch.losses import find_loss
from sourcebook.fetch.marks import LITTLE
from sourcebook.fetch.signs import find_gate
from sourcebook.patterns import pattern
from sourcebook.types.captures import NEEDS_SCRIPT, Outcome

UNCHANGED = "unchanged"  # the reason of an `ok` without a body: what we hold is what there is


class Answer(Struct, frozen=True):
    """All that a rule may look at."""

    url: str  # as asked for
    final_url: str
    status: int
    headers: Mapping[str, str]  # names in lower case
    media_type: str  # by `bodies.media_type`
    body: bytes = b""  # decoded
    conditional: bool = False  # did we ask "only if it has changed"?

    def header(self, name: str) -> str:
        """The value of a header, "" when it was not sent."""
        return self.headers.get(name, "")


Seen = tuple[Outcome, str] | None


def decide(answer: Answer, page: Glance) -> tuple[Outcome, str]:
    """What happened, and the evidence in words."""
    for rule in _ANY_PAGE if answer.media_type in HTML else _ANY_ANSWER:
        seen = rule(answer, page)
        if seen is not None:
            return seen
    return Outcome.OK, f"status {answer.status}"


# --- rules for any answer ----------------------------------------------------------------------------


def _unchanged(answer: Answer, _: Glance) -> Seen:
    if answer.status != 304:
        return None
    if answer.conditional:
        return Outcome.OK, UNCHANGED
    return Outcome.UNREACHABLE, "status 304, though we hold no copy"


def _gate(answer: Answer, page: Glance) -> Seen:
    """A challenge may come with any status, 200 and 202 among them."""
    return find_gate(answer.status, answer.headers, page)


def _status(answer: Answer, page: Glance) -> Seen:
    status = answer.status
    if 200 <= status < 300 and status not in _STATUS:
        return None
    outcome, words = _STATUS.get(status) or _CLASS.get(status // 100, (Outcome.UNREACHABLE, "no status of HTTP"))
    if outcome is Outcome.BLOCKED and _is_social(answer.final_url):
        outcome, words = Outcome.WALLED, "the site answers nobody"
    again = answer.header("retry-after")[:60] if outcome is Outcome.LIMITED else ""
    title = f", {page.title[:80]!r}" if page.title else ""
    return outcome, f"status {status}: {words}{title}" + (f", retry after {again}" if again else "")


# Statuses that mean more than their class does.
_STATUS = {
    204: (Outcome.THIN, "no content"),
    205: (Outcome.THIN, "no content"),
    206: (Outcome.UNREACHABLE, "a part of the answer, though all of it was asked for"),
    401: (Outcome.BLOCKED, "a login is asked for"),
    402: (Outcome.PAYWALLED, "payment is asked for"),
    403: (Outcome.BLOCKED, "refused"),
    404: (Outcome.GONE, "not found"),
    408: (Outcome.LIMITED, "the server did not wait for us"),
    410: (Outcome.GONE, "gone"),
    425: (Outcome.LIMITED, "too early"),
    429: (Outcome.LIMITED, "asked too often"),
    451: (Outcome.BLOCKED, "withheld for legal reasons"),
    503: (Outcome.LIMITED, "not now"),
    999: (Outcome.WALLED, "the site answers nobody"),
}
_CLASS = {
    3: (Outcome.UNREACHABLE, "a redirect without a usable target"),
    4: (Outcome.BLOCKED, "the request was not liked"),
    5: (Outcome.UNREACHABLE, "the server failed"),
}


def _elsewhere(answer: Answer, _: Glance) -> Seen:
    """A redirect that leads away from what was asked for."""
    if answer.url == answer.final_url or ids.match_key(answer.url) == ids.match_key(answer.final_url):
        return None
    asked, final = urlsplit(answer.url), urlsplit(answer.final_url)
    if (final.hostname or "").startswith("consent."):
        return Outcome.WALLED, f"redirected to a consent page, {answer.final_url!r}"
    if _LOST.search(final.path) and not _LOST.search(asked.path):
        return Outcome.SOFT_GONE, f"redirected to {final.path[:80]!r}"
    if _same_site(answer) and is_front(answer.final_url) and not is_front(answer.url):
        return Outcome.SOFT_GONE, f"redirected to the front page, {answer.final_url!r}"
    return None


def _unread_type(answer: Answer, _: Glance) -> Seen:
    kind = answer.media_type
    if kind.startswith("text/") or kind in _READ or kind.endswith(("+xml", "+json")):
        return None
    return Outcome.WRONG_TYPE, f"media type {kind[:80]!r}" if kind else "no media type, and no text"


def _empty(answer: Answer, _: Glance) -> Seen:
    return None if answer.body.strip() else (Outcome.THIN, "an empty body")


# --- rules for pages ---------------------------------------------------------------------------------


def _lost(_: Answer, page: Glance) -> Seen:
    """A page that says, with status 200, that there is no such page."""
    return find_loss(page)


def _login(answer: Answer, page: Glance) -> Seen:
    if page.prose >= LITTLE:
        return None
    path = urlsplit(answer.final_url).path
    if _LOGIN_PATH.search(path) and not _LOGIN_PATH.search(urlsplit(answer.url).path):
        return Outcome.WALLED, f"redirected to a login, {path[:80]!r}"
    if page.password and _LOGIN_TITLE.search(page.title or page.heading):
        return Outcome.WALLED, f"a login, {(page.title or page.heading)[:80]!r}"
    if page.password and page.prose < _NEXT_TO_NO_PROSE:
        return Outcome.WALLED, f"a password is asked for, over {page.prose} characters of text"
    if _is_social(answer.final_url):
        return Outcome.WALLED, "the site shows next to nothing without a login"
    return None


def _thin(_: Answer, page: Glance) -> Seen:
    if page.prose >= LITTLE:
        return None
    if page.words < _FEW_WORDS:
        why = f", and {NEEDS_SCRIPT}" if needs_script(page) else ""
        return Outcome.THIN, f"{page.words} words{why}"
    if page.words < _FEW_FOR_A_MENU and page.prose < _NEXT_TO_NO_PROSE and needs_script(page):
        return Outcome.THIN, f"{page.words} words and no sentence, and {NEEDS_SCRIPT}"
    return None


def needs_script(page: Glance) -> bool:
    """Does the page say so, or is it the empty frame that a script fills?"""
    return any(pattern.search(page.source) for pattern in _NEEDS_SCRIPT)


Rule = Callable[[Answer, Glance], Seen]
_ANY_ANSWER: tuple[Rule, ...] = (_unchanged, _gate, _status, _elsewhere, _empty, _unread_type)
_ANY_PAGE: tuple[Rule, ...] = (*_ANY_ANSWER, _lost, _login, _thin)

HTML = {"text/html", "application/xhtml+xml"}
_READ = {
    "application/pdf", "application/xhtml+xml", "application/xml", "application/json", "application/x-tex",
    "application/epub+zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/mbox", "message/rfc822",
}  # fmt: skip
_FEW_WORDS = 20  # fewer carry no statement that anybody cites; a short but real notice has 30 and more
_LOST = pattern(r"(?i)(^|/)(404|error[-_]?404|not[-_]?found|page[-_]?not[-_]?found)(\.\w+)?/?$")
_LOGIN_PATH = pattern(
    r"(?i)(^|/)(log-?in|sign-?in|sign_in|authwall|sso|oauth2?|authorize|wp-login\.php|checkpoint)(\.\w+)?(/|$)"
)
_LOGIN_TITLE = pattern(r"(?i)\b(log ?in|sign ?in|log on|anmelden|einloggen|se connecter|connexion|iniciar sesi[oó]n)\b")
_FEW_FOR_A_MENU = 50  # an application that is all script may still show its menu,
_NEXT_TO_NO_PROSE = 200  # characters: and a sentence or two about the script, or about the password
_NEEDS_SCRIPT = (
    pattern(r"(?is)<noscript\b[^>]*>.{0,400}?(javascript|\bjs\b)"),
    pattern(r"(?i)\b(enable|requires?|needs?|turn on|activate|aktivieren|activer) (your )?javascript\b"),
    pattern(r"(?i)\bjavascript (is (required|disabled|not enabled)|must be enabled|aktivieren)\b"),
    pattern(r"(?i)<(div|main|section)\b[^>]{0,200}\bid=[\"']?(root|app|__next|__nuxt|___gatsby|q-app|svelte)\b[^>]{0,200}>"
               r"\s{0,200}</\1>"),
    pattern(r"(?i)<(app-root|my-app|ion-app|flutter-view)\b[^>]{0,200}>\s{0,200}(loading[.… ]{0,5})?\s{0,20}</"),
)  # fmt: skip
_FRONT_NAMES = pattern(
    # languages that are no words or abbreviations of sections: "/it", "/is" and "/no" may be anything
    r"(?i)^/?((en|de|fr|es|pt|nl|sv|da|nb|fi|pl|cs|ru|uk|ja|zh|ko|ar|tr|hu|ro|[a-z]{2}[-_][a-z]{2}"
    r"|home|index|default|welcome)(\.\w{3,4})?)?/?$"
)
_SOCIAL = frozenset(
    "facebook.com instagram.com linkedin.com x.com twitter.com tiktok.com threads.net threads.com pinterest.com".split()
)


def _is_social(url: str) -> bool:
    return ids.registrable_domain(ids.host(url)) in _SOCIAL


def is_front(url: str) -> bool:
    """Is this the front page of a site, or of a language of it?"""
    parts = urlsplit(ids.match_key(url) or url)  # the key has no tracking parameters
    return not parts.query and not parts.fragment and _FRONT_NAMES.match(parts.path) is not None


def _same_site(answer: Answer) -> bool:
    """Short links lead to other people's front pages, rightly; a page of the site itself does not."""
    return ids.registrable_domain(ids.host(answer.url)) == ids.registrable_domain(ids.host(answer.final_url))
