"""A kept page made harmless: its words and structure, and nothing that asks, runs or leads anywhere.

Three walls, each enough by itself: what is dangerous is taken out here, the answer's own policy forbids everything but
text (`COPY_HEADERS`), and the frame that shows it is a sandbox. docs/web.md says what a reader gets to see.
"""

import html

import nh3
from lxml import etree
from lxml.html import tostring

from sourcebook.extract.decode import decode
from sourcebook.extract.guard import parse_html
from sourcebook.types.captures import Capture
from sourcebook.web.headers import HEADERS

COPY_HEADERS = {
    **HEADERS,
    "content-security-policy": (
        "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    ),
    "referrer-policy": "no-referrer",
}
_PAGES = {"text/html", "application/xhtml+xml"}
_TAGS = set(
    "p div span br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr th td blockquote q cite "
    "pre code kbd samp var b strong i em u s small sub sup mark abbr time del ins figure figcaption article section "
    "header footer main aside nav a details summary address ruby rt rp bdi bdo wbr".split()
)
_ATTRIBUTES = {"*": {"dir", "lang"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "ol": {"start"}}
_GONE = {"script", "style", "template", "noscript", "iframe", "object", "svg", "title"}


def harmless(body: bytes, capture: Capture) -> str | None:
    """A copy as a page of ours; None for a kind of file that is no text."""
    if capture.media_type in _PAGES:
        words = cleaned(decode(body, capture.charset))
    elif capture.media_type.startswith("text/"):
        words = f"<pre>{html.escape(decode(body, capture.charset))}</pre>"
    else:
        return None
    return f'<!doctype html><meta charset="utf-8"><title>Cached copy</title>{words}'


def cleaned(page: str) -> str:
    """The page without links, pictures, forms, frames, styles and scripts."""
    tree = parse_html(page)  # its depth is bounded, and with it the time that cleaning takes
    if tree is None:
        return html.escape(page)
    etree.strip_elements(tree, *_GONE, with_tail=False)
    # a cleaner that reads as browsers do drops all that stands in some tags, and a page may never close them
    etree.strip_tags(tree, *({element.tag for element in tree.iter(etree.Element)} - _TAGS - {"html", "body"}))
    markup = tostring(tree, encoding="unicode", method="html")
    return nh3.clean(markup, tags=_TAGS, attributes=_ATTRIBUTES, clean_content_tags=_GONE, link_rel=None)
