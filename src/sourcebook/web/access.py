"""Who may write from the browser, and by what it is told that a form is theirs.

Two ways: on this machine alone, where everybody is the one who started the server; and by signing in with a token.
"""

import hashlib
import ipaddress
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

COOKIE = "sourcebook"
LASTS = timedelta(hours=12)  # of a session: a working day
MOST_ATTEMPTS = 5  # that fail, from one address…
MOST_ATTEMPTS_IN_ALL = 50  # …and from all together
WITHIN = timedelta(minutes=15)
_MOST_SESSIONS = 1_000


class Access(Protocol):
    """Decides who may write."""

    def token(self, request: Request) -> str:
        """What a form must bring along that is made for this reader; "" where nothing is taken from them."""
        ...

    def who(self, request: Request) -> str:
        """The name that what they write is signed with; "" where they say it themselves."""
        ...

    def refusal(self, request: Request, token: str) -> str:
        """Why a form that brought this is not taken; "" when it is."""
        ...


class ThisMachine:
    """Whoever is at this machine may write, in our own pages."""

    def __init__(self) -> None:
        self._token = secrets.token_urlsafe(24)  # stands in our pages, which no other site can read

    def token(self, _request: Request) -> str:
        """See `Access`."""
        return self._token

    def who(self, _request: Request) -> str:
        """See `Access`."""
        return ""

    def refusal(self, request: Request, token: str) -> str:
        """See `Access`."""
        return refusal(request.headers, request.url.scheme, token, self._token)


class Session(Struct, frozen=True):
    """Somebody who is signed in."""

    name: str
    form_token: str
    ends_at: datetime


class SignedIn:
    """Who has signed in may write. Sessions are kept in memory: they end with the server."""

    def __init__(
        self, name_of: Callable[[str], str], is_known: Callable[[str], bool], clock: Callable[[], datetime]
    ) -> None:
        """`name_of` says whose token something is, "" for nobody's; `is_known` whether a name still has one."""
        self._name_of = name_of
        self._is_known = is_known
        self._clock = clock
        self._sessions: dict[str, Session] = {}
        self._failures: list[tuple[str, datetime]] = []

    def token(self, request: Request) -> str:
        """See `Access`."""
        session = self._session(request)
        return session.form_token if session else ""

    def who(self, request: Request) -> str:
        """See `Access`."""
        session = self._session(request)
        return session.name if session else ""

    def refusal(self, request: Request, token: str) -> str:
        """See `Access`."""
        session = self._session(request)
        if session is None:
            return "sign in first"
        if why := whence(request.headers):
            return why
        if not secrets.compare_digest(token.encode(), session.form_token.encode()):
            return "the page is older than your session: open it again, and send it once more"
        return ""

    def wait_s(self, request: Request) -> int:
        """How many seconds nobody may try from where this comes; 0 when they may."""
        now = self._clock()
        self._failures = [one for one in self._failures if now - one[1] < WITHIN]
        mine = [at for where, at in self._failures if where == _whence_comes(request)]
        over = mine[-MOST_ATTEMPTS:] if len(mine) >= MOST_ATTEMPTS else []
        if len(self._failures) >= MOST_ATTEMPTS_IN_ALL:
            over = [at for _, at in self._failures[-MOST_ATTEMPTS_IN_ALL:]]
        return max(1, round((over[0] + WITHIN - now).total_seconds())) if over else 0

    def sign_in(self, request: Request, secret: str, response: Response) -> bool:
        """Begin a session where the token is somebody's; its cookie goes with the response."""
        name = self._name_of(secret)
        if not name:
            self._failures.append((_whence_comes(request), self._clock()))
            return False
        now = self._clock()
        self._sessions = {key: one for key, one in self._sessions.items() if one.ends_at > now}
        while len(self._sessions) >= _MOST_SESSIONS:
            del self._sessions[next(iter(self._sessions))]
        key = secrets.token_urlsafe(32)
        self._sessions[_digest(key)] = Session(name, secrets.token_urlsafe(24), now + LASTS)
        response.set_cookie(
            COOKIE,
            key,
            max_age=round(LASTS.total_seconds()),
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return True

    def sign_out(self, request: Request, response: Response) -> None:
        """End the session."""
        self._sessions.pop(_digest(request.cookies.get(COOKIE, "")), None)
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")

    def _session(self, request: Request) -> Session | None:
        session = self._sessions.get(_digest(request.cookies.get(COOKIE, "")))
        if session is None or session.ends_at <= self._clock() or not self._is_known(session.name):
            return None
        return session


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _whence_comes(request: Request) -> str:
    """The client's address; of IPv6 the network, of which one client has all addresses."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else host


def whence(headers: Mapping[str, str]) -> str:
    """Why a form is not taken that another site may have sent; "" when it is our own page's."""
    origin = headers.get("origin")
    if origin is None:
        return "" if headers.get("sec-fetch-site") == "same-origin" else "nothing says where the form comes from"
    if urlsplit(origin).netloc != headers.get("host", ""):
        return f"the form comes from another site: {origin!r}"
    return ""


def refusal(headers: Mapping[str, str], scheme: str, token: str, ours: str) -> str:
    """Why a form is not taken on this machine; "" when it is ours.

    Another site could make a reader's browser send it: then its origin is another one, and it does not know the token.
    It could give its own name the address of this machine: then the host is not a name of this machine.
    """
    host = headers.get("host", "")
    if not is_this_machine(urlsplit(f"//{host}").hostname or ""):
        return f"corrections are taken on this machine only, not as {host!r}"
    origin = headers.get("origin")
    if origin is not None and origin != f"{scheme}://{host}":
        return f"the form comes from another site: {origin!r}"
    if origin is None and headers.get("sec-fetch-site") != "same-origin":
        return "nothing says where the form comes from"
    if not secrets.compare_digest(token.encode(), ours.encode()):
        return "the page is older than this server: open the record again, and send it once more"
    return ""


def is_this_machine(host: str) -> bool:
    """Does a name or an address lead nowhere but to this machine?"""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
