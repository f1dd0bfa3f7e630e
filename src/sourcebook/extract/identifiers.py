"""The identifiers of the work on a page: from its address, its tags and its text, checked by form and check digit."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from sourcebook import ids, works
from sourcebook.extract.evidence import Beside, Evidence, Found, Several, conflicts_with
from sourcebook.types.documents import Confidence

MOST_IDENTIFIERS = 20
_MOST_SEARCHED = 100_000  # characters

DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
_DOI_TAGS = """
    citation_doi dc.identifier.doi prism.doi bepress_citation_doi doi dc.identifier dcterms.identifier
    evt-doipage rft_id citation_pdf_url
""".split()
# What a tag of this name holds, where its value does not say so itself.
_TAGS = {
    "citation_arxiv_id": "arxiv", "citation_pmid": "pmid", "citation_pmcid": "pmc", "citation_isbn": "isbn",
    "citation_issn": "issn", "prism.issn": "issn", "prism.eissn": "issn", "prism.isbn": "isbn", "book:isbn": "isbn",
    "books:isbn": "isbn", "isbn": "isbn", "issn": "issn", "dc.identifier.issn": "issn", "dc.identifier.isbn": "isbn",
    "dc.identifier": "", "dcterms.identifier": "", "dc.identifier.uri": "", "dc.source": "", "dc.source.issn": "issn",
    "bepress_citation_isbn": "isbn", "bepress_citation_issn": "issn",
}  # fmt: skip
_TRAILING = re.compile(r"(?:[.,;:'’”\]}]|\.pdf|/full|/abstract|/pdf|v\d+(?:\.full)?)+$", re.IGNORECASE)
_SCHEME = re.compile(
    r"^\s*(?:urn:)?(doi|arxiv|pmid|pmcid|pmc|isbn|e?issn|ssrn|openalex|wikidata)\s*[:\s]\s*", re.IGNORECASE
)
_PMID = re.compile(r"^\d{1,9}$")
_PMC = re.compile(r"^(?:PMC)?(\d{1,9})$", re.IGNORECASE)
_ISSN = re.compile(r"^(\d{4})-?(\d{3})([\dX])$", re.IGNORECASE)
_OPENALEX = re.compile(r"(?:openalex\.org/(?:works/)?|^)(W\d{4,12})\b", re.IGNORECASE)
_WIKIDATA = re.compile(r"(?:wikidata\.org/(?:wiki|entity)/|^)(Q\d{1,10})\b", re.IGNORECASE)
_OF_ITS_OWN = (
    ("zenodo", re.compile(r"^doi:10\.5281/zenodo\.(\d+)$")),
    ("ssrn", re.compile(r"^doi:10\.2139/ssrn\.(\d+)$")),
)
_IN_TEXT = re.compile(
    r"\b(doi|arxiv|pmid|pmcid|isbn(?:-1[03])?|e?issn)\b\s*:?\s*(?:\((?:print|online)\))?\s*:?\s*"
    r"(https?://\S+|10\.\d{4,9}/\S+|(?:PMC)?[\d][\dX./-]{4,20}(?:v\d+)?)",
    re.IGNORECASE,
)


class Identifiers(NamedTuple):
    """The DOI, and every identifier as `works.py` writes them."""

    doi: Found | None
    all: Several | None


def find_identifiers(evidence: Evidence, beside: Beside) -> Identifiers:
    """The identifiers of the page's own work: its address, its tags, JSON-LD, and what stands beside its title."""
    said = [found for found in _said(evidence, beside) if found.value]
    dois = [found._replace(value=found.value[4:]) for found in said if found.value.startswith("doi:")]
    doi = dois[0] if dois else _only_doi(evidence)
    if doi is not None:
        others = [found for found in dois if found.confidence is Confidence.HIGH]
        doi = doi._replace(conflicts=conflicts_with(doi.value, others, str.__eq__))
    keys = [found.value for found in said] + ([f"doi:{doi.value}"] if doi is not None else [])
    distinct = tuple(dict.fromkeys(key for one in keys for key in (one, *_of_its_own(one))))[:MOST_IDENTIFIERS]
    return Identifiers(
        doi, Several(distinct, said[0].origin if said else doi.origin if doi else "") if distinct else None
    )


def _said(evidence: Evidence, beside: Beside) -> Iterator[Found]:
    """Every identifier that the page gives itself, in the order of trust; "" where a place holds none."""
    for name in _DOI_TAGS:
        yield from (Found(_key("doi", doi_in(value)), name) for value in evidence.metas.get(name, ()))
    for thing in evidence.things:
        yield from (Found(key_in(text), "json-ld") for text in thing.identifiers)
    path = unquote(evidence.url.partition("#")[0].partition("?")[0])
    by_form = _key("doi", doi_in(path))
    yield Found(by_form or ids.identifier_of(evidence.url) or "", "address")
    for name, scheme in _TAGS.items():
        for value in evidence.metas.get(name, ()):
            yield Found(_key(scheme, value) if scheme else key_in(value), name)
    yield Found(key_in(evidence.canonical), "canonical")
    for key in keys_in(" ".join((*beside.before, *beside.after))):
        yield Found(key, "text", Confidence.MEDIUM)


def _only_doi(evidence: Evidence) -> Found | None:
    """The one DOI that a scholarly page links to, where it does not say which is its own."""
    linked = {doi for link in evidence.links if (doi := doi_in(unquote(link)))}
    scholarly = any(name.startswith("citation_") for name in evidence.metas)
    return Found(linked.pop(), "link", Confidence.LOW) if scholarly and len(linked) == 1 else None


def keys_in(text: str) -> Iterator[str]:
    """The identifiers that a text names by their scheme, "doi: 10.5555/x", "ISBN 978-…"."""
    for scheme, value in _IN_TEXT.findall(text[:_MOST_SEARCHED]):
        if key := _key(scheme, value):
            yield key


def key_in(text: str) -> str:
    """The identifier that a whole text is, bare, with its scheme or as an address; "" when it is none."""
    text = text.strip()[:1_000]
    if (scheme := _SCHEME.match(text)) is not None:
        return _key(scheme[1], text[scheme.end() :])
    if "://" in text:
        wikidata, openalex = _WIKIDATA.search(text), _OPENALEX.search(text)
        if wikidata is not None and "wikidata.org" in text:
            return f"wikidata:{wikidata[1].upper()}"
        if openalex is not None and "openalex.org" in text:
            return f"openalex:{openalex[1].upper()}"
        return ids.identifier_of(text) or ""
    return _key("doi", doi_in(text)) if text.startswith("10.") else ""


def _key(scheme: str, value: str) -> str:
    """The identifier of a scheme as `works.py` writes it; "" when its form or its check digit is wrong."""
    scheme = scheme.lower()
    value = value.strip().strip(".,;()[]")
    if "://" in value:
        return ids.identifier_of(value) or ""
    if scheme == "doi":
        return works.doi_key(value) or "" if value else ""
    if scheme == "arxiv":
        return works.arxiv_key(value.lower().removeprefix("arxiv:")) or ""
    if scheme.startswith("isbn"):
        return works.isbn_key(value.replace(" ", "")) or ""
    return _number(scheme, value)


def _number(scheme: str, value: str) -> str:
    """The identifiers that are a number."""
    if scheme == "pmid":
        return f"pmid:{int(value)}" if _PMID.match(value) else ""
    if scheme in ("pmc", "pmcid"):
        return f"pmc:{int(found[1])}" if (found := _PMC.match(value)) else ""
    if scheme.endswith("issn"):
        return _issn(value)
    if scheme == "ssrn":
        return f"doi:10.2139/ssrn.{value}" if value.isdecimal() else ""
    form = {"openalex": _OPENALEX, "wikidata": _WIKIDATA}.get(scheme)
    found = form.search(value) if form is not None else None
    return f"{scheme}:{found[1].upper()}" if found is not None else ""


def _issn(value: str) -> str:
    """An ISSN with its hyphen; "" unless its check digit is right."""
    found = _ISSN.match(value)
    if found is None:
        return ""
    digits = found[1] + found[2]
    total = sum((8 - place) * int(digit) for place, digit in enumerate(digits))
    last = 10 if found[3] in "xX" else int(found[3])
    return f"issn:{found[1]}-{found[2]}{found[3].upper()}" if (total + last) % 11 == 0 else ""


def _of_its_own(key: str) -> Iterator[str]:
    """The number of a repository that gives DOIs made of its numbers."""
    for scheme, form in _OF_ITS_OWN:
        if (found := form.match(key)) is not None:
            yield f"{scheme}:{found[1]}"


def doi_in(text: str) -> str:
    """The first DOI in a text, without the punctuation around it; "" when there is none."""
    found = DOI.search(text[:_MOST_SEARCHED])
    if found is None:
        return ""
    doi = _TRAILING.sub("", found[1]).lower()
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1]
    return _TRAILING.sub("", doi)
