"""Taking a person's word on a source in the browser: only from those who may write, and only from our own page."""

import re
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol, TypeVar
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sourcebook.errors import UsageError
from sourcebook.library import Signed, Watcher, field_named
from sourcebook.types.builds import BuildReport
from sourcebook.types.reviews import ReviewField
from sourcebook.web.access import Access
from sourcebook.web.headers import HEADERS

T = TypeVar("T")

_OURS = re.compile(r"/problems|/(?:sources|pages)/[0-9a-f]{16}")
MOST_BYTES = 64_000  # of a form: the longest summary fits several times


class Desk(Protocol):
    """Where a person's word on a source is taken in."""

    def correct(self, any_id: str, said: Mapping[ReviewField, Sequence[str]], signed: Signed) -> None:
        """Keep it. Raises UsageError for what cannot be kept."""
        ...

    def take_back(self, any_id: str, fields: Sequence[ReviewField], signed: Signed) -> None:
        """Undo the last word on each field. Raises UsageError where there is none."""
        ...

    def merge(self, any_id: str, into: str, signed: Signed) -> None:
        """Keep that a source is the same work as another one. Raises UsageError for what cannot be kept."""
        ...

    def part(self, any_id: str, signed: Signed) -> None:
        """Undo the last word on that. Raises UsageError where there is none."""
        ...

    def review(self, claim_id: str, source_id: str, said: str, signed: Signed) -> None:
        """Keep what a person says that a source says of a claim. Raises UsageError for what cannot be kept."""
        ...

    def add(self, url: str, signed: Signed) -> str:
        """Have an address lead to a source that is looked after; its id. Raises UsageError for what is no source."""
        ...

    def dismiss(self, finding: str, signed: Signed) -> None:
        """Take a finding of a parser out of what waits. Raises UsageError for what cannot be."""
        ...

    def take_back_dismissal(self, finding: str, signed: Signed) -> None:
        """Have a finding wait again. Raises UsageError where nobody dismissed it."""
        ...

    def capture(self, any_id: str) -> None:
        """Ask for a source now, due or not. Raises UsageError where nobody was asked, and says why."""
        ...

    def file_copy(self, any_id: str, file: Path, who: str) -> None:
        """File a copy of a source that a person got by hand. Raises UsageError for what cannot be read."""
        ...

    def build(self, watcher: Watcher) -> BuildReport:
        """Do all that is due. Raises UsageError while somebody else writes."""
        ...

    def take_back_review(self, claim_id: str, source_id: str, signed: Signed) -> None:
        """Undo the last word on it. Raises UsageError where there is none."""
        ...


class Counter:
    """The side of the desk that faces readers: it lets in what our own pages send, and nothing else."""

    def __init__(self, desk: Desk, access: Access, most_mb: float) -> None:
        self._desk = desk
        self._most_bytes = most_mb * 1_000_000
        self._access = access
        self._doers = CapacityLimiter(1)  # who asks for a source may wait a minute for it
        self._speakers = CapacityLimiter(1)  # two at once would find each other at the desk: the other waits its turn

    async def take(self, request: Request) -> Response:
        """A correction, or the undoing of one; then the record again."""
        source_id = request.path_params["any_id"]
        form = await self._ours(request)
        field = field_named(form.get("field", ""))
        signed = Signed(form["who"], form.get("why", ""))
        if "undo" in form:
            await self._in_turn(self._speakers, self._desk.take_back, source_id, [field], signed)
        else:
            await self._in_turn(self._speakers, self._desk.correct, source_id, {field: [form.get("value", "")]}, signed)
        return RedirectResponse(_back(form.get("back", "")) or f"/sources/{source_id}#corrections", 303, HEADERS)

    async def merge(self, request: Request) -> Response:
        """Another source is the same work as this one, or is not after all; then this one's record."""
        source_id = request.path_params["any_id"]
        form = await self._ours(request)
        other, signed = form.get("other", "").strip(), Signed(form["who"], form.get("why", ""))
        if "undo" in form:
            await self._in_turn(self._doers, self._desk.part, other, signed)
        else:
            await self._in_turn(self._doers, self._desk.merge, other, source_id, signed)
        return RedirectResponse(f"/sources/{source_id}#same-work", 303, HEADERS)

    async def review(self, request: Request) -> Response:
        """A word on a verdict, or the undoing of one; then where it was given."""
        form = await self._ours(request)
        claim_id, source_id = form.get("claim", ""), form.get("source", "")
        signed = Signed(form["who"], form.get("why", ""))
        if "undo" in form:
            await self._in_turn(self._speakers, self._desk.take_back_review, claim_id, source_id, signed)
        else:
            await self._in_turn(self._speakers, self._desk.review, claim_id, source_id, form.get("said", ""), signed)
        return RedirectResponse(_back(form.get("back", "")) or "/problems#queue", 303, HEADERS)

    async def dismiss(self, request: Request) -> Response:
        """A finding of a parser dismissed, or the undoing of that; then where it was said."""
        form = await self._ours(request)
        signed = Signed(form["who"], form.get("why", ""))
        act = self._desk.take_back_dismissal if "undo" in form else self._desk.dismiss
        await self._in_turn(self._speakers, act, form.get("finding", ""), signed)
        return RedirectResponse(_back(form.get("back", "")) or "/problems#queue", 303, HEADERS)

    async def add(self, request: Request) -> Response:
        """A source by its address, new or known; then its record."""
        form = await self._ours(request)
        signed = Signed(form["who"], form.get("why", ""))
        source_id = await self._in_turn(self._doers, self._desk.add, form.get("address", ""), signed)
        return RedirectResponse(f"/sources/{source_id}", 303, HEADERS)

    async def capture(self, request: Request) -> Response:
        """Ask for a source now; then its record, with what came."""
        await self._ours(request)
        source_id = request.path_params["any_id"]
        await self._in_turn(self._doers, self._desk.capture, source_id)
        return RedirectResponse(f"/sources/{source_id}#preview", 303, HEADERS)

    async def file_copy(self, request: Request) -> Response:
        """File a copy that a person got by hand; then the source's record, with what it says."""
        source_id = request.path_params["any_id"]
        _bounded(request, self._most_bytes)
        try:
            async with request.form(max_files=1, max_fields=10, max_part_size=MOST_BYTES) as form:
                said = {name: value for name, value in form.items() if isinstance(value, str)}
                self._refuse_others(request, said)
                sent = form.get("file")
                if not isinstance(sent, UploadFile) or not sent.filename:
                    raise UsageError("no file was sent", "choose the file that you got by hand")
                who = self._access.who(request) or said.get("who", "").strip()
                await self._in_turn(self._doers, self._file, source_id, sent, who)
        except MultiPartException as error:
            raise UsageError("the form cannot be read", "send it from the record's own page") from error
        return RedirectResponse(f"/sources/{source_id}#preview", 303, HEADERS)

    def _file(self, source_id: str, sent: UploadFile, who: str) -> None:
        """The name is the sender's: only its last part is used, in a folder that is gone afterwards."""
        name = re.sub(r"[^\w.-]+", "-", PurePosixPath((sent.filename or "").replace("\\", "/")).name)[-100:].lstrip(
            ".-"
        )
        with tempfile.TemporaryDirectory(prefix="sourcebook-") as folder:
            file = Path(folder) / (name or "copy")
            with file.open("wb") as out:
                shutil.copyfileobj(sent.file, out)
            self._desk.file_copy(source_id, file, who)

    async def _ours(self, request: Request) -> dict[str, str]:
        """What a form says that comes from a page of ours. Raises HTTPException for any other."""
        form = await read_form(request)
        self._refuse_others(request, form)
        return form | {"who": self._access.who(request) or form.get("who", "").strip()}

    async def _in_turn(self, turns: CapacityLimiter, act: Callable[..., T], *said: object) -> T:
        """In a thread of its own, so that who waits to be heard holds up nobody who reads."""
        return await to_thread.run_sync(lambda: act(*said), limiter=turns)

    def _refuse_others(self, request: Request, form: Mapping[str, str]) -> None:
        if why := self._access.refusal(request, form.get("token", "")):
            raise HTTPException(403, why)


def _bounded(request: Request, most: float) -> None:
    """Raises HTTPException for a form whose length is not said or is more than may be kept."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        raise HTTPException(411, "say how long the form is")
    if len(length) > 12 or int(length) > most + MOST_BYTES:
        raise HTTPException(413, f"the file is larger than {most / 1_000_000:g} MB: raise the setting fetch.max_mb")
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(415, "only a form with a file can be sent here")


def _back(address: str) -> str:
    """The part of the queue, or the record, that a form was sent from; "" for any other address."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not _OURS.fullmatch(parts.path):
        return ""
    query = urlencode(parse_qsl(parts.query))
    return f"{parts.path}?{query}#queue" if query else f"{parts.path}#queue"


async def read_form(request: Request) -> dict[str, str]:
    """The last value of each field of a form. Never reads more than a form can hold."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise HTTPException(415, "only a form can be sent here")
    body = b""
    async for some in request.stream():
        body += some
        if len(body) > MOST_BYTES:
            raise HTTPException(413, "the form is too long")
    try:
        found = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=20)
    except ValueError as error:
        raise UsageError("the form cannot be read", "send it from the record's own page") from error
    return {name: values[-1] for name, values in found.items()}
