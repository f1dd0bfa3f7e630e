"""A web page: its words, and what it says about itself. Each field is found by a file of its own."""

import re

from lxml.html import HtmlElement

from sourcebook.errors import StepError
from sourcebook.extract.about import About
from sourcebook.extract.authors import find_authors
from sourcebook.extract.decode import decode
from sourcebook.extract.evidence import Evidence, Found
from sourcebook.extract.guard import parse_html
from sourcebook.extract.identifiers import find_doi
from sourcebook.extract.kinds import find_type
from sourcebook.extract.published import find_modified, find_published
from sourcebook.extract.regions import find_regions
from sourcebook.extract.titles import find_site_name, find_title
from sourcebook.extract.walk import gather
from sourcebook.extract.words import main_text
from sourcebook.types import Document

MOST_TAGS = 30
_DESCRIPTIONS = """citation_abstract og:description description dc.description dcterms.abstract dcterms.description
    twitter:description""".split()
_LANGUAGE = re.compile(r"^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$", re.IGNORECASE)


def read_page(body: bytes, about: About) -> Document:
    """The words of a page and its fields. Raises StepError when there is no page in these bytes."""
    tree = parse_html(decode(body, about.charset))
    if tree is None:
        raise StepError(f"no page in what {about.url!r} sent", "fetch it again, or look at it in a browser")
    return _document(gather(tree, about.url), tree)


def _document(evidence: Evidence, tree: HtmlElement) -> Document:
    title = find_title(evidence)
    authors = find_authors(evidence, title.value if title is not None else "")
    kind, kind_origin = find_type(evidence)
    tags, tags_origin = _tags(evidence)
    found = {
        "title": title,
        "published": find_published(evidence, title.value if title is not None else ""),
        "modified": find_modified(evidence),
        "site_name": find_site_name(evidence),
        "language": _language(evidence),
        "description": _description(evidence),
        "canonical": _canonical(evidence),
        "doi": find_doi(evidence),
        "authors": Found("", *authors.all[1:]) if authors is not None else None,
        "type": Found("", kind_origin) if kind is not None else None,
        "tags": Found("", tags_origin) if tags else None,
    }
    value = {name: one.value if one is not None else "" for name, one in found.items()}
    text = main_text(tree, evidence.url)
    return Document(
        text=text,
        title=value["title"],
        authors=authors.all.values if authors is not None else (),
        organisations=authors.organisations if authors is not None else (),
        published=value["published"],
        modified=value["modified"],
        site_name=value["site_name"],
        language=value["language"],
        description=value["description"],
        canonical=value["canonical"],
        type=kind,
        doi=value["doi"],
        tags=tags,
        origins={name: one.origin for name, one in found.items() if one is not None},
        confidences={name: one.confidence for name, one in found.items() if one is not None},
        regions=find_regions(text),
        conflicts={name: one.conflicts for name, one in found.items() if one is not None and one.conflicts},
    )


def _language(evidence: Evidence) -> Found | None:
    """The language as a BCP 47 tag: the page's own attribute first."""
    said = [Found(evidence.language, "lang"), evidence.meta("citation_language", "dc.language", "dcterms.language")]
    said += [evidence.meta("content-language", "language", "og:locale")]
    said += [Found(thing.language, "json-ld") for thing in evidence.things if thing.language]
    for one in said:
        if one is not None and _LANGUAGE.match(one.value):
            first, *rest = re.split("[-_]", one.value)
            return Found(
                "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)]), one.origin
            )
    return None


def _description(evidence: Evidence) -> Found | None:
    """The publisher's own abstract or description, the longest that it offers."""
    said = [found for name in _DESCRIPTIONS if (found := evidence.meta(name)) is not None]
    said += [Found(thing.description, "json-ld") for thing in evidence.things if thing.description and thing.is_work]
    said = [Found(one.value[:5_000], one.origin) for one in said if len(one.value) > 20]
    return max(said, key=lambda one: len(one.value), default=None)


def _canonical(evidence: Evidence) -> Found | None:
    if evidence.canonical.startswith(("http://", "https://")):
        return Found(evidence.canonical, "link")
    found = evidence.meta("og:url")
    return found if found is not None and found.value.startswith(("http://", "https://")) else None


def _tags(evidence: Evidence) -> tuple[tuple[str, ...], str]:
    """The publisher's own keywords."""
    things = next((thing.keywords for thing in evidence.things if thing.keywords), ())
    for origin, values in (
        ("citation_keywords", evidence.metas.get("citation_keywords", ())),
        ("article:tag", evidence.metas.get("article:tag", ())),
        ("keywords", evidence.metas.get("keywords", ()) + evidence.metas.get("news_keywords", ())),
        ("json-ld", things),
        ("dc.subject", evidence.metas.get("dc.subject", ()) + evidence.metas.get("dcterms.subject", ())),
    ):
        words = (" ".join(word.split()) for value in values for word in re.split(r"[,;]", value[:2_000]))
        distinct = {word.casefold(): word for word in words if 1 < len(word) <= 60}
        if distinct:
            return tuple(distinct.values())[:MOST_TAGS], origin
    return (), ""
