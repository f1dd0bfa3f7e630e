"""A web page: its words, and what it says about itself. Each field is found by a file of its own."""

from sourcebook.errors import StepError
from sourcebook.extract.about import About
from sourcebook.extract.authors import find_authors
from sourcebook.extract.completeness import find_completeness
from sourcebook.extract.decode import readable
from sourcebook.extract.evidence import Evidence, Found, Several
from sourcebook.extract.guard import parse_markup
from sourcebook.extract.identifiers import find_identifiers
from sourcebook.extract.kinds import find_type
from sourcebook.extract.languages import find_language
from sourcebook.extract.particulars import find_canonical, find_description, find_licence, find_section, find_tags
from sourcebook.extract.published import find_modified, find_published
from sourcebook.extract.regions import find_regions
from sourcebook.extract.titles import find_site_name, find_title
from sourcebook.extract.traits import Said
from sourcebook.extract.walk import gather
from sourcebook.extract.words import main_text
from sourcebook.types.documents import Document


def read_page(body: bytes, about: About) -> Document:
    """The words of a page and its fields. Raises StepError when there is no page in these bytes."""
    tree, markup = parse_markup(readable(body, about))
    if tree is None:
        raise StepError(f"no page in what {about.url!r} sent", "fetch it again, or look at it in a browser")
    evidence = gather(tree, about.url)
    return _document(evidence, main_text(tree, markup, said_of(evidence)))


def said_of(evidence: Evidence) -> Said:
    """What tells the text from the rest of the page, besides its markup."""
    titles = [evidence.title, *evidence.metas.get("og:title", ())[:1]]
    kind = evidence.meta("og:type")
    types = tuple(kind for thing in evidence.things for kind in thing.types)
    description = evidence.meta("og:description", "description")
    return Said(
        evidence.url,
        " ".join(titles),
        kind.value.lower() if kind is not None else "",
        types,
        description.value if description is not None else "",
    )


def _document(evidence: Evidence, text: str) -> Document:
    title = find_title(evidence)
    beside = evidence.beside(title.value if title is not None else "")
    authors = find_authors(evidence, beside)
    kind, kind_origin = find_type(evidence)
    identifiers = find_identifiers(evidence, beside)
    found: dict[str, Found | None] = {
        "title": title,
        "published": find_published(evidence, beside),
        "modified": find_modified(evidence),
        "site_name": find_site_name(evidence),
        "language": find_language(evidence, text),
        "description": find_description(evidence),
        "canonical": find_canonical(evidence),
        "doi": identifiers.doi,
        "licence": find_licence(evidence),
        "section": find_section(evidence),
    }
    several: dict[str, Several | None] = {
        "authors": authors.all if authors is not None else None,
        "type": Several((kind,), kind_origin) if kind is not None else None,
        "identifiers": identifiers.all,
        "tags": find_tags(evidence),
    }
    value = {field: one.value if one is not None else "" for field, one in found.items()}
    values = {field: one.values if one is not None else () for field, one in several.items()}
    said = {field: one for field, one in (found | several).items() if one is not None}
    return Document(
        text=text,
        title=value["title"],
        authors=values["authors"],
        organisations=authors.organisations if authors is not None else (),
        published=value["published"],
        modified=value["modified"],
        site_name=value["site_name"],
        language=value["language"],
        description=value["description"],
        canonical=value["canonical"],
        type=kind,
        doi=value["doi"],
        identifiers=values["identifiers"],
        licence=value["licence"],
        section=value["section"],
        tags=values["tags"],
        completeness=find_completeness(evidence, text, kind),
        regions=find_regions(text),
        origins={field: one.origin for field, one in said.items()},
        confidences={field: one.confidence for field, one in said.items()},
        conflicts={field: one.conflicts for field, one in said.items() if one.conflicts},
    )
