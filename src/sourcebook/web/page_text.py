"""A page of the knowledge base as a reader reads it: its text in blocks, each claim marked where it stands. Pure.

Every word of the page's own text is in a block, but for front matter, code of a site's builder, and the addresses of
links. All of them are escaped.
"""

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter

from markupsafe import Markup, escape
from msgspec import Struct, field

from sourcebook.corpus import PageFormat, format_of, wiki_blocks, without_wiki_markup
from sourcebook.records import PageCitation, PageRecord
from sourcebook.types.pages import CitationKind

_FRONT = re.compile(r"\ufeff?---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FENCE = re.compile(r"[ \t>]*(```+|~~~+)")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\[\]\n]+\]:[ \t]*\S")  # where a link by a name leads; a reader sees the link
_NOTE = re.compile(r"\[\^[^\]\n]+\]:[ \t]*")
_RULE = re.compile(r"[ \t|:-]*-[ \t|:-]*")
_KINDS = (
    ("heading", re.compile(r"[ \t>]*(#{1,6})[ \t]+")),
    ("note", _NOTE),
    ("definition", _DEFINITION),
    ("item", _ITEM),
    ("row", re.compile(r"[ \t]*(?=\|)")),
    ("quote", re.compile(r"[ \t]*>[ \t]?")),
    ("module", re.compile(r"(?:import|export)\b(?=[^\n]*['\"{=])")),
)
_COMMENT = re.compile(r"<!--.*?-->|\{/\*.*?\*/\}", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
# what is left of links once citations are taken out leads to pages of the same knowledge base, or to pictures
_INNER_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])")
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w\\])[*_](?=\w)|(?<=[\w.,!?)])[*_](?!\w)|`|\\(?=[*_`\[\]<>#|])")
_SIGNS = re.compile(r"[]*_`\\]")  # one of them is in every link and every emphasis
_BAR, _SPACES = re.compile(r"[ \t]*\|[ \t]*"), re.compile(r"\s+")
_OPENING = re.compile(r"(?<![\w\\])[*_]\Z")  # of an emphasis whose words are in the piece behind
_HTML_BLOCK = re.compile(
    r"<(/?)(h[1-6]|p|li|tr|td|th|div|section|article|header|footer|main|nav|aside|ul|ol|table|thead|tbody|blockquote|"
    r"figure|figcaption|dl|dt|dd|body|html|head|title|script|style|pre)\b[^>]*>",
    re.IGNORECASE,
)
_BEGINS = (_ITEM, _NOTE, _DEFINITION)  # a block of its own, without a blank line before it
_LINK, _SIGN = Markup('<a href="/sources/{}">{}</a>'), Markup("<sup>{}</sup>")
_REMEMBERED = 500  # pages
_MOST_LETTERS = 200_000  # of a page that is remembered: what people write is shorter, and memory is everybody's
_UNREAD = frozenset({"script", "style", "head", "title"})


class Piece(Struct, frozen=True):
    """Some words: plain, those of a link to a source, or the sign of a footnote."""

    kind: str  # text link note
    text: str
    source_id: str = ""


class Group(Struct, frozen=True):
    """Words that belong together: all of a claim's in a block, or those between two claims."""

    claim: int | None  # its place in `PageRecord.claims`
    pieces: tuple[Piece, ...]
    begins: bool = False  # does the claim begin here, rather than in a block before?
    words: Markup = Markup()  # the pieces as they are shown


class TextBlock(Struct, frozen=True):
    """A heading, paragraph, item, row, quotation, note or piece of code, and the claims that end in it."""

    kind: str
    groups: tuple[Group, ...]
    claims: tuple[int, ...] = ()


class _Page(Struct):
    text: str
    written_in: PageFormat
    citations: list[PageCitation]
    claims: tuple[tuple[int, int], ...]  # where each begins and ends
    starts: list[int] = field(default_factory=list)  # of the citations


def parse_page(found: PageRecord) -> tuple[TextBlock, ...]:
    """The blocks of a page, in order."""
    claims = tuple((claim.start, claim.end) for claim in found.claims)
    parse = _parsed if len(found.text) <= _MOST_LETTERS else _parsed.__wrapped__
    return parse(found.page.path, found.text, found.citations, claims)


@lru_cache(_REMEMBERED)
def _parsed(
    path: str, text: str, cited: tuple[PageCitation, ...], claims: tuple[tuple[int, int], ...]
) -> tuple[TextBlock, ...]:
    once = {(one.start, one.end): one for one in reversed(cited)}  # a footnote may name several sources
    citations = [once[place] for place in sorted(once)]
    page = _Page(text, format_of(path), citations, claims, [one.start for one in citations])
    front = _FRONT.match(text)
    begin = front.end() if front else 0
    spans = _BLOCKS.get(page.written_in, _blocks)(text, begin)
    blocks = (_block(page, kind, start, end) for kind, start, end in spans)
    return tuple(block for block in blocks if block.groups or block.claims)


def _blocks(text: str, begin: int) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end of each block of Markdown: stretches between blank lines, items and rows one by one."""
    start = at = begin
    fence = ""
    for line in (*text[begin:].split("\n"), ""):
        end = at + len(line) + 1
        opening = _FENCE.match(line)
        if fence or opening:
            if not fence:
                yield from _named(text, start, at)
                start, fence = at, opening[1] if opening else ""
            elif opening and opening[1].startswith(fence):
                yield "code", start, end
                start, fence = end, ""
        elif not line.strip() or line.lstrip().startswith("|") or any(one.match(line) for one in _BEGINS):
            yield from _named(text, start, at)
            start = at
        at = end
    yield from _named(text, start, at)


def _named(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The block with its kind, unless it is blank; its sign at the front is no part of it."""
    end = min(end, len(text))
    while start < end and text[start].isspace() and text[start] != " ":
        start += 1
    if not text[start:end].strip():
        return
    for kind, sign in _KINDS:
        match = sign.match(text, start, end)
        if match:
            yield kind, start if kind in {"module", "definition"} else match.end(), end
            return
    yield "paragraph", start, end


def _html_blocks(text: str, begin: int) -> Iterator[tuple[str, int, int]]:
    start, kind = begin, "paragraph"
    for tag in _HTML_BLOCK.finditer(text, begin):
        if text[start : tag.start()].strip() and kind != "unread":
            yield kind, start, tag.start()
        start, name = tag.end(), tag[2].lower()
        if tag[1]:
            kind = "paragraph"
        elif name in _UNREAD:
            kind = "unread"
        else:
            kind = "heading" if name[0] == "h" and name[1:].isdigit() else "item" if name == "li" else "paragraph"
    if text[start:].strip() and kind != "unread":
        yield kind, start, len(text)


_BLOCKS = {PageFormat.HTML: _html_blocks, PageFormat.WIKITEXT: wiki_blocks}


def _block(page: _Page, kind: str, start: int, end: int) -> TextBlock:
    if kind == "module":
        return TextBlock(kind, ())
    if kind == "code":
        code = Piece("text", page.text[start:end].strip("\n"))
        return TextBlock(kind, (Group(None, (code,)),))
    claims = tuple(number for number, (_, ends) in enumerate(page.claims) if start < ends <= end)
    if kind == "definition":
        if not claims:
            return TextBlock(kind, ())
        kind = "paragraph"  # it only looks like one
    if kind == "row" and _RULE.fullmatch(page.text[start:end].strip()):
        return TextBlock(kind, ())
    groups = (
        _group(number, tuple(piece for _, piece in some), number is not None and page.claims[number][0] >= start)
        for number, some in groupby(_pieces(page, start, end), itemgetter(0))
    )
    return TextBlock(kind, tuple(groups), claims)


def _group(number: int | None, pieces: tuple[Piece, ...], begins: bool) -> Group:
    return Group(number, pieces, begins, Markup().join(map(_shown, pieces)))


def _shown(piece: Piece) -> Markup:
    words = escape(piece.text)
    if piece.kind != "text" and piece.source_id:
        words = _LINK.format(piece.source_id, words)
    return _SIGN.format(words) if piece.kind == "note" else words


def _pieces(page: _Page, start: int, end: int) -> Iterator[tuple[int | None, Piece]]:
    """The block cut where claims and citations begin and end: each piece with the claim that it belongs to."""
    first, last = bisect_left(page.starts, start), bisect_left(page.starts, end)
    citations = page.citations[first:last]
    claims = [(number, *place) for number, place in enumerate(page.claims) if place[0] < end and place[1] > start]
    cuts = {start, end, *(place for one in citations for place in (one.start, one.end))}
    cuts |= {place for _, *places in claims for place in places}
    ordered = sorted(cut for cut in cuts if start <= cut <= end)
    done = start
    for at, stop in pairwise(ordered):
        if at < done:
            continue
        number = next((number for number, begins, ends in claims if begins <= at < ends), None)
        citation = _citation_at(page, at)
        if citation is not None:
            done = citation.end
            yield from ((number, piece) for piece in _cited(citation))
        elif words := _words(page, at, stop):
            yield number, Piece("text", words)


def _citation_at(page: _Page, at: int) -> PageCitation | None:
    found = bisect_right(page.starts, at) - 1
    return page.citations[found] if found >= 0 and at < page.citations[found].end else None


def _cited(citation: PageCitation) -> Iterator[Piece]:
    if citation.kind is CitationKind.FOOTNOTE:
        yield Piece("note", citation.footnote, citation.source_id)
    elif citation.label or citation.url:
        yield Piece("link", citation.label or citation.url, citation.source_id)


def _words(page: _Page, start: int, end: int) -> str:
    """A stretch of the page without its markup; spaces at its ends are kept as one."""
    words = page.text[start:end]
    if "<" in words or "{" in words:
        words = _TAG.sub("", _COMMENT.sub("", words))
    if page.text[end : end + 1].isalnum():
        words = _OPENING.sub("", words)
    if page.written_in is PageFormat.HTML:
        words = html.unescape(words)
    elif page.written_in is PageFormat.WIKITEXT:
        return _SPACES.sub(" ", without_wiki_markup(words))
    elif _SIGNS.search(words):
        words = _EMPHASIS.sub("", _INNER_LINK.sub(r"\1", words))
    words = _BAR.sub(" | ", words) if words.lstrip().startswith("|") else words
    return _SPACES.sub(" ", words)
