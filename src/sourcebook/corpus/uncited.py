"""Statements that state a number, in paragraphs and list items that cite nothing. Looked for only when somebody asks:
reading a page for its citations passes over such text, which is most of it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import pairwise

from sourcebook import ids
from sourcebook.config import CorpusSettings
from sourcebook.corpus import markup, mdx, tags, wikitext
from sourcebook.corpus.claims import tidy
from sourcebook.corpus.events import words_of
from sourcebook.corpus.formats import PageFormat, format_of
from sourcebook.corpus.front_matter import read_front_matter
from sourcebook.corpus.markdown import without_notes
from sourcebook.corpus.places import Places
from sourcebook.corpus.runs import Contents, Run
from sourcebook.patterns import pattern
from sourcebook.sentences import spans
from sourcebook.types.pages import Claim, ParsedPage

_READ_WHOLE = {PageFormat.HTML: markup.read, PageFormat.WIKITEXT: wikitext.read}  # what has no lines to go by
_FENCE = pattern(rb"^[ \t>]*(```+|~~~+)[^\n]*\n.*?(?:^[ \t>]*\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_ITEM = pattern(rb"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+", re.MULTILINE)
# headings, tables, definitions, HTML, code, modules: what makes no statement, or is read with care elsewhere
_OTHER = pattern(rb"[ \t]*(?:#|\||<|\[\^?[^\]\n]+\]:|\t|import\b|export\b)|    |[^\n]*\n[ \t|:-]*\|")
# A number that is no year, no mark of a list, and no part of a name such as GPT-4 or v1.2.
_NUMBER = pattern(r"(?<![\w.#/-])[$€£¥]?(?!(?:1[5-9]|20)\d\d(?![\d,.]*\d|\s?%))\d[\d,.]*(?:\s?%)?(?![\w-])")
# the same, seen before the words are read: it lets through more than it must
_DIGITS = pattern(rb"(?<![\w.#/-])(?!(?:1[5-9]|20)\d\d(?![\d,.]*\d|\s?%))\d[\d,.]*(?![\w-])")
_LEAST_WORDS = 5  # fewer are a label
_END = pattern(r"""[.!?…。！？]["'”’»)\]」』]*\Z""")

_REMEMBERED = 500  # pages
_MOST_LETTERS = 200_000  # of a page that is remembered: what people write is shorter, and memory is everybody's

_Span = tuple[int, int]


def uncited_numbers(parsed: ParsedPage, settings: CorpusSettings) -> tuple[Claim, ...]:
    """Those statements, in order. Pages that could not be read have none."""
    return _numbers(settings, parsed.page.path, parsed.text, _places(parsed))


class UncitedNumbers:
    """The same of pages that are looked at again and again: they are remembered by all that decides it."""

    def __init__(self, settings: CorpusSettings) -> None:
        self._found = lru_cache(_REMEMBERED)(partial(_numbers, settings))

    def __call__(self, parsed: ParsedPage) -> tuple[Claim, ...]:
        """Those statements, in order."""
        found = self._found if len(parsed.text) <= _MOST_LETTERS else self._found.__wrapped__
        return found(parsed.page.path, parsed.text, _places(parsed))


def _places(parsed: ParsedPage) -> tuple[_Span, ...]:
    return tuple(sorted({(one.start, one.end) for one in parsed.citations}))


def _numbers(settings: CorpusSettings, path: str, text: str, places: tuple[_Span, ...]) -> tuple[Claim, ...]:
    data = text.encode("utf-8", "surrogatepass")
    found = [
        (statement, start, end)
        for run in _runs(path, data, settings, _bytes_of(text, places))
        for statement, start, end in _statements(run)
    ]
    points = Places(data, text).points(offset for _, start, end in found for offset in (start, end))
    return tuple(Claim(ids.claim_id(said), said, "", "", points[start], points[end]) for said, start, end in found)


def _runs(path: str, data: bytes, settings: CorpusSettings, cited: Sequence[_Span]) -> Iterator[Run]:
    """The words of each block that has a digit and cites nothing."""
    written_in = format_of(path)
    front = read_front_matter(data, settings).size
    body = b" " * (front - 1) + b"\n" * bool(front) + data[front:]
    if written_in in _READ_WHOLE:
        yield from _uncited(_READ_WHOLE[written_in](body, settings, None), cited)
        return
    body = without_notes(body)
    if written_in is PageFormat.MDX:
        body = mdx.screen(body, tags.interesting(settings)).data
    body = _FENCE.sub(lambda fence: b"\n" * len(fence[0]), body)
    for start, end in _blocks(body):
        if _DIGITS.search(body, start, end) and not _is_cited(start, end, cited):
            yield words_of(body[start:end], start)


def _uncited(found: Contents, cited: Sequence[_Span]) -> Iterator[Run]:
    """The blocks that are neither a heading nor a footnote, and cite nothing."""
    titles = [(heading.start, heading.start + 1) for heading in found.headings]
    for block in found.blocks:
        is_text = block.definition < 0 and not _is_cited(block.start, block.end, titles)
        if is_text and not _is_cited(block.start, block.end, cited):
            yield from block.runs


def _blocks(body: bytes) -> Iterator[_Span]:
    """Paragraphs, and the items of lists one by one."""
    start = end = 0
    for line in (*body.split(b"\n"), b""):
        if line and not line.isspace():
            end += len(line) + 1
            continue
        if start < end and not _OTHER.match(body, start, end):
            items = [item.start() for item in _ITEM.finditer(body, start, end)]
            yield from pairwise(dict.fromkeys([start, *items, min(end, len(body))]))
        start = end = end + len(line) + 1


def _statements(run: Run) -> Iterator[tuple[str, int, int]]:
    """The sentences with a number, and where they stand in bytes."""
    words = run.text
    for start, end in spans(words):
        text = " ".join(tidy(words[start:end]).split())
        if _NUMBER.search(text) and len(text.split()) >= _LEAST_WORDS and _END.search(text):
            last = words[end - 1]
            yield text, run.offset(start), run.offset(end - 1) + len(last.encode("utf-8", "surrogatepass"))


def _is_cited(start: int, end: int, cited: Sequence[_Span]) -> bool:
    """Does any of these places, which are in order, begin in the stretch?"""
    at = bisect_left(cited, (start, 0))
    return at < len(cited) and cited[at][0] < end


def _bytes_of(text: str, places: Sequence[_Span]) -> Sequence[_Span]:
    """The same places counted in bytes."""
    if text.isascii():
        return places
    at = size = 0
    offsets: dict[int, int] = {}
    for point in sorted({point for place in places for point in place}):
        size += len(text[at:point].encode("utf-8", "surrogatepass"))
        offsets[point] = size
        at = point
    return [(offsets[start], offsets[end]) for start, end in places]
