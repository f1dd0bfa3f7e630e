"""`sourcebook links`: are the links of some pages alive? Nothing is kept."""

from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from typing import Unpack

import click
import msgspec

from sourcebook import ids
from sourcebook.cli.asking import Flags, asking_config, asking_options, open_web
from sourcebook.cli.named_pages import NamedPages
from sourcebook.cli.options import json_option, library_option, print_json
from sourcebook.errors import ExitCode
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Fetched, NotAsked, Wanted
from sourcebook.types.pages import ParsedPage

_BROKEN = frozenset({Outcome.GONE, Outcome.SOFT_GONE, Outcome.PARKED, Outcome.UNREACHABLE})
_THERE = frozenset({Outcome.OK, Outcome.PAYWALLED, Outcome.THIN, Outcome.WRONG_TYPE})


class LinkLine(msgspec.Struct):
    """One address as `links --json` prints it."""

    url: str
    link: str
    outcome: Outcome | None
    reason: str
    status: int | None
    final_url: str | None
    places: list[str]


class _Links:
    """The addresses of some pages, each once, in the order in which they are met: the first are asked for while the
    other pages are read."""

    def __init__(self, pages: Iterator[ParsedPage]) -> None:
        self.places: dict[str, list[str]] = {}  # by the address to ask for
        self._pages = pages
        self._met: deque[Wanted] = deque()  # and not yet handed on

    def wanted(self) -> Iterator[Wanted]:
        """Each address; pages are read as they are needed."""
        while self._met or self._read_page():
            while self._met:
                yield self._met.popleft()

    def read_all(self) -> None:
        """Read the pages that are left: nothing can be said of an address before all its places are known."""
        while self._read_page():
            pass

    def _read_page(self) -> bool:
        page = next(self._pages, None)
        if page is None:
            return False
        for citation in page.citations:
            if citation.url:
                url = ids.request_url(citation.url) or citation.url
                if url not in self.places:
                    self.places[url] = []
                    self._met.append(Wanted(url, citation.url))
                self.places[url].append(f"{page.page.path}:{citation.line}:{citation.column}")
        return True


@click.command("links")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@asking_options
@library_option
@json_option
def command(paths: tuple[Path, ...], library: Path | None, as_json: bool, **flags: Unpack[Flags]) -> int:
    """Check every link in the pages of PATHS (files or folders), and list those that are broken.

    Each address is asked for once, as a link checker does: nothing is kept, so robots.txt is not asked for. Broken is
    what is gone, answers with an error page, is parked or gives no answer. A login, a bot wall or a refusal says
    nothing about a link, and is counted as unknown. With --json, one object an address, whatever came: url, link
    (broken, there, unknown or not asked), outcome, reason, status, final_url, places.

    Exit codes: 0 no broken link, 2 broken links, 1 nobody could be asked, 3 no pages.

    \b
    Examples:
      sourcebook links docs/
      sourcebook links docs/page.md --deadline 10 --json
    """
    config = asking_config(library, flags)
    pages = NamedPages(paths, claims=False)
    links = _Links(iter(pages))
    counts: Counter[str] = Counter()
    for line in _lines(links, open_web(config, links_only=True).fetch(links.wanted())):
        counts[line.link] += 1
        if as_json:
            print_json([line])
        elif line.link == "broken":
            for place in line.places:
                click.echo(f"{place}: {line.outcome}: {line.url} ({line.reason})")
    uses = sum(map(len, links.places.values()))
    said = ", ".join(f"{counts[link]:,} {link}" for link in ("there", "broken", "unknown", "not asked"))
    click.echo(f"{uses:,} links to {len(links.places):,} addresses: {said}{pages.not_read()}", err=True)
    if counts["broken"]:
        return ExitCode.FINDINGS
    return ExitCode.BROKE if counts["not asked"] and not (counts["there"] + counts["unknown"]) else ExitCode.CLEAN


def _lines(links: _Links, answers: Iterator[object]) -> Iterator[LinkLine]:
    for answer in answers:
        links.read_all()
        if isinstance(answer, Fetched):
            link = "broken" if answer.outcome in _BROKEN else "there" if answer.outcome in _THERE else "unknown"
            known = (answer.outcome, answer.reason, answer.status, answer.final_url)
            yield LinkLine(answer.url, link, *known, links.places[answer.source_id])
        elif isinstance(answer, NotAsked):
            yield LinkLine(answer.url, "not asked", None, answer.why, None, None, links.places[answer.source_id])
