"""The marks by which gates and error pages are known. Data, and the two functions that look for it.

A mark in the words of a page counts only where there is little else on it: articles about captchas, paywalls and
error 404 use the same words, and so do banners over real text. Marks in headers and page furniture that only the
gate itself sends count always, or with the status that comes with it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sourcebook.fetch.glance import ENOUGH_PROSE, Glance
from sourcebook.types import Outcome

LITTLE = 600  # characters of prose: gates and error pages stay below, the shortest news notice does not
TEASER = 1_500  # characters of prose that a paywall leaves readable


@dataclass(frozen=True, slots=True)
class Mark:
    """One way to know a gate. Every field that is set must be seen."""

    whose: str
    outcome: Outcome = Outcome.BLOCKED
    header: str = ""  # a header that must be there…
    value: str = ""  # …and a pattern for its value
    title: str = ""  # pattern of the whole title
    text: str = ""  # pattern within what is shown, case folded
    source: str = ""  # text within the HTML, case as is
    statuses: tuple[int, ...] = ()  # empty: any
    most_prose: int = LITTLE


_CHALLENGE_TITLE = (
    r"(checking your browser|security check(point)?|are you a (human|robot)|robot check|human verification"
    r"|bot verification|ddos protection by .*|client challenge)\b.{0,40}"
)
_CHALLENGE_TEXT = (
    r"(verify|confirm|prove) (that )?you(['’]re| are) (a |not a )?(human|robot|bot)\b"
    r"|unusual traffic from your (computer )?network|enable javascript and cookies to continue"
)
_CONSENT_TEXT = r"^(we (value|care about) your privacy|your privacy (choices|is important)|cookie consent)\b"
_PARKED_TEXT = (
    r"\b(this|the) domain( name)?( \S+)? (is|may be) (for sale|parked|available for purchase)"
    r"|\b(buy this domain|domain is parked( free)?|domain has expired|parked domain)\b"
)

MARKS: tuple[Mark, ...] = (
    Mark("a Cloudflare challenge", header="cf-mitigated", value="challenge", most_prose=ENOUGH_PROSE),
    Mark("a Cloudflare challenge", header="server", value="cloudflare", title=r"just a moment[.… ]*"),
    Mark("a Cloudflare block", title=r"attention required! \| cloudflare"),
    Mark("a Cloudflare block", source="cf-error-details", text=r"sorry, you have been blocked"),
    Mark("a Vercel checkpoint", header="x-vercel-mitigated", value="challenge|deny", most_prose=ENOUGH_PROSE),
    Mark("an AWS WAF challenge", header="x-amzn-waf-action", value="challenge|captcha", most_prose=ENOUGH_PROSE),
    Mark("an AWS WAF challenge", source="awsWafCookieDomainList"),
    Mark("a DataDome challenge", header="x-datadome", statuses=(401, 403, 405, 429)),
    Mark("a DataDome challenge", source="captcha-delivery.com"),
    Mark("a HUMAN challenge", source="px-captcha"),
    Mark("a HUMAN challenge", title=r"access to this page has been denied\.?|pardon our interruption.*"),
    Mark("an Imperva challenge", source="_Incapsula_Resource"),
    Mark("an Imperva block", text=r"request unsuccessful\. incapsula incident id"),
    Mark("an Akamai block", title="access denied", text=r"you don't have permission to access .*reference ?#"),
    Mark("a Sucuri block", title=r"sucuri website firewall.*"),
    Mark("a Radware challenge", source="validate.perfdrive.com"),
    Mark("a DDoS-Guard challenge", header="server", value="ddos-guard", title=r"ddos-guard|checking your browser.*"),
    Mark("an Anubis challenge", title=r"making sure you['’]re not a bot!?"),
    Mark("a Kasada challenge", header="x-kpsdk-ct", statuses=(403, 429)),
    Mark("a bot challenge", title=_CHALLENGE_TITLE),
    Mark("a bot challenge", text=_CHALLENGE_TEXT),
    Mark("a consent page", Outcome.WALLED, title=r"before you continue( to .*)?"),
    Mark("a consent page", Outcome.WALLED, text=_CONSENT_TEXT),
    Mark("a parked domain", Outcome.PARKED, source="sedoparking.com"),
    Mark("a parked domain", Outcome.PARKED, source="parkingcrew.net"),
    Mark("a parked domain", Outcome.PARKED, source="bodis.com"),
    Mark("a parked domain", Outcome.PARKED, source="window.park ="),
    Mark("a parked domain", Outcome.PARKED, source="hugedomains.com/domain_profile"),
    Mark("a parked domain", Outcome.PARKED, text=_PARKED_TEXT),
    Mark("a parked domain", Outcome.PARKED, title=r"\S+\.\w{2,12} (is|may be) for sale.*"),
)

_NOT_FREE = re.compile(
    r"[\"']isAccessibleForFree[\"']\s*:\s*[\"']?false\b|itemprop=[\"']isAccessibleForFree[\"'][^>]{0,40}=[\"']false",
    re.IGNORECASE,
)
_SUBSCRIBE = re.compile(
    r"\b(subscribe|sign up|register|log in|become a member) (now )?to (continue|keep|read)\b"
    r"|\bto (continue|keep) reading\b|\bthis (article|content|story|post) is (exclusively )?(reserved )?"
    r"(for|available to) (paid |paying |our )?(subscribers|members)\b|\bsubscriber-only (article|content|story)\b"
    r"|\byou(?:'|’)ve reached your (limit|free article)",
    re.IGNORECASE,
)
# The whole of a title's part, between its separators: "Page not found | The Site". "How we chose our 404 page" is none.
_LOST_TITLE = re.compile(
    r"(error:? ?)?(http )?(404|410)( error)?([:,.]? ?(page |file )?(not found|gone))?!?"
    r"|(error:? )?(oops[!,.]* ?)?((sorry|we(?:'|’)re sorry)[,.]* )?(the |this |that )?(requested )?"
    r"(page|content|article|document|file|url|story|resource|site) "
    r"(could |can)?(was |is |has )?(not|no longer|no longer be)( be)?( been)? (found|available|exist)\.?"
    r"|(the |this |that )?page (doesn(?:'|’)t|does not|no longer) exists?\.?|(page )?(missing|unavailable)|not found"
    r"|we can(?:'|’)?(no)?t find (that|this|the) page\.?"
    r"|(die )?seite (wurde )?nicht gefunden|(la )?page (est )?(introuvable|non trouvée)|página no encontrada"
    r"|pagina non trovata|página não encontrada|pagina niet gevonden|страница не найдена|页面不存在"
    r"|ページが見つかりません",
    re.IGNORECASE,
)
_LOST_TEXT = re.compile(
    r"\b(page|article|document|file|url|story|content|link) (that )?"
    r"(you(['’]?(re| were)| are| were)? (looking for|requested|tried to (reach|open|access)|followed)|requested) "
    r".{0,40}?(\b(not|no longer|cannot|could|has been (re)?moved)\b|n['’]t\b).{0,25}"
    r"\b(found|exists?|available|find|there|removed|deleted|moved)"
    r"|\bwe (could ?n[o'’]t|can['’]?(no)?t|were unable to) (find|locate) (the |that |this )(page|article|document)\b",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s+[|\-–—·•:«»/]+\s+|\s*[|»«]\s*|(?<=404):?\s+(?=page not found)", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^>]{0,1000}", re.IGNORECASE)
_LOST_CLASS = re.compile(r"[\s\"']error-?404[\s\"']")  # WordPress and its like

Sign = tuple[Outcome, str] | None


def find_gate(status: int, headers: Mapping[str, str], page: Glance) -> Sign:
    """The gate that stands before the source, and its evidence; None when there is none. Header names in lower case."""
    for mark, patterns in _COMPILED:
        if (mark.statuses and status not in mark.statuses) or page.prose > mark.most_prose:
            continue
        if (evidence := _seen(mark, patterns, headers, page)) is not None:
            return mark.outcome, f"{mark.whose}: {evidence}"
    return _paywall(page)


def find_loss(page: Glance) -> Sign:
    """What says on a page with a good status that there is no such page; None when nothing does."""
    if page.prose >= TEASER:
        return None
    for words in (page.title, page.heading):
        for part in (words, *_SEPARATORS.split(words)):
            if part and _LOST_TITLE.fullmatch(part.strip(" .!…")):
                return Outcome.SOFT_GONE, f"the page is titled {words[:80]!r}"
    body = _BODY.search(page.source)
    if body and _LOST_CLASS.search(body[0]):
        return Outcome.SOFT_GONE, "the page is marked 'error404'"
    found = _LOST_TEXT.search(page.text) if page.prose < LITTLE else None
    return (Outcome.SOFT_GONE, f"the page says {found[0][:80]!r}") if found else None


def _paywall(page: Glance) -> Sign:
    if page.prose >= TEASER:
        return None
    if found := _NOT_FREE.search(page.source):
        return Outcome.PAYWALLED, f"{found[0][:60]!r} over {page.prose} characters of text"
    if found := _SUBSCRIBE.search(page.text):
        return Outcome.PAYWALLED, f"the page says {found[0][:80]!r}"
    return None


@dataclass(frozen=True, slots=True)
class _Patterns:
    value: re.Pattern[str]
    title: re.Pattern[str]
    text: re.Pattern[str]


_COMPILED = tuple(
    (mark, _Patterns(*(re.compile(one, re.IGNORECASE | re.DOTALL) for one in (mark.value, mark.title, mark.text))))
    for mark in MARKS
)


def _seen(mark: Mark, patterns: _Patterns, headers: Mapping[str, str], page: Glance) -> str | None:
    """The evidence for a mark; None unless all that it asks for is there."""
    evidence = []
    if mark.header:
        value = headers.get(mark.header)
        if value is None or not patterns.value.search(value):
            return None
        evidence.append(f"header '{mark.header}: {value[:40]}'")
    for wanted, found, words in (
        (mark.title, patterns.title.fullmatch(page.title), "title"),
        (mark.text, patterns.text.search(page.text), "it says"),
    ):
        if wanted and found is None:
            return None
        if wanted and found is not None:
            evidence.append(f"{words} {found[0][:80]!r}")
    if mark.source and mark.source not in page.source:
        return None
    return ", ".join(evidence) or f"{mark.source!r} in the page"
