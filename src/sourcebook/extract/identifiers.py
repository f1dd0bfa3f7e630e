"""The DOI of a page: from its tags, its JSON-LD, or its address. Checked by form."""

import re
from urllib.parse import unquote

from sourcebook.extract.evidence import Evidence, Found

DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
_TAGS = """
    citation_doi dc.identifier.doi prism.doi bepress_citation_doi doi dc.identifier dcterms.identifier
    evt-doipage rft_id citation_pdf_url
""".split()
_TRAILING = re.compile(r"(?:[.,;:'’”\]}]|\.pdf|/full|/abstract|/pdf|v\d+(?:\.full)?)+$", re.IGNORECASE)


def find_doi(evidence: Evidence) -> Found | None:
    """The page's own DOI, lower case and without a prefix."""
    for name in _TAGS:
        for value in evidence.metas.get(name, ()):
            if doi := doi_in(value):
                return Found(doi, name)
    for thing in evidence.things:
        if thing.doi and (doi := doi_in(thing.doi)):
            return Found(doi, "json-ld")
    doi = doi_in(unquote(evidence.url.partition("#")[0].partition("?")[0]))
    return Found(doi, "address") if doi else None


def doi_in(text: str) -> str:
    """The first DOI in a text, without the punctuation around it; "" when there is none."""
    found = DOI.search(text[:100_000])
    if found is None:
        return ""
    doi = _TRAILING.sub("", found[1]).lower()
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1]
    return _TRAILING.sub("", doi)
