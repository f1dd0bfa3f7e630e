"""Where the sentences of a text begin and end. Pure, one pass, offsets into the text as given."""

import re

from sourcebook.patterns import pattern

# A stop, whatever closes after it (quotes, brackets, footnote marks), then space; or a stop of a script that writes
# no spaces; or the end of a block: a blank line, or a line that opens a list item, a heading, a row or a quotation.
_STOP = pattern(
    r"""
      (?P<stop>[.!?…]+)(?P<close>(?:["'”’»)\]}*_]|\[\^?[\w-]{1,20}\])*)(?=\s|\Z)
    | (?P<wide>[。！？｡]+[」』”’）》]*)
    | (?P<block>\n[^\S\n]*\n\s*|\n(?=[^\S\n]*(?:[-*+•|>]\s|\#{1,6}\s|\d{1,3}[.)]\s)))
    """,
    re.VERBOSE,
)
# What a stop begins with. To look for one character first is three times faster.
_FIRST = pattern(r"[.!?…。！？｡\n]")
_NEXT = pattern(r"""\s*["'“‘«(\[{*_¿¡]*(?P<word>[^\W\d_]+|\d?)(?P<dot>\.?)""")
_OPENING = pattern(r"[\"'“‘«(\[{]")
_MARKER = pattern(r"\s*(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,6})\Z")

# A full stop after these belongs to the word.
_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof st mt vs cf eg e.g ie i.e viz al approx fig figs eq eqs no nos vol vols pp p ch sec ed eds
    gen sen rep reps gov lt col capt sgt maj cmdr rev hon pres supt dept univ assn ave blvd art arts ref refs
    nr bzw z.b d.h u.a usw m.e.g op ca resp tab trans""".split()
)
# These may also end a sentence; what follows decides.
_EITHER = frozenset(
    """jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun inc ltd co corp llc plc jr sr etc
    a.m p.m am pm bros ph.d m.d b.a m.a u.s u.k u.n e.u d.c esq""".split()
)
_OPENERS = frozenset(
    """the a an it its he she they we you i in on at by for from to with as but and or so yet if when while although
    though because since after before this that these those there here however moreover meanwhile according some many
    most several such his her their our my one two what who why how where no not under over during both all each
    every another other""".split()
)


def spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, in order, without the spaces around it.

    A blank line ends a sentence, a single line break does not, unless the next line opens a list item, heading or row.
    """
    found: list[tuple[int, int]] = []
    start = 0
    after = 0
    for first in _FIRST.finditer(text):
        match = _STOP.match(text, first.start()) if first.start() >= after else None
        if match is None:
            continue
        after = match.end()
        if match["stop"] is not None and not _ends(text, start, match):
            continue
        _add(found, text, start, match.start() if match["block"] is not None else match.end())
        start = match.end()
    _add(found, text, start, len(text))
    return found


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Keep `text[start:end]` without the spaces around it, when anything is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    """Does this stop end the sentence that began at `start`?"""
    following = _NEXT.match(text, match.end())
    word = following["word"] if following else ""
    if word[:1].islower():
        return False
    if match["stop"] != "." or match["close"]:
        return True
    before = _last_word(text[max(start, match.start() - 40) : match.start()])
    bare = before.lower()
    if bare in _ABBREVIATIONS or _MARKER.fullmatch(text, start, match.start()):
        return False
    if bare in _EITHER or "." in before or (len(before) == 1 and before.isupper()):
        return not word or (word.lower() in _OPENERS and not (following and following["dot"] and len(word) == 1))
    return True


def _last_word(text: str) -> str:
    """What stands after the last space or opening sign."""
    words = text.rsplit(None, 1)
    if not words or text[-1].isspace():
        return ""
    return _OPENING.split(words[-1])[-1]
