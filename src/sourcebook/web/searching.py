"""What a reader types into the search box, as an address carries it. Pure."""

from collections.abc import Mapping
from urllib.parse import urlencode

from msgspec import Struct
from msgspec.structs import replace

from sourcebook.errors import UsageError

ROWS = 10
MOST_LETTERS = 1_000
MOST_PAGE = 20  # no search looks further down than 200 hits


class Search(Struct, frozen=True):
    """A question and the part of its answer that is shown."""

    typed: str = ""
    quote: bool = False  # which source says this, rather than what holds these words?
    page: int = 1
    rows: int = ROWS

    @property
    def offset(self) -> int:
        """How many sources stand on the pages before."""
        return (self.page - 1) * self.rows

    def address(self) -> str:
        """Where this search is found again."""
        said = {"q": self.typed}
        if self.quote:
            said["for"] = "quote"
        if self.page != 1:
            said["page"] = str(self.page)
        return f"/search?{urlencode(said)}"

    def at(self, page: int) -> "Search":
        """Another page of the same answer."""
        return replace(self, page=page)


def parse_search(said: Mapping[str, str]) -> Search:
    """Read the query of an address. Raises UsageError for what no search can be."""
    typed = " ".join(said.get("q", "").split())
    if len(typed) > MOST_LETTERS:
        raise UsageError(f"the search is {len(typed):,} letters long", f"look for at most {MOST_LETTERS:,} letters")
    page = said.get("page") or "1"
    if not (page.isascii() and page.isdecimal() and len(page) < 3 and 1 <= int(page) <= MOST_PAGE):
        raise UsageError(f"page {page[:40]!r} is not a number from 1 to {MOST_PAGE}", "try page=1")
    return Search(typed, said.get("for") == "quote", int(page))
