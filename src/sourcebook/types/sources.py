"""What is cited, once, however it is linked."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class SourceType(StrEnum):
    """What kind of thing a source is."""

    NEWS_ARTICLE = "news article"
    PAPER = "paper"
    PREPRINT = "preprint"
    REPORT = "report"
    BLOG_POST = "blog post"
    GOVERNMENT = "government"
    REFERENCE = "reference"
    BOOK = "book"
    TALK = "talk"
    PODCAST = "podcast"
    DATASET = "dataset"
    CODE = "code"
    FORUM = "forum"
    PRESS_RELEASE = "press release"
    WEB_PAGE = "web page"


class Imported(Struct, frozen=True):
    """What another system, or a bibliography of the pages, said about a source. Kept as it came; ours and a person's
    word are kept beside it."""

    title: str = ""
    type: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""  # ISO 8601, to the precision that was given
    summary: str = ""
    key_points: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    origin: str = ""  # the file that it came from
    container: str = ""  # the journal, the proceedings or the book that it stands in
    in_bibliography: bool = False  # is it an entry of a bibliography, and no record that was imported?


class Source(Struct, frozen=True):
    """The thing cited, once, however it is linked."""

    id: str  # Resource ID of the first address under which we met it
    stable_id: str
    match_key: str
    url: str  # as first cited
    added_at: datetime
    aliases: tuple[str, ...] = ()  # every other address seen for it, and foreign ids that were imported
    imported: Imported | None = None

    @property
    def container(self) -> str:
        """The journal, the proceedings or the book that it stands in, as a bibliography names it; "" when none does."""
        return self.imported.container if self.imported is not None else ""
