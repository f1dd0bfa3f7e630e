"""A web site on loopback, in a process of its own: `with serving(pages) as urls`. The same pages each time.

Pages are articles of 30 to 100 kB, from hosts of their own (127.0.1.1 and so on). Half of them come packed with gzip
to those who take it, as about half of the web's smaller servers do it; every client takes it.
"""

import asyncio
import gzip
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from bench.made_up import WORDS
from bench.pinned import off_the_core

HOSTS = 50
_VARIANTS = 40  # so many different pages; more would only fill the server's memory
_SMALLEST, _LARGEST = 30_000, 100_000
_ROBOTS = b"User-agent: *\nDisallow: /private/\n"


@dataclass(frozen=True, slots=True)
class Site:
    """Where it is."""

    port: int

    def urls(self, pages: int) -> list[str]:
        """So many addresses, one host after the other."""
        return [f"http://127.0.1.{1 + number % HOSTS}:{self.port}/articles/{number}" for number in range(pages)]


@contextmanager
def serving(*, on_all_cores: bool = False) -> Iterator[Site]:
    """The site, until the block ends. It stays off the core on which its clients are measured, unless they have all."""
    with nullcontext() if on_all_cores else off_the_core():
        server = subprocess.Popen([sys.executable, "-m", "bench.loopback"], stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        yield Site(int(server.stdout.readline()))
    finally:
        server.terminate()
        server.communicate()


class _Serving(asyncio.Protocol):
    """One connection. Answers are made beforehand: the server is not what is measured."""

    def __init__(self, answers: list[bytes]) -> None:
        self._answers = answers
        self._head = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._head += data
        while b"\r\n\r\n" in self._head:
            head, _, self._head = self._head.partition(b"\r\n\r\n")
            self._transport.write(self._answer(head))

    def _answer(self, head: bytes) -> bytes:
        method, path, _ = head.split(b"\r\n", 1)[0].split(b" ")
        name = path.rpartition(b"/")[2]
        if name == b"robots.txt":
            return _http(_ROBOTS, "text/plain")
        answer = self._answers[int(name) % len(self._answers)]
        return answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if method == b"HEAD" else answer


def made_up_articles(pages: int) -> Iterator[bytes]:
    """HTML with the parts that articles have: scripts, menus, paragraphs, and a list of what else there is."""
    chance = random.Random(29)
    for number in range(pages):
        size = _SMALLEST + (_LARGEST - _SMALLEST) * number // max(pages - 1, 1)
        title = " ".join(chance.sample(WORDS, 6)).capitalize()
        menu = "".join(f'<li class="menu-item"><a href="/{word}/">{word.title()}</a></li>' for word in WORDS)
        script = "".join(f"var {word} = document.getElementById('{word}-{number}');" for word in WORDS)
        head = (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Example</title>'
            f'<meta property="og:title" content="{title}"><script>{script * 2}</script></head><body>'
            f"<header><nav><ul>{menu}</ul></nav></header><article><h1>{title}</h1>"
        )
        parts, length = [head], len(head)
        while length < size - 2_000:
            words = " ".join(chance.choices(WORDS, k=chance.randint(40, 90)))
            part = f'<p class="text">{words.capitalize()} in <a href="/{number}">{chance.randint(2, 9000)}</a>.</p>\n'
            parts.append(part)
            length += len(part)
        yield "".join((*parts, f"</article><footer><ul>{menu}</ul></footer></body></html>")).encode()


def _http(body: bytes, media_type: str, more: str = "") -> bytes:
    head = (
        f"HTTP/1.1 200 OK\r\nServer: example\r\nDate: Sun, 01 Mar 2026 10:00:00 GMT\r\nContent-Type: {media_type}\r\n"
        f'ETag: "{len(body)}"\r\nLast-Modified: Sat, 28 Feb 2026 10:00:00 GMT\r\nCache-Control: max-age=60\r\n'
        f"Vary: Accept-Encoding\r\nX-Frame-Options: SAMEORIGIN\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _answers() -> list[bytes]:
    kind = "text/html; charset=utf-8"
    return [
        _http(gzip.compress(html, 6), kind, "Content-Encoding: gzip\r\n") if number % 2 else _http(html, kind)
        for number, html in enumerate(made_up_articles(_VARIANTS))
    ]


async def _serve() -> None:
    answers = _answers()
    loop = asyncio.get_running_loop()
    first = await loop.create_server(lambda: _Serving(answers), "127.0.1.1", 0, backlog=4096)
    port = first.sockets[0].getsockname()[1]
    hosts = [f"127.0.1.{number}" for number in range(2, HOSTS + 1)]
    await loop.create_server(lambda: _Serving(answers), hosts, port, backlog=4096)
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await first.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
