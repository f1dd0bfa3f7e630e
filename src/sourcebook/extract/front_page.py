"""What the first page of a printed document says of it: title, authors, date. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from sourcebook.extract.dates import parse_date
from sourcebook.extract.evidence import Found
from sourcebook.extract.layout import Line
from sourcebook.extract.names import is_name, people_in
from sourcebook.types.documents import Confidence

MOST_BYLINES = 14  # lines under the title in which authors are looked for
MOST_TITLE_LINES = 60  # lines of the first page among which the title is

STAMP = re.compile(r"arXiv:\s?(\d{4}\.\d{4,5}|[a-z-]+/\d{7})(?:v\d+)?\s*(?:\[[\w.-]+\])?\s*(\d{1,2} \w{3} \d{4})?")
_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)|untitled|document\d*|slide \d|layout \d|print|pii:|doi:|https?:|\W*$)"
    r"|\.(?:docx?|pdf|tex|dvi|indd|pptx?|xlsx?|qxd|fm|rtf|odt|ps)\b",
    re.IGNORECASE,
)
# what stands over a title, at times in larger type: the kind of paper, or the name of its series
_SERIES = re.compile(
    r"^(?:(?:working|discussion|research|white|policy|conference|staff|occasional|technical|position|issue|original|review"
    r"|annual|fact|case|press|open|brief)\s+)*(?:papers?|reports?|briefs?|briefing|notes?|memo(?:randum)?|articles?|letters?"
    r"|reviews?|preprints?|draft|contents|editorial|perspectives?|study|studies|sheet|release|newsletter|research|access"
    r"|proceedings|bulletin|communications?)(?:\s+series)?[\s\W]*(?:no\.?|number|vol\.?|volume|issue|series|[\d\W_]+)*$",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"^(?:subject|re|betreff|objet|title)\s*:\s*(.{8,200})$", re.IGNORECASE)
_BODY = re.compile(
    r"^\W*(?:abstract|summary|executive summary|key ?words|contents|introduction|background|1\.?\s+introduction)\b",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+(?:19|20)\d\d|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d"
    rf"|{_MONTH},?\s+(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)\b",
    re.IGNORECASE,
)
_SAYS_WHEN = re.compile(
    r"\b(?:published|publication|issued|released|posted|dated?|date)\b[\w\s]{0,20}:?\W*$", re.IGNORECASE
)
_OTHER_DATE = re.compile(
    r"\b(?:received|accepted|revised|submitted|accessed|retrieved|printed|downloaded|deadline|due|between|from|until|since"
    r"|expires?|born|last updated)\b",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[*†‡§¶∗⋆]|(?<=[^\W\d_])[\d,\s]*\d(?=$|[,;\s])|[⁰¹²³⁴-⁹]+")
_BETWEEN = re.compile(r"\s*[,;·•|&\t]\s*(?:and\s+)?|\s+(?:and|und|et|y|e)\s+")
_SHORT_LINE = 60


class Front(Struct, frozen=True):
    """The lines of the first page in reading order, and what the file says of itself."""

    lines: Sequence[Line]
    title: str = ""
    author: str = ""


def find_title(front: Front) -> tuple[Found | None, int]:
    """The title and the number of the line after it: what the file says where the page repeats it, else the words that
    stand out most."""
    said = " ".join(front.title.split())
    sensible = len(said) > 5 and " " in said and not _NO_TITLE.search(said)
    if sensible and fold(said) in fold(" ".join(line.text for line in front.lines)):
        return Found(said, "PDF Title"), _line_after(front.lines, said)
    for line in front.lines[:MOST_TITLE_LINES]:
        if (labelled := _LABELLED.match(line.text)) is not None:
            return Found(labelled[1], "page 1"), 0
    for start, end in _standing_out(front.lines[:MOST_TITLE_LINES]):
        title = " ".join(" ".join(line.text for line in front.lines[start:end]).split())
        return Found(title, "page 1", Confidence.MEDIUM), end
    return (Found(said, "PDF Title", Confidence.LOW) if sensible else None), 0


def fold(text: str) -> str:
    """Letters and digits only, for comparing."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _line_after(lines: Sequence[Line], title: str) -> int:
    """The number of the line after the one that ends the title."""
    end = fold(title)
    for number, line in enumerate(lines):
        words = fold(line.text)
        if words and (end.endswith(words) or words.endswith(end)):
            return number + 1
    return 0


def _standing_out(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of lines that are set alike and may be the title, the likeliest first."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    body = max(sizes, key=lambda size: sizes[size], default=0.0)
    runs = [run for run in _runs(lines) if _may_be_title(" ".join(line.text for line in lines[run[0] : run[1]]))]
    yield from sorted(
        (run for run in runs if lines[run[0]].size > 1.08 * body), key=lambda run: (-round(lines[run[0]].size), run)
    )
    yield from (run for run in runs if lines[run[0]].bold)
    yield from (run for run in runs if run[1] - run[0] <= 3 and len(lines[run[0]].text) < 2 * _SHORT_LINE)


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    start = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or not _set_alike(lines[number - 1], lines[number]):
            yield start, number
            start = number


def _set_alike(before: Line, line: Line) -> bool:
    alike = abs(before.size - line.size) < 0.05 * line.size and before.bold == line.bold
    return alike and 0 < before.base - line.base < 1.9 * line.size


def _may_be_title(text: str) -> bool:
    letters = sum(letter.isalpha() for letter in text)
    if not 8 <= len(text) <= 300 or letters < 0.5 * len(text) or STAMP.search(text) or _SERIES.match(text):
        return False
    return _BODY.match(text) is None and not (_DATE.search(text) and len(text) < 30)


def find_authors(front: Front, after: int) -> tuple[tuple[str, ...], Found | None]:
    """Who wrote it: the names under the title, else whom the file names; both say so where they agree."""
    said = tuple(name for name in people_in(front.author, strong=True) if " " in name)
    seen = tuple(dict.fromkeys(_names_under(_under(front.lines, after))))
    page = fold(" ".join(line.text for line in front.lines))
    if said and (not seen or (all(fold(name) in page for name in said) and len(said) >= len(seen))):
        return said, Found("", "PDF Author", Confidence.HIGH if fold(said[0]) in page else Confidence.MEDIUM)
    return seen, Found("", "page 1", Confidence.MEDIUM) if seen else None


def _under(lines: Sequence[Line], after: int) -> list[Line]:
    """The lines under the title from the top, whatever column they stand in."""
    if not after:
        return []
    title = lines[after - 1]
    under = [line for line in lines if line.base < title.base - 0.1 * title.size]
    return sorted(under, key=lambda line: (-line.base, line.left))[:MOST_BYLINES]


def _names_under(lines: Sequence[Line]) -> Iterator[str]:
    """Names in lines that hold nothing else, up to the abstract or the first sentence."""
    for line in lines:
        if _BODY.match(line.text) or (len(line.text) > 70 and line.text.endswith((".", "-"))):
            return
        parts = [part for part in _BETWEEN.split(_MARKS.sub(" ", _without_by(line.text))) if part.strip()]
        names = [" ".join(part.split()) for part in parts if is_name(" ".join(part.split()))]
        if parts and len(names) >= 0.6 * len(parts):
            yield from (name.title() if name.isupper() else name for name in names)


def _without_by(text: str) -> str:
    return re.sub(
        r"^(?:(?:written|prepared|edited)\s+)?(?:by|authors?|from|von|par)\b:?\s+", "", text, flags=re.IGNORECASE
    )


def find_published(front: Front, stamps: str) -> Found | None:
    """When: a preprint's stamp, a date that says what it is of, then a date that stands by itself."""
    stamp = STAMP.search(stamps)
    if stamp is not None and stamp[2] and (date := parse_date(stamp[2])):
        return Found(date, "page 1")
    weak: Found | None = None
    for line in front.lines:
        for found in _DATE.finditer(line.text):
            before, date = line.text[: found.start()], parse_date(found[0])
            if not date or _OTHER_DATE.search(before[-30:]):
                continue
            if _SAYS_WHEN.search(before):
                return Found(date, "page 1")
            if weak is None and len(line.text) < _SHORT_LINE:
                weak = Found(date, "page 1", Confidence.MEDIUM)
    return weak
