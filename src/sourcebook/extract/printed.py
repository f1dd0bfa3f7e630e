"""A PDF file: its words in reading order, and what it says about itself."""

import re
from collections.abc import Sequence
from time import process_time

import pypdfium2
from msgspec.structs import replace

from sourcebook.errors import NonTextError, StepError
from sourcebook.extract.about import About
from sourcebook.extract.dates import parse_date
from sourcebook.extract.evidence import Found
from sourcebook.extract.front_page import STAMP, Front, find_authors, find_published, find_title
from sourcebook.extract.identifiers import doi_in, key_in
from sourcebook.extract.layout import Line, asides_of, lines_of
from sourcebook.extract.paragraphs import Block, Kind, blocks_of
from sourcebook.extract.running import without_running_lines
from sourcebook.extract.sheets import Sheet, open_file, read_sheet, read_typed
from sourcebook.extract.told import tell
from sourcebook.types.documents import Confidence, Document, PageStart, Region, RegionKind
from sourcebook.types.sources import SourceType

MOST_PAGES = 2_000
MOST_LAID_OUT = 400  # pages whose words are put in order by their places; books after that are read as they were drawn
MOST_CHARACTERS = 8_000_000
MOST_SECONDS = 20.0  # a file that takes longer is built to
LEAST_CHARACTERS = 40  # less text than this on all pages: they are pictures
MOST_UNKNOWN = 0.3  # of the letters; more, and the file does not say which letters its shapes are

_UNKNOWN = re.compile("[\ue000-\uf8ff\ufffd]")
_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?(?:(\d{2})(\d{2})(\d{2}))?(?:(Z)|([+-]\d{2})'?(\d{2}))?")
_PREPRINT = re.compile(
    r"\b(?:bioRxiv|medRxiv|ChemRxiv|PsyArXiv|SSRN)\b.{0,40}\bpreprint\b|preprint doi: https?://doi\.org/10\.1101",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(
    r"(?:^|\n)\W*(?:Abstract|A B S T R A C T|ABSTRACT|Summary|SUMMARY)\s*[.:—–\n-]\s*(.{150,4000}?)"
    r"(?=\n\W*(?:(?:1|I)\.?\s+)?(?:Introduction|INTRODUCTION|Keywords|KEYWORDS|Key words|Index Terms|CCS|Background)\b"
    r"|\n\n\S.{0,60}\n\n)",
    re.DOTALL,
)


def read_printed(body: bytes, about: About) -> Document:
    """The words of a file and its fields. Raises StepError when it is damaged, locked, or holds only pictures."""
    try:
        file = open_file(body)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise StepError(
            f"PDF of {about.url!r} is {'locked with a password' if locked else 'damaged'}",
            "look for an open copy" if locked else "fetch it again, or look for another copy",
        ) from error
    try:
        return _document(file, about)
    finally:
        file.close()


def _document(file: pypdfium2.PdfDocument, about: About) -> Document:
    sheets = _sheets(file, about)
    pages = without_running_lines([lines_of(sheet, number) for number, sheet in enumerate(sheets, 1)])
    _check_words(pages, about)
    text, starts, notes = _written(blocks_of(pages))
    said: dict[str, str] = file.get_metadata_dict()
    facts = {key: said.get(key, "").strip("\0 ") for key in ("Title", "Author", "CreationDate", "ModDate")}
    front = Front(next(page for page in pages if page), facts["Title"], facts["Author"])
    drawn = f"{asides_of(sheets[0])}\n{sheets[0].drawn}"
    title, after = find_title(front)
    authors, byline = find_authors(front, after)
    doi, abstract = doi_in(drawn), _abstract(text)
    kind = _type(drawn, looks_like_paper=bool(doi and abstract))
    made = _date(facts["CreationDate"])
    document = tell(
        text,
        {
            "title": title,
            # files are made again years later
            "published": find_published(front, drawn) or _found(made, "PDF CreationDate", Confidence.LOW),
            "modified": _found(_date(facts["ModDate"]), "PDF ModDate", Confidence.LOW),
            "description": _found(abstract, "abstract"),
            "doi": _found(doi, "page 1"),
        },
        {"authors": (authors, byline or Found("", "")), "identifiers": (_keys(doi, drawn), Found("", "page 1"))},
        (kind, "page 1") if kind is not None else None,
        notes,
    )
    return replace(document, pages=len(file), page_starts=starts)


def _keys(doi: str, first_page: str) -> tuple[str, ...]:
    """The identifiers of the work: its DOI, and the number of its stamp."""
    stamp = STAMP.search(first_page)
    said = (f"doi:{doi}" if doi else "", f"arxiv:{stamp[1]}" if stamp is not None else "")
    return tuple(key for one in said if (key := key_in(one)))


def _sheets(file: pypdfium2.PdfDocument, about: About) -> list[Sheet]:
    """The words of each page. A page that cannot be read is empty."""
    started = process_time()
    sheets: list[Sheet] = []
    size = 0
    for number in range(min(len(file), MOST_PAGES)):
        if process_time() - started > MOST_SECONDS:
            raise StepError(
                f"PDF of {about.url!r} took longer than {MOST_SECONDS:.0f} s to read", "look for another copy"
            )
        sheets.append((read_sheet if number < MOST_LAID_OUT else read_typed)(file, number))
        size += sum(len(word.text) + 1 for word in sheets[-1].words)
        if size > MOST_CHARACTERS:
            break
    if not sheets:
        raise StepError(f"no pages in PDF of {about.url!r}", "fetch it again, or look for another copy")
    return sheets


def _check_words(pages: Sequence[Sequence[Line]], about: About) -> None:
    """Raises StepError where a file has no words, or shapes that stand for no known letters."""
    letters = "".join(line.text for page in pages for line in page)
    if len(letters) < LEAST_CHARACTERS:
        raise NonTextError(
            f"no text layer in PDF of {about.url!r}: its pages are pictures", "look for a copy with text"
        )
    if len(_UNKNOWN.findall(letters)) > MOST_UNKNOWN * len(letters):
        raise StepError(f"PDF of {about.url!r} does not say what letters it shows", "look for another copy")


def _written(blocks: Sequence[Block]) -> tuple[str, tuple[PageStart, ...], list[Region]]:
    """The text, where in it each page begins, and its footnotes."""
    parts: list[str] = []
    starts: list[PageStart] = []
    notes: list[Region] = []
    offset = 0
    for block in blocks:
        mark = "## " if block.kind is Kind.HEADING else ""
        for place, page in block.pages:
            if not starts or starts[-1].page != page:
                starts.append(PageStart(offset + (len(mark) + place if place else 0), page))
        part = mark + block.text
        if block.kind is Kind.FOOTNOTE:
            notes.append(Region(RegionKind.FOOTNOTES, offset, offset + len(part)))
        parts.append(part)
        offset += len(part) + 2
    return "\n\n".join(parts), tuple(starts), notes


def _found(value: str, origin: str, confidence: Confidence = Confidence.HIGH) -> Found | None:
    return Found(value, origin, confidence) if value else None


def _date(said: str) -> str:
    """A date as PDF writes it, `D:20250730105600-07'00'`, as ISO 8601."""
    found = _DATE.match(said)
    if found is None:
        return parse_date(said)
    year, month, day, hour, minute, second, utc, zone, minutes = found.groups()
    text = "-".join(part for part in (year, month, day) if part)
    if day and hour and (utc or zone):
        text += f"T{hour}:{minute}:{second}{'Z' if utc else f'{zone}:{minutes}'}"
    return parse_date(text)


def _type(first_page: str, *, looks_like_paper: bool) -> SourceType | None:
    if STAMP.search(first_page) or _PREPRINT.search(first_page):
        return SourceType.PREPRINT
    return SourceType.PAPER if looks_like_paper else None


def _abstract(text: str) -> str:
    """The abstract that stands on the first pages; "" when none is marked as such."""
    found = _ABSTRACT.search(text[:12_000])
    return " ".join(found[1].split()) if found is not None else ""
