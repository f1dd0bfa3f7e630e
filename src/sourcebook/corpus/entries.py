"""One entry of a bibliography: where its work is found, and what it is called. Pure: fields in, an entry out."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from sourcebook.patterns import pattern
from sourcebook.types.sources import Imported
from sourcebook.works import arxiv_key, doi_key, isbn_key, work_address, written_work

_ADDRESS = pattern(r"https?://[^\s{}<>\"\\]+", re.IGNORECASE)
_ARXIV = pattern(
    r"\barxiv[:\s]\s*(?P<number>\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})|^abs/(?P<corr>\S+)$", re.IGNORECASE
)
_DATE = pattern(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_TRAILING = ".,;:)]}"


class Person(NamedTuple):
    """Somebody who made a work; an organisation has a family name alone."""

    family: str
    given: str = ""

    @property
    def name(self) -> str:
        """As people say it."""
        return f"{self.given} {self.family}".strip()


class Said(NamedTuple):
    """What an entry says of its work, in plain words, whatever format it stands in."""

    title: str = ""
    type: str = ""
    people: tuple[Person, ...] = ()
    others: bool = False  # are there more of them, who are not named?
    published: str = ""  # ISO 8601, to the precision that is given
    container: str = ""
    fields: Mapping[str, str] = {}  # by which it may be found: doi, url, eprint, eprinttype, pmid, pmcid, isbn, note…


class Entry(NamedTuple):
    """A work that pages may cite by a key."""

    key: str
    url: str  # where the work is found; "" when the entry does not say
    label: str  # "Doe and Roe (2020)"
    authors: str  # "Doe and Roe", as it stands in a sentence
    reference: str  # the whole of it in words
    work: Imported


def entry(key: str, said: Said, origin: str) -> Entry:
    """An entry of the bibliography file `origin`."""
    authors = _short(said.people, others=said.others) or said.title or key
    year = said.published[:4]
    people = tuple(person.name for person in said.people)
    parts = (", ".join(people), f"({year})" if year else "", said.title, said.container)
    work = Imported(
        title=said.title,
        type=said.type,
        authors=people,
        published=said.published,
        origin=origin,
        container=said.container,
        in_bibliography=True,
    )
    reference = ". ".join(part.rstrip(".") for part in parts if part) or key
    return Entry(key, address(said), f"{authors} ({year})" if year else authors, authors, reference, work)


def named_entry(key: str) -> Entry | None:
    """The entry of a key that names its work by itself, as Manubot has them: `doi:10.1000/182`, `arxiv:…`, `url:https://…`."""
    url = key.removeprefix("url:")
    if not url.startswith(("https://", "http://")):
        work = written_work(key) if ":" in key else None
        if work is None:
            return None
        url = work_address(work)
    return Entry(key, url, key, key, key, Imported())


def address(said: Said) -> str:
    """Where a work is found: by the identifier that says most, else by its address; "" without any."""
    fields = said.fields
    key = doi_key(_bare_doi(fields.get("doi", ""))) or _arxiv(said)
    if key is not None:
        return work_address(key)
    if url := _written_address(fields):
        return url
    if (eprint := fields.get("eprint", "")) and fields.get("eprinttype", "").lower() == "jstor":
        return f"https://www.jstor.org/stable/{eprint}"
    key = _by_number(fields)
    return "" if key is None else work_address(key)


def _bare_doi(written: str) -> str:
    return re.sub(r"^(?:https?://)?(?:dx\.|www\.)?doi\.org/", "", written.strip(), flags=re.IGNORECASE)


def _arxiv(said: Said) -> str | None:
    fields = said.fields
    kind = (fields.get("eprinttype") or fields.get("archiveprefix") or "").lower()
    if (eprint := fields.get("eprint", "").strip()) and kind in {"arxiv", ""}:
        key = arxiv_key(re.sub(r"^arxiv:", "", eprint, flags=re.IGNORECASE))
        if key is not None:
            return key
    for words in (said.container, *(fields.get(name, "") for name in ("volume", "number", "note", "howpublished"))):
        found = _ARXIV.search(words)
        if found is not None and (found["number"] or said.container.lower() == "corr"):
            return arxiv_key(found["number"] or found["corr"])
    return None


def _written_address(fields: Mapping[str, str]) -> str:
    url = fields.get("url", "").strip()
    if url.lower().startswith("www."):
        return f"http://{url}"
    for words in (url, fields.get("howpublished", ""), fields.get("note", "")):
        found = _ADDRESS.search(words)
        if found is not None:
            return found[0] if words is url else found[0].rstrip(_TRAILING)
    return ""


def _by_number(fields: Mapping[str, str]) -> str | None:
    pmid = fields.get("pmid", "") or (
        fields.get("eprint", "") if "pubmed" in fields.get("eprinttype", "").lower() else ""
    )
    if pmid.strip().isdecimal():
        return f"pmid:{int(pmid)}"
    if (pmc := re.fullmatch(r"\s*(?:PMC)?(\d+)\s*", fields.get("pmcid", ""), re.IGNORECASE)) is not None:
        return f"pmc:{int(pmc[1])}"
    numbers = re.split(r"[,;\s]+", fields.get("isbn", ""))
    return next((key for number in numbers if (key := isbn_key(number)) is not None), None)


def iso_date(written: str) -> str:
    """A date as ISO 8601 to the precision that it has; of a span, its beginning. "" when it is none."""
    found = _DATE.match(written.strip())
    return found[0] if found else ""


def _short(people: tuple[Person, ...], *, others: bool) -> str:
    families = [person.family or person.given for person in people]
    return f"{families[0]} et al." if len(families) + others > 2 or (families and others) else " and ".join(families)
