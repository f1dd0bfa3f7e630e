"""What stands at each address: read the request, ask the records one thing, say how it is shown."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

from msgspec import Struct, field
from starlette.requests import Request

from sourcebook.check import Reported
from sourcebook.errors import NotFoundError, UsageError
from sourcebook.export.citing import cite_on_record
from sourcebook.records import (
    CATALOGUES,
    PROBLEMS,
    Catalogue,
    ListName,
    PageClaim,
    Records,
    View,
    parse_exact_view,
    parse_view,
)
from sourcebook.types.findings import Rule
from sourcebook.web.charts import MOST_BUILDS, charts_of
from sourcebook.web.page_text import parse_page
from sourcebook.web.passages import lines_of
from sourcebook.web.searching import parse_search


class Shown(Struct, frozen=True):
    """One value of the records. Programs get it as it is, people through a template with what it needs besides."""

    value: object
    template: str
    name: str  # of the value, in the template
    besides: Mapping[str, object] = field(default_factory=dict)
    scripted: bool = False  # does it load our script? It works without


class Moved(Struct, frozen=True):
    """What was asked for is known, and has an address of its own."""

    address: str


_LISTS = frozenset(of.path for of in (*CATALOGUES.values(), PROBLEMS))
Look = Callable[[Records, Request], Shown | Moved]


def front(records: Records, _: Request) -> Shown:
    """The library at a glance."""
    builds = records.builds(MOST_BUILDS)
    return Shown(records.overview(), "front.html", "overview", {"charts": charts_of(builds), "builds": builds})


def listed(of: Catalogue) -> Look:
    """What stands at the address of a list: one page of it."""

    def look(records: Records, request: Request) -> Shown | Moved:
        said = request.query_params.multi_items()
        asked = _asked(of, request)
        if not _is_for_programs(request) and _is_long(said):
            return Moved(asked.address())  # a form says everything that it has; the address that is shared does not
        facets = records.facets() if of.name is ListName.SOURCES else {}
        found = records.list_rows(asked)
        besides = {"asked": asked, "facets": facets, "names": records.names(asked), "last": asked.pages(found.total)}
        return Shown(found, "list.html", "found", besides)

    return look


def problems(records: Records, request: Request) -> Shown | Moved:
    """The work queue."""
    said = request.query_params.multi_items()
    asked = _asked(PROBLEMS, request)
    if not _is_for_programs(request) and _is_long(said):
        return Moved(asked.address())
    queue = records.queue(asked)
    besides = {"asked": asked, "waiting": queue.waiting, "last": asked.pages(queue.page.total)}
    return Shown(queue.page, "problems.html", "found", besides, scripted=True)


def _asked(of: Catalogue, request: Request) -> View:
    parse = parse_exact_view if _is_for_programs(request) else parse_view
    return parse(of, request.query_params.multi_items())


def _is_for_programs(request: Request) -> bool:
    return request.url.path.endswith(".json")


def _is_long(said: Sequence[tuple[str, str]]) -> bool:
    return any(not value for _, value in said) or len({name for name, _ in said}) < len(said)


def source(records: Records, request: Request) -> Shown | Moved:
    """Everything about one source."""
    any_id = read_id(request)
    record = records.record(any_id)
    if any_id != record.id:
        return Moved(f"/sources/{record.id}")
    return Shown(record, "source.html", "record", {"cited": cite_on_record(record)})


def text(records: Records, request: Request) -> Shown:
    """The words that were read in a source's kept copy, with the passage that was asked for."""
    found = records.text(read_id(request))
    start, end = (_offset(request, name) for name in ("start", "end"))
    return Shown(found, "text.html", "found", {"lines": lines_of(found.text, start, end)})


def search(records: Records, request: Request) -> Shown:
    """What holds the words that were typed, or which source says them."""
    asked = parse_search(request.query_params)
    if not asked.typed:
        return Shown(None, "search.html", "found", {"asked": asked})
    if asked.quote:
        return Shown(records.who_says(asked.typed), "quoted.html", "found", {"asked": asked})
    return Shown(records.search(asked.typed, asked.rows, asked.offset), "search.html", "found", {"asked": asked})


def captures(records: Records, request: Request) -> Shown | Moved:
    """Every attempt to get a source, and a choice of two to compare."""
    record = records.record(any_id := read_id(request))
    if any_id != record.id:
        return Moved(f"/sources/{record.id}/captures")
    rows = records.captures(record.id)
    return Shown(rows, "captures.html", "rows", {"record": record, "readable": [row for row in rows if row.words]})


def changes(records: Records, request: Request) -> Shown:
    """What changed between two captures of a source."""
    said = request.query_params
    return Shown(records.changes(read_id(request), said.get("from", ""), said.get("to", "")), "changes.html", "found")


def venue(records: Records, request: Request) -> Shown:
    """A venue and what it published."""
    found = records.venue(read_id(request))
    asked = View(CATALOGUES[ListName.SOURCES], filters=(("venue", found.venue.id),))
    return Shown(found, "venue.html", "found", {"asked": asked})


def page(records: Records, request: Request) -> Shown | Moved:
    """A page and what it cites."""
    any_id = read_id(request)
    found = records.page(any_id)
    if any_id != found.page.id:
        return Moved(f"/pages/{found.page.id}")
    return Shown(
        found,
        "page.html",
        "found",
        {"blocks": parse_page(found), "by_rule": _by_rule(found.findings), "places": _places(found.claims)},
    )


def _places(claims: Sequence[PageClaim]) -> dict[str, int]:
    """Where each claim stands first, by its words: findings about it lead there."""
    return {claim.text: claim.start for claim in reversed(claims)}


def _by_rule(findings: Sequence[Reported]) -> list[tuple[Rule, list[Reported], bool]]:
    """Findings of one rule together, in the order of the first of each; and do several of them say the same?"""
    found: dict[Rule, list[Reported]] = {}
    for one in findings:
        found.setdefault(one.rule, []).append(one)
    return [
        (rule, some, len(some) > 1 and len({one.message.lower() for one in some}) == 1) for rule, some in found.items()
    ]


def _offset(request: Request, name: str) -> int:
    said = request.query_params.get(name, "0")
    if not (said.isdecimal() and said.isascii() and len(said) < 12):
        raise UsageError(f"{said!r} is no place in a text", f"{name} is a whole number")
    return int(said)


def read_id(request: Request) -> str:
    """The id in the address. What no id can hold is refused here: not every database takes it as a text."""
    any_id: str = request.path_params["any_id"]
    if "\0" in any_id:
        raise NotFoundError(f"nothing is called {any_id!r}", "start from the overview")
    return any_id


def back_address(request: Request) -> str:
    """The list that a reader came from, with its filters and its page; else the whole list."""
    referer = request.headers.get("referer")
    if not referer:
        return "/sources"
    came_from = urlsplit(referer)
    ours = came_from.netloc == request.headers.get("host") and came_from.path in _LISTS
    return f"{came_from.path}?{came_from.query}".removesuffix("?") if ours else "/sources"
