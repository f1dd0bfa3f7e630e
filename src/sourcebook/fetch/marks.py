"""The marks by which gates, consent pages and parked domains are known: a table, one row a mark.

A mark in the words of a page counts only where there is little else on it: articles about captchas and paywalls use the
same words, and so do banners over real text. Marks in headers and page furniture that only the gate itself sends count
always, or with the status that comes with it.
"""

from msgspec import Struct

from sourcebook.fetch.glance import ENOUGH_PROSE
from sourcebook.types.captures import Outcome

LITTLE = 600  # characters of prose: gates and error pages stay below, the shortest news notice does not


class Mark(Struct, frozen=True):
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


_ALWAYS = ENOUGH_PROSE
_REFUSALS = (400, 401, 403, 405, 429, 503)

_CHALLENGE_TITLE = (
    r"(checking your browser|security check(point)?|are you (a |not a )?(human|robot)|robot check|human verification"
    r"|bot verification|ddos protection by .*|client challenge|robot or human\?|just a second"
    r"|verifying (that )?you are human|browser (check|verification)|one moment, please)(\b|\?|…)[^a-z]?.{0,40}"
    r"|captcha!?"
)
_CHALLENGE_TEXT = (
    r"\b(verify|confirm|prove|make sure|check) (that )?(if )?(you(['’]re| are)|(the )?site connection is|it['’]s) "
    r"(really )?(a |not a )?(human|robot|bot|secure|you)\b"
    r"|unusual (traffic|activity) (from|coming from|has been detected on) your (computer )?(network|ip|device)"
    r"|enable javascript and cookies to continue|checking (if )?(the site connection is secure|your browser before)"
    r"|complete the (security check|captcha|challenge)( below)? to (access|continue|proceed)"
    r"|bitte bestätigen sie, dass sie (ein mensch|kein roboter) sind|vérifie[rz] que vous (êtes|n['’]êtes pas) un"
    r"|подтвердите, что (запросы отправляли|вы не робот)|请完成(以下|安全)验证|verifica que (no )?eres un"
)
_CONSENT_TITLE = (
    r"before you continue( to .*)?|bevor sie (zu .* )?(fortfahren|weitergehen).*|avant (d['’]accéder|de continuer).*"
    r"|cookie consent|privacy ?(wall|gate)|antes de continuar.*|prima di continuare.*|voordat je verdergaat.*"
)
_CONSENT_TEXT = (
    r"^(we (value|care about|respect) your privacy|your privacy (choices|is important|matters)|cookie consent"
    r"|before you continue to|wir schätzen ihre privatsphäre|weiterlesen mit werbung|mit werbung (lesen|weiterlesen)"
    r"|nous (respectons|accordons de l['’]importance à) votre vie privée|le respect de votre vie privée"
    r"|valoramos tu privacidad|uw privacy is belangrijk|diamo valore alla tua privacy)\b"
)
_PARKED_TEXT = (
    r"\b(this|the) (premium )?domain( name)?( \S+)? (is|may be) (for sale|parked|available for (purchase|sale))"
    r"|\b(buy this domain|domain is parked( free)?|(this )?domain( name)? has expired|parked domain"
    r"|inquire about this domain|make an offer on this domain|interested in this domain\?|domain parking page)\b"
    r"|\b(diese|die) domain( \S+)? (steht zum verkauf|ist zu verkaufen)|\bce (nom de )?domaine( \S+)? est à vendre\b"
    r"|\beste dominio( \S+)? está (a la venta|en venta)|домен( \S+)? (продается|продаётся)|该域名(正在)?出售"
)

BOTS: tuple[Mark, ...] = (
    Mark("a Cloudflare challenge", header="cf-mitigated", value="challenge", most_prose=_ALWAYS),
    Mark("a Cloudflare challenge", header="server", value="cloudflare", title=r"just a moment[.… ]*"),
    Mark("a Cloudflare challenge", source="/cdn-cgi/challenge-platform/", title=r"just a moment[.… ]*"),
    Mark("a Cloudflare challenge", source="_cf_chl_opt"),
    Mark("a Cloudflare block", title=r"attention required! \| cloudflare"),
    Mark("a Cloudflare block", source="cf-error-details", text=r"sorry, you have been blocked"),
    Mark("a Vercel checkpoint", header="x-vercel-mitigated", value="challenge|deny", most_prose=_ALWAYS),
    Mark("a Vercel checkpoint", title=r"vercel security checkpoint"),
    Mark("an AWS WAF challenge", header="x-amzn-waf-action", value="challenge|captcha", most_prose=_ALWAYS),
    Mark("an AWS WAF challenge", source="awsWafCookieDomainList"),
    Mark("an Amazon captcha", source="/errors/validateCaptcha"),
    Mark("a DataDome challenge", header="x-datadome", statuses=(401, 403, 405, 429)),
    Mark("a DataDome challenge", source="captcha-delivery.com"),
    Mark("a DataDome challenge", text=r"please enable js and disable any ad blocker"),
    Mark("a HUMAN challenge", source="px-captcha"),
    Mark("a HUMAN challenge", source="_pxBlockedUrl"),
    Mark("a HUMAN challenge", title=r"access to this page has been denied\.?|pardon our interruption.*"),
    Mark("an Imperva challenge", source="/_Incapsula_Resource?SWUDNSAI="),
    Mark("an Imperva challenge", source="/_Incapsula_Resource?CWUDNSAI="),
    Mark("an Imperva block", text=r"(request unsuccessful\. )?incapsula incident id"),
    Mark("an Akamai challenge", source="/_sec/cp_challenge/"),
    Mark("an Akamai challenge", source="sec-if-cpt-container"),
    Mark("an Akamai challenge", source="?bm-verify="),
    Mark("an Akamai block", title="access denied", text=r"you don't have permission to access .*reference ?#"),
    Mark("a Sucuri block", title=r"sucuri website firewall.*"),
    Mark("a Sucuri challenge", source="sucuri_cloudproxy_js"),
    Mark("a Radware challenge", source="validate.perfdrive.com"),
    Mark("a Radware challenge", title=r"radware (captcha|bot manager captcha) ?(page)?"),
    Mark("an F5 block", text=r"the requested url was rejected\. please consult with your administrator"),
    Mark("an F5 block", text=r"your support id is:? ?<?\d+"),
    Mark("a Fastly challenge", source="/_fs-ch-"),
    Mark("a Kasada challenge", header="x-kpsdk-ct", statuses=(403, 429)),
    Mark("a Kasada challenge", source="KPSDK.scriptStart"),
    Mark("a SiteGround challenge", header="sg-captcha", value="challenge", most_prose=_ALWAYS),
    Mark("a SiteGround challenge", source="/.well-known/sgcaptcha/"),
    Mark("a DDoS-Guard challenge", header="server", value="ddos-guard", title=r"ddos-guard|checking your browser.*"),
    Mark("a DDoS-Guard challenge", source="/.well-known/ddos-guard/"),
    Mark("an Anubis challenge", title=r"making sure you['’]re not a bot!?"),
    Mark("an Anubis challenge", source="/.within.website/x/cmd/anubis/"),
    Mark("an Alibaba challenge", source="_____tmd_____/punish"),
    Mark("a Yandex challenge", source="/showcaptcha"),
    Mark("a Baidu challenge", title=r"百度安全验证"),
    Mark("a Wordfence block", text=r"your access to this site has been limited by the site owner"),
    Mark("a Reddit block", text=r"you['’]ve been blocked by network security|whoa there, pardner"),
    Mark("a bot challenge", title=_CHALLENGE_TITLE),
    Mark("a bot challenge", text=_CHALLENGE_TEXT),
    Mark("a captcha", source='class="h-captcha"', statuses=_REFUSALS),
    Mark("a captcha", source='class="g-recaptcha"', statuses=_REFUSALS),
    Mark("a captcha", source="challenges.cloudflare.com/turnstile", statuses=_REFUSALS),
)

CONSENT: tuple[Mark, ...] = (
    Mark("a consent page", Outcome.WALLED, title=_CONSENT_TITLE),
    Mark("a consent page", Outcome.WALLED, text=_CONSENT_TEXT),
)

_PARKING = (
    "sedoparking.com", "parkingcrew.net", "bodis.com", "window.park =", "hugedomains.com/domain_profile",
    "dan.com/buy-domain", "afternic.com/forsale", "afternic.com/lander", "d38psrni17bvxu.cloudfront.net",
    "cdn.parklogic.com", "undeveloped.com", "above.com/marketplace", "parking.godaddy.com",
    'data-adblockkey="MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBA', "namebright.com/DomainSale", "sav.com/marketplace/parking",
)  # fmt: skip
PARKED: tuple[Mark, ...] = (
    *(Mark("a parked domain", Outcome.PARKED, source=source) for source in _PARKING),
    Mark("a parked domain", Outcome.PARKED, text=_PARKED_TEXT),
    Mark("a parked domain", Outcome.PARKED, title=r"\S+\.\w{2,12} (is|may be) for sale.*|.*\bdomain (is )?for sale.*"),
)

MARKS: tuple[Mark, ...] = (*BOTS, *CONSENT, *PARKED)
