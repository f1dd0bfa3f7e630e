"""The addresses of the web app, for people and (with `.json`) for programs."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from sourcebook.errors import NotFoundError, SourcebookError
from sourcebook.records import CATALOGUES, Records, to_json
from sourcebook.web import api, views
from sourcebook.web.access import Access, SignedIn, ThisMachine
from sourcebook.web.answers import Answers
from sourcebook.web.assets import AssetPages, read_assets
from sourcebook.web.builds import Builds, build_routes
from sourcebook.web.corrections import Counter, Desk
from sourcebook.web.exports import citer, exporter
from sourcebook.web.headers import HEADERS, SCRIPTED
from sourcebook.web.kept_pages import KeptPages
from sourcebook.web.signing_in import sign_in_routes
from sourcebook.web.threads import Endpoint, Threads

# Address, its twin for programs, and what stands there. Ids may be addresses, so they run to the end of the path.
_VIEWS: tuple[tuple[str, str, views.Look], ...] = (
    ("/sources/{any_id}", "/sources/{any_id}.json", views.source),  # first: records are asked for most, and by their id
    ("/sources/{any_id}/captures", "/sources/{any_id}/captures.json", views.captures),
    ("/sources/{any_id}/changes", "/sources/{any_id}/changes.json", views.changes),
    ("/sources/{any_id}/text", "/sources/{any_id}/text.json", views.text),  # an address has slashes, and is no such id
    ("/sources/{any_id:path}", "/sources/{any_id:path}.json", views.source),
    ("/pages/{any_id:path}", "/pages/{any_id:path}.json", views.page),
    ("/", "/index.json", views.front),
    ("/problems", "/problems.json", views.problems),
    *((of.path, f"{of.path}.json", views.listed(of)) for of in CATALOGUES.values()),
    ("/venues/{any_id:path}", "/venues/{any_id:path}.json", views.venue),
    ("/search", "/search.json", views.search),
)

_KEPT = (views.front, views.source, views.page)  # costly to make, and read again and again

AT_ONCE = 6  # 40, which is usual, took 1.2 GB under load within a minute and answered no faster
_NOT_PACKED = ("application/gzip", "image/jpeg", "text/event-stream")  # of what we send; each answer looks through it
_BESIDES = 3  # of what is asked for less: forms, files and what is taken away


def make_app(records: Records, desk: Desk | None = None, access: Access | None = None) -> Starlette:
    """The web app over one library. It only reads, but for what a desk takes from those who may write.

    Who that is says `access`; without, everybody who is at this machine.

    Requests are answered in threads: the records are synchronous.
    """
    assets = read_assets()
    access = access or ThisMachine()
    counter = Counter(desk, access, records.config.fetch.max_mb) if desk is not None else None
    answers = Answers(assets, signs_in=counter is not None and isinstance(access, SignedIn))
    kept = KeptPages(records.stamp)
    threads = Threads(AT_ONCE)
    writers = access if counter is not None else None
    routes: list[BaseRoute] = [Route("/sources/{any_id}/cite.{form}", citer(records))]
    for address, twin, view in _VIEWS:
        for_people = _for_people(view, records, answers, kept if view in _KEPT else None, writers)
        routes.append(Route(twin, threads.answering(_for_programs(view, records, answers))))
        routes.append(Route(address, threads.answering(for_people)))
    routes.append(Route("/static/{name:path}", AssetPages(assets).show))
    if counter is not None and desk is not None:
        routes.append(Route("/sources", counter.add, methods=["POST"]))
        routes.append(Route("/sources/{any_id}/corrections", counter.take, methods=["POST"]))
        routes.append(Route("/sources/{any_id}/merge", counter.merge, methods=["POST"]))
        routes.append(Route("/sources/{any_id}/capture", counter.capture, methods=["POST"]))
        routes.append(Route("/sources/{any_id}/copy", counter.file_copy, methods=["POST"]))
        routes.append(Route("/findings", counter.dismiss, methods=["POST"]))
        routes.append(Route("/reviews", counter.review, methods=["POST"]))
        if isinstance(access, SignedIn):
            routes += sign_in_routes(access, answers)
        routes += build_routes(Builds(desk), access, answers)
    routes += [
        Route("/export/{name}", exporter(records)),
        Route("/copies/{any_id:path}.warc.gz", _kept_record(records)),
        Route("/copies/{any_id:path}.jpg", _screenshot(records)),
        Route("/copies/{any_id:path}", _kept(records)),
    ]
    routes.append(Mount(api.ROOT, api.make_api(records, answers.page, threads)))
    failures = dict.fromkeys((SourcebookError, HTTPException, Exception), _failing(answers))
    return Starlette(
        lifespan=_few_at_once,
        routes=routes,
        exception_handlers=failures,
        middleware=[Middleware(GZipMiddleware, minimum_size=2000, compresslevel=5, exclude_content_types=_NOT_PACKED)],
    )


@asynccontextmanager
async def _few_at_once(_: Starlette) -> AsyncIterator[None]:
    """As many answers are made at once as help: Python makes one at a time, and each of them holds two connections to
    databases with 32 MB of their pages."""
    to_thread.current_default_thread_limiter().total_tokens = _BESIDES
    yield


def _failing(answers: Answers) -> Callable[[Request, Exception], Response]:
    """Failures in the form of whom they are for: an address may begin like the API's and still lead nowhere in it."""

    def answer(request: Request, error: Exception) -> Response:
        return (api.failure if request.url.path.startswith(f"{api.ROOT}/") else answers.failure)(request, error)

    return answer


def _for_people(
    view: views.Look, records: Records, answers: Answers, kept: KeptPages | None, writers: Access | None
) -> Endpoint:
    def answer(request: Request) -> Response:
        writing = _writing(request, writers)  # a page with somebody's form in it is theirs alone
        back = views.back_address(request)
        asked = request.scope["path"], request.scope["query_string"]
        address = f"{asked} {back} {writing.get('token', '')}"
        stamp = kept.stamp() if kept is not None else ""
        if kept is not None and (body := kept.find(address, stamp)) is not None:
            return HTMLResponse(body, 200, HEADERS)
        seen = view(records, request)
        if isinstance(seen, views.Moved):
            return RedirectResponse(seen.address, 302, HEADERS)
        headers = SCRIPTED if seen.scripted else HEADERS
        shown = {seen.name: seen.value, "back": back, **seen.besides, **writing}
        page = answers.page(seen.template, shown, headers=headers)
        if kept is not None:
            kept.keep(address, bytes(page.body), stamp)
        return page

    return answer


def _writing(request: Request, access: Access | None) -> dict[str, str]:
    """What a page has for one who may write."""
    return {"token": access.token(request), "who": access.who(request)} if access is not None else {}


def _for_programs(view: views.Look, records: Records, answers: Answers) -> Endpoint:
    def answer(request: Request) -> Response:
        seen = view(records, request)
        if isinstance(seen, views.Moved):
            return RedirectResponse(f"{seen.address}.json", 302, HEADERS)
        return answers.json(to_json(seen.value))

    return answer


def _kept(records: Records) -> Endpoint:
    """A kept page, for the frame that shows it."""

    def answer(request: Request) -> Response:
        # cleaning needs libraries that no other page does
        from sourcebook.web.copies import COPY_HEADERS, harmless  # noqa: PLC0415

        capture, body = records.kept(views.read_id(request))
        page = harmless(body, capture)
        if page is None:
            raise NotFoundError(f"a copy of kind {capture.media_type!r} is not shown", "download its record instead")
        return HTMLResponse(page, 200, COPY_HEADERS)

    return answer


def _kept_record(records: Records) -> Endpoint:
    """The archive's own record of a kept page, to take away."""

    def answer(request: Request) -> Response:
        capture, member = records.kept_record(views.read_id(request))
        named = {"content-disposition": f'attachment; filename="{capture.id}.warc.gz"'}
        return Response(member, 200, {**HEADERS, **named}, media_type="application/gzip")

    return answer


def _screenshot(records: Records) -> Endpoint:
    """A picture of a kept page that a browser showed."""

    def answer(request: Request) -> Response:
        return Response(records.screenshot(views.read_id(request)), 200, HEADERS, media_type="image/jpeg")

    return answer
