"""BibTeX and BibLaTeX files, read with bibtexparser. Pure: text in, entries out."""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from sourcebook.corpus.bibliography import Flaw
from sourcebook.corpus.entries import Entry, Person, Said, entry, iso_date
from sourcebook.patterns import pattern

if TYPE_CHECKING:
    from bibtexparser.model import Entry as Block
    from bibtexparser.model import ParsingFailedBlock

_MARKUP = pattern(r"[\\{}$~%]|--|``|''")
_COMMENT = pattern(r"(?<!\\)%")
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_TYPES = {
    "inproceedings": "conference paper", "conference": "conference paper", "book": "book", "inbook": "book",
    "collection": "book", "incollection": "book", "techreport": "report", "report": "report", "dataset": "dataset",
    "software": "software", "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
    "legislation": "legislation", "video": "video",
}  # fmt: skip
_CONTAINERS = ("journaltitle", "journal", "booktitle", "maintitle", "series")
_MAKERS = ("author", "editor", "organization", "institution")
_READ = {
    *_CONTAINERS, "title", "subtitle", "date", "year", "month", "volume", "number", "doi", "url", "eprint",
    "eprinttype", "archiveprefix", "pmid", "pmcid", "isbn", "note", "howpublished",
}  # fmt: skip
_ADVICE = "mend the entry"


def read_bibtex(text: str, name: str) -> tuple[Mapping[str, Entry], list[Flaw]]:
    """Every entry by its key, and what could not be read. The first entry of a key counts."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it logs is among our findings
    from bibtexparser.entrypoint import parse_string  # noqa: PLC0415 - few pages cite by key; it takes 50 ms to load
    from bibtexparser.model import Entry as Block  # noqa: PLC0415

    library = parse_string(text)
    blocks: dict[str, Block] = {}
    for block in library.entries:
        blocks.setdefault(block.key, block)
    flaws: list[Flaw] = []
    for failed in library.failed_blocks:
        flaws.append(_flaw(failed, name))
        if isinstance(known := failed.ignore_error_block, Block):
            blocks.setdefault(known.key, known)
    strings = {string.key.lower(): str(string.value) for string in library.strings}
    return _Entries(blocks, strings, name), flaws


class _Entries(Mapping[str, Entry]):
    """Entries that are made when a page cites them: a file of thousands would take seconds."""

    def __init__(self, blocks: Mapping[str, "Block"], strings: Mapping[str, str], name: str) -> None:
        self._blocks = blocks
        self._strings = strings
        self._name = name
        self._made: dict[str, Entry] = {}

    def __getitem__(self, key: str) -> Entry:
        if key not in self._made:
            self._made[key] = _entry(self._blocks[key], self._strings, self._name)
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._blocks)

    def __len__(self) -> int:
        return len(self._blocks)


def _flaw(failed: "ParsingFailedBlock", name: str) -> Flaw:
    line = (failed.start_line or 0) + 1
    key = getattr(failed, "key", None) or getattr(failed.ignore_error_block, "key", None)
    if key is not None and getattr(failed, "duplicate_keys", None):
        return Flaw(name, line, f"entry {key!r} has a field twice", "take one of the two out", str(key))
    if key is not None:
        return Flaw(
            name, line, f"key {key!r} has another entry before; the first counts", "give one another key", str(key)
        )
    why = " ".join(str(getattr(failed.error, "message", "") or failed.error or "").split())
    began = " ".join((failed.raw or "").split())[:40]
    return Flaw(name, line, f"the entry {began!r} cannot be read{': ' if why else ''}{why[:200]}", _ADVICE)


def _entry(block: "Block", strings: Mapping[str, str], name: str) -> Entry:
    raw = {field.key.lower(): str(field.value) for field in block.fields}
    fields = {key: _words(_joined(value, strings)) for key, value in raw.items() if key in _READ}
    makers = next((_joined(raw[key], strings) for key in _MAKERS if raw.get(key, "").strip()), "")
    title = fields.get("title", "")
    if subtitle := fields.get("subtitle", ""):
        title = f"{title}: {subtitle}"
    said = Said(
        title=title,
        type=_type(block.entry_type.lower(), fields),
        people=_people(makers),
        others=makers.lower().split()[-2:] == ["and", "others"],
        published=_published(fields),
        container=next((fields[key] for key in _CONTAINERS if fields.get(key)), ""),
        fields=fields | {key: _address(raw[key]) for key in ("url", "doi") if key in raw},
    )
    return entry(block.key, said, name)


def _type(kind: str, fields: Mapping[str, str]) -> str:
    """The kind in words that rating knows. An `@article` with a DOI or a volume stands in no newspaper."""
    if kind == "article":
        return "journal article" if fields.get("doi") or fields.get("volume") else ""
    return _TYPES.get(kind, "")


def _joined(value: str, strings: Mapping[str, str]) -> str:
    """`jml # { B}` with the words that `jml` stands for."""
    if "#" not in value or not re.search(r"[\"}\w]\s+#\s+[\"{\w]", value):
        return value
    parts = (part.strip() for part in value.split("#"))
    return "".join(part[1:-1] if part[:1] in {'"', "{"} else strings.get(part.lower(), part) for part in parts)


def _published(fields: Mapping[str, str]) -> str:
    if date := iso_date(fields.get("date", "")):
        return date
    year = iso_date(fields.get("year", ""))
    month = fields.get("month", "").strip().lower()
    number = int(month) if month.isdecimal() else _MONTHS.get(month[:3], 0)
    return f"{year[:4]}-{number:02}" if year and 1 <= number <= 12 else year[:4]


def _people(written: str) -> tuple[Person, ...]:
    if not written.strip():
        return ()
    from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names  # noqa: PLC0415

    found: list[Person] = []
    for name in split_multiple_persons_names(written):
        if name.lower() == "others":
            continue
        if name.startswith("{") and name.endswith("}"):
            found.append(Person(_words(name)))
            continue
        parts = parse_single_name_into_parts(name, strict=False)
        family = " ".join([*parts.von, *parts.last, *parts.jr])
        found.append(Person(_words(family), _words(" ".join(parts.first))))
    return tuple(person for person in found if person.name)


def _address(written: str) -> str:
    r"""An address without the backslashes and braces that LaTeX wants: `\url{https://a.example/x\_y}`."""
    return re.sub(r"\\url\s*|\\(?=[_%&#~{}$])|[{}\s]", "", written)


def _words(written: str) -> str:
    r"""Plain words of LaTeX: `M{\"u}ller's {DNA}` is "Müller's DNA"."""
    if _MARKUP.search(written) is None:
        return " ".join(written.split())
    return " ".join(_decoder()(_COMMENT.sub(r"\\%", written)).replace("\xa0", " ").split())


@cache
def _decoder() -> Callable[[str], str]:
    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)  # odd markup is left as it is, and no news
    from pylatexenc.latex2text import LatexNodes2Text  # noqa: PLC0415 - it comes with bibtexparser, and is loaded with it

    decode: Callable[[str], str] = LatexNodes2Text(math_mode="text", keep_comments=True).latex_to_text
    return decode
