"""What kind of thing an address shows by itself: by the work it names, its site's plan, its path, its host."""

import re
from urllib.parse import urlsplit

from sourcebook import ids
from sourcebook.types.sources import SourceType

HEADLINE_WORDS = 4  # pages about products, people and projects have shorter names

_WORKS = {
    "arxiv": SourceType.PREPRINT, "doi": SourceType.PAPER, "pmid": SourceType.PAPER, "pmc": SourceType.PAPER,
    "isbn": SourceType.BOOK,
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
        (
            "forum forums thread threads topic pipermail mailman comments viewtopic.php showthread.php questions "
            "discussion discussions"
        ),
    ),
    (
        SourceType.BLOG_POST,
        "blog blogs weblog post posts p newsletter newsletters commentary opinion op-ed perspectives insights",
    ),
    (SourceType.DATASET, "dataset datasets data-sets data indicator indicators grapher explorer explorers"),
    (
        SourceType.TALK,
        (
            "video videos talk talks webinar webinars lecture lectures speech speeches presentation presentations "
            "slides slideshow webcast recordings invited-talk invited-talks keynote keynotes seminar seminars "
            "colloquium schedule session sessions"
        ),
    ),
    (SourceType.BOOK, "book books ebooks"),
    (
        SourceType.REPORT,
        (
            "report reports research-paper research-papers "
            "research-report research-reports research_reports whitepaper whitepapers white-paper "
            "white-papers policy-brief policy-briefs policy-paper policy-papers brief briefs issue-brief publication "
            "publications factsheets working-papers working_papers workingpapers research analysis study studies "
            "survey surveys pubs"
        ),
    ),
    (SourceType.PREPRINT, "preprint preprints"),
    (SourceType.PAPER, "paper papers proceedings thesis theses dissertation dissertations"),
    (
        SourceType.REFERENCE,
        (
            "wiki glossary encyclopedia encyclopaedia dictionary definition definitions docs documentation reference "
            "entries handbook manual faq terms word man man-pages"
        ),
    ),
    (SourceType.NEWS_ARTICLE, "news"),
    (SourceType.CODE, "repo repos repository artifact package packages crates"),
)
_WORDS = tuple((kind, frozenset(words.split())) for kind, words in _SEGMENTS)
_ENDINGS = {
    ".csv": SourceType.DATASET, ".xlsx": SourceType.DATASET, ".xls": SourceType.DATASET, ".parquet": SourceType.DATASET,
    ".tsv": SourceType.DATASET, ".mp3": SourceType.PODCAST, ".mp4": SourceType.TALK, ".pptx": SourceType.TALK,
    ".ipynb": SourceType.CODE, ".py": SourceType.CODE, ".epub": SourceType.BOOK, ".pdf": SourceType.REPORT,
}  # fmt: skip
_DATED = re.compile(r"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2])/")
_HOSTS = {
    "blog": SourceType.BLOG_POST, "blogs": SourceType.BLOG_POST, "newsletter": SourceType.BLOG_POST,
    "forum": SourceType.FORUM, "forums": SourceType.FORUM, "community": SourceType.FORUM,
    "discuss": SourceType.FORUM, "discourse": SourceType.FORUM, "lists": SourceType.FORUM, "groups": SourceType.FORUM,
    "learn": SourceType.REFERENCE, "developer": SourceType.REFERENCE, "developers": SourceType.REFERENCE,
    "manual": SourceType.REFERENCE, "help": SourceType.REFERENCE, "support": SourceType.REFERENCE,
    "git": SourceType.CODE, "gitlab": SourceType.CODE, "gist": SourceType.CODE, "reports": SourceType.REPORT,
    "pressroom": SourceType.PRESS_RELEASE, "investor": SourceType.PRESS_RELEASE,
    "investors": SourceType.PRESS_RELEASE,
    "docs": SourceType.REFERENCE, "wiki": SourceType.REFERENCE, "podcast": SourceType.PODCAST,
    "data": SourceType.DATASET, "news": SourceType.NEWS_ARTICLE, "press": SourceType.PRESS_RELEASE,
    "newsroom": SourceType.PRESS_RELEASE,
}  # fmt: skip
# Hosts that say what they hold, whoever they belong to.
_HOSTS_OF_THEIR_OWN = {
    "lists": SourceType.FORUM, "groups": SourceType.FORUM, "discourse": SourceType.FORUM, "git": SourceType.CODE,
    "gist": SourceType.CODE,
}  # fmt: skip
# Parts of sites that hold several kinds of things. The first pattern that fits decides.
_PLACES: dict[str, tuple[tuple[str, SourceType], ...]] = {
    "huggingface.co": (
        (r"/datasets/", SourceType.DATASET), (r"/blog/", SourceType.BLOG_POST), (r"/papers/", SourceType.PREPRINT),
        (r"/(?:docs|learn)/", SourceType.REFERENCE), (r"/(?:spaces/)?[^/]+/[^/]+", SourceType.CODE),
    ),
    "kaggle.com": ((r"/code/", SourceType.CODE), (r"/discussion", SourceType.FORUM)),
    "github.com": ((r"/[^/]+/[^/]+/(?:discussions|issues)/\d", SourceType.FORUM),),
    "git.kernel.org": ((r"/", SourceType.CODE),),
    "linkedin.com": (
        (r"/(?:in|company|school)/", SourceType.WEB_PAGE), (r"/pulse/", SourceType.BLOG_POST),
        (r"/posts/", SourceType.FORUM),
    ),
    "youtube.com": ((r"/(?:@|c/|channel/|user/)", SourceType.WEB_PAGE),),
    "law.cornell.edu": ((r"/wex/", SourceType.REFERENCE),),
    "lesswrong.com": ((r"/(?:w|tag)/", SourceType.REFERENCE),),
    "alignmentforum.org": ((r"/(?:w|tag)/", SourceType.REFERENCE),),
    "forum.effectivealtruism.org": ((r"/topics/", SourceType.REFERENCE),),
    "change.org": ((r"/p/", SourceType.WEB_PAGE),),
    "osf.io": ((r"/preprints/", SourceType.PREPRINT), (r"/[a-z0-9]{5}(?:/|$)", SourceType.DATASET)),
    "bbc.co.uk": ((r"/sounds/", SourceType.PODCAST),),
    "ourworldindata.org": ((r"/(?:grapher|explorers)/", SourceType.DATASET),),
    "nap.nationalacademies.org": ((r"/(?:catalog|read)/", SourceType.BOOK),),
}  # fmt: skip
_PLANS = {site: tuple((re.compile(path), kind) for path, kind in rules) for site, rules in _PLACES.items()}
_WIRE = re.compile(r"(?:news|access|business|press)wire\.")
_PRESS_ROOM = re.compile(r"news$|^news|press")
_MAILING_LIST = re.compile(r"/(?:pipermail|mailman|hyperkitty)/")
_PRESS_PART = re.compile(r"/[^/]*(?:newsroom|pressroom)/")
_SPOKEN = re.compile(r"(?:^|[-_])(?:lecture|seminar|keynote|colloquium)(?:$|[-_])")
_PERSONS = frozenset("user users profile profiles member members".split())
_DISCOURSE = re.compile(r"/t/[^/]+/\d+")
_ISBN = re.compile(r"(?<!\d)97[89]\d{10}(?!\d)")
_OWN_PAGES = frozenset("about about-us team people staff careers jobs contact contact-us donate pricing login".split())
_NO_ARTICLES = frozenset(
    """grants products product courses course companies organization organizations program programs projects project
    events event e tickets open-letter open-letters petitions""".split()
)
_TOLD = frozenset("lecture speech keynote talk webinar".split())
_HOME_OF_ONE = re.compile(r"/~[^/]+/?")
_REPORT = re.compile(r"(?:^|[-_])(?:report|whitepaper|white-paper|system-card|factsheet)(?:$|[-_])")


def by_plan(address: str) -> SourceType | None:
    """The type that the plan of a site tells, where it has parts for several; None for every other address."""
    parts = urlsplit(address)
    site = ids.registrable_domain(parts.hostname or "")
    host = (parts.hostname or "").removeprefix("www.")
    rules = _PLANS.get(host, _PLANS.get(site, ()))
    found = next((kind for pattern, kind in rules if pattern.match(parts.path)), None)
    if found is None and _MAILING_LIST.search(parts.path):
        found = SourceType.FORUM
    return found or _HOSTS_OF_THEIR_OWN.get(host.partition(".")[0])


def by_address(address: str) -> SourceType | None:
    """The type that an address tells by itself; None when it tells none."""
    work = ids.identifier_of(address)
    if work is not None:
        return _WORKS[work.partition(":")[0]]
    if is_home(address):
        return None
    parts = urlsplit(address)
    path = parts.path.lower()
    if (found := _by_segment(path) or _by_form(path)) is not None:
        return found
    host = parts.hostname or ""
    if _WIRE.search(host) or _PRESS_PART.search(path):
        return SourceType.PRESS_RELEASE
    if host.endswith(".fm"):
        return SourceType.PODCAST
    return _HOSTS.get(host.split(".")[0]) or (SourceType.BLOG_POST if _DATED.search(path) else None)


def _by_segment(path: str) -> SourceType | None:
    """By the words of the path, without its last part, which names the thing itself."""
    *segments, last = path.strip("/").split("/")
    found = next((kind for kind, words in _WORDS if words.intersection(segments)), None)
    if found is SourceType.REFERENCE and last.endswith(".pdf"):
        return SourceType.REPORT  # a file in a folder of documents
    if found is SourceType.BLOG_POST and _REPORT.search(last) and not {"blog", "posts", "p"}.intersection(segments):
        return SourceType.REPORT
    return SourceType.TALK if found is None and (last in _TOLD or _SPOKEN.search(last)) else found


def _by_form(path: str) -> SourceType | None:
    """By the ending of a file, a book's number, or the form of the addresses of a program for forums."""
    for ending, kind in _ENDINGS.items():
        if path.endswith(ending):
            return kind
    if _ISBN.search(path):
        return SourceType.BOOK
    if _REPORT.search(path.rstrip("/").rpartition("/")[2]):
        return SourceType.REPORT
    return SourceType.FORUM if _DISCOURSE.search(path) else None


def is_press_room(address: str) -> bool:
    """Does the host of a company say that it is for the press, "news.example.com", "examplenews.example.com"?"""
    return _PRESS_ROOM.search((urlsplit(address).hostname or "").split(".")[0]) is not None


def has_headline(address: str) -> bool:
    """Does the last part of a path read like a headline, in a part of the site that has others beside it?"""
    segments = urlsplit(address).path.strip("/").split("/")
    words = [word for word in re.split(r"[-_]", segments[-1]) if word.isalpha()]
    return len(segments) > 1 and len(words) >= HEADLINE_WORDS and not _NO_ARTICLES.intersection(segments)


def is_own_page(address: str) -> bool:
    """Is it a page of a site about itself: its home, or who they are?"""
    segments = urlsplit(address).path.lower().strip("/").split("/")
    own = is_home(address) or _HOME_OF_ONE.fullmatch(urlsplit(address).path) is not None
    if len(segments) == 2 and segments[0] in _PERSONS:
        return True
    return own or segments[0] in _OWN_PAGES or segments[-1] in _OWN_PAGES


def is_home(address: str) -> bool:
    """Is it the root of a site?"""
    parts = urlsplit(address)
    return parts.path in {"", "/"} and not parts.query
