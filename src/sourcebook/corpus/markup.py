"""HTML: pages, and the blocks of HTML in Markdown pages."""

import html
import re
from typing import TYPE_CHECKING

from sourcebook.config import CorpusSettings
from sourcebook.corpus import tags
from sourcebook.corpus.claims import tidy
from sourcebook.corpus.marking import mark_tags
from sourcebook.corpus.pages import WHOLE, Reading, as_page
from sourcebook.corpus.runs import Block, Contents, Heading, Run, Span, Tag
from sourcebook.types.pages import ParsedPage

if TYPE_CHECKING:
    from sourcebook.corpus.bibliography import Bibliography

_TOKEN = re.compile(
    rb"(?s:<!--.*?(?:-->|\Z))|(?s:<!\[CDATA\[.*?(?:\]\]>|\Z))|<[!?][^>]*>"
    rb"|(?is:<(script|style|template|svg|textarea|pre)\b[^>]*>.*?(?:</\1\s*>|\Z))"
    rb"|" + tags.TAG.pattern + rb"|[^<]+|<"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_TITLE = re.compile(rb"<title\b[^>]*>([^<]*)</title", re.IGNORECASE)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | frozenset(
    """address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form
    header hr html li main menu nav ol p section summary table tbody td tfoot th thead title tr ul caption
    head""".split()
)


class Html:
    """Parses HTML."""

    def parse(self, path: str, data: bytes, settings: CorpusSettings, how: Reading = WHOLE) -> ParsedPage:
        """Everything that the page cites. Never raises for what is in the page."""
        return as_page(path, data, settings, read, how)


def read(data: bytes, settings: CorpusSettings, works: "Bibliography | None") -> Contents:  # noqa: ARG001 - HTML has no keys
    """What the page says."""
    found = read_part(data, (0, len(data)), settings, "")
    title = _TITLE.search(data)
    first = next((heading.text for heading in found.headings if heading.level == 1), "")
    found.title = first or (tidy(html.unescape(title[1].decode("utf-8", "replace"))) if title else "")
    mark_tags(found, settings)
    return found


def read_part(data: bytes, part: Span, settings: CorpusSettings, heading: str) -> Contents:
    """What a piece of HTML says; its tags are not placed yet."""
    return _Markup(data, settings, heading).read(part)


class _Markup:
    def __init__(self, data: bytes, settings: CorpusSettings, heading: str) -> None:
        self._data = data
        self._names = tags.interesting(settings)
        self._found = Contents()
        self._heading = heading
        self._run: Run | None = None
        self._cells: list[Run] | None = None  # of the row that is open
        self._row_start = 0
        self._headers: tuple[str, ...] = ()
        self._is_head = False

    def read(self, part: Span) -> Contents:
        """All blocks and tags in this part."""
        end = part[1]
        for token in _TOKEN.finditer(self._data, *part):
            if token["name"] is not None:
                self._tag(token)
            elif token[0][:1] != b"<" or token[0] == b"<":
                self._text(token[0].decode("utf-8", "replace"), token.start())
        self._close_row(end)
        self._close(end)
        return self._found

    def _text(self, words: str, start: int) -> None:
        if self._run is None:
            if not words.strip() or self._cells is not None:
                return
            self._run = Run(start, start)
        position = 0
        for entity in _ENTITY.finditer(words) if "&" in words else ():
            self._run.add(words[position : entity.start()], start + len(words[:position].encode()))
            self._run.add(html.unescape(entity[0]), start + len(words[: entity.start()].encode()))
            position = entity.end()
        self._run.add(words[position:].replace("\n", " "), start + len(words[:position].encode()))

    def _tag(self, token: re.Match[bytes]) -> None:
        written = token["name"].decode("utf-8", "replace")
        name, closes = written.lower(), bool(token["close"])
        if name in _BLOCKS:
            self._block(name, closes, token)
        elif name == "br" and self._run is not None:
            self._run.add("\n\n", token.start())
        kept = written if written in self._names else name
        if kept in self._names:
            alone = bool(token["alone"]) and name != "a"
            self._found.tags.append(Tag(token.start(), token.end(), kept, token["attributes"], closes, alone))

    def _block(self, name: str, closes: bool, token: re.Match[bytes]) -> None:
        if name == "tr":
            self._close_row(token.start())
            if not closes:
                self._cells, self._row_start, self._is_head = [], token.start(), True
        elif name in {"td", "th"} and self._cells is not None:
            self._cell(name, closes, token)
        elif self._cells is None or name in {"table", "tbody", "thead"}:
            self._close(token.start())
            if name == "table":
                self._headers = ()
            if name in _HEADINGS:
                self._heading_tag(int(name[1]), closes, token)
        elif self._run is not None:
            self._run.add(" ", token.start())

    def _cell(self, name: str, closes: bool, token: re.Match[bytes]) -> None:
        if self._run is not None:
            self._run.limit = token.start()
            self._run = None
        if not closes and self._cells is not None:
            self._run = Run(token.end(), len(self._data))
            self._cells.append(self._run)
            self._is_head = self._is_head and name == "th"

    def _heading_tag(self, level: int, closes: bool, token: re.Match[bytes]) -> None:
        if not closes:
            self._run = Run(token.end(), token.end())
        elif self._found.blocks and self._found.blocks[-1].end == token.start():
            self._heading = tidy(self._found.blocks[-1].runs[0].text)
            self._found.blocks[-1].heading = self._heading
            self._found.headings.append(Heading(self._found.blocks[-1].start, level, self._heading))

    def _close_row(self, end: int) -> None:
        if self._cells is None:
            return
        if self._run is not None:
            self._run.limit = end
            self._run = None
        cells, self._cells = self._cells, None
        if not cells:
            return
        block = Block(self._row_start, end, cells, self._heading, headers=() if self._is_head else self._headers)
        if self._is_head:
            self._headers = tuple(tidy(cell.text) for cell in cells)
        self._found.blocks.append(block)

    def _close(self, end: int) -> None:
        run, self._run = self._run, None
        if run is not None and run.size:
            run.limit = end
            self._found.blocks.append(Block(run.begin, end, [run], self._heading))
