"""What the publisher adds to a page: its address of choice, an abstract, keywords, a licence, a section. Pure."""

import re
from urllib.parse import urljoin, urlsplit

from sourcebook.extract.evidence import Evidence, Found, Several, conflicts_with
from sourcebook.types.documents import Confidence

MOST_TAGS = 30
MOST_DESCRIPTION = 5_000  # characters
LEAST_DESCRIPTION = 20

_DESCRIPTIONS = """citation_abstract og:description description dc.description dcterms.abstract dcterms.description
    twitter:description""".split()
_LICENCES = (
    "dc.rights.license dcterms.license dc.rights dcterms.rights license citation_license copyright-license".split()
)
_SECTIONS = """article:section og:section sailthru.section parsely-section section category citation_section
    cxenseparse:recs:category""".split()
_LICENCE_NAME = re.compile(
    r"creativecommons\.org/|^cc[ -]?(?:by|0)|\b(?:public domain|creative commons|open government)\b", re.IGNORECASE
)
_WEB = ("http://", "https://")


def find_canonical(evidence: Evidence) -> Found | None:
    """The address that the page wants to be known by, made absolute: its link, else OpenGraph's."""
    said = [Found(_absolute(evidence.canonical, evidence.url), "link")]
    if (graph := evidence.meta("og:url")) is not None:
        said.append(Found(_absolute(graph.value, evidence.url), graph.origin))
    said = [found for found in said if found.value]
    if not said:
        return None
    conflicts = conflicts_with(said[0].value, said[1:], _same_address)
    # The home page as canonical address of everything is a mistake that many sites make.
    chosen = said[0] if len(said) == 1 or not _is_home(said[0].value) or _is_home(evidence.url) else said[1]
    return chosen._replace(conflicts=conflicts, confidence=Confidence.MEDIUM if conflicts else Confidence.HIGH)


def _absolute(address: str, url: str) -> str:
    if not address or address.startswith(_WEB):
        return address
    try:
        joined = urljoin(url, address)
    except ValueError:
        return ""
    return joined if joined.startswith(_WEB) else ""


def _same_address(one: str, other: str) -> bool:
    return one.partition("://")[2].rstrip("/") == other.partition("://")[2].rstrip("/")


def _is_home(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.path in {"", "/"} and not parts.query


def find_description(evidence: Evidence) -> Found | None:
    """The publisher's own abstract or description, the longest that it offers."""
    said = [found for name in _DESCRIPTIONS if (found := evidence.meta(name)) is not None]
    said += [Found(thing.description, "json-ld") for thing in evidence.things if thing.description and thing.is_work]
    said = [Found(one.value[:MOST_DESCRIPTION], one.origin) for one in said if len(one.value) > LEAST_DESCRIPTION]
    return max(said, key=lambda one: len(one.value), default=None)


def find_tags(evidence: Evidence) -> Several | None:
    """The publisher's own keywords."""
    things = next((thing.keywords for thing in evidence.things if thing.keywords), ())
    metas = evidence.metas
    for origin, values in (
        ("citation_keywords", metas.get("citation_keywords", ())),
        ("article:tag", metas.get("article:tag", ())),
        ("keywords", metas.get("keywords", ()) + metas.get("news_keywords", ())),
        ("json-ld", things),
        ("dc.subject", metas.get("dc.subject", ()) + metas.get("dcterms.subject", ())),
    ):
        words = (" ".join(word.split()) for value in values for word in re.split(r"[,;]", value[:2_000]))
        distinct = {word.casefold(): word for word in words if 1 < len(word) <= 60}
        if distinct:
            return Several(tuple(distinct.values())[:MOST_TAGS], origin)
    return None


def find_licence(evidence: Evidence) -> Found | None:
    """The licence, by its address or its name: a link that says so, JSON-LD, then tags that name one."""
    if evidence.licence:
        return Found(evidence.licence, "link")
    for thing in evidence.things:
        if thing.licence:
            return Found(thing.licence, "json-ld")
    for name in _LICENCES:
        for value in evidence.metas.get(name, ()):
            if _LICENCE_NAME.search(value):
                return Found(value[:MOST_DESCRIPTION], name, Confidence.MEDIUM)
    return None


def find_section(evidence: Evidence) -> Found | None:
    """The part of the site or journal in which it stands."""
    for thing in evidence.things:
        if thing.section and thing.is_work:
            return Found(thing.section, "json-ld")
    return evidence.meta(*_SECTIONS)
