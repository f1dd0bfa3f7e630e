"""A web server on loopback that sends exactly the bytes it is told to, and remembers who asked for what, and when.

Every address of 127.0.0.0/8 leads to it, so one site plays many hosts.
"""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from msgspec import Struct
from msgspec.structs import replace

Step = bytes | float  # bytes to send, or seconds to wait


class Whole(bytes):
    """A well-formed answer, after which the connection stays open."""


class Request(Struct, frozen=True):
    host: str
    path: str
    head: bytes
    at: float
    connection: int
    sent: bytes = b""

    def header(self, name: str) -> str:
        for line in self.head.decode("latin-1").split("\r\n")[1:]:
            key, _, value = line.partition(": ")
            if key.lower() == name:
                return value
        return ""


@dataclass
class Site:
    """What it answers is in `scripts`: by "host path" or by path alone; unless the last step is a Whole,
    the connection is closed after it."""

    port: int = 0
    requests: list[Request] = field(default_factory=list)
    scripts: dict[str, tuple[Step, ...]] = field(default_factory=dict)
    connections: int = 0
    busiest: int = 0  # most requests that were being answered at once
    _busy: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def say(self, path: str, *steps: Step) -> None:
        """Answer a path with these bytes."""
        self.scripts[path] = steps

    def page(self, path: str, body: bytes, *headers: str, status: str = "200 OK") -> None:
        """Answer a path with a whole, well-formed answer."""
        self.say(path, http(body, *headers, status=status))

    def asked(self, *, robots: bool = False) -> list[str]:
        return [one.path for one in self.requests if robots or one.path != "/robots.txt"]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        connection = self.connections
        try:
            while await self._answer(reader, writer, connection):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, connection: int) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        path = head.split(b" ", 2)[1].decode("latin-1")
        host = writer.get_extra_info("sockname")[0]
        request = Request(host, path, head, time.monotonic(), connection)
        sent = await reader.readexactly(int(request.header("content-length") or 0))
        self.requests.append(replace(request, sent=sent))
        steps = (
            self.scripts.get(f"{host} {path}") or self.scripts.get(path) or (http(b"nothing", status="404 Not Found"),)
        )
        self._busy += 1
        self.busiest = max(self.busiest, self._busy)
        try:
            for step in steps:
                if isinstance(step, bytes):
                    writer.write(step)
                    await writer.drain()
                else:
                    await asyncio.sleep(step)
        finally:
            self._busy -= 1
        return isinstance(steps[-1], Whole)


def http(body: bytes, *headers: str, status: str = "200 OK") -> Whole:
    lines = [f"HTTP/1.1 {status}", *headers]
    if not any(one.lower().startswith("content-type") for one in headers):
        lines.append("Content-Type: text/html; charset=utf-8")
    lines.append(f"Content-Length: {len(body)}")
    return Whole("\r\n".join(lines).encode() + b"\r\n\r\n" + body)


def moved(to: str, *headers: str, status: str = "302 Found") -> Whole:
    return http(b"", f"Location: {to}", *headers, status=status)


def article(
    words: str = "The committee met on Tuesday and agreed on the text of the report after a long debate.",
) -> bytes:
    paragraphs = "".join(f"<p>{words} Paragraph {number}.</p>\n" for number in range(30))
    return f"<!doctype html><title>An article</title><h1>An article</h1>{paragraphs}".encode()


@contextmanager
def open_site() -> Iterator[Site]:
    site = Site()
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    stop = asyncio.Event()

    async def main() -> None:
        server = await asyncio.start_server(site.serve, "0.0.0.0", 0)
        site.port = server.sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(main())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(5)
    try:
        yield site
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(5)
