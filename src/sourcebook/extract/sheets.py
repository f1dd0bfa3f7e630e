"""The words of a PDF's pages and where they stand. The only file that talks to PDFium.

PDFium is not safe for threads: one process reads one file at a time. It is asked for two characters of each word, not
for each: 2,000 pages would take a minute.
"""

import math
import re
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from ctypes import byref, c_double
from typing import Any

import pypdfium2
import pypdfium2.raw
from msgspec import Struct
from msgspec.structs import replace

_PDFIUM: Any = pypdfium2.raw
_WORD = re.compile("[^\\s\0\x02\ufffe]+")
_HYPHEN = re.compile("[\x02\ufffe]")  # what PDFium puts for the hyphen at a line's end, before or behind the end
_MARK = re.compile(r"(?<=[^\W\d_][^\W\d_]|.[.,;:!?)”’\"])[\d*†‡§¶,–]+$")  # of a note, raised behind a word
_LEAST_RISE = 1.5  # points
_LEAST_HEIGHT = 0.1  # points; PDFium gives no box to characters that it made up
_BOLD = 600  # CSS's scale of weights: 400 is regular, 700 bold


class Word(Struct, frozen=True):
    """Characters without a space between them, in points from the lower left corner of an upright page."""

    text: str
    left: float
    right: float
    base: float  # the line that it stands on
    size: float  # of its type
    bold: bool
    line: int  # words with the same number are one line as PDFium reads it
    upright: bool = True


class Sheet(Struct, frozen=True):
    """One page: its size, and its words in the order in which they were drawn."""

    width: float
    height: float
    words: tuple[Word, ...] = ()

    @property
    def drawn(self) -> str:
        """The words in the order in which they were drawn, stamps and running heads included."""
        lines: dict[int, list[str]] = {}
        for word in self.words:
            lines.setdefault(word.line, []).append(word.text)
        return "\n".join(" ".join(line) for line in lines.values())


def open_file(body: bytes) -> pypdfium2.PdfDocument:
    """The file. Raises PdfiumError when it cannot be opened."""
    return pypdfium2.PdfDocument(body)


def read_sheet(file: pypdfium2.PdfDocument, number: int) -> Sheet:
    """One page, counted from 0. A page that cannot be read is empty."""
    with _opened(file, number) as (page, letters):
        if page is None or letters is None:
            return Sheet(0, 0)
        turn = page.get_rotation()
        width, height = page.get_size()
        return Sheet(width, height, tuple(_words(letters, _Turned(turn, width, height))))


@contextmanager
def _opened(
    file: pypdfium2.PdfDocument, number: int
) -> Iterator[tuple[pypdfium2.PdfPage | None, pypdfium2.PdfTextPage | None]]:
    """A page and its text while they are open; None where they cannot be."""
    try:
        page = file[number]
    except pypdfium2.PdfiumError:
        yield None, None
        return
    with closing(page):
        try:
            letters = page.get_textpage()
        except pypdfium2.PdfiumError:
            yield page, None
            return
        with closing(letters):
            yield page, letters


class _Turned(Struct, frozen=True):
    """A page that is shown turned by quarters: PDFium's places are those of the unturned page."""

    quarters: int
    width: float  # as shown
    height: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point is on the page as shown."""
        match self.quarters % 360:
            case 90:
                return y, self.height - x
            case 180:
                return self.width - x, self.height - y
            case 270:
                return self.width - y, x
        return x, y


def read_typed(file: pypdfium2.PdfDocument, number: int) -> Sheet:
    """One page in the order in which it was drawn, as a typewriter would set it: a hundredth of the work."""
    with _opened(file, number) as (_, letters):
        lines = "" if letters is None else _text(letters)
    return Sheet(612, 792, tuple(_typed(lines.replace("\0", "").splitlines())))


def _typed(lines: Sequence[str]) -> Iterator[Word]:
    for number, line in enumerate(lines):
        if words := " ".join(line.split()):
            yield Word(words, 0, 6.0 * len(words), 792 - 12.0 * number, 10, False, number)


def _words(letters: pypdfium2.PdfTextPage, turned: _Turned) -> list[Word]:
    text = _text(letters)
    words: list[Word] = []
    line = end = 0
    scales: dict[tuple[int, float], float] = {}  # words of one size on one line are drawn alike
    for found in _WORD.finditer(text):
        between = text[end : found.start()]
        hyphen = _HYPHEN.search(between) is not None
        line += hyphen or "\n" in between
        end = found.end()
        if hyphen and words:
            words[-1] = replace(words[-1], text=words[-1].text + "-")
        word = _word(letters, found, line, turned)
        if word is None:
            continue
        key = (line, word.size)
        if key not in scales:
            scales[key] = _scale(letters, found.start())
        words.append(replace(word, size=word.size * scales[key]) if scales[key] != 1 else word)
    return words


def _text(letters: pypdfium2.PdfTextPage) -> str:
    """The text of a page, one character for each of PDFium's."""
    count: int = letters.count_chars()
    text: str = letters.get_text_range()
    if len(text) == count:
        return text
    codes = (_PDFIUM.FPDFText_GetUnicode(letters, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 else "\0" for code in codes)


def _word(letters: pypdfium2.PdfTextPage, found: "re.Match[str]", line: int, turned: _Turned) -> Word | None:
    text, start, last = found[0], found.start(), found.end() - 1
    first_box, last_box = _box(letters, start), _box(letters, last)
    while last_box is None and last > start:  # PDFium makes up the hyphen that it takes a line's end for
        last -= 1
        last_box = _box(letters, last)
    if first_box is None or last_box is None:
        return None
    size: float = _PDFIUM.FPDFText_GetFontSize(letters, start)
    left, base = turned.place(*_origin(letters, start))
    right = max(turned.place(last_box[0], last_box[1])[0], turned.place(last_box[2], last_box[3])[0])
    rise = turned.place(*_origin(letters, last))[1] - base
    mark = _MARK.search(text) if rise > _LEAST_RISE else None
    if mark is not None and rise < right - left:
        text, rise = text[: mark.start()], 0.0
    upright = abs(rise) < (right - left) / 4 and right > left and (last > start or _is_upright(letters, start, turned))
    bold = _PDFIUM.FPDFText_GetFontWeight(letters, start) >= _BOLD
    return Word(text, left, right, base, size, bold, line, upright)


def _box(letters: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float, float] | None:
    """Left, bottom, right and top of a character."""
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    if not _PDFIUM.FPDFText_GetCharBox(letters, index, byref(left), byref(right), byref(bottom), byref(top)):
        return None
    if abs(top.value - bottom.value) < _LEAST_HEIGHT and abs(right.value - left.value) < _LEAST_HEIGHT:
        return None
    return left.value, bottom.value, right.value, top.value


def _scale(letters: pypdfium2.PdfTextPage, index: int) -> float:
    """How much larger a character is drawn than the size of its type says."""
    matrix = _PDFIUM.FS_MATRIX()
    if not _PDFIUM.FPDFText_GetMatrix(letters, index, byref(matrix)):
        return 1.0
    return round(math.hypot(matrix.c, matrix.d), 4) or 1.0


def _origin(letters: pypdfium2.PdfTextPage, index: int) -> tuple[float, float]:
    x, y = c_double(), c_double()
    _PDFIUM.FPDFText_GetCharOrigin(letters, index, byref(x), byref(y))
    return x.value, y.value


def _is_upright(letters: pypdfium2.PdfTextPage, index: int, turned: _Turned) -> bool:
    """Only asked where one character is the whole word: the call is dear."""
    angle: float = _PDFIUM.FPDFText_GetCharAngle(letters, index)
    return abs((angle * 57.3 - turned.quarters + 180) % 360 - 180) < 10
