"""Where things begin and end in wikitext: templates, links and references, found in one pass. Pure.

Wikitext nests, and what opens need not close. Every sign is looked at once, so that a hostile page of signs that never
close costs no more than a good one; a parser that tries again at each of them took 46 s for 100 kB.
"""

import re

from msgspec import Struct, field

from sourcebook.patterns import pattern

DEEPEST = 40  # as deep as MediaWiki itself goes (its expansion depth limit); what is deeper is text

_SILENT = rb"nowiki|pre|math|chem|syntaxhighlight|source|gallery|timeline|score|templatedata|mapframe|includeonly"
_SIGN = pattern(
    rb"<!--(?s:.*?)(?:-->|\Z)"
    rb"|<(?P<silent>" + _SILENT + rb")\b[^<>]{0,500}?(?:/>|>)"
    rb"|<ref\b(?P<said>[^<>]{0,500}?)(?P<alone>/?)>|(?P<close></ref\s{0,9}>)"
    rb"|\{\{|\}\}|\[\[|\]\]",
    re.IGNORECASE,
)
_CLOSES = {b"}}": b"{{", b"]]": b"[["}
_REF = b"<ref"


class Pairs(Struct):
    """Byte offsets of what stands in a page. What is not here is text."""

    ends: dict[int, int] = field(default_factory=dict)  # of `{{`, `[[` and `<ref …>`: where what closes it begins
    skipped: dict[int, int] = field(default_factory=dict)  # of comments, code and formulas: where they end


def pairs_of(data: bytes) -> Pairs:
    """Every pair in a page."""
    return _Pairing(data).pairs()


class _Pairing:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._found = Pairs()
        self._open: list[tuple[bytes, int]] = []
        self._waiting = {b"{{": 0, b"[[": 0, _REF: 0}
        self._unclosed: set[bytes] = set()  # tags that nobody reads inside of, and that nothing closes from here on

    def pairs(self) -> Pairs:
        at = 0
        while (sign := _SIGN.search(self._data, at)) is not None:
            at = self._take(sign)
        return self._found

    def _take(self, sign: re.Match[bytes]) -> int:
        """Note what a sign opens or closes; where to go on."""
        said = sign[0]
        if said.startswith(b"<!--") or sign["silent"]:
            end = self._silent_end(sign)
            self._found.skipped[sign.start()] = end
            return end
        if sign["close"]:
            self._close(_REF, sign.start())
        elif said in _CLOSES:
            self._close(_CLOSES[said], sign.start())
        elif not sign["alone"]:
            kind = _REF if sign["said"] is not None else said
            self._open.append((kind, sign.start()))
            self._waiting[kind] += 1
        return sign.end()

    def _silent_end(self, sign: re.Match[bytes]) -> int:
        """Where a comment or a tag that nobody reads inside of ends; its own end where nothing closes it."""
        name = (sign["silent"] or b"").lower()
        if not name or name in self._unclosed or sign[0].endswith(b"/>"):
            return sign.end()
        closing = re.compile(rb"</" + name + rb"\s{0,9}>", re.IGNORECASE).search(self._data, sign.end())
        if closing is None:
            self._unclosed.add(name)
        return closing.end() if closing else sign.end()

    def _close(self, kind: bytes, at: int) -> None:
        """Close the last thing of a kind that is open; what was opened within it and never closed is text."""
        if not self._waiting[kind]:
            return
        while True:
            opened, start = self._open.pop()
            self._waiting[opened] -= 1
            if opened == kind:
                self._found.ends[start] = at
                return
