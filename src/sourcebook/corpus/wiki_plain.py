"""Wikitext as readers see it: where its blocks are, and its words without markup. Pure."""

import html
import re
from collections.abc import Iterator

from sourcebook.patterns import pattern

MEDIA = "file|image|datei|bild|fichier|archivo|immagine|media"  # what wikis call the pages of their pictures

_FRAME = pattern(r"\{\||\|\}|\|-|\{\{[^|{}\n]*+\Z|\}\}\s*\Z|<references")  # of a table or a box
_KINDS = (
    ("heading", pattern(r"={1,6}[ \t]*(?=[^\n]*=\s*\Z)")),
    ("item", pattern(r"[*#:;]+[ \t]*")),
    ("module", _FRAME),
    ("row", pattern(r"(?:\|\+|[|!])[ \t]*")),
)
_HEADING_END = pattern(r"(?<![ \t])[ \t]*={1,6}\s*\Z")
_ATTRIBUTES = pattern(r"\A(?:\s*[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))+\s*\|(?!\|)")
_ASIDE = pattern(r"\[\[\s*(?:category|kategorie|catégorie|categoría)\s*:[^\[\]]*\]\]", re.IGNORECASE)
_MEDIA = pattern(rf"\[\[\s*(?:{MEDIA})\s*:(?:[^|\[\]\n]*\|)*", re.IGNORECASE)
_LINK = pattern(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_TEMPLATE = pattern(r"\{\{[^{}|]*+(?:\|([^{}]*+))?\}\}")
_BARS = pattern(r"(?<![ \t])[ \t]*(?:\|\||!!|\|)[ \t]*")
_UNREAD = pattern(r"<!--.*?(?:-->|\Z)|</?[A-Za-z][^<>]*>", re.DOTALL)
_MARKUP = pattern(r"'{2,5}|__[A-Z]+__|\{\{|\}\}|\]\]|\[\[")


def wiki_blocks(text: str, begin: int) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end of each block: stretches between blank lines; headings, items and rows line by line."""
    start = at = begin
    for line in (*text[begin:].split("\n"), ""):
        kind = _kind(line)
        if kind or not line.strip():
            if text[start:at].strip():
                yield "paragraph", start, at
            start = min(at + len(line) + 1, len(text))
            if kind and line.strip():
                yield kind, at + _sign(kind, line), start
        at += len(line) + 1


def plain_wikitext(text: str) -> str:
    """The words of a page, block by block."""
    return "\n\n".join(
        without_wiki_markup(_UNREAD.sub("", text[start:end]))
        for kind, start, end in wiki_blocks(text, 0)
        if kind != "module"
    )


def _kind(line: str) -> str:
    return next((kind for kind, sign in _KINDS if sign.match(line)), "")


def _sign(kind: str, line: str) -> int:
    """How long the sign at the front of a line is, which readers do not see."""
    sign = dict(_KINDS)[kind].match(line)
    return sign.end() if sign and kind != "module" else 0


def without_wiki_markup(words: str) -> str:
    """A stretch of a page as readers see it: links are their words, templates the values that they show."""
    words = _HEADING_END.sub("", words) if words.rstrip().endswith("=") else words
    words = _ATTRIBUTES.sub("", words)
    words = _LINK.sub(r"\1", _MEDIA.sub("", _ASIDE.sub("", words)))
    words = _TEMPLATE.sub(lambda found: (found[1] or "").replace("|", " "), words)
    return html.unescape(_BARS.sub(" | ", _MARKUP.sub("", words)))
