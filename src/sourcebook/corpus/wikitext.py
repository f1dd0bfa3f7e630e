"""Wikitext, as MediaWiki's pages are written: references, citation templates, links in brackets, tables."""

import html
import re
from typing import TYPE_CHECKING

from sourcebook.config import CorpusSettings
from sourcebook.corpus.pages import WHOLE, Reading, as_page
from sourcebook.corpus.runs import Contents, Definition, Mark, Span, Trouble, label_key
from sourcebook.corpus.wiki_blocks import Blocks
from sourcebook.corpus.wiki_pairs import DEEPEST, pairs_of
from sourcebook.corpus.wiki_plain import MEDIA
from sourcebook.corpus.wiki_templates import NOTES, SHORT, Template, cited, plain, read_template, short_key
from sourcebook.patterns import pattern
from sourcebook.types.findings import Rule
from sourcebook.types.pages import CitationKind, ParsedPage

if TYPE_CHECKING:
    from sourcebook.corpus.bibliography import Bibliography

_SIGN = pattern(
    rb"(?P<line>\n[ \t]*(?:\n\s*)?)|\{\{|\[\[|<!--|<(?P<tag>/?[A-Za-z]+[^<>\n]{0,1000})>|'{2,5}"
    rb"|(?P<entity>&#?\w{1,31};)|(?P<cell>\|\||!!)"
    rb"|\[(?P<web>(?:https?:)?//[^\s\[\]<>\"]+)[ \t]*(?P<label>[^\]\n]{0,1000})\]"
    rb"|(?P<bare>https?://[^\s\[\]<>\"|{}]+)",
    re.IGNORECASE,
)
_HEADING = pattern(rb"(={1,6})[ \t]*(?P<words>[^\n]{1,500}?)[ \t]*\1[ \t]*(?=\n|\Z|<!--)")
_ITEM = pattern(rb"[*#:;]+[ \t]*")
_TABLE = pattern(rb":*(?P<opens>\{\|)[^\n]*|(?P<closes>\|\})|(?P<row>\|-)[^\n]*|\|\+|(?P<cell>[|!])(?![|}])")
_ATTRIBUTES = pattern(rb"(?:\s*+[\w-]++\s*+=\s*+(?:\"[^\"\n]*+\"|'[^'\n]*+'|[^\s|\"'=]++))++\s*+\|(?!\|)")
_REF = pattern(rb"ref\b(?P<said>[^<>]*?)(?P<alone>/?)", re.IGNORECASE)
_LIST = pattern(rb"(?P<ends>/?)references\b[^<>]*?(?P<alone>/?)", re.IGNORECASE)
_SAYS = pattern(rb"(name|group)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s/>\"']+))", re.IGNORECASE)
_SHORT = pattern(rb"\{\{\s{0,9}(?:" + "|".join(SHORT).encode() + rb")\s{0,9}\|", re.IGNORECASE)
_SIZE = pattern(rb"[^|\[\]{}<>\n]{0,100}\|")  # of a picture, its place, its frame
_MEDIA = pattern(rb"\[\[\s*(?:" + MEDIA.encode() + rb")\s*:", re.IGNORECASE)
_ASIDE = pattern(rb"\[\[\s*[^:|\[\]]{1,30}:[^|\[\]]*\]\]")  # categories, the page in other languages
_REFLISTS = frozenset({"reflist", "references", "einzelnachweise", "références", "listaref"})  # {{reflist|refs=…}}
_BREAKS = frozenset("br p div blockquote center li ul ol tr td th table".split())
_TAIL = b".,;:!?'"


class Wikitext:
    """Parses wikitext."""

    def parse(self, path: str, data: bytes, settings: CorpusSettings, how: Reading = WHOLE) -> ParsedPage:
        """Everything that the page cites. Never raises for what is in the page."""
        return as_page(path, data, settings, read, how)


def read(data: bytes, _: CorpusSettings, __: "Bibliography | None") -> Contents:
    """What the page says."""
    return _Reader(data).read()


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pairs = pairs_of(data)
        self._blocks = Blocks(len(data))
        self._depth = 0
        self._nameless = 0  # references so far that have no name
        self._in_list = False  # of the references, where they are defined and cite nothing
        self._short = self._short_keys()

    def read(self) -> Contents:
        """All blocks of the page."""
        self._walk(0, len(self._data), lines=True)
        found = self._blocks.close_all()
        self._tell_undefined(found)
        found.title = next((heading.text for heading in found.headings if heading.level == 1), "")
        return found

    def _tell_undefined(self, found: Contents) -> None:
        """A reference that nothing defines is told, and cites nothing."""
        defined = {label_key(one.label) for one in found.definitions}
        for run in (run for block in found.blocks for run in block.runs if run.marks):
            for mark in run.marks:
                if mark.kind is CitationKind.FOOTNOTE and label_key(mark.footnote) not in defined:
                    words = f"footnote {mark.footnote!r} is not defined"
                    found.troubles.append(Trouble(Rule.UNDEFINED_FOOTNOTE, mark.start, words))
            run.marks = [
                mark
                for mark in run.marks
                if mark.kind is not CitationKind.FOOTNOTE or label_key(mark.footnote) in defined
            ]

    def _short_keys(self) -> frozenset[str]:
        """The works that short references mean: their entries define these."""
        starts = [sign.start() for sign in _SHORT.finditer(self._data) if sign.start() in self._pairs.ends]
        return frozenset(short_key(read_template(self._data, at, self._pairs)) for at in starts)

    # --- lines -------------------------------------------------------------------------------------

    def _walk(self, start: int, end: int, *, lines: bool = False) -> None:
        """Read a stretch; `lines` where headings, lists and tables may stand in it."""
        if self._depth >= DEEPEST:
            self._text(start, end)
            return
        self._depth += 1
        at = self._line(start, end) if lines else start
        while at < end:
            sign = _SIGN.search(self._data, at, end)
            self._text(at, sign.start() if sign else end)
            if sign is None:
                break
            if sign["line"] is None:
                at = self._sign(sign)
                continue
            self._blocks.newline(sign.start(), blank=lines and sign[0].count(b"\n") > 1)
            at = self._line(sign.end(), end) if lines else sign.end()
        self._depth -= 1

    def _line(self, at: int, end: int) -> int:
        """What a line begins with: a heading, an item, a part of a table, or nothing. Where its words begin."""
        if (heading := _HEADING.match(self._data, at, end)) is not None:
            self._blocks.close(at)
            with self._blocks.apart(*heading.span("words")) as block:
                self._walk(*heading.span("words"))
            self._blocks.title(block, len(heading[1]))
            return heading.end()
        table = _TABLE.match(self._data, at, end)
        if table is not None and (self._blocks.tables or table["opens"]):
            return self._table(table)
        item = _ITEM.match(self._data, at, end)
        if item is None or self._blocks.in_cell:
            return at
        self._blocks.item(item.end())
        return item.end()

    def _table(self, sign: re.Match[bytes]) -> int:
        """A table begins or ends, or a row or a cell of it does. Where the words go on."""
        if sign["cell"]:
            return self._cell(sign)
        if sign["opens"]:
            self._blocks.open_table(sign.start())
        elif sign["closes"]:
            self._blocks.close_table(sign.start())
        elif sign["row"]:
            self._blocks.close_row(sign.start())
        return sign.end()

    def _cell(self, sign: re.Match[bytes]) -> int:
        """A cell begins. Where its words do, behind its attributes."""
        said = _ATTRIBUTES.match(self._data, sign.end())
        begin = said.end() if said else sign.end()
        self._blocks.cell(sign.start(), begin, is_head=sign["cell"].startswith(b"!"))
        return begin

    # --- words -------------------------------------------------------------------------------------

    def _text(self, start: int, end: int) -> None:
        words = self._data[start:end].decode("utf-8", "replace")
        if self._blocks.run is not None or words.strip():
            self._blocks.say(words, start)

    def _sign(self, sign: re.Match[bytes]) -> int:
        """Read what begins at a sign. Where the text goes on."""
        at = sign.start()
        if (end := self._pairs.skipped.get(at)) is not None:
            return end
        if sign["web"] or sign["bare"]:
            return self._link(sign) if sign["web"] else self._bare(sign)
        if sign["tag"]:
            return self._tag(sign)
        if at in self._pairs.ends:
            return self._template(at) if sign[0] == b"{{" else self._wikilink(at)
        if sign["cell"] and self._blocks.in_cell:
            return self._cell(sign)
        if sign["entity"]:
            self._blocks.say(html.unescape(sign[0].decode()), at)
        elif not sign[0].startswith(b"''"):
            self._text(at, sign.end())
        return sign.end()

    def _link(self, sign: re.Match[bytes]) -> int:
        """`[https://… words]`."""
        target = sign["web"].decode("utf-8", "replace")
        target = f"https:{target}" if target.startswith("//") else target
        self._blocks.mark(Mark(*sign.span(), CitationKind.LINK, html.unescape(target)), plain(sign["label"]))
        return sign.end()

    def _bare(self, sign: re.Match[bytes]) -> int:
        raw = sign["bare"].rstrip(_TAIL)
        if raw.endswith(b")") and b"(" not in raw:
            raw = raw[:-1]
        target = html.unescape(raw.decode("utf-8", "replace"))
        end = sign.start() + len(raw)
        self._blocks.mark(Mark(sign.start(), end, CitationKind.BARE, target), target)
        return end

    def _wikilink(self, at: int) -> int:
        """A link to another page is its words; a picture has a caption, and a category nothing."""
        close = self._pairs.ends[at]
        if _MEDIA.match(self._data, at):
            bar = self._data.find(b"|", at, close)
            if bar >= 0:
                with self._blocks.apart(bar + 1, close):
                    self._walk(self._caption(bar, close), close)
        elif not _ASIDE.match(self._data, at):
            bar = self._data.find(b"|", at, close)
            self._walk(bar + 1 if bar >= 0 else at + 2, close)
        return close + 2

    def _caption(self, bar: int, close: int) -> int:
        """Where the caption of a picture begins: behind the bars of its size and place."""
        at = bar + 1
        while (word := _SIZE.match(self._data, at, close)) is not None:
            at = word.end()
        return at

    def _tag(self, sign: re.Match[bytes]) -> int:
        if (reference := _REF.fullmatch(sign["tag"])) is not None:
            return self._reference(sign, reference)
        if (listed := _LIST.fullmatch(sign["tag"])) is not None:
            self._in_list = not listed["ends"] and not listed["alone"]
        elif sign["tag"].strip(b"/ ").split(None, 1)[0].decode().lower() in _BREAKS and self._blocks.run is not None:
            self._blocks.run.add("\n\n", sign.start())
        return sign.end()

    # --- references and templates --------------------------------------------------------------------

    def _reference(self, sign: re.Match[bytes], tag: re.Match[bytes]) -> int:
        """`<ref>`: a place that cites and, unless it only repeats a name, what is cited. Where the text goes on."""
        start, inside = sign.span()
        said = {one[1].lower(): plain(one[2] or one[3] or one[4] or b"") for one in _SAYS.finditer(tag["said"])}
        close = inside if tag["alone"] else self._pairs.ends.get(start, inside)
        end = (
            inside if close == inside and not self._data.startswith(b"</", close) else self._data.find(b">", close) + 1
        )
        self._nameless += not said.get(b"name")
        label = f"{said.get(b'group', '')} {said.get(b'name') or self._nameless}".strip()
        self._cite(
            label, (start, end), None if self._data[inside:close].isspace() or inside == close else (inside, close)
        )
        return end

    def _cite(self, label: str, whole: Span, inside: Span | None) -> None:
        """A footnote's mark stands here, and what it says, where that is said here too."""
        if not self._in_list:
            self._blocks.mark(Mark(*whole, CitationKind.FOOTNOTE, "", footnote=label))
        if inside is not None:
            self._blocks.found.definitions.append(Definition(label, *whole))
            with self._blocks.apart(*inside) as block:
                block.definition = whole[0]
                self._walk(*inside)

    def _template(self, at: int) -> int:
        """Read what a template cites or shows. Where the text goes on."""
        template = read_template(self._data, at, self._pairs)
        whole = at, self._pairs.ends[at] + 2
        if template.name in SHORT:
            self._cite(short_key(template), whole, None)
        elif template.name == "r":
            for one in template.unnamed:
                self._cite(template.values[one.name], whole, None)
        elif template.name in NOTES:
            self._nameless += 1
            label = template.values.get("name") or f"{template.name} {self._nameless}"
            self._cite(label, whole, next(((one.inside, one.end) for one in template.unnamed), None))
        elif (work := cited(template)) is not None:
            self._work(template, Mark(*whole, CitationKind.CITE, work.target), work.title)
        elif template.name in _REFLISTS:
            was, self._in_list = self._in_list, True
            self._rows(template)
            self._in_list = was
        elif b"\n" in self._data[slice(*whole)]:
            self._rows(template)
        else:
            self._words(template, at)
        return whole[1]

    def _work(self, template: Template, mark: Mark, title: str) -> None:
        """`{{cite …}}`: the work itself or, where short references mean it, the definition of these."""
        key = short_key(template) if self._short else ""
        if not key or key not in self._short:
            self._blocks.mark(mark, title)
            return
        self._blocks.found.definitions.append(Definition(key, mark.start, mark.end))
        with self._blocks.apart(mark.start, mark.end) as block:
            block.definition = mark.start
            self._blocks.mark(mark, title)

    def _rows(self, template: Template) -> None:
        """A box of many lines: each of its values is a row, "Founded: 1900"."""
        for one in template.parameters:
            with self._blocks.apart(one.inside, one.end) as block:
                block.headers = (one.name,) if one.is_named else ()
                self._walk(one.inside, one.end)

    def _words(self, template: Template, at: int) -> None:
        """Any other template: the values that have no name are what it shows."""
        for number, one in enumerate(template.unnamed):
            if number:
                self._blocks.say(" ", at)
            self._walk(one.inside, one.end)
