"""Every rule has a page that must trigger it and a look-alike that must not."""

import time
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.fetch import marks, signs
from sourcebook.fetch.bodies import look
from sourcebook.fetch.glance import ENOUGH_PROSE, glance, is_plainly_article
from sourcebook.fetch.outcomes import Answer, decide
from sourcebook.types.captures import Outcome

URL = "https://news.example/2025/a-story"
SENTENCE = "The committee met on Tuesday and agreed on the text of the report after a debate of nine hours. "
MENU = "<nav>" + '<li><a href="/x">Section</a></li>' * 30 + "</nav>"


def page(title: str, body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{MENU}{body}</body></html>"


def prose(about: str = "", paragraphs: int = 25) -> str:
    return "".join(f"<p>{about} {SENTENCE}{SENTENCE}</p>" for _ in range(paragraphs))


@dataclass(frozen=True)
class Case:
    html: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    final: str = URL
    url: str = URL
    media_type: str = "text/html"


def outcome(case: Case) -> tuple[Outcome, str]:
    body = case.html.encode()
    headers = {name.lower(): value for name, value in case.headers}
    answer = Answer(case.url, case.final, case.status, headers, case.media_type, body)
    return decide(answer, look(case.media_type, body, "utf-8"))


SHORT_NOTICE = page(
    "Office closed on Friday",
    "<h1>Office closed on Friday</h1><p>The registry office at 4 Harbour Street will be closed on Friday 14 March"
    " because of works on the heating. Urgent applications can be left in the letter box at the side entrance.</p>",
)
CLOUDFLARE = (("Server", "cloudflare"),)

BLOCKED = [
    pytest.param(Case(page("x", ""), 403, (("CF-Mitigated", "challenge"),)), id="Cloudflare, by header"),
    pytest.param(Case(page("Just a moment...", "<p>Checking</p>"), 503, CLOUDFLARE), id="Cloudflare, by title"),
    pytest.param(Case(page("Just a moment…", ""), 200, CLOUDFLARE), id="Cloudflare with status 200"),
    pytest.param(Case(page("Attention Required! | Cloudflare", ""), 403, CLOUDFLARE), id="Cloudflare block"),
    pytest.param(
        Case(page("Blocked", "<div id=cf-error-details><h1>Sorry, you have been blocked</h1></div>"), 200),
        id="Cloudflare 2",
    ),
    pytest.param(Case(page("x", ""), 429, (("X-Vercel-Mitigated", "challenge"),)), id="Vercel"),
    pytest.param(Case(page("", "<script></script>"), 202, (("x-amzn-waf-action", "challenge"),)), id="AWS WAF, 202"),
    pytest.param(Case(page("", "<script>awsWafCookieDomainList=[]</script>"), 202), id="AWS WAF, by page"),
    pytest.param(Case(page("shop.example", ""), 403, (("X-DataDome", "protected"),)), id="DataDome, by header"),
    pytest.param(
        Case(page("shop.example", "<script src='https://ct.captcha-delivery.com/c.js'></script>"), 200), id="DataDome"
    ),
    pytest.param(Case(page("Hold on", "<div id='px-captcha'></div>"), 200), id="HUMAN, by page"),
    pytest.param(Case(page("Access to this page has been denied.", ""), 200), id="HUMAN, by title"),
    pytest.param(
        Case(page("", "<iframe src='/_Incapsula_Resource?SWUDNSAI=31&edet=15'></iframe>"), 200), id="Imperva, by page"
    ),
    pytest.param(Case(page("", "Request unsuccessful. Incapsula incident ID: 1-2"), 200), id="Imperva, by words"),
    pytest.param(
        Case(
            page(
                "Access Denied",
                '<h1>Access Denied</h1>You don\'t have permission to access "http://x/" on this server.'
                "<p>Reference&#32;&#35;18.9f</p>",
            ),
            200,
        ),
        id="Akamai",
    ),
    pytest.param(Case(page("Sucuri WebSite Firewall - Access Denied", ""), 200), id="Sucuri"),
    pytest.param(Case(page("", "<script src='https://validate.perfdrive.com/x'></script>"), 200), id="Radware"),
    pytest.param(Case(page("DDoS-Guard", ""), 200, (("Server", "ddos-guard"),)), id="DDoS-Guard"),
    pytest.param(Case(page("Making sure you&#39;re not a bot!", ""), 200), id="Anubis"),
    pytest.param(Case(page("", ""), 429, (("x-kpsdk-ct", "0A"),)), id="Kasada"),
    pytest.param(Case(page("Security Checkpoint", ""), 200), id="some challenge, by title"),
    pytest.param(Case(page("One more step", "<p>Please verify you are a human to go on.</p>"), 200), id="by words"),
    pytest.param(
        Case(page("", "Our systems have detected unusual traffic from your computer network"), 200), id="Google"
    ),
    pytest.param(
        Case(page("Just a moment...", "<script src='/cdn-cgi/challenge-platform/h/b/orchestrate'></script>")),
        id="Cloudflare, without its header",
    ),
    pytest.param(Case(page("", "<script>window._cf_chl_opt={}</script>")), id="Cloudflare, by script"),
    pytest.param(Case(page("Vercel Security Checkpoint", "")), id="Vercel, by title"),
    pytest.param(Case(page("Amazon.com", "<form action='/errors/validateCaptcha'>")), id="Amazon"),
    pytest.param(Case(page("wsj.com", "<p>Please enable JS and disable any ad blocker</p>")), id="DataDome, by words"),
    pytest.param(Case(page("", "<script>window._pxBlockedUrl=1</script>")), id="HUMAN, by script"),
    pytest.param(Case(page("", "<iframe src='/_Incapsula_Resource?CWUDNSAI=3'></iframe>")), id="Imperva, captcha"),
    pytest.param(Case(page("", "<script src='/_sec/cp_challenge/verify'></script>")), id="Akamai, proof of work"),
    pytest.param(Case(page("", "<div id='sec-if-cpt-container'></div>")), id="Akamai, frame"),
    pytest.param(Case(page("", "<meta http-equiv=refresh content='5; URL=/x?bm-verify=AA'>")), id="Akamai, reload"),
    pytest.param(Case(page("", "<script>var sucuri_cloudproxy_js=''</script>")), id="Sucuri, by script"),
    pytest.param(Case(page("Radware Captcha Page", "")), id="Radware, by title"),
    pytest.param(
        Case(page("Request Rejected", "The requested URL was rejected. Please consult with your administrator.")),
        id="F5",
    ),
    pytest.param(Case(page("", "<p>Please enable JavaScript. Your support ID is: 123456")), id="F5, by its id"),
    pytest.param(Case(page("Client", "<script src='/_fs-ch-1T1wmsGaOgGaSxcX/script.js'></script>")), id="Fastly"),
    pytest.param(Case(page("", "<script>window.KPSDK.scriptStart=1</script>")), id="Kasada, by script"),
    pytest.param(Case("", 202, (("SG-Captcha", "challenge"),)), id="SiteGround, 202"),
    pytest.param(
        Case(page("", "<meta http-equiv=refresh content='0;/.well-known/sgcaptcha/?r=%2F'>"), 202),
        id="SiteGround, by page",
    ),
    pytest.param(Case(page("", "<script src='/.well-known/ddos-guard/check'></script>")), id="DDoS-Guard, by script"),
    pytest.param(Case(page("", "<img src='/.within.website/x/cmd/anubis/static/img.webp'>")), id="Anubis, by picture"),
    pytest.param(Case(page("", "<script>location='/_____tmd_____/punish?x5secdata'</script>")), id="Alibaba"),
    pytest.param(Case(page("Oops!", "<form action='/showcaptcha?key=1'>")), id="Yandex"),
    pytest.param(Case(page("百度安全验证", "")), id="Baidu"),
    pytest.param(
        Case(page("Blocked", "<p>Your access to this site has been limited by the site owner</p>")), id="Wordfence"
    ),
    pytest.param(Case(page("Blocked", "<p>You've been blocked by network security.</p>")), id="Reddit"),
    pytest.param(Case(page("Hold on", '<div class="h-captcha"></div>'), 503), id="hCaptcha"),
    pytest.param(Case(page("Hold on", '<div class="g-recaptcha"></div>'), 503), id="reCAPTCHA"),
    pytest.param(
        Case(page("Hold on", "<script src='https://challenges.cloudflare.com/turnstile/v0/api.js'></script>"), 503),
        id="Turnstile",
    ),
    pytest.param(Case(page("", "<p>Bitte bestätigen Sie, dass Sie ein Mensch sind.</p>")), id="in German, by words"),
    pytest.param(Case(page("Forbidden", ""), 403), id="status 403"),
    pytest.param(Case(page("", ""), 401), id="status 401"),
    pytest.param(Case(page("", ""), 451), id="status 451"),
    pytest.param(Case(page("", ""), 406), id="status 406"),
]
WALLED = [
    pytest.param(Case(page("Before you continue to YouTube", "<button>Accept all</button>")), id="consent, by title"),
    pytest.param(
        Case(
            "<title>Daily</title><body><h1>We value your privacy</h1>"
            "<p>We and our 812 partners store and read information on your device, to choose what you see.</p>"
        ),
        id="consent, by words",
    ),
    pytest.param(Case(page("Avant d’accéder à YouTube", "<button>Tout accepter</button>")), id="consent, in French"),
    pytest.param(
        Case("<title>Blatt</title><body><p>Weiterlesen mit Werbung</p><button>Zustimmen</button>"),
        id="consent or pay, in German",
    ),
    pytest.param(Case(page("x", prose()), final="https://consent.daily.example/?to=1"), id="consent, by redirect"),
    pytest.param(Case(page("x", ""), final="https://news.example/login?next=/2025"), id="login, by redirect"),
    pytest.param(Case(page("Sign in - News", "<form><input type=password></form>")), id="login, by form"),
    pytest.param(
        Case(page("Members", "<p>Your name, please.</p><input type='password'>")), id="login, by nothing else"
    ),
    pytest.param(
        Case(page("X", ""), url="https://x.com/a/status/1", final="https://x.com/a/status/1"), id="social, 200"
    ),
    pytest.param(
        Case("", 999, url="https://www.linkedin.com/in/a", final="https://www.linkedin.com/in/a"), id="social, 999"
    ),
    pytest.param(
        Case("x", 403, url="https://www.facebook.com/a", final="https://www.facebook.com/a"), id="social, 403"
    ),
]
PAYWALLED = [
    pytest.param(
        Case(page("T", prose("", 2), '<script type="application/ld+json">{"isAccessibleForFree": false}</script>')),
        id="by json-ld",
    ),
    pytest.param(
        Case(page("T", prose("", 2), '<script type="application/ld+json">{"isAccessibleForFree":"False"}</script>')),
        id="by json-ld, as text",
    ),
    pytest.param(
        Case(page("T", prose("", 2) + '<meta itemprop="isAccessibleForFree" content="false">')), id="by microdata"
    ),
    pytest.param(Case(page("T", prose("", 2) + "<p>Subscribe to continue reading</p>")), id="by words"),
    pytest.param(Case(page("T", prose("", 2) + "<p>Already a subscriber? Log in")), id="by a question"),
    pytest.param(Case(page("T", prose("", 2) + "<p>Cet article est réservé aux abonnés.")), id="in French"),
    pytest.param(Case(page("T", prose("", 2) + "<p>Jetzt weiterlesen: das Angebot")), id="in German"),
    pytest.param(Case("", 402), id="status 402"),
]
SOFT_GONE = [
    pytest.param(Case(page("404 Not Found", "<h1>Oops</h1>")), id="title of servers"),
    pytest.param(Case(page("Page not found | News", prose("", 1))), id="title with the site's name behind"),
    pytest.param(Case(page("News – Page Not Found", "")), id="title with the site's name before"),
    pytest.param(
        Case(page("News", "<h1>Sorry, this page isn’t here</h1><p>The page you requested could not be found.</p>")),
        id="by words",
    ),
    pytest.param(Case(page("News", "<h1>Page not found</h1>")), id="by heading"),
    pytest.param(Case(page("Seite nicht gefunden - Zeitung", "")), id="in German"),
    pytest.param(Case(page("Page introuvable | Journal", "")), id="in French"),
    *(
        pytest.param(Case(page(f"{words} | Site", "")), id=words)
        for words in (
            "Oops! That page can’t be found.",
            "Sorry, the page you're looking for isn't here",
            "This page doesn't exist",
            "Article no longer available",
            "We can't find that page",
            "Page unavailable",
            "Error 404: page not found",
            "Página no encontrada",
            "Página não encontrada",
            "Pagina non trovata",
            "Pagina niet gevonden",
            "Sidan kunde inte hittas",
            "Siden blev ikke fundet",
            "Sivua ei löydy",
            "Nie znaleziono strony",
            "Stránka nenalezena",
            "Az oldal nem található",
            "Pagina nu a fost găsită",
            "Sayfa bulunamadı",
            "Страница не найдена",
            "Сторінку не знайдено",
            "Η σελίδα δεν βρέθηκε",
            "页面不存在",
            "找不到頁面",
            "お探しのページが見つかりません",
            "페이지를 찾을 수 없습니다",
            "الصفحة غير موجودة",
            "הדף לא נמצא",
            "Halaman tidak ditemukan",
            "Không tìm thấy trang",
        )
    ),
    *(
        pytest.param(Case(page("Site", f"<p>{words}</p>")), id=words)
        for words in (
            "Sorry, we couldn't find the page.",
            "The article you are looking for is no longer available.",
            "This listing has been removed.",
            "Die gewünschte Seite wurde leider nicht gefunden.",
            "La page que vous recherchez n'existe plus.",
            "La página que buscas ya no existe.",
            "De pagina die u zoekt bestaat niet.",
            "Запрашиваемая вами страница не найдена.",
            "申し訳ありません。お探しのページは見つかりませんでした。",
            "您访问的页面已被删除",
        )
    ),
    pytest.param(Case("<html><title>News</title><body class='home error404 x'>" + prose("", 2)), id="by WordPress"),
    pytest.param(Case(page("News", prose()), final="https://news.example/"), id="redirect to the front page"),
    pytest.param(Case(page("News", prose()), final="https://www.news.example/en/"), id="to that of a language"),
    pytest.param(Case(page("News", prose()), final="https://news.example/404.html"), id="redirect to an error page"),
]
PARKED = [
    pytest.param(Case(page("news.example", "<script src='https://img.sedoparking.com/x.js'></script>")), id="Sedo"),
    pytest.param(Case(page("", "<script src='//d.parkingcrew.net/x'></script>")), id="ParkingCrew"),
    pytest.param(Case(page("", "<script src='https://js.bodis.com/x'></script>")), id="Bodis"),
    pytest.param(Case(page("", "<script>window.park = 'x'</script>")), id="GoDaddy"),
    pytest.param(Case(page("", "<a href='https://www.hugedomains.com/domain_profile.cfm'>x</a>")), id="HugeDomains"),
    *(pytest.param(Case(page("x", f"<script src='https://{one}/x'></script>")), id=one) for one in marks._PARKING),
    pytest.param(Case(page("", "<p>Diese Domain steht zum Verkauf.</p>")), id="in German"),
    pytest.param(Case(page("", "<p>The domain news.example is for sale. Make an offer.</p>")), id="by words"),
    pytest.param(Case(page("news.example is for sale!", "")), id="by title"),
]
OTHERS = [
    pytest.param(Case("", 404), Outcome.GONE, id="404"),
    pytest.param(Case("", 410), Outcome.GONE, id="410"),
    pytest.param(Case("", 429), Outcome.LIMITED, id="429"),
    pytest.param(Case(page("Down for maintenance", ""), 503), Outcome.LIMITED, id="503"),
    pytest.param(Case("", 500), Outcome.UNREACHABLE, id="500"),
    pytest.param(Case("", 522), Outcome.UNREACHABLE, id="522"),
    pytest.param(Case("", 302), Outcome.UNREACHABLE, id="a redirect to nowhere"),
    pytest.param(Case("", 204), Outcome.THIN, id="204"),
    pytest.param(Case("part", 206), Outcome.UNREACHABLE, id="206"),
    pytest.param(Case("", 600), Outcome.UNREACHABLE, id="600"),
    pytest.param(Case("  \n"), Outcome.THIN, id="an empty body"),
    pytest.param(Case("<title>x</title><p>Hello there."), Outcome.THIN, id="three words"),
    pytest.param(
        Case("<div id=app></div><noscript>You need to enable JavaScript.</noscript>"), Outcome.THIN, id="JavaScript"
    ),
    pytest.param(
        Case("<title>App</title><div id='root'></div>" + "<a href=x>Menu</a> Entry " * 10),
        Outcome.THIN,
        id="a menu and the frame that a script fills",
    ),
    pytest.param(Case("GIF89a", media_type="image/gif"), Outcome.WRONG_TYPE, id="a picture"),
    pytest.param(Case("PK", media_type="application/zip"), Outcome.WRONG_TYPE, id="an archive"),
    pytest.param(Case("\0\1", media_type=""), Outcome.WRONG_TYPE, id="nobody knows what"),
]
LOOK_ALIKES = [
    pytest.param(Case(page("A story", prose())), id="a plain article"),
    pytest.param(Case(SHORT_NOTICE), id="a short notice"),
    pytest.param(
        Case(page("Error 404: the story of a number", prose("The page was not found, said the error 404."))),
        id="an article about error 404",
    ),
    pytest.param(Case(page("Page not found", prose("Poems by nobody."))), id="a book that is called so"),
    pytest.param(Case(page("404 | Magazine", prose())), id="issue 404 of a magazine"),
    pytest.param(Case(page("Not found in translation", prose("", 3))), id="a title that begins so"),
    pytest.param(Case(page("HTTP 404", prose("", 9))), id="an encyclopaedia on error 404"),
    pytest.param(
        Case(page("A story", "<h2>We value your privacy</h2><button>Accept all</button>" + prose())),
        id="a consent banner over real text",
    ),
    pytest.param(
        Case(page("On captchas", prose("Verify you are a human, says the px-captcha."))), id="an article about captchas"
    ),
    pytest.param(Case(page("Just a moment...", prose())), id="a poem of that title"),
    pytest.param(Case(page("Just a moment...", prose()), 200, CLOUDFLARE), id="and one behind Cloudflare"),
    pytest.param(
        Case(page("A story", prose()), 200, (("X-DataDome", "protected"),)), id="a page that DataDome let through"
    ),
    pytest.param(Case(page("A story", prose()), 200, (("x-kpsdk-ct", "0A"),)), id="a page that Kasada let through"),
    pytest.param(Case(page("Access Denied", prose("A film."))), id="a film that is called so"),
    pytest.param(
        Case(page("Paywalls", prose("Subscribe to continue reading is what they say."))), id="an article about paywalls"
    ),
    pytest.param(
        Case(page("T", prose(), '<script>{"isAccessibleForFree": false}</script>')),
        id="a whole article that says it costs",
    ),
    pytest.param(
        Case(page("T", prose("", 2), '<script>{"isAccessibleForFree": true}</script>')), id="a short one that is free"
    ),
    pytest.param(
        Case(page("Domains", prose("This domain is for sale, said the sign by sedoparking.com."))),
        id="an article about parking",
    ),
    pytest.param(Case(page("How to sign in", prose() + "<input type=password>")), id="help with a login form"),
    pytest.param(
        Case(page("A story", prose("", 3) + "<form><input type=password></form>")), id="a login in the corner"
    ),
    pytest.param(
        Case(page("A story", prose()), final="https://news.example/2025/a-story/"), id="a redirect to the slash"
    ),
    pytest.param(
        Case(page("A story", prose()), final="https://www.news.example/2025/04/a-story"),
        id="a redirect to its new place",
    ),
    pytest.param(Case(page("AI", prose()), final="https://news.example/ai"), id="a redirect to a section"),
    pytest.param(
        Case(page("Home", prose()), url="https://sho.rt/x1", final="https://news.example/"),
        id="a short link to a front page",
    ),
    pytest.param(
        Case(page("Home", prose()), url="http://news.example/?utm_source=x", final="https://news.example/"),
        id="a front page by itself",
    ),
    pytest.param(
        Case(page("Home", prose()), url="http://news.example/index.html", final="https://news.example/en/"),
        id="a front page under another name",
    ),
    pytest.param(
        Case(page("OAuth", prose()), url="https://docs.example/x", final="https://docs.example/oauth/"),
        id="docs on logins",
    ),
    pytest.param(
        Case(page("A post", prose()), url="https://www.linkedin.com/pulse/a", final="https://www.linkedin.com/pulse/a"),
        id="a social site that does show it",
    ),
    pytest.param(
        Case(page("A story", "<script>" + "x" * 900_000 + "</script>" + prose("", 3))), id="a story after long scripts"
    ),
    pytest.param(Case("<title>x</title>" + "<b>" * 200_000 + SENTENCE), id="more tags than any gate has"),
    pytest.param(Case("<title>x</title><p>" + "委员会星期二开会并同意了报告的文本。" * 9), id="a note in Chinese"),
    pytest.param(
        Case(f"<title>A thread</title><div id='app'></div><noscript>{prose('', 5)}</noscript>"),
        id="a forum with its words for readers without JavaScript",
    ),
    pytest.param(
        Case(
            page("A story", "<div id='root'>" + prose("", 3) + "</div><noscript>Please enable JavaScript.</noscript>")
        ),
        id="an application that sends its words along",
    ),
    pytest.param(
        Case(page("A note", f"<p>{SENTENCE * 3}</p><script src='/_Incapsula_Resource?SWJIYLWA=71'></script>")),
        id="a short page that Imperva let through",
    ),
    pytest.param(
        Case(page("A note", f"<p>{SENTENCE * 3}</p><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'>")),
        id="a short page that Cloudflare let through",
    ),
    pytest.param(
        Case(page("Write to us", f'<p>{SENTENCE * 3}</p><form><div class="g-recaptcha"></div></form>')),
        id="a form with a captcha",
    ),
    pytest.param(Case(page("Site not found in Wales: a dig", f"<p>{SENTENCE * 2}")), id="a dig that found nothing"),
    pytest.param(Case(page("Missing", f"<p>{SENTENCE * 3}")), id="a story called Missing"),
    pytest.param(Case(page("Nowhere to be found", f"<p>{SENTENCE * 3}")), id="a story called Nowhere to be found"),
    pytest.param(
        Case(page("A recall", f"<p>The product was recalled in May. {SENTENCE * 3}")), id="a product that was recalled"
    ),
    pytest.param(Case("One line of text.", media_type="text/plain"), id="a short text file"),
    pytest.param(Case('{"a": 1}', media_type="application/ld+json"), id="json"),
    pytest.param(Case("%PDF-1.7 and so on", media_type="application/pdf"), id="a PDF"),
    pytest.param(Case(page("Not Found: a novel", prose("", 8)), 203), id="status 203"),
]


@pytest.mark.parametrize("case", BLOCKED)
def test_a_challenge_or_a_refusal_is_blocked(case: Case) -> None:
    assert outcome(case)[0] is Outcome.BLOCKED, outcome(case)


@pytest.mark.parametrize("case", WALLED)
def test_a_login_or_consent_page_is_a_wall(case: Case) -> None:
    assert outcome(case)[0] is Outcome.WALLED, outcome(case)


@pytest.mark.parametrize("case", PAYWALLED)
def test_a_teaser_is_a_paywall(case: Case) -> None:
    assert outcome(case)[0] is Outcome.PAYWALLED, outcome(case)


@pytest.mark.parametrize("case", SOFT_GONE)
def test_an_error_page_with_a_good_status_is_soft_gone(case: Case) -> None:
    assert outcome(case)[0] is Outcome.SOFT_GONE, outcome(case)


@pytest.mark.parametrize("case", PARKED)
def test_a_parked_domain_is_known(case: Case) -> None:
    assert outcome(case)[0] is Outcome.PARKED, outcome(case)


@pytest.mark.parametrize(("case", "wanted"), OTHERS)
def test_all_the_rest_is_named_for_what_it_is(case: Case, wanted: Outcome) -> None:
    assert outcome(case)[0] is wanted, outcome(case)


@pytest.mark.parametrize("case", LOOK_ALIKES)
def test_a_look_alike_is_ok(case: Case) -> None:
    assert outcome(case)[0] is Outcome.OK, outcome(case)


@pytest.mark.parametrize("mark", signs._COMPILED, ids=lambda one: one[0].whose)
def test_every_mark_has_a_page_that_bears_it(mark: tuple[marks.Mark, signs._Patterns]) -> None:
    cases = [one.values[0] for one in (*BLOCKED, *WALLED, *PARKED)]
    bearing = [
        case
        for case in cases
        if signs._seen(*mark, {name.lower(): value for name, value in case.headers}, glance(case.html)) is not None
    ]

    assert bearing


def test_every_outcome_gives_its_evidence() -> None:
    for one in (*BLOCKED, *WALLED, *PAYWALLED, *SOFT_GONE, *PARKED):
        assert len(outcome(one.values[0])[1]) > 10


def test_a_retry_after_is_told() -> None:
    assert "retry after 60" in outcome(Case("", 429, (("Retry-After", "60"),)))[1]


# --- the glance --------------------------------------------------------------------------------------


def test_a_glance_sees_title_heading_words_and_prose() -> None:
    seen = glance(
        "<title>A &amp; B</title><style>p {x}</style><!-- no <p>words</p> --><h1>The <i>big</i> one</h1>"
        f"<a href=x>{SENTENCE}</a><p>{SENTENCE}</p><input type='password'> 1 < 2 <script>if (a < b) {{}}</script>end"
    )

    assert (seen.title, seen.heading, seen.password) == ("A & B", "The big one", True)
    assert seen.prose == len(SENTENCE.strip())
    assert seen.text.startswith("The big one")
    assert seen.text.endswith("1 2 end")
    assert "no" not in seen.text.split()


def test_a_glance_stops_where_there_is_plainly_an_article() -> None:
    assert glance(prose()).prose < ENOUGH_PROSE + 200


@given(
    st.lists(
        st.sampled_from(["<", ">", "<a", "<script", "</script", "<!--", "-->", "<title>", "x y", "&amp", '"', "<h1>"])
    )
)
def test_a_glance_breaks_at_nothing(pieces: list[str]) -> None:
    glance("".join(pieces))


@pytest.mark.parametrize(
    "piece",
    ["<script>", "<a ", "<!--", "<h1>", "<noscript>", "<body class='", "<title>", "<", "the page you are looking for ",
     "isAccessibleForFree itemprop='isAccessibleForFree' ", "you don't have permission to access ", "<meta charset",
     "<b>", "</b>", "<noscript>x", "<div id=root ", "the page you requested could ", "oops! sorry, the ", "<b></b>4 "],
)  # fmt: skip
def test_a_hostile_page_costs_no_more_than_its_length(piece: str) -> None:
    html = piece * (2_000_000 // len(piece))
    began = time.process_time()
    outcome(Case(html))

    assert time.process_time() - began < 2.0


def paragraphs(count: int) -> str:
    return f"<p class=text>{'The committee read the report on the river. ' * 8}</p>" * count


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        pytest.param(paragraphs(12), True, id="paragraphs"),
        pytest.param(
            "<script>if (a<b) {}</script><!-- <p> --><P>" + paragraphs(12), True, id="behind what is not shown"
        ),
        pytest.param(f"<script>{paragraphs(12)}</script>", False, id="within a script"),
        pytest.param(f"<NOSCRIPT>{paragraphs(12)}</noscript>", False, id="within what others see"),
        pytest.param(f"<!-- {paragraphs(12)} -->", False, id="within a comment"),
        pytest.param(f"<style>p {{}} {paragraphs(12)}", False, id="behind a style that never ends"),
        pytest.param(paragraphs(3), False, id="too few of them"),
        pytest.param("<p>Menu</p>" * 900, False, id="short ones"),
        pytest.param("<p " * 11_000, False, id="tags that never end"),
    ],
)
def test_an_article_is_known_at_first_sight_only_by_what_is_shown(source: str, plain: bool) -> None:
    assert is_plainly_article(source) is plain


def test_a_challenge_that_says_so_in_a_header_is_one_over_any_length_of_text() -> None:
    """The running text is added up to the end of a run: more than enough is no more than enough."""
    page = glance(f"<p>{'The committee read the report. ' * 200}</p>")

    assert page.prose == ENOUGH_PROSE
