"""A loopback endpoint that speaks OpenAI's protocol and says what a test tells it to."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from tests.loopback import Quiet, served

USAGE = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}


class Says(Struct, frozen=True):
    """One answer of the endpoint."""

    content: str = ""
    status: int = 200
    headers: dict[str, str] = {}
    body: Any = None  # instead of a completion
    finish: str = "stop"
    after_s: float = 0.0


@dataclass
class Double:
    """The endpoint: its address, and every request that it was sent."""

    url: str
    answer: Callable[[dict[str, Any]], Says]
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def refusal(status: int, code: str, **headers: str) -> Says:
    """An error as OpenAI words it."""
    return Says(status=status, body={"error": {"message": f"no: {code}", "type": code, "code": code}}, headers=headers)


@contextmanager
def serve(answer: Callable[[dict[str, Any]], Says]) -> Iterator[Double]:
    """An endpoint that runs until the block ends."""

    class Handler(Quiet):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with double.lock:
                double.requests.append(request)
                double.keys.append(self.headers.get("Authorization", ""))
                double.at_once += 1
                double.most_at_once = max(double.most_at_once, double.at_once)
            said = double.answer(request)
            time.sleep(said.after_s)
            with double.lock:
                double.at_once -= 1
            body = json.dumps(said.body if said.body is not None else completion(said)).encode()
            try:
                headers = {name.replace("_", "-"): value for name, value in said.headers.items()}
                self.answer(said.status, {**headers, "Content-Type": "application/json"}, body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

    with served(Handler) as server:
        double = Double(f"http://127.0.0.1:{server.server_port}/v1", answer)
        yield double


def completion(said: Says) -> dict[str, Any]:
    """A chat completion as OpenAI sends it."""
    message = {"role": "assistant", "content": said.content}
    choice = {"index": 0, "message": message, "finish_reason": said.finish}
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "double",
        "choices": [choice],
        "usage": USAGE,
    }
