"""The key of a page by its address: what leads to the same page is folded, what may be another page is not.

Part of the identity rules, and of their version in ids.py. The key is an address itself, and its own key.
"""

import operator
import re

import can_ada

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
_VIDEOS_ON = {"youtube.com", "youtu.be"}
_SESSION = re.compile(r"(?<=[^./])(?<!%2e);jsessionid=[^/]*", re.IGNORECASE)
_ESCAPE = re.compile(r"(?<!%)(?<!%[0-9A-Fa-f])%[0-9A-Fa-f]{2}")
_OPENED = {")": "(", "]": "["}
_PROSE_ESCAPED = re.compile(r"(?:%2[2CE]|%3[ABE]|%60|%E2%80%9[9D]|%C2%BB)$")  # quotes, backtick, > and .,;: escaped
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~")


def site(hostname: str) -> str:
    """A host without what leads to the same pages: `www.`, mobile names, an old name of the site."""
    name = hostname.rstrip(".")
    while name.startswith("www.") and "." in name[4:]:
        name = name[4:]
    if ".m." in name:
        name = _MOBILE_WIKI.sub(r".\1.org", name)
    return _SAME_SITE.get(name, name)


def page_of(name: str, address: can_ada.URL) -> str:
    """The key of a page that names no work. `name` is its host as `site` folds it."""
    path = _escapes(address.pathname)
    if ";" in path:
        path = _SESSION.sub("", path)
    query = _query(name, _escapes(address.search[1:]))
    if name in _POSTS_ON and (post := _POST.fullmatch(path)):
        path = post[1]
    if name in _VIDEOS_ON and (video := _video(name, path, query)):
        return f"https://youtube.com/watch?v={video}"
    route = _route(name, address.hash)
    path = path.rstrip("/") if query or route else _without_prose(path)
    port = "" if address.port in {"", "80", "443"} else f":{address.port}"
    return f"https://{name}{port}{path or '/'}{'?' if query else ''}{query}{route}"


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
    if query != _without_prose(query, ""):  # it did not end the address as cited, so it is real: escaped, it stays
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


def _route(name: str, fragment: str) -> str:
    """The fragment where it is an address within the page: `#/…` and `#!…` choose what a browser shows."""
    if not fragment.startswith(("#/", "#!")) or _WIKI.search(name):  # a wiki's #/media/… is a picture over the page
        return ""
    route = fragment.partition(":~:")[0]
    return route if len(route) > 2 else ""


def _video(name: str, path: str, query: str) -> str:
    """The id of the one video that an address shows, wherever in it and in which list it starts."""
    if name == "youtu.be":
        return path[1:12] if re.fullmatch(r"/[\w-]{11}/?", path) else ""
    found = _VIDEO.fullmatch(path) or _VIDEO.fullmatch(f"{path}?{query}")
    return "" if found is None else found[1] or found[2]
