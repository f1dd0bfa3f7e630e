"""What registries of works say of one: authors, venue, date, peer review, retractions and corrections. Optional.

A registry is one file here and one line in `REGISTRIES`: how to ask it for a work, and what its answer says. Asking is
the fetcher's, so that addresses, pauses and policies are the same for all; see docs/enriching.md.
"""

from collections.abc import Sequence

from sourcebook.registries import arxiv, crossref, datacite, openalex, pubmed
from sourcebook.registries.merging import enriched, merged
from sourcebook.registries.said import Registry, Said

__all__ = ["REGISTRIES", "VERSION", "Registry", "Said", "enriched", "fallback", "merged", "registries_for"]

VERSION = "1"  # raise it when the same answers give another entry: every work is asked for again

# in the order in which they are believed
REGISTRIES: dict[str, Registry] = {
    "crossref": Registry("Crossref", ("doi",), crossref.address, crossref.read),
    "datacite": Registry("DataCite", ("doi",), datacite.address, datacite.read),
    "pubmed": Registry("PubMed", ("pmid",), pubmed.address, pubmed.read),
    "arxiv": Registry("arXiv", ("arxiv",), arxiv.address, arxiv.read),
    "openalex": Registry("OpenAlex", ("doi", "pmid"), openalex.address, openalex.read),
}
_OF_DATACITE = ("doi:10.5281/", "doi:10.48550/", "doi:10.6084/", "doi:10.17605/", "doi:10.7910/", "doi:10.5061/")


def registries_for(keys: Sequence[str]) -> dict[str, str]:
    """Whom to ask for a work first, each with the key to ask for. A DOI is known to one agency only."""
    asked: dict[str, str] = {}
    for name, registry in REGISTRIES.items():
        key = next((key for scheme in registry.schemes for key in keys if key.startswith(f"{scheme}:")), "")
        agency = "datacite" if key.startswith(_OF_DATACITE) else "crossref"
        if key and (not fallback(name) or name == agency):
            asked[name] = key
    return asked


def fallback(name: str) -> str:
    """Whom to ask when a registry does not know a DOI; "" when nobody else would."""
    return {"crossref": "datacite", "datacite": "crossref"}.get(name, "")
