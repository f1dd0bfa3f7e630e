"""MDX: Markdown with JSX, expressions, imports and exports; `<R id="…">words</R>` may cite a registered source."""

import re
from typing import TYPE_CHECKING, NamedTuple

from sourcebook.config import CorpusSettings
from sourcebook.corpus import tags
from sourcebook.corpus.events import Reader
from sourcebook.corpus.inline import BREAK, FILL
from sourcebook.corpus.markdown import without_notes
from sourcebook.corpus.outdent import Lines
from sourcebook.corpus.pages import WHOLE, Reading, as_page, keyed_in
from sourcebook.corpus.runs import Contents, Tag, Trouble, positions
from sourcebook.patterns import pattern
from sourcebook.types.findings import Rule
from sourcebook.types.pages import ParsedPage

if TYPE_CHECKING:
    from sourcebook.corpus.bibliography import Bibliography

# What is not text is overwritten in place, so that every offset still holds. The two control characters that stand
# for it are words to the Markdown reader, and the words of a claim leave them out.
_PASSES = 12  # indented text inside indented text needs another pass for each level
_MOST_BROKEN = 20  # braces and tags that nothing closes: who mends so many finds the others
_PATIENCE = 5  # times the size of a page that is searched in vain for what closes a brace

_SIGNS = (b"\\", b"`", b"~~~", b"{", b"<")
_BACKSLASH, _BRACE, _LESS = b"\\{<"
_RUN = {b"`": pattern(rb"``*"), b"~": pattern(rb"~+")}
_FENCE_BEFORE = pattern(rb"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t>]+)*\Z")
_BLANK = pattern(rb"\n[ \t>]*\r?(?:\n|\Z)")
_SCRIPT = pattern(rb"""\{|\}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|//[^\n]*|/\*.*?\*/""", re.DOTALL)
_OPENING = pattern(rb"<(/?)(" + tags.NAME + rb")?(?=[\s/>{])")
_ATTRIBUTES = pattern(rb"""[^<>{"'/]+|"[^"]*"|'[^']*'|/(?!>)""")
_MODULE = pattern(
    rb"""(?:import\s*(?:["'{*]|[\w$]+(?:\s*,\s*[{*][^;]*?)?\s+from\b)|export\s+(?:const|let|var|default|function|async|class)\b|export\s*[{*])"""
)
_MODULE_LINE = pattern(rb"\n(?:import|export)")
_ADDRESS_BEFORE = pattern(rb"""(?:\]\(<?|https?://)[^\s()<>"']*\Z""", re.IGNORECASE)
_ADDRESS = pattern(rb"<(?P<scheme>https?://)?[^<>\n]*>", re.IGNORECASE)
_FLOW = pattern(rb"\n[ \t>]*\x1a[\x1a\x1c \t]*(?=\r?(?:\n|\Z))")


class Screened(NamedTuple):
    """A page's bytes with everything overwritten that is not Markdown, and the tags of interest found on the way."""

    data: bytes
    tags: list[Tag]
    troubles: list[Trouble]


class Mdx:
    """Parses `.mdx`."""

    def parse(self, path: str, data: bytes, settings: CorpusSettings, how: Reading = WHOLE) -> ParsedPage:
        """Everything that the page cites. Never raises for what is in the page."""
        return as_page(path, data, settings, read, how)


def read(data: bytes, settings: CorpusSettings, works: "Bibliography | None") -> Contents:
    """What the page's body says."""
    screened = screen(without_notes(data), tags.interesting(settings))
    lines = Lines()
    for _ in range(_PASSES):
        reader = Reader(
            screened.data,
            [lines.forward(tag) for tag in screened.tags],
            settings,
            keyed_in(screened.data, works),
            is_mdx=True,
        )
        found = reader.read()
        if not reader.indented:
            break
        screened = screened._replace(data=lines.outdent(screened.data, reader.indented))
    lines.back(found)
    found.troubles.extend(screened.troubles)
    return found


def screen(data: bytes, names: frozenset[str]) -> Screened:
    """Overwrite expressions, tags, imports, exports and comments; leave code as it is."""
    return _Screen(data, names).done()


class _Screen:
    def __init__(self, data: bytes, names: frozenset[str]) -> None:
        self._data = data
        self._names = names
        self._spans: list[tuple[int, int, bytes]] = []
        self._tags: list[Tag] = []
        self._troubles: list[Trouble] = []
        self._patience = _PATIENCE * len(data)

    def done(self) -> Screened:
        position = 0
        modules = self._modules()
        for start in positions(self._data, _SIGNS):
            if start < position:
                continue
            while modules and modules[0][1] <= start:
                modules.pop(0)
            inside = modules and modules[0][0] <= start
            position = modules[0][1] if inside else self._step(start)
        return Screened(self._overwritten(), self._tags, self._troubles)

    def _step(self, start: int) -> int:
        """Deal with what begins at a sign; where to go on."""
        sign = self._data[start]
        if sign == _BACKSLASH:
            return start + 2
        if sign == _BRACE:
            return self._expression(start)
        if sign == _LESS:
            return self._tag(start)
        return self._code(start)

    # --- code

    def _code(self, start: int) -> int:
        data, sign = self._data, self._data[start : start + 1]
        token = _RUN[sign].match(data, start)
        assert token is not None  # the sign itself is a run of one
        size = token.end() - start
        if size >= 3 and (end := self._fence_end(token, sign, size)) is not None:
            return end
        if sign == b"~":
            return token.end()
        blank = _BLANK.search(data, start)
        limit = blank.start() if blank else len(data)
        for close in _RUN[sign].finditer(data, token.end(), limit):
            if close.end() - close.start() == size:
                return close.end()
        return token.end()

    def _fence_end(self, token: re.Match[bytes], sign: bytes, size: int) -> int | None:
        data, start = self._data, token.start()
        line = data.rfind(b"\n", 0, start) + 1
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        if not _FENCE_BEFORE.match(data[line:start]) or (sign == b"`" and b"`" in data[token.end() : end]):
            return None
        close = re.compile(rb"\n[ \t>]*" + re.escape(sign) + rb"{%d,}[ \t]*\r?(?=\n|\Z)" % size).search(data, start)
        return close.end() if close else len(data)

    # --- scripts

    def _modules(self) -> list[tuple[int, int]]:
        """Where imports and exports stand: from the start of a line after a blank one, or after another of them."""
        found: list[tuple[int, int]] = []
        starts = [0, *(line.start() + 1 for line in _MODULE_LINE.finditer(self._data))]
        for start in starts:
            if found and start < found[-1][1]:
                continue
            line_before = self._data[self._data.rfind(b"\n", 0, max(start - 1, 0)) + 1 : start].strip()
            if line_before and not (found and found[-1][1] >= start - 2):
                continue
            if _MODULE.match(self._data, start):
                found.append((start, self._module_end(start)))
                self._spans.append((*found[-1], b" "))
        return found

    def _module_end(self, start: int) -> int:
        """The first blank line at which no brace is open."""
        position = start
        while (blank := _BLANK.search(self._data, position)) is not None:
            depth = _depth(self._data, start, blank.start())
            if depth <= 0:
                return blank.start()
            position = blank.start() + 1
        return len(self._data)

    def _expression(self, start: int) -> int:
        data = self._data
        line = data.rfind(b"\n", 0, start) + 1
        if _ADDRESS_BEFORE.search(data, max(line, start - 2000), start):
            return start + 1
        is_flow = not data[line:start].strip(b" \t>")
        blank = None if is_flow else _BLANK.search(data, start)
        end = self._script_end(start, blank.start() if blank else len(data))
        if end is None:
            self._tell(start, "a brace opens an expression that nothing closes")
            return start + 1
        self._spans.append((start, end, FILL))
        return end

    def _script_end(self, start: int, limit: int) -> int | None:
        """As `script_end`, but a page in which much is never closed is not searched to its end each time."""
        if self._patience < 0:
            return None
        end = script_end(self._data, start, limit)
        if end is None:
            self._patience -= limit - start
        return end

    def _tell(self, start: int, words: str) -> None:
        if len(self._troubles) < _MOST_BROKEN:
            self._troubles.append(Trouble(Rule.BROKEN_MARKUP, start, words))

    # --- tags

    def _tag(self, start: int) -> int:
        data = self._data
        address = _ADDRESS.match(data, start)
        if address is not None and (address["scheme"] or data[start - 2 : start] == b"]("):
            return address.end()
        if data.startswith(b"<!--", start):
            end_at = data.find(b"-->", start)
            end_at = len(data) if end_at < 0 else end_at + 3
            self._spans.append((start, end_at, FILL))
            return end_at
        match = tags.TAG.match(data, start)
        return self._tag_with_script(start) if match is None else self._keep(tags.tag_of(match))

    def _tag_with_script(self, start: int) -> int:
        """A tag with expressions among its attributes, or `<>`."""
        data = self._data
        opening = _OPENING.match(data, start)
        if opening is None:
            return start + 1
        close = self._attributes_end(opening.end())
        name = (opening[2] or b"").decode("utf-8", "replace")
        if close is None:
            if name:
                self._tell(start, f"the tag <{name} is never finished")
            return start + 1
        alone = data[close : close + 1] == b"/"
        attributes = data[opening.end() : close]
        return self._keep(Tag(start, close + 1 + alone, name, attributes, bool(opening[1]), alone))

    def _attributes_end(self, position: int) -> int | None:
        """Where `>` or `/>` ends the tag whose attributes begin here."""
        data = self._data
        end: int | None = position
        while end is not None and end < len(data):
            if data[end : end + 1] == b">" or data.startswith(b"/>", end):
                return end
            if data[end : end + 1] == b"{":
                end = self._script_end(end, len(data))
            else:
                match = _ATTRIBUTES.match(data, end)
                end = match.end() if match else None
        return None

    def _keep(self, tag: Tag) -> int:
        """Overwrite a tag, and keep it when it may cite; where it ends."""
        self._spans.append((tag.start, tag.end, BREAK if tag.name == "br" else FILL))
        if tag.name in self._names:
            self._tags.append(tag)
        return tag.end

    # --- the result

    def _overwritten(self) -> bytes:
        if not self._spans:
            return self._data
        self._spans.sort()
        parts: list[bytes] = []
        position = 0
        for start, end, fill in self._spans:
            if start < position:
                continue
            parts.append(self._data[position:start])
            parts.append(fill * (end - start))
            position = end
        parts.append(self._data[position:])
        lines = _FLOW.sub(lambda line: line[0].replace(FILL, b" ").replace(BREAK, b" "), b"\n" + b"".join(parts))
        return lines[1:]


def script_end(data: bytes, start: int, limit: int) -> int | None:
    """Where the braces that open at `start` are closed; braces in strings, templates and comments do not count."""
    depth = 0
    for token in _SCRIPT.finditer(data, start, limit):
        sign = token[0]
        if sign == b"{":
            depth += 1
        elif sign == b"}":
            depth -= 1
            if depth == 0:
                return token.end()
    return None


def _depth(data: bytes, start: int, end: int) -> int:
    signs = [token[0] for token in _SCRIPT.finditer(data, start, end)]
    return signs.count(b"{") - signs.count(b"}")
