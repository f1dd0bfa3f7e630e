"""How a source is cited elsewhere: one line for people, and BibTeX, CSL-JSON and RIS for reference managers. Pure."""

import re
from datetime import datetime
from typing import Any

from msgspec import Struct

from sourcebook.records import Record
from sourcebook.types.sources import SourceType

_BIBTEX = {
    SourceType.PAPER: "article",
    SourceType.PREPRINT: "misc",
    SourceType.REPORT: "techreport",
    SourceType.BOOK: "book",
}
_CSL = {
    SourceType.NEWS_ARTICLE: "article-newspaper",
    SourceType.PAPER: "article-journal",
    SourceType.PREPRINT: "article",
    SourceType.REPORT: "report",
    SourceType.BLOG_POST: "post-weblog",
    SourceType.GOVERNMENT: "report",
    SourceType.REFERENCE: "entry-encyclopedia",
    SourceType.BOOK: "book",
    SourceType.TALK: "speech",
    SourceType.PODCAST: "broadcast",
    SourceType.DATASET: "dataset",
    SourceType.CODE: "software",
    SourceType.FORUM: "post",
    SourceType.PRESS_RELEASE: "article",
    SourceType.WEB_PAGE: "webpage",
}
_RIS = {
    SourceType.NEWS_ARTICLE: "NEWS",
    SourceType.PAPER: "JOUR",
    SourceType.PREPRINT: "UNPB",
    SourceType.REPORT: "RPRT",
    SourceType.BLOG_POST: "BLOG",
    SourceType.GOVERNMENT: "GOVDOC",
    SourceType.REFERENCE: "ENCYC",
    SourceType.BOOK: "BOOK",
    SourceType.TALK: "SLIDE",
    SourceType.PODCAST: "SOUND",
    SourceType.DATASET: "DATA",
    SourceType.CODE: "COMP",
}
# what BibTeX gives a meaning, and what prints it instead; a brace or a backslash could end the field
_SIGNS = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
})  # fmt: skip
_ENDING = re.compile(r'[{}\\"\x00-\x20]')  # what would end a field of BibTeX, or begin a line
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


class Cited(Struct, frozen=True):
    """A source in each form."""

    line: str
    bibtex: str
    csl: dict[str, Any]
    ris: str


def cite(record: Record) -> Cited:
    """A record as others cite it, with the person's corrections that it has."""
    held = record.preview.captured_at if record.preview else None
    return Cited(_line(record, held), _bibtex(record, held), _csl(record, held), _ris(record, held))


class CitedOnRecord(Struct, frozen=True):
    """What the page of a record shows of it: the rest is taken away as a file."""

    line: str
    bibtex: str


def cite_on_record(record: Record) -> CitedOnRecord:
    """A record as its own page cites it."""
    held = record.preview.captured_at if record.preview else None
    return CitedOnRecord(_line(record, held), _bibtex(record, held))


def _line(record: Record, held: datetime | None) -> str:
    names = _several(record.authors)
    year = f" ({record.published[:4]})" if _is_dated(record) else ""
    where = _where(record)
    parts = [f"{names}{year}".strip(), _plain(record.title) or record.url, where, _address(record)]
    line = ". ".join(part.rstrip(".") for part in parts if part) + "."
    return f"{line} Retrieved {held.date().isoformat()}." if held is not None else line


def _bibtex(record: Record, held: datetime | None) -> str:
    kind = _BIBTEX.get(record.type, "misc")
    where = {"article": "journal", "techreport": "institution", "book": "publisher"}.get(kind, "howpublished")
    fields = {
        "title": f"{{{_escaped(record.title)}}}" if record.title else "",
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in record.authors),
        where: _escaped(_where(record)),
        "year": record.published[:4] if _is_dated(record) else "",
        "month": record.published[5:7] if len(record.published) > 4 and _is_dated(record) else "",
        "doi": _escaped(record.doi),
        "url": _bare(record.url),
        "urldate": held.date().isoformat() if held is not None else "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join((f"@{kind}{{{record.stable_id},", *lines, "}")) + "\n"


def _csl(record: Record, held: datetime | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": record.stable_id,
        "type": _CSL[record.type],
        "title": _plain(record.title),
        "author": [{"literal": _plain(name)} for name in record.authors],
        "container-title": _where(record),
        "issued": _date_parts(record.published),
        "DOI": record.doi,
        "URL": record.url,
        "language": record.language,
        "accessed": {"date-parts": [[held.year, held.month, held.day]]} if held is not None else None,
    }
    return {name: value for name, value in found.items() if value}


def _ris(record: Record, held: datetime | None) -> str:
    date = _DATE.match(record.published)
    fields = [
        ("TY", _RIS.get(record.type, "ELEC")),
        ("ID", record.stable_id),
        ("TI", _plain(record.title)),
        *(("AU", _plain(name)) for name in record.authors),
        ("T2", _where(record)),
        ("PY", date[1] if date else ""),
        ("DA", "/".join(part or "" for part in date.groups()) if date else ""),
        ("DO", record.doi),
        ("UR", _plain(record.url)),
        ("LA", record.language),
        ("Y2", f"{held:%Y/%m/%d}" if held is not None else ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value) + "ER  - \r\n"


def _date_parts(published: str) -> dict[str, list[list[int]]] | None:
    found = _DATE.match(published)
    return {"date-parts": [[int(part) for part in found.groups() if part]]} if found else None


def _is_dated(record: Record) -> bool:
    return bool(record.published) and _DATE.match(record.published) is not None


def _where(record: Record) -> str:
    return _plain(record.published_in or record.rating.venue or record.site_name)


def _address(record: Record) -> str:
    return f"https://doi.org/{record.doi}" if record.doi else record.url


def _several(names: tuple[str, ...]) -> str:
    plain = [_plain(name) for name in names]
    if len(plain) > 3:
        return f"{plain[0]} et al."
    return " and ".join(part for part in (", ".join(plain[:-1]), plain[-1] if plain else "") if part)


def _plain(text: str) -> str:
    """On one line."""
    return " ".join(text.split())


def _escaped(text: str) -> str:
    return _plain(text).translate(_SIGNS)


def _bare(url: str) -> str:
    """An address as BibTeX takes it: what would end the field, or begin a line, is percent-encoded."""
    return _ENDING.sub(lambda found: f"%{ord(found[0]):02X}", url)
