"""A web archive on loopback that speaks Memento (RFC 7089): TimeGate, TimeMaps, copies as they were and rewritten."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import ThreadingHTTPServer

from tests.loopback import Quiet, served

TYPE = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Held:
    """One copy: what the archive's crawler was answered."""

    at: datetime
    body: bytes
    status: int = 200
    location: str = ""


@dataclass
class MementoServer:
    """Copies by address. `asked` has the path and Accept-Datetime of each request."""

    server: ThreadingHTTPServer
    copies: dict[str, list[Held]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    trouble: dict[str, tuple[int, str]] = field(default_factory=dict)  # a path that fails: status, and Retry-After
    raw: bool = True  # are copies to be had unchanged?
    parts: bool = False  # is the TimeMap in parts, one a year?

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"

    @property
    def timegate(self) -> str:
        return self.url("/timegate/")

    @property
    def timemap(self) -> str:
        return self.url("/timemap/link/")

    def hold(self, url: str, at: datetime, body: bytes, status: int = 200, location: str = "") -> None:
        self.copies.setdefault(url, []).append(Held(at, body, status, location))

    def answer(self, path: str, wanted: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body for a path."""
        if path in self.trouble:
            status, retry = self.trouble[path]
            return status, {"Retry-After": retry} if retry else {}, b"no"
        if found := re.fullmatch(r"/timegate/(.+)", path):
            return self._timegate(found[1], wanted)
        if found := re.fullmatch(r"/timemap/link/(?:(\d{4})/)?(http.+)", path):
            return self._timemap(found[2], found[1])
        if found := re.fullmatch(r"/(\d{14})(id_)?/(.+)", path):
            return self._copy(found[3], found[1], raw=bool(found[2]))
        return 404, {}, b"nothing here"

    def _timegate(self, url: str, wanted: str) -> tuple[int, dict[str, str], bytes]:
        headers = {"Vary": "accept-datetime", "Link": f'<{url}>; rel="original", {self._map_link(url)}'}
        try:
            at = parsedate_to_datetime(wanted) if wanted else datetime.now(UTC)
        except ValueError:
            return 400, headers, b"no date"
        held = self.copies.get(url)
        if not held:
            return 404, headers, b"never copied"
        nearest = min(held, key=lambda one: abs(one.at - at))
        return 302, headers | {"Location": self.url(f"/{nearest.at:%Y%m%d%H%M%S}/{url}")}, b""

    def _map_link(self, url: str) -> str:
        return f'<{self.timemap}{url}>; rel="timemap"; type="application/link-format"'

    def _timemap(self, url: str, year: str | None) -> tuple[int, dict[str, str], bytes]:
        held = [one for one in self.copies.get(url, ()) if year is None or str(one.at.year) == year]
        if not held:
            return 404, {}, b""
        lines = [f'<{url}>; rel="original"', f'<{self.timegate}{url}>; rel="timegate"']
        if self.parts and year is None:
            for one in sorted({one.at.year for one in held}):
                begins, ends = datetime(one, 1, 1, tzinfo=UTC), datetime(one, 12, 31, tzinfo=UTC)
                span = f'from="{date(begins)}"; until="{date(ends)}"'
                lines.append(f'<{self.timemap}{one}/{url}>; rel="timemap"; type="application/link-format"; {span}')
        else:
            for number, copy in enumerate(sorted(held, key=lambda one: one.at)):
                relation = "first memento" if number == 0 else "memento"
                address = self.url(f"/{copy.at:%Y%m%d%H%M%S}/{url}")
                lines.append(f'<{address}>; rel="{relation}"; datetime="{date(copy.at)}"')
        return 200, {"Content-Type": "application/link-format"}, ",\n".join(lines).encode()

    def _copy(self, url: str, stamp: str, *, raw: bool) -> tuple[int, dict[str, str], bytes]:
        held = next((one for one in self.copies.get(url, ()) if f"{one.at:%Y%m%d%H%M%S}" == stamp), None)
        if held is None or (raw and not self.raw):
            return 404, {}, b"no such copy"
        headers = {"Memento-Datetime": date(held.at), "Link": f'<{url}>; rel="original", {self._map_link(url)}'}
        headers |= {"Content-Type": TYPE, "ETag": '"of the archive"'}
        if held.location:
            headers["Location"] = self.url(f"/{stamp}{'id_' * raw}/{held.location}")
        banner = b"" if raw else b"<div>A banner of the archive.</div>"
        return held.status, headers, banner + held.body


def date(at: datetime) -> str:
    return format_datetime(at, usegmt=True)


@contextmanager
def open_memento() -> Iterator[MementoServer]:
    class Handler(Quiet):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            wanted = self.headers.get("Accept-Datetime", "")
            if self.path != "/robots.txt":
                made.asked.append((self.path, wanted))
            status, headers, body = made.answer(self.path, wanted)
            self.answer(status, {"Content-Type": TYPE, **headers}, body)

    with served(Handler) as server:
        made = MementoServer(server)
        yield made
