"""What kind of thing a page says that it is. None when it does not say: venue and address decide then, in `rate/`."""

from collections.abc import Iterator

from sourcebook.extract.evidence import Evidence, Found
from sourcebook.types.sources import SourceType

# schema.org's types that leave no doubt. `Article` is not among them: everybody uses it for everything.
_JSON_LD = {
    **dict.fromkeys(
        ("newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "backgroundnewsarticle",
         "reviewnewsarticle", "askpublicnewsarticle", "liveblogposting"), SourceType.NEWS_ARTICLE,
    ),
    **dict.fromkeys(("scholarlyarticle", "medicalscholarlyarticle", "thesis"), SourceType.PAPER),
    **dict.fromkeys(("discussionforumposting", "qapage"), SourceType.FORUM),
    **dict.fromkeys(("podcastepisode", "radioepisode"), SourceType.PODCAST),
    "blogposting": SourceType.BLOG_POST,
    "report": SourceType.REPORT,
    "book": SourceType.BOOK,
    "dataset": SourceType.DATASET,
    "softwaresourcecode": SourceType.CODE,
    "pressrelease": SourceType.PRESS_RELEASE,
    "definedterm": SourceType.REFERENCE,
    "legislation": SourceType.GOVERNMENT,
}  # fmt: skip
_PREPRINT_SERVERS = frozenset(
    """arxiv biorxiv medrxiv chemrxiv techrxiv psyarxiv socarxiv eartharxiv edarxiv engrxiv osf osfpreprints preprints
    preprintsorg researchsquare ssrn ssrnelectronicjournal zenodo authorea hal""".split()
)
_SCHOLARLY = {
    "citation_journal_title": SourceType.PAPER,
    "citation_conference_title": SourceType.PAPER,
    "citation_conference": SourceType.PAPER,
    "citation_dissertation_institution": SourceType.PAPER,
    "citation_technical_report_institution": SourceType.REPORT,
    "citation_inbook_title": SourceType.BOOK,
    "prism.publicationname": SourceType.PAPER,
}
_DUBLIN_CORE = {
    "dataset": SourceType.DATASET,
    "report": SourceType.REPORT,
    "technicalreport": SourceType.REPORT,
    "book": SourceType.BOOK,
    "software": SourceType.CODE,
    "preprint": SourceType.PREPRINT,
    "article": SourceType.PAPER,
    "journalarticle": SourceType.PAPER,
    "researcharticle": SourceType.PAPER,
    "conferencepaper": SourceType.PAPER,
    "thesis": SourceType.PAPER,
    "pressrelease": SourceType.PRESS_RELEASE,
}
_OPEN_GRAPH = {"book": SourceType.BOOK, "books.book": SourceType.BOOK, "podcast.episode": SourceType.PODCAST}


def find_type(evidence: Evidence) -> tuple[SourceType | None, str]:
    """The type and where it was read; (None, "") when the page does not say."""
    return next(_said(evidence), (None, ""))


def _said(evidence: Evidence) -> Iterator[tuple[SourceType, str]]:
    """Every type that the page gives itself, in the order of trust."""
    if (preprint := _preprint(evidence)) is not None:
        yield SourceType.PREPRINT, preprint.origin
    yield from ((kind, name) for name, kind in _SCHOLARLY.items() if name in evidence.metas)
    yield from ((_JSON_LD[said], "json-ld") for thing in evidence.things for said in thing.types if said in _JSON_LD)
    dublin = evidence.meta("dc.type", "dcterms.type", "citation_article_type")
    if dublin is not None and _fold(dublin.value) in _DUBLIN_CORE:
        yield _DUBLIN_CORE[_fold(dublin.value)], dublin.origin
    graph = evidence.meta("og:type")
    if graph is not None and graph.value.lower() in _OPEN_GRAPH:
        yield _OPEN_GRAPH[graph.value.lower()], graph.origin


def _preprint(evidence: Evidence) -> Found | None:
    """The tag that says preprint: an arXiv number, or a preprint server in the journal's place."""
    if (arxiv := evidence.meta("citation_arxiv_id")) is not None:
        return arxiv
    for name in ("citation_journal_title", "citation_publisher", "dc.publisher", "og:site_name"):
        for value in evidence.metas.get(name, ()):
            if _fold(value) in _PREPRINT_SERVERS and any(tag.startswith("citation_") for tag in evidence.metas):
                return Found(value, name)
    return None


def _fold(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
