"""Asks in a process of its own, and keeps nothing: so that pages are read while what asks for their links is loaded.

`python -m sourcebook.fetch.apart` is that process. It reads settings and addresses as lines of JSON, and writes what is
said of each. One process asks them all, since only then can it know that no host is asked two things at once.
"""

import contextlib
import gc
import itertools
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from traceback import format_exc
from types import TracebackType
from typing import IO, Self

import msgspec
from msgspec import Struct

from sourcebook.config import FetchSettings
from sourcebook.errors import UsageError
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Fetched, Lull, NotAsked, Wanted


class Said(Struct, frozen=True, tag=True):
    """What came of an address; without an outcome where nobody was asked."""

    name: str
    url: str
    outcome: Outcome | None
    reason: str
    status: int | None = None
    final_url: str | None = None


class _Refused(Struct, frozen=True, tag=True):
    """Settings that make no sense."""

    message: str
    hint: str


class _Broke(Struct, frozen=True, tag=True):
    """A fault of ours."""

    trace: str


class _Done(Struct, frozen=True, tag=True):
    """All were asked."""


_ANSWERS = msgspec.json.Decoder(Said | _Refused | _Broke | _Done)
_WANTED = msgspec.json.Decoder(tuple[str, str])
_SETTINGS = msgspec.json.Decoder(FetchSettings)


class Apart:
    """For `with`: a process that asks, and ends with the block."""

    def __enter__(self) -> Self:
        # -P: what lies in the folder of the pages is no part of us
        program = [sys.executable, "-P", "-m", __name__]
        self._process = subprocess.Popen(  # noqa: S603 - ours
            program,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,  # Ctrl-C is for who started it, who ends it
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._lines, self._answers = self._process.stdin, self._process.stdout
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        with contextlib.suppress(BrokenPipeError):
            self._lines.close()
        self._answers.close()
        self._process.wait()

    def ask(self, settings: FetchSettings, wanted: Iterable[tuple[str, str]]) -> Iterator[Said]:
        """Ask for addresses, each by a name of its own; what is said of each, in the order in which answers come, as
        soon as all of `wanted` is known. Raises UsageError for settings that make no sense."""
        with contextlib.suppress(BrokenPipeError), self._lines as lines:  # it has ended; its last word says why
            for one in itertools.chain((settings,), wanted):
                lines.write(msgspec.json.encode(one) + b"\n")
        for line in self._answers:
            match _ANSWERS.decode(line):
                case Said() as said:
                    yield said
                case _Refused(message, hint):
                    raise UsageError(message, hint)
                case _Broke(trace):
                    raise RuntimeError(trace)
                case _Done():
                    return
        raise RuntimeError("the process that asks was ended")


def main() -> None:
    """The process."""
    gc.disable()  # what is loaded stays, as in `sourcebook.cli.loading`; until the first answer nothing else is made
    out = sys.stdout.buffer
    try:
        for said in _asked(sys.stdin.buffer):
            if said is None:
                out.flush()
            else:
                out.write(msgspec.json.encode(said) + b"\n")
        out.flush()
    except (KeyboardInterrupt, BrokenPipeError):  # nobody listens any more
        pass
    os._exit(0)  # nothing is to be put away


def _asked(lines: IO[bytes]) -> Iterator[Said | _Refused | _Broke | _Done | None]:
    """What is to be said, and None where nothing else is at hand."""
    try:
        # here, so that who starts the process loads nothing of it; and first, so that nothing is waited for
        from sourcebook.fetch.visit import LINKS_ONLY  # noqa: PLC0415
        from sourcebook.fetch.web import WebFetcher  # noqa: PLC0415

        gc.freeze()
        gc.enable()
        gc.set_threshold(50_000, 20, 20)
        settings = _SETTINGS.decode(lines.readline())
        wanted: queue.SimpleQueue[Wanted | None] = queue.SimpleQueue()
        threading.Thread(target=_take_in, args=(lines, wanted), daemon=True).start()
        for answer in WebFetcher(settings, lambda: datetime.now(UTC), LINKS_ONLY).fetch(iter(wanted.get, None)):
            match answer:
                case Fetched():
                    known = (answer.outcome, answer.reason, answer.status, answer.final_url)
                    yield Said(answer.source_id, answer.url, *known)
                case NotAsked():
                    yield Said(answer.source_id, answer.url, None, answer.why)
                case Lull():
                    yield None
        yield _Done()
    except UsageError as error:
        yield _Refused(error.message, error.hint)
    except Exception:  # noqa: BLE001 - the edge of a process
        yield _Broke(format_exc())


def _take_in(lines: IO[bytes], wanted: "queue.SimpleQueue[Wanted | None]") -> None:
    """Whoever writes never waits for answers to be read, and reads none before all is written."""
    for line in lines:
        wanted.put(Wanted(*_WANTED.decode(line)))
    wanted.put(None)


if __name__ == "__main__":
    main()
