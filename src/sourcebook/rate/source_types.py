"""What kind of thing a source is: what a person said, then its own page, an import, its venue, its address."""

from sourcebook import ids
from sourcebook.rate.address_types import by_address, by_plan, has_headline, is_own_page, is_press_room
from sourcebook.types.documents import Confidence, Document
from sourcebook.types.ratings import Venue
from sourcebook.types.reviews import Review
from sourcebook.types.sources import Imported, SourceType

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
# What stands at the root of such a venue is the venue itself, not one of its articles.
_ARTICLES = {
    SourceType.NEWS_ARTICLE, SourceType.BLOG_POST, SourceType.PAPER, SourceType.PREPRINT, SourceType.TALK,
    SourceType.PODCAST, SourceType.BOOK, SourceType.PRESS_RELEASE, SourceType.CODE, SourceType.DATASET,
}  # fmt: skip
# Whoever is no newsroom calls his own posts news.
_NEWSROOMS = {"news", "magazine", "trade press", "fact checker", "university"}
# What an address says of itself outranks what a newsroom's or a blog's templates say of everything that they publish.
_SPECIFIC = {SourceType.PODCAST, SourceType.PRESS_RELEASE, SourceType.TALK, SourceType.REFERENCE}
_UNTOLD = {None, SourceType.BLOG_POST}
# What a headline is the headline of, by who publishes it; of all others it is a post.
_POSTS = {
    "think tank": SourceType.REPORT, "research institute": SourceType.REPORT, "market research": SourceType.REPORT,
    "consultancy": SourceType.REPORT, "statistics": SourceType.REPORT, "university": SourceType.NEWS_ARTICLE,
    "prediction market": SourceType.FORUM,
}  # fmt: skip
_NOTHING = "default"
_TEMPLATES = {SourceType.NEWS_ARTICLE, SourceType.BLOG_POST, None}


def source_type(
    url: str, venue: Venue | None, document: Document | None, imported: Imported | None, review: Review | None
) -> tuple[SourceType, str]:
    """The type of a source, and where it was read."""
    if review is not None and str(review.value) in list(SourceType):
        return SourceType(str(review.value)), "review"
    page, page_origin = _of_page(document)
    if page is not None and page is not SourceType.NEWS_ARTICLE:
        return _on_server(page, venue), page_origin
    said = type_in_words(imported.type if imported else "")
    if said is not None:
        return _on_server(said, venue), "bibliography" if imported and imported.in_bibliography else "imported"
    found, why = _of_place(ids.original_url(url) or "", venue)
    if page is None and why == _NOTHING and _is_signed(document, venue):
        return SourceType.BLOG_POST, "byline"
    if page is None or why == "venue" or found in _SPECIFIC or (why == "address" and _is_no_newsroom(venue)):
        return found, why
    # Everybody's templates say NewsArticle: of a newsroom it is true, of others it tells that this is a post.
    return (SourceType.BLOG_POST if _is_no_newsroom(venue) else page), page_origin


def _on_server(said: SourceType, venue: Venue | None) -> SourceType:
    """What a preprint server holds is a preprint, though most call it a paper, and some a report."""
    is_server = venue is not None and venue.source_type is SourceType.PREPRINT
    return SourceType.PREPRINT if is_server and said in {SourceType.PAPER, SourceType.REPORT} else said


def _is_no_newsroom(venue: Venue | None) -> bool:
    return venue is not None and venue.type not in _NEWSROOMS


def _is_signed(document: Document | None, venue: Venue | None) -> bool:
    """Does somebody answer for it, on a day? Pages of a site about itself have neither; known venues sign with their
    own name."""
    if document is None or document.confidences.get("published") is not Confidence.HIGH:
        return False
    return venue is not None or bool(set(document.authors) - set(document.organisations))


def _of_page(document: Document | None) -> tuple[SourceType | None, str]:
    if document is None or document.type is None:
        return None, ""
    return document.type, (document.origins or {}).get("type", "page")


def _of_place(address: str, venue: Venue | None) -> tuple[SourceType, str]:
    """By the venue, where everything that it publishes is of one type, and by the address."""
    always = venue.source_type if venue else None
    planned, found = by_plan(address), by_address(address)
    if planned is not None:
        return planned, "address"
    if found in _SPECIFIC and always in _TEMPLATES:
        return found, "address"
    if always is not None and not (always in _ARTICLES and is_own_page(address)):
        return always, "venue"
    if found in _TEMPLATES and venue is not None and venue.type == "company" and is_press_room(address):
        found = SourceType.PRESS_RELEASE
    if found is SourceType.NEWS_ARTICLE and _is_no_newsroom(venue):
        found = SourceType.BLOG_POST
    if found in _UNTOLD and venue is not None and has_headline(address):
        found = _POSTS.get(venue.type, SourceType.BLOG_POST)
    return (SourceType.WEB_PAGE, _NOTHING) if found is None else (found, "address")


def type_in_words(word: str) -> SourceType | None:
    """What another system's word for a type means to us; None when it tells nothing."""
    word = word.strip().lower().replace("_", " ")
    if word in list(SourceType):
        return None if word == SourceType.WEB_PAGE else SourceType(word)
    return _FOREIGN.get(word)
