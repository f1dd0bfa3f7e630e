"""What kind of thing a source is: what a person said, then its own page, an import, its venue, its address."""

import re
from urllib.parse import urlsplit

from sourcebook import ids
from sourcebook.types import Document, Imported, Review, SourceType, Venue

# Words of other systems that tell something. "web" and "article" do not.
_FOREIGN = {
    "news": SourceType.NEWS_ARTICLE, "newspaper": SourceType.NEWS_ARTICLE, "magazine": SourceType.NEWS_ARTICLE,
    "article-newspaper": SourceType.NEWS_ARTICLE, "article-magazine": SourceType.NEWS_ARTICLE,
    "journal": SourceType.PAPER, "journal article": SourceType.PAPER, "article-journal": SourceType.PAPER,
    "academic paper": SourceType.PAPER, "academic": SourceType.PAPER, "conference paper": SourceType.PAPER,
    "paper-conference": SourceType.PAPER, "thesis": SourceType.PAPER,
    "white paper": SourceType.REPORT, "whitepaper": SourceType.REPORT, "working paper": SourceType.PREPRINT,
    "blog": SourceType.BLOG_POST, "post": SourceType.BLOG_POST, "post-weblog": SourceType.BLOG_POST,
    "legislation": SourceType.GOVERNMENT, "law": SourceType.GOVERNMENT, "bill": SourceType.GOVERNMENT,
    "encyclopedia": SourceType.REFERENCE, "wiki": SourceType.REFERENCE, "documentation": SourceType.REFERENCE,
    "docs": SourceType.REFERENCE, "video": SourceType.TALK, "lecture": SourceType.TALK, "speech": SourceType.TALK,
    "interview": SourceType.TALK, "presentation": SourceType.TALK, "repository": SourceType.CODE,
    "software": SourceType.CODE, "data": SourceType.DATASET,
}  # fmt: skip
_WORKS = {
    "arxiv": SourceType.PREPRINT, "doi": SourceType.PAPER, "pmid": SourceType.PAPER, "pmc": SourceType.PAPER,
    "isbn": SourceType.BOOK,
}  # fmt: skip
# What stands at the root of such a venue is the venue itself, not one of its articles.
_ARTICLES = {
    SourceType.NEWS_ARTICLE, SourceType.BLOG_POST, SourceType.PAPER, SourceType.PREPRINT, SourceType.TALK,
    SourceType.PODCAST, SourceType.BOOK, SourceType.PRESS_RELEASE, SourceType.CODE, SourceType.DATASET,
}  # fmt: skip
# A segment of the path that says what stands below it. The first rule that finds one decides.
_SEGMENTS: tuple[tuple[SourceType, str], ...] = (
    (
        SourceType.PRESS_RELEASE,
        (
            "press press-release press-releases press_release press_releases pressrelease pressreleases press-room "
            "pressroom press-center press-centre newsroom news-release news-releases media-release media-releases"
        ),
    ),
    (SourceType.PODCAST, "podcast podcasts episode episodes"),
    (
        SourceType.FORUM,
        "forum forums thread threads topic viewtopic.php showthread.php questions discussion discussions",
    ),
    (
        SourceType.BLOG_POST,
        "blog blogs weblog post posts p newsletter newsletters commentary opinion op-ed perspectives insights",
    ),
    (SourceType.DATASET, "dataset datasets data-sets"),
    (SourceType.TALK, "video videos talk talks webinar webinars lecture lectures speech speeches"),
    (SourceType.BOOK, "book books ebooks"),
    (
        SourceType.REPORT,
        (
            "report reports research-report research-reports research_reports whitepaper whitepapers white-paper "
            "white-papers policy-brief policy-briefs policy-paper policy-papers brief briefs issue-brief publication "
            "publications factsheets working-papers working_papers workingpapers research analysis study studies "
            "survey surveys pubs"
        ),
    ),
    (SourceType.PAPER, "paper papers proceedings preprints"),
    (
        SourceType.REFERENCE,
        (
            "wiki glossary encyclopedia encyclopaedia dictionary definition definitions docs documentation reference "
            "entries handbook manual faq terms"
        ),
    ),
    (SourceType.NEWS_ARTICLE, "news"),
    (SourceType.CODE, "repo repos repository"),
)
_WORDS = tuple((kind, frozenset(words.split())) for kind, words in _SEGMENTS)
# Whoever is no newsroom calls his own posts news.
_NEWSROOMS = {"news", "magazine", "trade press", "fact checker", "university"}
_ENDINGS = {
    ".csv": SourceType.DATASET, ".xlsx": SourceType.DATASET, ".xls": SourceType.DATASET, ".parquet": SourceType.DATASET,
    ".tsv": SourceType.DATASET, ".mp3": SourceType.PODCAST, ".mp4": SourceType.TALK, ".pptx": SourceType.TALK,
    ".ipynb": SourceType.CODE, ".py": SourceType.CODE, ".epub": SourceType.BOOK, ".pdf": SourceType.REPORT,
}  # fmt: skip
_DATED = re.compile(r"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2])/")
_HOSTS = {
    "blog": SourceType.BLOG_POST, "blogs": SourceType.BLOG_POST, "newsletter": SourceType.BLOG_POST,
    "forum": SourceType.FORUM, "forums": SourceType.FORUM, "community": SourceType.FORUM,
    "docs": SourceType.REFERENCE, "wiki": SourceType.REFERENCE, "podcast": SourceType.PODCAST,
    "data": SourceType.DATASET, "news": SourceType.NEWS_ARTICLE, "press": SourceType.PRESS_RELEASE,
    "newsroom": SourceType.PRESS_RELEASE,
}  # fmt: skip


def source_type(
    url: str, venue: Venue | None, document: Document | None, imported: Imported | None, review: Review | None
) -> tuple[SourceType, str]:
    """The type of a source, and where it was read."""
    if review is not None and str(review.value) in list(SourceType):
        return SourceType(str(review.value)), "review"
    if document is not None and document.type is not None:
        return document.type, (document.origins or {}).get("type", "page")
    said = type_in_words(imported.type if imported else "")
    always = venue.source_type if venue else None
    if said is not None:
        # "paper" is what most systems call a preprint as well
        return (SourceType.PREPRINT if (said, always) == (SourceType.PAPER, SourceType.PREPRINT) else said), "imported"
    address = ids.original_url(url) or ""
    if always is not None and not (always in _ARTICLES and _is_home(address)):
        return always, "venue"
    found = by_address(address)
    if found is SourceType.NEWS_ARTICLE and venue is not None and venue.type not in _NEWSROOMS:
        found = SourceType.BLOG_POST
    return (SourceType.WEB_PAGE, "nothing said more") if found is None else (found, "address")


def by_address(address: str) -> SourceType | None:
    """The type that an address tells by itself; None when it tells none."""
    work = ids.identifier_of(address)
    if work is not None:
        return _WORKS[work.partition(":")[0]]
    if _is_home(address):
        return None
    parts = urlsplit(address)
    path = parts.path.lower()
    segments = set(path.split("/")[:-1]) if not path.endswith("/") else set(path.strip("/").split("/")[:-1])
    for kind, words in _WORDS:
        if segments & words:
            return kind
    for ending, kind in _ENDINGS.items():
        if path.endswith(ending):
            return kind
    if (kind_of_host := _HOSTS.get((parts.hostname or "").split(".")[0])) is not None:
        return kind_of_host
    return SourceType.BLOG_POST if _DATED.search(path) else None


def _is_home(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in {"", "/"} and not parts.query


def type_in_words(word: str) -> SourceType | None:
    """What another system's word for a type means to us; None when it tells nothing."""
    word = word.strip().lower().replace("_", " ")
    if word in list(SourceType):
        return None if word == SourceType.WEB_PAGE else SourceType(word)
    return _FOREIGN.get(word)
