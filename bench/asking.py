"""What one request costs, without a socket."""

import time
from collections.abc import MutableMapping
from typing import Any

from starlette.applications import Starlette

ROUNDS = 3  # the fastest counts: the others measure what else the machine was doing


async def ask(app: Starlette, address: str, referer: str = "") -> bytes:
    """What comes of one request. Raises RuntimeError when it is not answered with a page."""
    statuses: list[int] = []
    bodies: list[bytes] = []
    path, _, query = address.partition("?")

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])
        else:
            bodies.append(message.get("body", b""))

    headers = [(b"host", b"localhost"), (b"referer", referer.encode())] if referer else []
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": path, "raw_path": path.encode(), "root_path": "", "query_string": query.encode(), "headers": headers,
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip
    await app(scope, receive, send)
    if statuses != [200]:
        raise RuntimeError(f"{address} was answered with {statuses}")
    return b"".join(bodies)


async def fastest_ms(app: Starlette, address: str, rounds: int = ROUNDS) -> float:
    """CPU milliseconds of one request, of the fastest of some rounds; none is taken from the pages that are kept."""
    times = []
    for number in range(rounds):
        start = time.process_time()
        await ask(app, address, f"http://localhost/sources?page={number + 2}")
        times.append(time.process_time() - start)
    return min(times) * 1_000
