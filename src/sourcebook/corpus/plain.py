"""The words of a page without their markup, for a search: near enough to find them, not to count places in. Pure."""

import html
import re

from sourcebook.patterns import pattern

_FRONT = pattern(r"\A\ufeff?---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_UNREAD = pattern(r"<!--.*?-->|\{/\*.*?\*/\}|<(script|style|head)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_LINK = pattern(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])")
_NOTE = pattern(r"\[\^[^\]\s]+\]:?|^[ \t]*\[[^\]\n]+\]:[ \t]+\S+.*$", re.MULTILINE)
_TAG = pattern(r"</?[A-Za-z][^<>]*>")
_SIGNS = pattern(r"^[ \t>]*(?:#{1,6}|[-*+]|```+.*|~~~+.*)[ \t]*|\*\*|__|`|^[ \t|:-]+$|[ \t]*\|[ \t]*", re.MULTILINE)


def plain_text(text: str) -> str:
    """Labels without addresses, words without tags and signs. Markdown, MDX and HTML alike."""
    without = _UNREAD.sub(" ", _FRONT.sub("", text))
    words = _SIGNS.sub(" ", _TAG.sub(" ", _NOTE.sub("", _LINK.sub(r"\1", without))))
    return html.unescape(words)
