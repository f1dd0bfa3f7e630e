"""Works that an address or a text names by an identifier: DOI, arXiv, PubMed, PubMed Central, ISBN. Part of the
identity rules.

A rule belongs to a site. It is given the path of an address, and where it needs that the query, and answers with the
key of the work or with None: only where the address holds the whole identifier and shows the work itself. A figure or
a supplement is a page of its own.
"""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, quote, unquote

from sourcebook.patterns import pattern


def work_of(name: str, path: str, search: str) -> str | None:
    """The key of the work that an address names. `name` is its host without `www.`."""
    key = None
    if (by_path := _BY_PATH.get(name)) is not None:
        key = by_path(path)
    elif (by_query := _BY_QUERY.get(name)) is not None:
        key = by_query(path, search)
    elif name.endswith(".arxiv.org"):  # mirrors and proxies of arXiv's own
        key = _arxiv(path)
    elif name.startswith("amazon."):
        key = _amazon(path)
    if key is None and "/doi/" in path and name not in _NOT_WHOLE:
        key = _publisher(path)
    return key


def _parameter(search: str, *names: str) -> str:
    for name, value in parse_qsl(search[1:]):
        if name.lower() in names:
            return value
    return ""


# --- DOI -------------------------------------------------------------------------------------------

_DOI = pattern(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_PREPRINT_VERSION = pattern(r"(10\.(?:1101|64898)/(?:\d{4}\.\d\d\.\d\d\.)?\d{6,})v\d+")
_PUBLISHER = pattern(  # most publishers' sites run one of two programs, and both write addresses so
    r"(?:/[\w-]+)*?/doi/(?:(?:abs|abstract|full|full-xml|pdf|epdf|pdfplus|pdfdirect|epub|reader|book)/)?"
    r"(10\.\d{4,9}/.+?)(?:/(?:full/)?(?:html|full|pdf|abstract))?/?"
)
_NOT_WHOLE = {"academic.oup.com"}  # puts a number of its own behind the DOI
_SPRINGER = pattern(
    r"/(?:article|chapter|book|referenceworkentry|content/pdf)/(10\.\d{4,9}/[^/]+?)(?:\.pdf|/fulltext\.html)?/?"
)
_FRONTIERS = pattern(r"(?:/journals/[\w-]+)?/articles/(10\.3389/[^/]+)(?:/(?:full|pdf|abstract))?/?")
_RXIV = pattern(r"/content/(10\.(?:1101|64898)/[\d.]*\d)(?:v\d+)?(?:\.(?:full|abstract)(?:[.-][a-z.-]+)?)?/?")
_NATURE = pattern(r"/articles/((?=[a-z.-]*\d)[a-z0-9.-]+?)(?:\.pdf)?/?", re.IGNORECASE)
_ELIFE = pattern(r"/articles/(\d{5,6})(?:v\d+)?(?:\.pdf)?/?")
_ZENODO = pattern(r"/records?/(\d+)/?")
_NBER = pattern(r"/papers/(w\d+)(?:\.pdf)?/?")
_CLOSING = {")": "(", "]": "["}
_PROSE = ".,;:/\"'”’»>"


def doi_key(text: str) -> str | None:
    """The key of a DOI, without the punctuation of the sentence that it was copied from. DOIs have no case."""
    doi = unquote(text).strip().lower().removeprefix("doi:").strip().rstrip(_PROSE)
    while doi[-1:] in _CLOSING and doi.count(doi[-1]) > doi.count(_CLOSING[doi[-1]]):
        doi = doi[:-1].rstrip(_PROSE)
    if not _DOI.fullmatch(doi):
        return None
    if doi.startswith("10.48550/arxiv."):
        return arxiv_key(doi.removeprefix("10.48550/arxiv."))
    version = _PREPRINT_VERSION.fullmatch(doi)
    return f"doi:{version[1] if version else doi}"


def _resolver(path: str) -> str | None:
    return doi_key(path[1:])


def _publisher(path: str) -> str | None:
    found = _PUBLISHER.fullmatch(unquote(path))
    return doi_key(found[1]) if found else None


def _in_path(of: re.Pattern[str], before: str = "") -> Callable[[str], str | None]:
    """The rule of a site whose paths hold a DOI, or what follows `before` in its DOIs."""

    def rule(path: str) -> str | None:
        found = of.fullmatch(unquote(path))
        return doi_key(before + found[1]) if found else None

    return rule


def _in_query(path: str, search: str) -> str | None:
    if not re.fullmatch(r"(?:/\w+)?/(?:article|articles|article/file)/?", path):
        return None
    return doi_key(_parameter(search, "id"))


def _nature(path: str) -> str | None:
    found = _NATURE.fullmatch(path)
    if found is None:
        return None
    publisher = "10.1057" if found[1].startswith("s41599-") else "10.1038"  # one journal was Palgrave's
    return doi_key(f"{publisher}/{found[1]}")


def _ssrn(path: str, search: str) -> str | None:
    number = _parameter(search, "abstract_id", "abstract", "abstractid")
    if not number and (found := re.fullmatch(r"/abstract(?:_id)?=(\d+)/?", path)):
        number = found[1]
    return f"doi:10.2139/ssrn.{number}" if number.isdecimal() else None


# --- arXiv, PubMed, PubMed Central -----------------------------------------------------------------

_ARXIV = pattern(r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE)
_ARXIV_PATH = pattern(r"/(?:abs|pdf|html|ps|e-print|format|src|papers|overview)/(.+?)(?:\.pdf|\.ps\.gz)?[/.,;:)\]]*")
_PMID = pattern(r"/(?:pubmed/|(?:article|abstract)/med/)?(\d{1,9})/?", re.IGNORECASE)
_PMC = pattern(
    r"/(?:pmc/)?(?:articles?|abstract)/(?:pmc/)?(?:pmc)?(\d{1,9})(?:/pdf(?:/[^/]*)?|/full)?/?", re.IGNORECASE
)


def arxiv_key(number: str) -> str | None:
    """The key of an arXiv number: no version, and no subject class in the old ones (`math.GT/0309136`)."""
    found = _ARXIV.fullmatch(number)
    if found is None:
        return None
    archive, _, serial = found[1].lower().rpartition("/")
    return f"arxiv:{archive.partition('.')[0]}/{serial}" if archive else f"arxiv:{serial}"


def _arxiv(path: str) -> str | None:
    found = _ARXIV_PATH.fullmatch(unquote(path))
    return arxiv_key(found[1]) if found else None


def _pubmed(path: str) -> str | None:
    found = _PMID.fullmatch(path)
    return f"pmid:{int(found[1])}" if found else None


def _pmc(path: str) -> str | None:
    found = _PMC.fullmatch(path)
    return f"pmc:{int(found[1])}" if found else None


def _ncbi(path: str) -> str | None:
    if path.startswith("/pubmed/"):
        return _pubmed(path)
    return _pmc(path) if path.lower().startswith("/pmc/articles/pmc") else None


def _europe_pmc(path: str) -> str | None:
    low = path.lower()
    if low.startswith(("/article/med/", "/abstract/med/")):
        return _pubmed(path)
    return _pmc(path) if "/pmc" in low else None


# --- ISBN ------------------------------------------------------------------------------------------

_AMAZON = pattern(
    r"/(?:[^/]+/)?(?:dp|gp/product|exec/obidos/asin)/(?:product/)?(\w{10}|97[89]\d{10})(?:/.*)?", re.IGNORECASE
)
_ISBN_PATH = pattern(r"/(?:isbn|book/isbn|wiki/special:booksources)/([\dx-]+)/?", re.IGNORECASE)


def isbn_key(text: str) -> str | None:
    """The key of an ISBN, in the form with 13 digits; None unless its check digit is right."""
    digits = text.replace("-", "").upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        if sum((10 - place) * value for place, value in enumerate(values)) % 11:
            return None
        digits = "978" + digits[:9]
        return f"isbn:{digits}{_last_digit(digits)}"
    if re.fullmatch(r"97[89]\d{10}", digits) and digits[12] == _last_digit(digits):
        return f"isbn:{digits}"
    return None


def _last_digit(digits: str) -> str:
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits[:12])) % 10)


def _amazon(path: str) -> str | None:
    found = _AMAZON.fullmatch(path)
    return isbn_key(found[1]) if found else None


def _book(path: str, search: str) -> str | None:
    found = _ISBN_PATH.fullmatch(path)
    return isbn_key(
        found[1] if found else _parameter(search, "isbn", "ean").lower() or _parameter(search, "vid").lower()[4:]
    )


# --- as people write them --------------------------------------------------------------------------

# The same in running text: for a search in a text or in its bytes. Punctuation of the sentence may stand at its end.
IN_TEXT = (
    r"(?i:(?:info:)?doi(?::\s?|\s|/)|(?:dx\.)?doi\.org/)10\.\d{4,9}/[^\s<>\"\x00-\x1f]+|(?i:arxiv):\s?[\w./-]+"
    r"|PMC?ID: ?(?:PMC)?\d{4,9}\b|PMID \d{4,9}\b|PMC\d{5,9}\b|ISBN(?:-1[03])?:? ?[\dXx -]{9,17}[\dXx]\b"
)
_WRITTEN = pattern(
    r"(?:info:)?(?:doi[:/ ]\s*)?(?P<doi>10\.\d.+)|(?:dx\.)?doi\.org/(?P<resolved>10\..+)"
    r"|arxiv:\s*(?P<arxiv>\S+)|pmid[: ]\s*(?P<pmid>\d{1,9})|(?:pmcid:\s*)?pmc(?P<pmc>\d{1,9})"
    r"|(?:urn:)?isbn(?:-1[03])?[: ]\s*(?P<isbn>[\dx -]+)",
    re.IGNORECASE | re.DOTALL,
)
_LEADS = {  # the address of whoever resolves a scheme
    "doi": "https://doi.org/",
    "arxiv": "https://arxiv.org/abs/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmc": "https://pmc.ncbi.nlm.nih.gov/articles/PMC",
    "isbn": "https://openlibrary.org/isbn/",
}
SCHEMES = tuple(_LEADS)  # where a text names one work by several, the first of these says most


def written_work(text: str) -> str | None:
    """The key of a work that is named in words; None for other words.

    `doi:10.1000/182`, `DOI 10.1000/182`, `10.1000/182`, `info:doi/…`, `doi.org/10.…`, `arXiv:1706.03762v2`,
    `PMID: 31452104`, `PMC3531190`, `ISBN 978-0-306-40615-7`, `urn:isbn:…`.
    """
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    if number := found["doi"] or found["resolved"]:
        return doi_key(number)
    if found["arxiv"]:
        return arxiv_key(found["arxiv"])
    if found["isbn"]:
        return isbn_key(found["isbn"].replace(" ", ""))
    return f"pmid:{int(found['pmid'])}" if found["pmid"] else f"pmc:{int(found['pmc'])}"


def work_address(key: str) -> str:
    """An address that leads to the work of a key, and whose own key it is."""
    scheme, _, number = key.partition(":")
    return _LEADS[scheme] + quote(number, safe="/:;()[]+,=@!$&'*~-._")


_BY_PATH: dict[str, Callable[[str], str | None]] = {
    "doi.org": _resolver,
    "dx.doi.org": _resolver,
    "link.springer.com": _in_path(_SPRINGER),
    "frontiersin.org": _in_path(_FRONTIERS),
    "nature.com": _nature,
    "biorxiv.org": _in_path(_RXIV),
    "medrxiv.org": _in_path(_RXIV),
    "elifesciences.org": _in_path(_ELIFE, "10.7554/elife."),
    "zenodo.org": _in_path(_ZENODO, "10.5281/zenodo."),
    "nber.org": _in_path(_NBER, "10.3386/"),
    "arxiv.org": _arxiv,
    "ar5iv.org": _arxiv,
    "alphaxiv.org": _arxiv,
    "arxiv-vanity.com": _arxiv,
    "pubmed.ncbi.nlm.nih.gov": _pubmed,
    "ncbi.nlm.nih.gov": _ncbi,
    "pmc.ncbi.nlm.nih.gov": _pmc,
    "europepmc.org": _europe_pmc,
}
_BY_QUERY: dict[str, Callable[[str, str], str | None]] = {
    "journals.plos.org": _in_query,
    "aeaweb.org": _in_query,
    "papers.ssrn.com": _ssrn,
    "ssrn.com": _ssrn,
    "openlibrary.org": _book,
    "worldcat.org": _book,
    "goodreads.com": _book,
    "isbnsearch.org": _book,
    "books.google.com": _book,
    "bookshop.org": _book,
    "barnesandnoble.com": _book,
    "en.wikipedia.org": _book,
}
