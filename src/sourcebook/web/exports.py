"""A list as a file to take away: every row that its filters let through, as CSV for people and JSON for programs."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from sourcebook.errors import NotFoundError
from sourcebook.export.csv_rows import csv_lines
from sourcebook.export.references import Form, reference_lines
from sourcebook.records import CATALOGUES, PROBLEMS, Records, View, parse_exact_view, to_json
from sourcebook.web.headers import HEADERS
from sourcebook.web.views import read_id

_MEDIA = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
_CITED = {
    "bib": (Form.BIBTEX, "application/x-bibtex; charset=utf-8"),
    "json": (Form.CSL, "application/vnd.citationstyles.csl+json"),
    "ris": (Form.RIS, "application/x-research-info-systems; charset=utf-8"),
}
_TOGETHER = 200  # lines that are sent at once

# what a row of each list is known by, besides the columns that were chosen
_KEYS = {
    "sources": ("source_id", "stable_id", "url"),
    "claims": ("claim_id", "source_id", "url", "path", "line"),
    "pages": ("page_id", "path"),
    "captures": ("id", "source_id", "url"),
    "venues": ("venue_id",),
    "problems": ("rule", "severity", "words", "source_id", "claim_id", "page", "line", "importance", "claims"),
}
_FIELD_OF = {"address": "url"}  # columns that are called otherwise in the row


def exporter(records: Records) -> Callable[[Request], Response]:
    """Answers `/export/<list>.csv` and `.json` with what the list of the same query shows, on all its pages."""

    def answer(request: Request) -> Response:
        name, _, form = request.path_params["name"].rpartition(".")
        of = PROBLEMS if name == PROBLEMS.name else CATALOGUES.get(name)
        if of is None or form not in _MEDIA:
            raise NotFoundError(f"there is no export {request.path_params['name']!r}", "take one from below its list")
        view = parse_exact_view(of, request.query_params.multi_items())
        rows = records.all_rows(view)
        lines = _csv(view, rows) if form == "csv" else _json(rows)
        named = {"content-disposition": f'attachment; filename="{name}.{form}"'}
        return StreamingResponse(_together(lines), headers={**HEADERS, **named}, media_type=_MEDIA[form])

    return answer


def citer(records: Records) -> Callable[[Request], Response]:
    """Answers `/sources/<id>/cite.bib`, `cite.json` and `cite.ris`: a source as reference managers take it."""

    def answer(request: Request) -> Response:
        record = records.record(read_id(request))
        form = request.path_params["form"]
        if form not in _CITED:
            raise NotFoundError(f"a source is not cited as {form!r}", "take cite.bib, cite.json or cite.ris")
        kind, media_type = _CITED[form]
        named = {"content-disposition": f'attachment; filename="{record.id}.{form}"'}
        text = "".join(reference_lines(kind, [record]))
        return Response(text, headers={**HEADERS, **named}, media_type=media_type)

    return answer


def _csv(view: View, rows: Iterable[Any]) -> Iterator[str]:
    wanted = [_FIELD_OF.get(column.name, column.name) for column in view.shown if column.name != "risk"]
    names = list(dict.fromkeys((*_KEYS[view.of.name], *wanted)))
    return csv_lines(names, ([getattr(row, name) for name in names] for row in rows))


def _json(rows: Iterable[Any]) -> Iterator[str]:
    before = "["
    for row in rows:
        yield before + json.dumps(to_json(row), ensure_ascii=False)
        before = ",\n"
    yield "[]" if before == "[" else "]\n"


def _together(lines: Iterable[str]) -> Iterator[str]:
    held: list[str] = []
    for line in lines:
        held.append(line)
        if len(held) == _TOGETHER:
            yield "".join(held)
            held.clear()
    yield "".join(held)
