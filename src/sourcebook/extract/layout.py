"""The words of a page as lines in the order in which people read them: column by column. Pure.

A gutter is a place that few lines cross. Those that do (a title over two columns, a wide figure) part the page into
bands, and within a band the left column is read before the right one.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from statistics import median

from msgspec import Struct
from msgspec.structs import replace

from sourcebook.extract.sheets import Sheet, Word

TAB = "\t"  # stands for a wide gap in a line
_GAP = 1.1  # of the size of type: wider gaps part columns, narrower ones are between words that stand wide
_SAME_ROW = 0.35  # of the size of type: superscripts stand so much off the line
_LEAST_SIDE = 3  # lines beside each other; fewer are no columns
_LEAST_COLUMN = 7.0  # of the size of type: narrower columns hold numbers, and belong to a table
_LEAST_FILLED = 0.6  # of the width of a line: words that stand wide fill three quarters, cells of a table less
_INNER = (0.12, 0.88)  # of the width of the text: nearer to its edge is no gutter
_CANDIDATES = 4
_DEEPEST = 3  # gutters within columns: 8 columns


class Line(Struct, frozen=True):
    """Words beside each other, in points from the lower left corner of the page."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    column: int = 0  # counted in reading order over all bands of the page
    page: int = 1


def lines_of(sheet: Sheet, page: int) -> list[Line]:
    """The upright lines of a page in reading order."""
    inside = [word for word in sheet.words if word.upright and -word.size < word.base < sheet.height + word.size]
    columns = _ordered(_parts(inside), 0)
    return [replace(line, column=number, page=page) for number, column in enumerate(columns) for line in column]


def asides_of(sheet: Sheet) -> str:
    """What stands aslant or upright in the margin: stamps, marks of a draft."""
    return " ".join(word.text for word in sheet.words if not word.upright)


def _parts(words: Sequence[Word]) -> list[Line]:
    """Runs of words without a wide gap, as they were drawn."""
    parts: list[list[Word]] = []
    for word in words:
        if parts and _goes_on(parts[-1][-1], word):
            parts[-1].append(word)
        else:
            parts.append([word])
    return [_line(part) for part in parts]


def _goes_on(last: Word, word: Word) -> bool:
    size = max(last.size, word.size)
    gap = word.left - last.right
    return (
        word.line == last.line
        and abs(word.base - last.base) < 0.6 * size
        and -0.5 * size < gap < _GAP * min(last.size, word.size, 20)
    )


def _line(words: Sequence[Word]) -> Line:
    """Words as one line. What stands close together was drawn in pieces."""
    text = words[0].text
    for last, word in pairwise(words):
        text += word.text if 0 <= word.left - last.right < 0.02 * word.size else f" {word.text}"
    largest = max(words, key=lambda word: (len(word.text) > 1, word.size))
    length = sum(len(word.text) for word in words)
    return Line(
        text,
        min(word.left for word in words),
        max(word.right for word in words),
        largest.base,
        largest.size,
        sum(len(word.text) for word in words if word.bold) > length / 2,
    )


def _ordered(parts: list[Line], depth: int) -> Iterator[list[Line]]:
    """Columns in reading order, each with its lines from the top."""
    cut = _gutter(parts) if depth < _DEEPEST else None
    if cut is None:
        if parts:
            yield _rows(parts)
        return
    for band in _bands(parts, cut):
        left = [part for part in band if part.right <= cut + 1]
        right = [part for part in band if part.left >= cut - 1]
        if len(left) + len(right) < len(band):
            yield _rows(band)
            continue
        yield from _ordered(left, depth + 1)
        yield from _ordered(right, depth + 1)


def _bands(parts: Sequence[Line], cut: float) -> Iterator[list[Line]]:
    """The parts from the top: those that cross the cut together, and those between them together."""
    band: list[Line] = []
    crossing = False
    for part in sorted(parts, key=lambda part: -part.base):
        crosses = part.left < cut - 1 and part.right > cut + 1
        if band and crosses != crossing:
            yield band
            band = []
        band.append(part)
        crossing = crosses
    if band:
        yield band


def _gutter(parts: Sequence[Line]) -> float | None:
    """The place between two columns; None where there is but one."""
    if len(parts) < 2 * _LEAST_SIDE:
        return None
    cuts = ((_beside(parts, cut), cut) for cut in _candidates(parts))
    best, cut = max(cuts, default=(0.0, 0.0))
    height = max(part.base for part in parts) - min(part.base for part in parts)
    return cut if best > 0.12 * height else None


def _candidates(parts: Sequence[Line]) -> list[float]:
    """The middles of the gaps that fewest lines cross."""
    start, end = min(part.left for part in parts), max(part.right for part in parts)
    width = int(end - start) + 2
    if not 40 < width < 20_000:
        return []
    steps = [0.0] * (width + 1)
    for part in parts:
        steps[int(part.left - start)] += part.size
        steps[int(part.right - start) + 1] -= part.size
    cover = list(accumulate(steps))
    low, high = int(width * _INNER[0]), int(width * _INNER[1])
    runs: list[tuple[float, int, float]] = []  # how much crosses it, how wide (negative), where
    position = low
    while position < high:
        after = position + 1
        while after < high and abs(cover[after] - cover[position]) < 1e-6:
            after += 1
        if after - position >= 3:
            runs.append((round(cover[position], 3), position - after, start + (position + after) / 2))
        position = after
    return [cut for _, _, cut in sorted(runs)[:_CANDIDATES]]


def _beside(parts: Sequence[Line], cut: float) -> float:
    """How much height of running text stands on both sides of a cut."""
    total = 0.0
    for band in _bands(parts, cut):
        sides = [part for part in band if part.right <= cut + 1], [part for part in band if part.left >= cut - 1]
        if len(sides[0]) + len(sides[1]) < len(band) or min(len(side) for side in sides) < _LEAST_SIDE:
            continue
        if not all(map(_is_text, sides)):
            continue
        top = min(max(part.base for part in side) for side in sides)
        bottom = max(min(part.base for part in side) for side in sides)
        total += max(0.0, top - bottom)
    return total


def _is_text(side: Sequence[Line]) -> bool:
    """Are these lines of text, however wide their words stand, rather than the cells of a table?"""
    rows = _on_rows(side)
    spans = [(row[-1].right - row[0].left, sum(part.right - part.left for part in row)) for row in rows]
    wide = median(span / row[0].size for row, (span, _) in zip(rows, spans, strict=True)) >= _LEAST_COLUMN
    return wide and median(filled / max(span, 1.0) for span, filled in spans) >= _LEAST_FILLED


def _rows(parts: Sequence[Line]) -> list[Line]:
    """Lines from the top; parts on one line are joined from the left, or from the right in scripts that run so."""
    return [_joined(row) for row in _on_rows(parts)]


def _on_rows(parts: Sequence[Line]) -> list[list[Line]]:
    """The parts of each line from the left, the lines from the top."""
    rows: list[list[Line]] = []
    for part in sorted(parts, key=lambda part: (-part.base, part.left)):
        if rows and abs(rows[-1][0].base - part.base) < _SAME_ROW * max(rows[-1][0].size, part.size):
            rows[-1].append(part)
        else:
            rows.append([part])
    return [sorted(row, key=lambda part: part.left) for row in rows]


def _joined(row: list[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    largest = max(row, key=lambda part: len(part.text))
    spaced = row[::-1] if _runs_left(largest.text) else row
    text = spaced[0].text
    for last, part in pairwise(spaced):
        gap = abs(part.left - last.right) / part.size
        text += f"{'' if gap < 0.12 else ' ' if gap < _GAP else TAB}{part.text}"
    return replace(largest, text=text, left=row[0].left, right=max(part.right for part in row))


def _runs_left(text: str) -> bool:
    return sum("\u0590" <= letter <= "\u08ff" for letter in text) > len(text) / 2
