"""The words of a Markdown page: text, links, footnotes and bare addresses, put into the run that is open."""

import re
from typing import TYPE_CHECKING, Any

from sourcebook.corpus import tags
from sourcebook.corpus.addresses import bare_end, identifier_end, may_point_outside
from sourcebook.corpus.runs import Mark, Run, Tag, Trouble
from sourcebook.types.findings import Rule
from sourcebook.types.pages import CitationKind

if TYPE_CHECKING:
    from sourcebook.corpus.keys import Group, Keyed

# Stand for what is not text in a page that was screened: a tag or an expression, and a line break.
FILL, BREAK = b"\x1a", b"\x1c"

_FILLS = re.compile(r"[\x1a\x1c]+")
_FOOTNOTE = re.compile(rb"\[\^([^\]\[\n]{1,200})\](?!\()")
_REFERENCE = re.compile(rb"\]\[([^\]\[\n^]{1,200})\]")
_WORDY = re.compile(rb"[A-Za-z\x80-\xff]")
_NOTHING = re.compile(r"[\s.:()\[\]–—-]*")  # between two names of one work
_NEXT = re.compile(r"\s*(?:[,;]|[,;]?\s*(?:and|or|&))\s*")  # between two works of a list
_KINDS = {
    "Inline": CitationKind.LINK,
    "Reference": CitationKind.REFERENCE,
    "Collapsed": CitationKind.REFERENCE,
    "Shortcut": CitationKind.REFERENCE,
    "Autolink": CitationKind.AUTOLINK,
}


class Inline:
    """Takes inline events. Where no run is open, they are nobody's words."""

    def __init__(
        self, data: bytes, names: frozenset[str], found: list[Tag], bares: list[int], keyed: "Keyed | None"
    ) -> None:
        self.run: Run | None = None
        self.tags = found
        self.troubles: list[Trouble] = []
        self._data = data
        self._names = names
        self._bares = bares  # where addresses and citations by key may begin
        self._keyed = keyed
        self._next_bare = 0
        self._links: list[tuple[CitationKind | None, str, int, int]] = []  # kind, target, start, words before it
        self._images = 0
        self._jump = 0  # words before this offset are read already

    def open(self, run: Run) -> None:
        """Words go into this run from now on."""
        self.run = run
        if self._links or self._images:
            self._links.clear()
            self._images = 0

    def text(self, words: str, start: int, end: int) -> None:
        """Words as readers see them."""
        run = self.run
        if run is None or (self._images and not self._links):
            return
        if start < self._jump:
            if end <= self._jump:
                return
            words, start = words.encode()[self._jump - start :].decode("utf-8", "ignore"), self._jump
        if not self._links:
            if words in {"[", "]"} and self._is_undefined(words, start):
                return
            if self._next_bare < len(self._bares) and self._bares[self._next_bare] < end:
                words, start = self._after_bare(run, words, start, end)
        _add(run, words, start)

    def pause(self, words: str, start: int) -> None:
        """A line break: a space, or the end of a statement."""
        if self.run is not None and start >= self._jump:
            self.run.add(words, start)

    def code(self, words: str, start: int, end: int) -> None:
        """Code in a sentence is a word of it."""
        if self.run is not None and start >= self._jump and not self._images:
            raw = self._data[start:end]
            self.run.add(words, start + len(raw) - len(raw.lstrip(b"`")))

    def html(self, _: str, start: int, end: int) -> None:
        """A tag in a sentence is kept when it may cite."""
        match = tags.TAG.fullmatch(self._data, start, end)
        if match is None or self.run is None:
            return
        tag = tags.tag_of(match)
        if tag.name.lower() == "br":
            self.run.add("\n\n", start)
        elif tag.name in self._names or tag.name.lower() in self._names:
            self.tags.append(tag)

    def footnote(self, label: str, start: int, end: int) -> None:
        """A reference to a footnote that is defined. It has no words."""
        if self.run is not None:
            size = self.run.size
            self.run.mark(Mark(start, end, CitationKind.FOOTNOTE, "", size, size, footnote=label))

    def link(self, value: dict[str, Any], start: int) -> None:
        """A link begins."""
        words = len(self.run.words) if self.run is not None else 0
        self._links.append((_KINDS.get(value["link_type"]), value["dest_url"], start, words))

    def link_end(self, end: int) -> None:
        """A link ends."""
        if not self._links or self.run is None:
            return
        kind, target, start, words = self._links.pop()
        run = self.run
        if kind is not None and may_point_outside(target):
            label = "".join(run.words[words:])
            run.mark(Mark(start, end, kind, target, run.size - len(label), run.size))

    def image(self) -> None:
        """An image begins: the words inside are for those who cannot see it."""
        self._images += 1

    def image_end(self) -> None:
        """An image ends."""
        self._images -= 1

    def _after_bare(self, run: Run, words: str, start: int, end: int) -> tuple[str, int]:
        """Put bare addresses and identifiers among these words, and what is before them; what is left, and where."""
        bares = self._bares
        while self._next_bare < len(bares) and bares[self._next_bare] < end:
            at = bares[self._next_bare]
            self._next_bare += 1
            if at < max(start, self._jump):
                continue
            if self._keyed is not None and (group := self._keyed.at.get(at)) is not None:
                raw = words.encode()
                _add(run, raw[: at - start].decode("utf-8", "ignore"), start)
                self._cite(run, group, self._keyed)
                self._jump = group.end
                words, start = raw[group.end - start :].decode("utf-8", "ignore"), group.end
                continue
            kind, stop = CitationKind.BARE, bare_end(self._data, at, run.limit)
            if stop is None:
                kind, stop = CitationKind.IDENTIFIER, identifier_end(self._data, at, run.limit)
            if stop is None:
                continue
            raw = words.encode()
            _add(run, raw[: at - start].decode("utf-8", "ignore"), start)
            target = self._data[at:stop].decode("utf-8", "replace")
            if kind is CitationKind.IDENTIFIER:
                target = target.replace("\\", "")  # `10.1007/978-3-030-1\_7`: readers see no backslash
            if kind is CitationKind.BARE or not _names_again(run, target):
                run.mark(Mark(at, stop, kind, target, run.size, run.size + len(target), listed=_is_listed(run)))
            run.add(target, at)
            self._jump = stop
            words, start = raw[stop - start :].decode("utf-8", "ignore"), stop
        return words, start

    def _cite(self, run: Run, group: "Group", keyed: "Keyed") -> None:
        """Citations by key have no words, but for the authors where they stand in the sentence."""
        first = run.size
        if group.in_text:
            names = " and ".join(key.entry.authors for key in group.keys[:1] if key.entry is not None)
            run.add(names, group.start)
        for key in group.keys:
            if key.entry is not None:
                run.mark(Mark(key.start, key.end, CitationKind.KEY, f"@{key.key}", first, run.size, key=key))
            elif words := keyed.undefined(key):
                self.troubles.append(Trouble(Rule.UNDEFINED_CITATION, key.start, words))

    def _is_undefined(self, bracket: str, start: int) -> bool:
        """Does a footnote stand here that nothing defines? It is told and is no text; so is an undefined reference."""
        data = self._data
        if data[start - 1 : start] == b"\\":
            return False
        if bracket == "[" and (note := _FOOTNOTE.match(data, start)) is not None:
            words = f"footnote {_decoded(note[1])!r} is not defined"
            self.troubles.append(Trouble(Rule.UNDEFINED_FOOTNOTE, start, words))
            self._jump = note.end()
            return True
        if bracket == "]" and (link := _REFERENCE.match(data, start)) is not None:
            opening = data.rfind(b"[", max(start - 500, 0), start)
            if opening >= 0 and _WORDY.search(data, opening, start) and not data[opening - 1 : opening].isalnum():
                words = f"the reference {_decoded(link[1])!r} is not defined"
                self.troubles.append(Trouble(Rule.UNDEFINED_REFERENCE, opening, words))
        return False


def _add(run: Run, words: str, start: int) -> None:
    """Put words into a run, without what stands for tags."""
    if "\x1a" not in words and "\x1c" not in words:
        if words:  # as run.add does it: most of a page's words come this way
            run.words.append(words)
            run.starts.append(start)
            run.size += len(words)
        return
    position = 0
    for fill in _FILLS.finditer(words):
        if fill.start() > position:
            run.add(words[position : fill.start()], start + len(words[:position].encode()))
        if "\x1c" in fill[0]:
            run.add("\n\n", start + len(words[: fill.start()].encode()))
        position = fill.end()
    if position < len(words):
        run.add(words[position:], start + len(words[:position].encode()))


def _names_again(run: Run, identifier: str) -> bool:
    """Is this the second name of a work? It stands right behind an address, or behind an identifier of another kind."""
    if not run.marks or not _NOTHING.fullmatch(run.text, run.marks[-1].last):
        return False
    last = run.marks[-1]
    same = last.kind is CitationKind.IDENTIFIER and last.target[:3].lower() == identifier[:3].lower()
    return last.kind is not CitationKind.FOOTNOTE and not same


def _is_listed(run: Run) -> bool:
    return bool(run.marks) and _NEXT.fullmatch(run.text, run.marks[-1].last) is not None


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
