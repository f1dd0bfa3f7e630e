"""What elements say of the words within them: by their tags, roles, and the words of their classes and ids."""

import re
from enum import IntEnum

from lxml import etree


class Hint(IntEnum):
    """One meaning; meanings are joined with `|` to plain integers."""

    ARTICLE = 1 << 0
    MAIN = 1 << 1
    HEADER = 1 << 2
    FOOTER = 1 << 3
    ASIDE = 1 << 4
    NAV = 1 << 5
    FORM = 1 << 6
    FIGURE = 1 << 7
    LIST = 1 << 8
    TABLE = 1 << 9
    QUOTE = 1 << 10
    HIDDEN = 1 << 11
    CONTROL = 1 << 12  # buttons, labels, and what is shown only without scripts
    BODY = 1 << 13  # "article-body", "entry-content"
    STORY = 1 << 14  # "article", "entry"
    POST = 1 << 15  # "message", "reply", "topic"
    COMMENT = 1 << 16
    RELATED = 1 << 17
    SHARE = 1 << 18
    SIDEBAR = 1 << 19
    ADVERT = 1 << 20
    CONSENT = 1 << 21
    SIGNUP = 1 << 22
    BYLINE = 1 << 23
    CAPTION = 1 << 24
    PRODUCT = 1 << 25
    CARD = 1 << 26
    PROFILE = 1 << 27


_NAMES = {
    Hint.HEADER: "header head hero top",
    Hint.FOOTER: "footer foot copyright colophon legal bottom disclosure footnote footnotes",
    Hint.NAV: """nav navigation navbar menu menus submenu breadcrumb breadcrumbs crumb crumbs pagination pager paging
        skip masthead topbar tabs tab toc jump filter filters facet facets sort dropdown language locale search megamenu
        links link quicklinks contents""",
    Hint.HIDDEN: "hidden hide invisible sr visuallyhidden screenreader offscreen dnone",
    Hint.BODY: """content body text copy prose markdown richtext wysiwyg paragraph articlebody postbody rte mainbody
        maincontent description summary""",
    Hint.STORY: "article entry story blog news page single hentry essay chapter",
    Hint.POST: """post posts message messages topic thread reply replies answer question postbody cooked usertext
        discussion forum bbwrapper""",
    Hint.COMMENT: "comment comments disqus respond commentlist commenters",
    Hint.RELATED: """related recommend recommended recommendation recommendations more popular trending latest teaser
        teasers promo promos promotion upsell similar suggested next previous prev also outbrain taboola recirc
        recirculation readmore mostread newsfeed relatedposts rel recommends headlines further""",
    Hint.SHARE: """share sharing social socials follow facebook twitter whatsapp linkedin pinterest addtoany addthis
        sharedaddy toolbar tools tool actions action print""",
    Hint.SIDEBAR: "sidebar side widget widgets rail aside complementary secondary sidenav",
    Hint.ADVERT: """ad ads adv advert advertisement advertising adslot sponsor sponsored banner dfp promoted affiliate
        disclaimer gpt commercial marketing""",
    Hint.CONSENT: """cookie cookies consent gdpr privacy modal popup overlay lightbox dialog onetrust tooltip alert
        notice notification interstitial""",
    Hint.SIGNUP: """newsletter newsletters subscribe subscription signup signin login log register registration paywall
        cta donate donation membership optin mailchimp subscriber""",
    Hint.BYLINE: """byline author authors dateline timestamp meta metadata published posted date tags tag categories
        category time keywords topics publish info kicker eyebrow label labels badge""",
    Hint.CAPTION: """caption captions credit credits photo image images img gallery slideshow figure media video player
        carousel slider slide thumbnail thumb""",
    Hint.PRODUCT: """product products price prices pricing spec specs specification specifications sku feature features
        buy cart review reviews rating ratings woocommerce details detail""",
    Hint.CARD: "card cards tile tiles grid item items listing list results result row col",
    Hint.PROFILE: "avatar profile user username signature bio biography member contributor about userinfo",
}
# How names begin that run their words together.
_BEGINNINGS = {
    Hint.NAV: "nav menu breadcrumb paginat",
    Hint.FOOTER: "footer copyright",
    Hint.BODY: """articlebody articlecontent postcontent postbody entrycontent storybody contentbody bodycontent
        bodytext bodycopy maincontent articletext""",
    Hint.STORY: "article story entry",
    Hint.COMMENT: "comment",
    Hint.RELATED: "related recommend mostread mostpop readnext readmore morefrom outbrain taboola recirc",
    Hint.SHARE: "share sharing social followus",
    Hint.SIDEBAR: "sidebar widget siderail",
    Hint.ADVERT: "advert adslot sponsor adunit adcontainer",
    Hint.CONSENT: "cookie consent popup modal",
    Hint.SIGNUP: "newsletter subscri signup paywall login",
    Hint.BYLINE: "byline author dateline",
    Hint.CAPTION: "caption gallery slideshow carousel",
    Hint.PRODUCT: "product price",
}
_BY_NAME: dict[str, int] = {}
for _hint, _words in _NAMES.items():
    for _word in _words.split():
        _BY_NAME[_word] = _BY_NAME.get(_word, 0) | _hint
_BY_BEGINNING = tuple((hint, tuple(words.split())) for hint, words in _BEGINNINGS.items())
_BY_TAG = {
    "article": Hint.ARTICLE,
    "main": Hint.MAIN,
    "header": Hint.HEADER,
    "footer": Hint.FOOTER,
    "aside": Hint.ASIDE,
    "nav": Hint.NAV,
    "menu": Hint.NAV,
    "form": Hint.FORM,
    "figure": Hint.FIGURE,
    "figcaption": Hint.CAPTION,
    "ul": Hint.LIST,
    "ol": Hint.LIST,
    "dl": Hint.LIST,
    "table": Hint.TABLE,
    "blockquote": Hint.QUOTE,
    "dialog": Hint.CONSENT,
    "address": Hint.BYLINE,
    "button": Hint.CONTROL,
    "label": Hint.CONTROL,
    "noscript": Hint.CONTROL,
    "summary": Hint.CONTROL,
    "legend": Hint.CONTROL,
}
_BY_ROLE = {
    "main": Hint.MAIN,
    "article": Hint.ARTICLE,
    "banner": Hint.HEADER,
    "contentinfo": Hint.FOOTER,
    "complementary": Hint.SIDEBAR,
    "navigation": Hint.NAV,
    "search": Hint.NAV,
    "menu": Hint.NAV,
    "menubar": Hint.NAV,
    "tablist": Hint.NAV,
    "dialog": Hint.CONSENT,
    "alert": Hint.CONSENT,
    "feed": Hint.CARD,
    "form": Hint.FORM,
}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST_NAMES = 300  # characters of class and id that are looked at
_RUN_TOGETHER = 6  # a shorter name is one word


class Hints:
    """Reads the hints of elements, and remembers what names mean: one page repeats a few of them a thousand times."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def of(self, element: etree._Element) -> int:
        """What an element says of the words within it, apart from what those around it say."""
        tag = str(element.tag)
        hints: int = _BY_TAG.get(tag, 0)
        attributes: dict[str, str] = dict(element.items())  # type: ignore[arg-type]  # the stubs allow bytes
        if not attributes:
            return hints
        if (role := attributes.get("role")) is not None:
            hints |= _BY_ROLE.get(role, 0)
        if attributes.get("itemprop") in ("articleBody", "text"):
            hints |= Hint.BODY
        if _is_hidden(attributes):
            hints |= Hint.HIDDEN
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        if len(names) > 1 and tag not in ("body", "html"):
            hints |= self._named(names[:_MOST_NAMES])
        return hints

    def _named(self, names: str) -> int:
        known = self._known.get(names)
        if known is None:
            known = 0
            for word in _WORD.findall(names):
                known |= self._word(word.lower())
            self._known[names] = known
        return known

    def _word(self, word: str) -> int:
        known = self._known.get(word)
        if known is None:
            known = _BY_NAME.get(word, 0)
            if not known and len(word) >= _RUN_TOGETHER:
                for hint, beginnings in _BY_BEGINNING:
                    if word.startswith(beginnings):
                        known |= hint
            self._known[word] = known
        return known


def _is_hidden(attributes: dict[str, str]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return style is not None and _UNSEEN.search(style) is not None
