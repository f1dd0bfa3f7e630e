"""One request and its answer over the wire, behind the address policy.

The policy is enforced twice: where names become addresses, and where a socket is made for an address, since a literal
address never passes a resolver. Between the two nothing is looked up again, so a name cannot change its mind.
"""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from types import TracebackType
from typing import Any, Literal, Self, cast

from msgspec import Struct
from yarl import URL

from sourcebook import ids
from sourcebook.config import FetchSettings
from sourcebook.errors import UsageError
from sourcebook.fetch.bodies import MEGABYTE, REDIRECTS
from sourcebook.fetch.certificates import aiohttp
from sourcebook.fetch.deadline import Watch
from sourcebook.fetch.failures import Failure, NoAnswer, RefusedError, no_answer
from sourcebook.fetch.lookup import GuardedResolver
from sourcebook.fetch.policy import AddressPolicy
from sourcebook.types.fetching import Exchange

Trust = ssl.SSLContext | Literal[True]  # True: those that the system trusts

_REDIRECT_BODY = 64 * 1024  # nobody reads it; a longer one is left on the wire…
_REDIRECT_S = 2.0  # …as is one that does not end
_LONGEST_HEADER = 64 * 1024  # cookies and policies of real sites pass the default of 8 KB


class _Response(aiohttp.ClientResponse):
    """Remembers who gave it, when it was asked for, and how the connection ended; aiohttp forgets all three."""

    peer: str = ""
    sent_at: float = 0.0  # on the loop's clock, when the request was on the wire
    _lost: "asyncio.Future[None] | None" = None

    async def start(self, connection: Any) -> Self:
        self.sent_at = asyncio.get_running_loop().time()
        transport = connection.transport
        where = transport.get_extra_info("peername") if transport is not None else None
        self.peer = str(where[0]) if where else ""
        self._lost = connection.protocol.closed
        if self._lost is not None:
            self._lost.remove_done_callback(_heed)  # from the answer before this one
            self._lost.add_done_callback(_heed)
        await super().start(connection)
        return self

    def check_end(self) -> None:
        """Raises aiohttp.ClientPayloadError when only the end of the connection ended the answer, and it was torn."""
        if self._lost is None or not self._lost.done() or (error := self._lost.exception()) is None:
            return
        if self.content_length is None and "Transfer-Encoding" not in self.headers:
            raise aiohttp.ClientPayloadError(str(error))


def _heed(lost: "asyncio.Future[None]") -> None:
    lost.exception()  # one that nobody has looked at would be logged


@lru_cache(maxsize=64)  # each is looked at before it is asked for
def _address(url: str) -> URL:
    return URL(url, encoded=True)


class Asking(Struct, frozen=True):
    """One request to be made."""

    url: str
    headers: Mapping[str, str]  # beside those of every request, or instead of them
    cut_at: int | None = None  # no more of the body than this is wanted
    sent: bytes | None = None  # by POST; None: the request is a GET


class Reply(Struct, frozen=True):
    """What came of a request, and when that was on the wire, by the loop's clock; None where nothing came back."""

    answer: Exchange | NoAnswer
    sent_at: float | None = None


class Cookies:
    """The cookies of one chain of redirects. They are seen by nobody else."""

    def __init__(self) -> None:
        self._jar: aiohttp.CookieJar | None = None  # most chains never get one

    def for_url(self, url: str) -> str:
        """The value of the Cookie header for an address; "" without any."""
        if self._jar is None:
            return ""
        return self._jar.filter_cookies(_address(url)).output(attrs=[], header="", sep=";").strip()

    def added_to(self, headers: Mapping[str, str], url: str) -> Mapping[str, str]:
        """Headers, and the cookies for an address."""
        value = self.for_url(url)
        return {**headers, "Cookie": value} if value else headers

    def take(self, response: aiohttp.ClientResponse) -> None:
        """Keep what an answer sets."""
        if said := response.headers.getall(aiohttp.hdrs.SET_COOKIE, ()):
            # "unsafe" lets addresses without a name have cookies too
            self._jar = self._jar or aiohttp.CookieJar(unsafe=True)
            self._jar.update_cookies_from_headers(said, response.url)


class Wire:
    """Asks for addresses. An async context manager: the connections live as long as it does."""

    def __init__(
        self,
        settings: FetchSettings,
        policy: AddressPolicy,
        trust: Trust,
        clock: Callable[[], datetime],
        headers: Mapping[str, str],
    ) -> None:
        self._settings = settings
        self._most_bytes = most_bytes(settings)
        self._headers = headers
        self._policy = policy
        self._clock = clock
        self._trust = trust
        self._watch = Watch()
        self._refusals: dict[str, str] = {}  # by site: as many as there are lanes and rules of robots.txt
        self._session: aiohttp.ClientSession

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            limit=0,  # who may ask when is decided by Turns
            ssl=self._trust,
            resolver=GuardedResolver(self._policy, self._settings.hosts),
            socket_factory=self._socket,
            keepalive_timeout=15 + self._settings.delay_s,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            headers=self._headers,  # of every request
            cookie_jar=aiohttp.DummyCookieJar(),  # each chain of redirects has its own
            response_class=_Response,
            timeout=aiohttp.ClientTimeout(total=None, connect=self._settings.connect_timeout_s),
            auto_decompress=False,
            trust_env=False,  # a proxy from the environment would go round the policy
            max_line_size=_LONGEST_HEADER,
            max_field_size=_LONGEST_HEADER,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    def refusal(self, url: str) -> str:
        """Why an address may not be asked for, as far as it shows without looking anything up; "" when it may."""
        root = root_of(url)
        refusal = self._refusals.get(root)
        if refusal is None:
            parts = _address(url)
            refusal = self._refusals[root] = self._policy.refusal_by_name(parts.host or "", parts.port or 0)
        return refusal

    async def ask(self, asking: Asking, cookies: Cookies, seconds: float) -> Reply:
        """One request, no redirects, over within so many seconds."""
        headers = cookies.added_to(asking.headers, asking.url)
        url = _address(asking.url)
        try:
            with self._watch.within(seconds) as deadline:
                async with self._session.request(
                    "GET" if asking.sent is None else "POST",
                    url,
                    headers=headers or None,
                    data=asking.sent or None,
                    allow_redirects=False,
                ) as response:
                    cookies.take(response)
                    answer = await self._read(cast("_Response", response), asking)
                    return Reply(answer, cast("_Response", response).sent_at)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if isinstance(error, TimeoutError) and deadline.expired:
                return Reply(NoAnswer(Failure.BROKEN, f"no whole answer within {self._settings.timeout_s:g} s"))
            return Reply(no_answer(error, ids.host(asking.url), self._settings.connect_timeout_s))

    async def _read(self, response: _Response, asking: Asking) -> Exchange | NoAnswer:
        at = self._clock()
        if response.status in REDIRECTS:
            body: bytes | None = await _redirect_body(response)
        else:
            body = await _body(response, asking.cut_at or self._most_bytes, cut=asking.cut_at is not None)
            response.check_end()
        if body is None:
            return NoAnswer(Failure.TOO_LARGE, f"larger than {self._settings.max_mb:g} MB")
        return Exchange(
            url=asking.url,
            at=at,
            request_head=_request_head(response.request_info) + (asking.sent or b""),
            response_head=_response_head(response),
            body=body,
            ip=response.peer,
        )

    def _socket(self, info: Any) -> socket.socket:
        """A socket for an address that may be asked. Raises RefusedError for any other, before anything is sent."""
        family, kind, proto, _, where = info
        if refusal := self._policy.refusal(str(where[0]), where[1]):
            raise RefusedError(refusal)
        return socket.socket(family, kind, proto)


async def _body(response: aiohttp.ClientResponse, most: int, *, cut: bool) -> bytes | None:
    """The body as sent; None when it is longer than `most`, unless it may be cut there.

    Raises aiohttp.ClientPayloadError when it ends too early.
    """
    if not cut and (response.content_length or 0) > most:
        response.close()
        return None
    parts: list[bytes] = []
    size = 0
    while part := await response.content.readany():
        parts.append(part)
        size += len(part)
        if size > most:
            response.close()
            return b"".join(parts)[:most] if cut else None
    return b"".join(parts)


async def _redirect_body(response: aiohttp.ClientResponse) -> bytes:
    """As much of the body of a redirect as comes soon: nobody reads it, and the address is in the head."""
    parts = bytearray()
    with contextlib.suppress(aiohttp.ClientPayloadError, TimeoutError):
        async with asyncio.timeout(_REDIRECT_S):
            async for part in response.content.iter_any():
                parts += part[: _REDIRECT_BODY - len(parts)]
                if len(parts) == _REDIRECT_BODY:
                    break
    if not response.content.at_eof():
        response.close()
    return bytes(parts)


def root_of(url: str) -> str:
    """The site of an address to ask for, which always has a path: `https://example.org`."""
    return url[: url.index("/", url.index("//") + 2)]


def trust_of(ca_file: str) -> Trust:
    """Whose certificates we believe: those that the system trusts, and those of a file."""
    if not ca_file:
        return True  # aiohttp has those of the system, and reads them when they are needed
    context = ssl.create_default_context()
    try:
        context.load_verify_locations(ca_file)
    except OSError as error:  # an SSLError is one
        hint = "name a file of certificates in PEM form"
        raise UsageError(f"cannot read setting 'fetch.ca_file' {ca_file!r}: {error}", hint) from error
    return context


def most_bytes(settings: FetchSettings) -> int:
    """How large a body may be, on the wire and decoded."""
    return round(settings.max_mb * MEGABYTE)


def _request_head(request: aiohttp.RequestInfo) -> bytes:
    headers = "".join([f"{name}: {value}\r\n" for name, value in request.headers.items()])
    head = f"{request.method} {request.url.raw_path_qs} HTTP/1.1\r\n{headers}\r\n"
    return head.encode("utf-8", "surrogateescape")


def _response_head(response: aiohttp.ClientResponse) -> bytes:
    version = response.version
    number = f"{version.major}.{version.minor}" if version else "1.1"
    status_line = f"HTTP/{number} {response.status} {response.reason or ''}".encode("utf-8", "surrogateescape")
    return b"\r\n".join((status_line, *map(b": ".join, response.raw_headers), b"", b""))
