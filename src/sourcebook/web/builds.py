"""A build that is run from the browser: one at a time, in a thread of its own, watched by whoever likes to."""

import json
import threading
from collections.abc import AsyncIterator, Callable
from enum import StrEnum
from typing import Protocol

import anyio
from msgspec import Struct
from msgspec.structs import asdict, replace
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from sourcebook.errors import SourcebookError, UsageError
from sourcebook.library import Watcher
from sourcebook.types.builds import BuildReport
from sourcebook.web.access import Access
from sourcebook.web.answers import Answers
from sourcebook.web.corrections import read_form
from sourcebook.web.headers import HEADERS, WATCHING

_LOOK_S = 0.3  # between two looks at a build that is watched
_MOST_S = 3600.0  # that one answer streams; a browser asks again by itself


class Builder(Protocol):
    """What runs a build."""

    def build(self, watcher: Watcher) -> BuildReport:
        """Raises UsageError while somebody else writes, and what the watcher raises."""
        ...


class BuildState(StrEnum):
    """How a build stands."""

    NONE = "none"
    RUNNING = "running"
    STOPPING = "stopping"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class BuildProgress(Struct, frozen=True):
    """How far the last build from the browser has come."""

    state: BuildState = BuildState.NONE
    stage: str = ""
    done: int = 0
    total: int | None = None
    words: str = ""  # what is being worked on, or what went wrong
    report: BuildReport | None = None  # of a build that is done

    @property
    def is_over(self) -> bool:
        """Will nothing more happen?"""
        return self.state not in {BuildState.RUNNING, BuildState.STOPPING}


class _StoppedError(Exception):
    """Somebody stopped the build. What was kept is kept."""


class Builds:
    """Starts, watches and stops builds. See `Watcher` for the three verbs that a build tells its progress by."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._lock = threading.Lock()
        self._progress = BuildProgress()

    @property
    def progress(self) -> BuildProgress:
        """How it stands now."""
        return self._progress

    def start(self) -> None:
        """Begin a build. Raises UsageError while one runs."""
        with self._lock:
            if not self._progress.is_over:
                raise UsageError("a build is running already", "wait for it to end, or stop it")
            self._progress = BuildProgress(BuildState.RUNNING)
        threading.Thread(target=self._run, name="build", daemon=True).start()

    def stop(self) -> None:
        """Have a build end at its next step; what it has kept stays kept."""
        with self._lock:
            if self._progress.state is BuildState.RUNNING:
                self._progress = replace(self._progress, state=BuildState.STOPPING)

    def begin(self, stage: str, total: int | None) -> None:
        """See `Watcher`."""
        self._tell(lambda now: replace(now, stage=stage, done=0, total=total, words=""))

    def advance(self, words: str = "") -> None:
        """See `Watcher`."""
        self._tell(lambda now: replace(now, done=now.done + 1, words=words))

    def end(self) -> None:
        """See `Watcher`."""
        self._tell(lambda now: now)

    def _tell(self, change: Callable[[BuildProgress], BuildProgress]) -> None:
        with self._lock:
            if self._progress.state is BuildState.STOPPING:
                raise _StoppedError
            self._progress = change(self._progress)

    def _run(self) -> None:
        try:
            ended = BuildProgress(BuildState.DONE, report=self._builder.build(self))
        except _StoppedError:
            ended = replace(self._progress, state=BuildState.STOPPED)
        except SourcebookError as error:
            words = f"{error.message}; {error.hint}" if error.hint else error.message
            ended = replace(self._progress, state=BuildState.FAILED, words=words)
        except BaseException:  # whatever ends the thread, no page may say that it still runs
            self._progress = replace(self._progress, state=BuildState.FAILED, words="a fault of Sourcebook itself")
            raise
        self._progress = ended


def build_routes(builds: Builds, access: Access, answers: Answers) -> list[BaseRoute]:
    """The page of builds, its events, and the two forms on it."""

    def show(request: Request) -> Response:
        shown = {"build": builds.progress, "token": access.token(request), "who": access.who(request)}
        return answers.page("build.html", shown, headers=WATCHING)

    async def start(request: Request) -> Response:
        await _ours(request, access)
        await run_in_threadpool(builds.start)
        return RedirectResponse("/build", 303, HEADERS)

    async def stop(request: Request) -> Response:
        await _ours(request, access)
        builds.stop()
        return RedirectResponse("/build", 303, HEADERS)

    def events(_: Request) -> Response:
        return StreamingResponse(_events(builds), media_type="text/event-stream", headers=HEADERS)

    return [
        Route("/build", show),
        Route("/build", start, methods=["POST"]),
        Route("/build/stop", stop, methods=["POST"]),
        Route("/build/events", events),
    ]


async def _ours(request: Request, access: Access) -> None:
    form = await read_form(request)
    if why := access.refusal(request, form.get("token", "")):
        raise HTTPException(403, why)


async def _events(builds: Builds) -> AsyncIterator[str]:
    """Server-sent events: each time that something changed, until the build is over."""
    told = None
    with anyio.move_on_after(_MOST_S):
        while True:
            now = builds.progress
            if now != told:
                told = now
                yield f"data: {json.dumps(asdict(replace(now, report=None)))}\n\n"
            if now.is_over:
                return
            await anyio.sleep(_LOOK_S)
