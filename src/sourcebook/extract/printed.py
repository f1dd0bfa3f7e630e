"""A PDF file: its words in the order in which they come, and what it says about itself.

PDFium is not safe for threads: one process reads one file at a time.
"""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from time import monotonic
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from sourcebook.errors import StepError
from sourcebook.extract.about import About
from sourcebook.extract.dates import parse_date
from sourcebook.extract.evidence import Found
from sourcebook.extract.identifiers import doi_in
from sourcebook.extract.lines import joined, without_running_lines
from sourcebook.extract.names import people_in
from sourcebook.extract.regions import find_regions
from sourcebook.types import Confidence, Document, SourceType

MOST_PAGES = 2_000
MOST_CHARACTERS = 8_000_000
MOST_TITLE_PAGE = 6_000  # characters of the first page that are looked at one by one
MOST_SECONDS = 20.0  # a file that takes longer is built to
LEAST_CHARACTERS = 40  # less text than this on all pages: they are pictures

_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?(?:(\d{2})(\d{2})(\d{2}))?(?:(Z)|([+-]\d{2})'?(\d{2}))?")
_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)|untitled|document\d*|slide \d|layout \d|print|pii:|doi:|https?:|\W*$)"
    r"|\.(?:docx?|pdf|tex|dvi|indd|pptx?|xlsx?|qxd|fm|rtf|odt|ps)\b",
    re.IGNORECASE,
)
_STAMP = re.compile(r"arXiv:\s?(\d{4}\.\d{4,5}|[a-z-]+/\d{7})(?:v\d+)?\s*(?:\[[\w.-]+\])?\s*(\d{1,2} \w{3} \d{4})?")
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
        file = pypdfium2.PdfDocument(body)  # type: ignore[no-untyped-call]
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise StepError(
            f"PDF of {about.url!r} is {'locked with a password' if locked else 'damaged'}",
            "look for an open copy" if locked else "fetch it again, or look for another copy",
        ) from error
    try:
        return _document(file, about)
    finally:
        file.close()  # type: ignore[no-untyped-call]


def _document(file: pypdfium2.PdfDocument, about: About) -> Document:
    pages = _pages(file, about)
    if sum(len(page.strip()) for page in pages) < LEAST_CHARACTERS:
        raise StepError(f"no text layer in PDF of {about.url!r}: its pages are pictures", "look for a copy with text")
    text = joined(without_running_lines(pages))[:MOST_CHARACTERS]
    said: dict[str, str] = file.get_metadata_dict()  # type: ignore[no-untyped-call]
    facts = {key: said.get(key, "").strip("\0 ") for key in ("Title", "Author", "CreationDate", "ModDate")}
    authors = tuple(name for name in people_in(facts["Author"], strong=True) if " " in name)
    doi = doi_in(pages[0])
    abstract = _abstract(text)
    kind = _type(pages[0], looks_like_paper=bool(doi and abstract))
    found = {
        "title": _title(file, facts["Title"], pages[0]),
        "authors": Found("", "PDF Author") if authors else None,
        "published": _published(facts["CreationDate"], pages[0]),
        "modified": _found(_date(facts["ModDate"]), "PDF ModDate"),
        "description": _found(abstract, "abstract"),
        "type": Found("", "page 1") if kind is not None else None,
        "doi": _found(doi, "page 1"),
    }
    value = {name: one.value if one is not None else "" for name, one in found.items()}
    return Document(
        text=text,
        title=value["title"],
        authors=authors,
        published=value["published"],
        modified=value["modified"],
        description=abstract,
        type=kind,
        doi=doi,
        pages=len(file),
        origins={name: one.origin for name, one in found.items() if one is not None},
        confidences={name: one.confidence for name, one in found.items() if one is not None},
        regions=find_regions(text),
    )


def _pages(file: pypdfium2.PdfDocument, about: About) -> list[str]:
    """The text of each page, as it comes. A page that cannot be read is empty."""
    started = monotonic()
    texts = []
    size = 0
    for number in range(min(len(file), MOST_PAGES)):
        if monotonic() - started > MOST_SECONDS:
            raise StepError(
                f"PDF of {about.url!r} took longer than {MOST_SECONDS:.0f} s to read", "look for another copy"
            )
        texts.append(_page_text(file, number))
        size += len(texts[-1])
        if size > MOST_CHARACTERS:
            break
    if not texts:
        raise StepError(f"no pages in PDF of {about.url!r}", "fetch it again, or look for another copy")
    return texts


def _page_text(file: pypdfium2.PdfDocument, number: int) -> str:
    with _words(file, number) as words:
        text: str = "" if words is None else words.get_text_range()  # type: ignore[no-untyped-call]
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


@contextmanager
def _words(file: pypdfium2.PdfDocument, number: int) -> Iterator[pypdfium2.PdfTextPage | None]:
    """The text of a page while it is open; None when the page cannot be read."""
    try:
        page = file[number]
    except pypdfium2.PdfiumError:
        yield None
        return
    with closing(page):
        try:
            words = page.get_textpage()
        except pypdfium2.PdfiumError:
            yield None
            return
        with closing(words):
            yield words


def _found(value: str, origin: str) -> Found | None:
    return Found(value, origin) if value else None


def _title(file: pypdfium2.PdfDocument, said: str, first_page: str) -> Found | None:
    """What the file calls itself when that is a title, else the largest words of its first page."""
    said = " ".join(said.split())
    sensible = len(said) > 5 and " " in said and not _NO_TITLE.search(said)
    if sensible and _fold(said) in _fold(first_page):
        return Found(said, "PDF Title")
    largest = _largest_words(file)
    if largest:
        return Found(largest, "page 1")
    return Found(said, "PDF Title") if sensible else None


def _fold(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _largest_words(file: pypdfium2.PdfDocument) -> str:
    """The upright words in the largest type on the first page; "" when they are no title."""
    by_size: dict[float, list[str]] = {}
    with _words(file, 0) as words:
        last = 0.0
        count: int = 0 if words is None else words.count_chars()  # type: ignore[no-untyped-call]
        for index in range(min(count, MOST_TITLE_PAGE)):
            size, upright, character = _character(words, index)
            last = last if character.isspace() else size  # PDFium makes up spaces and line ends, in no size
            by_size.setdefault(last, []).append(character if upright else " ")
    for size in sorted(by_size, reverse=True)[:4]:
        title = " ".join("".join(by_size[size]).split())
        if 8 <= len(title) <= 300 and not _STAMP.search(title):
            return title
    return ""


def _character(words: pypdfium2.PdfTextPage | None, index: int) -> tuple[float, bool, str]:
    """Size in points, whether it stands upright, and the character itself; "" for one that PDFium made up."""
    raw: Any = pdfium
    size = round(raw.FPDFText_GetFontSize(words, index), 1)
    upright = abs(raw.FPDFText_GetCharAngle(words, index)) < 0.1
    code = raw.FPDFText_GetUnicode(words, index)
    return size, upright, "" if code in (0, 2, 0xFFFE) else chr(code)


def _published(said: str, first_page: str) -> Found | None:
    """The date of a preprint's stamp, else when the file was made."""
    stamp = _STAMP.search(first_page)
    if stamp is not None and stamp[2] and (date := parse_date(stamp[2])):
        return Found(date, "page 1")
    said = _date(said)
    return Found(said, "PDF CreationDate", Confidence.LOW) if said else None  # files are made again years later


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
    if _STAMP.search(first_page) or _PREPRINT.search(first_page):
        return SourceType.PREPRINT
    return SourceType.PAPER if looks_like_paper else None


def _abstract(text: str) -> str:
    """The abstract that stands on the first pages; "" when none is marked as such."""
    found = _ABSTRACT.search(text[:12_000])
    return " ".join(found[1].split()) if found is not None else ""
