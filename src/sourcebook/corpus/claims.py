"""Which statement a citation is attached to. Pure: blocks in, statements out."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from sourcebook.corpus.runs import Block, Mark, Run
from sourcebook.patterns import pattern
from sourcebook.sentences import spans

Span = tuple[int, int]

_EMPTY_BRACKETS = pattern(r"\([\s,;]*\)|\[[\s,;]*\]")
_SPACE_BEFORE = pattern(r" +(?=[.,](?:\s|$))")
_WORD = pattern(r"\w+")
_POINTER = pattern(r"([(\[][^()\[\]]{1,200}[)\]])\s+(?=\S)")
_ENDS = pattern(r"""[.!?…。！？]["'”’»)\]」』]*\Z""")

# Words that only lead to a source. A sentence of nothing but these and links says nothing of its own.
_POINTING = frozenset(
    "source sources see also via from and e g cf ref refs reference references link links at in".split()
)
_POINTING_LETTERS = 40  # more than the pointing words of one sentence take
_TITLE_WORDS = 6  # a label as long as this may be a sentence of its own
_SENTENCE_WORDS = 5  # a cell with fewer is a value, even where it ends with a stop


class Statement(NamedTuple):
    """A claim before its place is known; offsets are bytes of the file."""

    text: str
    heading: str
    before: str
    start: int
    end: int


class Placed(NamedTuple):
    """A mark with the words that carry it, and the statement that it is attached to."""

    mark: Mark
    label: str
    statement: Statement | None


def statements_of(block: Block, *, claims: bool = True) -> list[Placed]:
    """Each mark of a block with its statement; without any where no claims are asked for."""
    found: list[Placed] = []
    row: _Row | None = None
    for number, run in enumerate(block.runs):
        if not run.marks:
            continue
        text = run.text
        if block.definition >= 0 or not claims:
            found += [_placed(mark, text, None) for mark in run.marks]
            continue
        if block.headers is not None and row is None:
            row = _Row(block)
        if row is not None and not _is_sentence(text):
            found += [_placed(mark, text, row.statement) for mark in run.marks]
        else:
            _add_sentences(found, block, run, row.context if row and number else "")
    return found


def _placed(mark: Mark, text: str, statement: Statement | None) -> Placed:
    return Placed(mark, tidy(text[mark.first : mark.last]) if mark.first < mark.last else "", statement)


def _add_sentences(found: list[Placed], block: Block, run: Run, context: str) -> None:
    statements = _Statements(run, run.marks)
    made: dict[int, Statement | None] = {}
    for mark in run.marks:
        number = statements.number_of(mark)
        if number not in made:
            made[number] = _statement(block, statements, number, context)
        found.append(_placed(mark, statements.words, made[number]))


def _statement(block: Block, statements: "_Statements", number: int, context: str) -> Statement | None:
    if number < 0:
        return _statement_before(block)
    text = statements.text(number)
    before = statements.text(number - 1) if number else context or _lead(block)
    start = statements.spans[number][0]
    return Statement(text, block.heading, before, statements.run.offset(start), statements.end_offset(number))


def _statement_before(block: Block) -> Statement | None:
    """The last statement of the block before, for citations that stand by themselves."""
    if block.lead is None:
        return None
    statements = _Statements(block.lead, [])
    last = len(statements.spans) - 1
    return _statement(Block(0, 0, [], block.heading), statements, last, "") if last >= 0 else None


def _lead(block: Block) -> str:
    if block.lead is None:
        return ""
    statements = _Statements(block.lead, [])
    return statements.text(len(statements.spans) - 1) if statements.spans else ""


class _Statements:
    """The sentences of a run."""

    def __init__(self, run: Run, marks: Sequence[Mark]) -> None:
        self.run = run
        self.words = run.text
        self._marks = marks
        self.spans = _whole(self.words, marks)
        self._starts = [start for start, _ in self.spans]

    def text(self, number: int) -> str:
        """One statement as a reader would say it."""
        start, end = self.spans[number]
        return tidy(self.words[start:end])

    def end_offset(self, number: int) -> int:
        """Where a statement ends in the file: after its last character, before any markup."""
        last = self.spans[number][1] - 1
        return self.run.offset(last) + len(self.words[last].encode())

    def number_of(self, mark: Mark) -> int:
        """Which statement a mark belongs to; -1 when its run says nothing."""
        at = mark.first
        if mark.first == mark.last:
            at -= 1
            while at > 0 and self.words[at] in " \t\n([":
                at -= 1
        number = max(bisect_right(self._starts, max(at, 0)) - 1, 0 if self.spans else -1)
        while number > 0 and self._only_points(number):
            number -= 1
        return number

    def _only_points(self, number: int) -> bool:
        """Does a statement consist of links and of words that lead to them?"""
        start, end = self.spans[number]
        labels = [mark for mark in self._marks if mark.last > max(start, mark.first) and mark.first < end]
        if not labels or sum(mark.last - mark.first for mark in labels) * 2 < end - start - _POINTING_LETTERS:
            return False
        bare = ""
        position = start
        for mark in sorted(labels, key=_first):
            bare += self.words[position : mark.first] + " "
            position = max(position, mark.last)
        bare += self.words[position:end]
        if any(word.lower() not in _POINTING for word in _WORD.findall(bare)):
            return False
        words = sum(self.words.count(" ", mark.first, mark.last) + 1 for mark in labels)
        return words < _TITLE_WORDS or bare.lstrip().startswith(("(", "["))


def _first(mark: Mark) -> int:
    return mark.first


class _Row:
    """A table row as one statement."""

    def __init__(self, block: Block) -> None:
        headers = block.headers or ()
        cells = [tidy(run.text.replace("\n\n", ", ")) for run in block.runs]
        parts = []
        for number, cell in enumerate(cells):
            header = headers[number] if number < len(headers) else ""
            if _WORD.search(cell):
                bare = cell.rstrip(".;") if not cell.endswith("..") else cell
                parts.append(f"{header.rstrip(':')}: {bare}" if header else bare)
        self.context = parts[0] if parts and cells and _WORD.search(cells[0]) else ""
        text = "; ".join(parts)
        self.statement = Statement(text, block.heading, "", block.start, block.end) if text else None


def _whole(text: str, marks: Sequence[Mark]) -> list[Span]:
    """Sentences, joined again where a label, a bracket or a quotation would be torn apart."""
    found: list[Span] = []
    has_pairs = any(sign in text for sign in '([“"')
    for span in spans(text):
        if found and ((has_pairs and _is_open(text, found[-1], span)) or _tears(marks, found[-1][1], span[0])):
            found[-1] = (found[-1][0], span[1])
        else:
            found += _without_pointer(text, span, marks) if found else [span]
    return found


def _without_pointer(text: str, span: Span, marks: Sequence[Mark]) -> list[Span]:
    """A sentence without the bracket before it that names the source of the one before: "(Reuters) Two." """
    pointer = _POINTER.match(text, *span) if text[span[0]] in "([" else None
    if pointer is None or not any(pointer.start() < mark.first and mark.last < pointer.end() for mark in marks):
        return [span]
    return [(span[0], pointer.end(1)), (pointer.end(), span[1])]


def _tears(marks: Sequence[Mark], end: int, start: int) -> bool:
    return any(mark.first < end and mark.last > start for mark in marks)


def _is_open(text: str, one: Span, two: Span) -> bool:
    """Is something opened in the first sentence that the second one closes?"""
    if "\n\n" in text[one[1] : two[0]]:
        return False
    first, second = text[slice(*one)], text[slice(*two)]
    for opening, closing in (("(", ")"), ("“", "”"), ("[", "]")):
        if first.count(opening) > first.count(closing) and second.count(closing) > second.count(opening):
            return True
    return first.count('"') % 2 == 1 and second.count('"') % 2 == 1


def _is_sentence(text: str) -> bool:
    text = text.strip()
    return bool(_ENDS.search(text)) and len(text.split()) >= _SENTENCE_WORDS


def tidy(text: str) -> str:
    """Words without what markers leave behind: doubled spaces, empty brackets, spaces before a stop."""
    if "(" in text or "[" in text:
        text = _EMPTY_BRACKETS.sub("", text)
        if "( " in text or " )" in text:
            text = text.replace("( ", "(").replace(" )", ")")
    if " ." in text or " ," in text:
        text = _SPACE_BEFORE.sub("", text)
    if "  " in text or "\n" in text or "\t" in text:
        return " ".join(text.split())
    return text.strip()
