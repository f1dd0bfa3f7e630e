"""What lists there are: their columns, the filters that narrow them, and the order that a reader wants first. Data."""

from enum import StrEnum

from msgspec import Struct

from sourcebook.store import UNRATED
from sourcebook.types.captures import LinkState, Outcome
from sourcebook.types.findings import IN_PAGES
from sourcebook.types.listings import UNJUDGED, Reviewed
from sourcebook.types.sources import SourceType
from sourcebook.types.verdicts import Support, UnjudgedReason


class ListName(StrEnum):
    """The lists of a library."""

    SOURCES = "sources"
    VENUES = "venues"
    PAGES = "pages"
    CLAIMS = "claims"
    CAPTURES = "captures"
    PROBLEMS = "problems"


class Column(Struct, frozen=True):
    """A column to show and to sort by, and the direction that a reader wants first."""

    name: str
    words: str
    first: str = ""  # "" ascending, "-" descending
    usual: bool = True  # shown when nobody chose columns
    number: bool = False


class Kind(StrEnum):
    """How a filter is asked for."""

    CHOICE = "choice"
    TEXT = "text"
    DATE = "date"
    ID = "id"  # comes by a link, and is carried along


class Filter(Struct, frozen=True):
    """Something that narrows a list."""

    name: str
    words: str
    kind: Kind = Kind.CHOICE
    choices: tuple[str, ...] = ()
    more: bool = False  # shown when somebody asks for more filters


class Catalogue(Struct, frozen=True):
    """One list."""

    name: ListName
    noun: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    sort: str
    counted: str = ""  # how its rows are counted, where one thing may have several

    @property
    def path(self) -> str:
        """Where it stands in the web app."""
        return f"/{self.name}"

    def column(self, name: str) -> Column | None:
        """A column by its name."""
        return next((column for column in self.columns if column.name == name), None)

    def filter(self, name: str) -> Filter | None:
        """A filter by its name."""
        return next((one for one in self.filters if one.name == name), None)


_CREDIBILITY = Filter("credibility", "Credibility", choices=("5", "4", "3", "2", "1", UNRATED))
_STATE = Filter("state", "Link", choices=tuple(LinkState))
_TYPE = Filter("type", "Type", choices=tuple(SourceType))
_OUTCOME = Filter("outcome", "Last answer", choices=tuple(Outcome))
_VERDICTS = (*Support, UNJUDGED)
_VENUE = Filter("venue", "Venue", Kind.ID)
_SOURCE = Filter("source", "Source", Kind.ID)
_ON_PAGE = Filter("cited_by", "Page", Kind.ID)
_TAG = Filter("tag", "Tag", Kind.TEXT, more=True)
_SINCE, _UNTIL = (Filter(name, words, Kind.DATE, more=True) for name, words in (("since", "From"), ("until", "To")))

SOURCES = Catalogue(
    ListName.SOURCES,
    "source",
    (
        Column("title", "Source"),
        Column("type", "Type"),
        Column("venue", "Venue"),
        Column("credibility", "Credibility", "-"),
        Column("importance", "Importance", "-", number=True),
        Column("pages", "Pages", "-", number=True),
        Column("state", "Link"),
        Column("captured_at", "Captured", "-"),
        Column("domain", "Domain", usual=False),
        Column("outcome", "Last answer", usual=False),
    ),
    (
        Filter("words", "Title or address contains", Kind.TEXT),
        _TYPE,
        _CREDIBILITY,
        _STATE,
        Filter("verdict", "With a claim", choices=_VERDICTS, more=True),
        Filter("outcome", "Last answer", choices=tuple(Outcome), more=True),
        Filter("captured", "Copy", choices=("yes", "no"), more=True),
        _TAG,
        _SINCE,
        _UNTIL,
        _VENUE,
        _ON_PAGE,
        Filter("domain", "Domain", Kind.ID),
    ),
    "-importance",
)
CLAIMS = Catalogue(
    ListName.CLAIMS,
    "claim",
    (
        Column("text", "Claim"),
        Column("verdict", "Verdict"),
        Column("source", "Source"),
        Column("credibility", "Credibility", "-"),
        Column("state", "Link", usual=False),
        Column("confidence", "Chance it holds", number=True),
        Column("importance", "Importance", "-", usual=False, number=True),
        Column("page", "Page"),
    ),
    (
        Filter("words", "Claim, page or source contains", Kind.TEXT),
        Filter("verdict", "Verdict", choices=_VERDICTS),
        _CREDIBILITY,
        Filter("review", "Review", choices=("none", *Reviewed)),
        Filter("reason", "Why unjudged", choices=tuple(UnjudgedReason), more=True),
        Filter("type", "Type of source", choices=tuple(SourceType), more=True),
        Filter("state", "Link", choices=tuple(LinkState), more=True),
        Filter("quote", "Quote", choices=("altered",), more=True),
        _TAG,
        _VENUE,
        _SOURCE,
        _ON_PAGE,
    ),
    "page",
    "counted once for each of their sources",
)
PAGES = Catalogue(
    ListName.PAGES,
    "page",
    (
        Column("title", "Page"),
        Column("type", "Type"),
        Column("quality", "Quality", "-", number=True),
        Column("claims", "Claims", "-", number=True),
        Column("supported", "Supported", "-", number=True),
        Column("partial", "Partial", "-", number=True),
        Column("flagged", "Flagged", "-", number=True),
        Column("unjudged", "Unjudged", "-", number=True),
        Column("strong", "On 4 or more", "-", usual=False, number=True),
        Column("sources", "Sources", "-", number=True),
        Column("unrated", "Unrated", "-", number=True),
        Column("dead", "Dead", "-", number=True),
        Column("path", "Path", usual=False),
    ),
    (
        Filter("words", "Title or path contains", Kind.TEXT),
        Filter("with", "With", choices=("flagged", "unjudged", "partial", "unrated", "dead")),
        Filter("type", "Type", Kind.TEXT, more=True),
        _TAG,
        _SOURCE,
    ),
    "path",
)
CAPTURES = Catalogue(
    ListName.CAPTURES,
    "capture",
    (
        Column("checked_at", "Asked", "-"),
        Column("address", "Address"),
        Column("outcome", "Outcome"),
        Column("status", "Status", number=True),
        Column("media_type", "Kind"),
        Column("size_bytes", "Size", "-", number=True),
        Column("origin", "From"),
    ),
    (
        Filter("words", "Address contains", Kind.TEXT),
        Filter("outcome", "Outcome", choices=tuple(Outcome)),
        _SINCE,
        _UNTIL,
        Filter("status", "Status", Kind.TEXT, more=True),
        Filter("origin", "From", Kind.TEXT, more=True),
        Filter("media_type", "Kind", Kind.TEXT, more=True),
        _SOURCE,
        _VENUE,
        _ON_PAGE,
    ),
    "-checked_at",
)
VENUES = Catalogue(
    ListName.VENUES,
    "venue",
    (
        Column("name", "Venue"),
        Column("type", "Type"),
        Column("credibility", "Credibility", "-"),
        Column("sources", "Sources", "-", number=True),
        Column("captured", "With a copy", "-", number=True),
        Column("dead", "Dead", "-", number=True),
        Column("pages", "Citing pages", "-", usual=False, number=True),
    ),
    (
        Filter("words", "Name or address contains", Kind.TEXT),
        Filter("credibility", "Credibility", choices=("5", "4", "3", "2", "1", UNRATED)),
        Filter("held", "With sources here", choices=("yes", "no")),
        Filter("type", "Type", Kind.TEXT, more=True),
    ),
    "-sources",
)
PROBLEMS = Catalogue(
    ListName.PROBLEMS,
    "problem",
    (Column("risk", "Risk"),),
    (
        Filter(
            "rule",
            "Kind",
            choices=(
                "contradicted", "retracted", "altered-quote", "number-not-in-source", "unsupported", "dead-link",
                "wrong-work", *IN_PAGES,
                "low-credibility", "suspect-link", "unjudged",
            ),
        ),
        Filter("reason", "Why unjudged", choices=tuple(UnjudgedReason)),
    ),
    "risk",
)  # fmt: skip
CATALOGUES = {one.name: one for one in (SOURCES, VENUES, PAGES, CLAIMS, CAPTURES)}
