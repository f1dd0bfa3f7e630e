"""Answers over HTTP: a page from a template, JSON, or a failure in words, all with the same careful headers."""

import json
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus

from jinja2 import PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from sourcebook.errors import NotFoundError, SourcebookError, UsageError
from sourcebook.library import FIELDS
from sourcebook.records import CATALOGUES, in_words
from sourcebook.records.lists import ROW_CHOICES
from sourcebook.types.captures import LinkState, Outcome
from sourcebook.types.sources import SourceType
from sourcebook.types.verdicts import Verdict
from sourcebook.web import marks, words
from sourcebook.web.assets import Asset
from sourcebook.web.headers import HEADERS
from sourcebook.web.passages import at_passage
from sourcebook.web.prose import parse_prose
from sourcebook.web.templating import Templates

MOST_PLACES = 6  # of a source in pages, on its record: the list of claims has the rest, and a page is to stay light
_TITLES = {
    400: "That cannot be done",
    403: "Not from there",
    404: "Not found",
    405: "For reading only",
    500: "Out of order",
}
_OF_HTTP = {
    404: ("there is nothing at this address", "start from the overview"),
    405: ("this address can only be read", "ask for it with GET"),
}
_NOTHING_KNOWN = ("something went wrong on our side", "the server's log says what; try again, or report it")


class Answers:
    """Renders values for the two kinds of readers, people and programs."""

    def __init__(self, assets: Mapping[str, Asset], *, signs_in: bool) -> None:
        self._templates = Templates(
            loader=PackageLoader("sourcebook.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,  # compiled once, at the first use
        )
        for word in (
            words.iso,
            words.to_minutes,
            words.day,
            words.moment,
            words.date,
            words.size,
            words.count,
            words.percent,
            words.spoken,
            words.judge,
            words.places,
        ):
            self._templates.filters[word.__name__] = word
        for mark in (marks.state, marks.outcome, marks.support, marks.severity, marks.credibility):
            self._templates.filters[f"{mark.__name__}_mark"] = mark
        self._templates.filters |= {"bar": marks.bar, "part": marks.part, "link_out": marks.link_out}
        self._templates.filters["shown_address"] = words.shown_address
        self._templates.filters["in_words"] = in_words
        self._templates.filters["prose"] = parse_prose
        self._templates.filters["at_passage"] = at_passage
        self._templates.tests["web"] = words.is_web
        self._templates.tests["verdict"] = _is_verdict
        self._templates.globals.update(
            assets={_short(name): asset.address for name, asset in assets.items()},
            token="",  # what a form must bring along; each page for one who may write has its own
            who="",  # is signed in
            signs_in=signs_in,  # can anybody?
            fields=FIELDS,
            listed=_listed,
            most_places=MOST_PLACES,
            catalogues=tuple(CATALOGUES.values()),
            row_choices=ROW_CHOICES,
            types=tuple(SourceType),
            states=tuple(LinkState),
            outcomes=tuple(Outcome),
        )

    def page(
        self, template: str, shown: Mapping[str, object], status: int = 200, headers: Mapping[str, str] = HEADERS
    ) -> Response:
        """A page for people."""
        return HTMLResponse(self._templates.get_template(template).render(shown), status, headers)

    def json(self, value: object, status: int = 200) -> Response:
        """The same for programs."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return Response(text, status, HEADERS, media_type="application/json")

    def failure(self, request: Request, error: Exception) -> Response:
        """A failure in words, in the form that the address or the `Accept` header asks for. No traceback, ever."""
        status, message, hint = _told(error)
        if wants_json(request):
            return self.json({"status": status, "message": message, "hint": hint}, status)
        title = _TITLES.get(status, HTTPStatus(status).phrase)
        shown = {"status": status, "title": title, "message": message, "hint": hint}
        return self.page("failure.html", shown, status)


def _is_verdict(judgement: object) -> bool:
    """Is there an answer? Else nobody has looked, or could not tell."""
    return isinstance(judgement, Verdict)


@cache
def _listed(here: str) -> Markup:
    """The ways to the lists, on every page."""
    link = Markup('<a href="{}"{}>{}</a>')
    now = {True: Markup(' aria-current="page"'), False: Markup("")}
    return Markup("\n").join(
        link.format(of.path, now[of.name == here], words.spoken(of.name)) for of in CATALOGUES.values()
    )


def _short(name: str) -> str:
    """What templates call an asset: a script by its name, the one style sheet and the one icon by their kind."""
    stem, _, kind = name.partition(".")
    return stem if kind == "js" else kind


def wants_json(request: Request) -> bool:
    """Does a program ask? The address says so, or it accepts JSON and no HTML."""
    accepts = request.headers.get("accept", "")
    return request.url.path.endswith(".json") or ("json" in accepts and "html" not in accepts)


def _told(error: Exception) -> tuple[int, str, str]:
    """The status, the message and the hint of a failure."""
    if isinstance(error, NotFoundError):
        return 404, error.message, error.hint
    if isinstance(error, UsageError):
        return 400, error.message, error.hint
    if isinstance(error, SourcebookError):
        return 500, error.message, error.hint
    if isinstance(error, HTTPException):
        return error.status_code, *_OF_HTTP.get(error.status_code, (error.detail, ""))
    return 500, *_NOTHING_KNOWN
