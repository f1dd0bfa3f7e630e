"""The words of a page without their markup, for a search: near enough to find them, not to count places in. Pure."""

import html
import re

from sourcebook.corpus.formats import PageFormat, format_of
from sourcebook.corpus.wiki_plain import plain_wikitext
from sourcebook.patterns import pattern

_FRONT = pattern(r"\A\ufeff?---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_UNREAD = pattern(r"<!--.*?-->|\{/\*.*?\*/\}|<(script|style|head)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_LINK = pattern(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])")
_NOTE = pattern(r"\[\^[^\]\s]+\]:?|^[ \t]*\[[^\]\n]+\]:[ \t]+\S+.*$", re.MULTILINE)
_TAG = pattern(r"</?[A-Za-z][^<>]*>")
_SIGNS = pattern(r"^[ \t>]*(?:#{1,6}|[-*+]|```+.*|~~~+.*)[ \t]*|\*\*|__|`|^[ \t|:-]+$|[ \t]*\|[ \t]*", re.MULTILINE)


def plain_text(path: str, text: str) -> str:
    """The words of the page at a path: labels without addresses, without tags and signs."""
    if format_of(path) is PageFormat.WIKITEXT:
        return plain_wikitext(text)
    without = _UNREAD.sub(" ", _FRONT.sub("", text))
    words = _SIGNS.sub(" ", _TAG.sub(" ", _NOTE.sub("", _LINK.sub(r"\1", without))))
    return html.unescape(words)
