"""The hostile server: `python -m tests.fetch.hostile.server FOLDER`.

Every fault of the table has an address of its own in 127.77.0.0/16. The server prints its port when it is ready, and a
report when its standard input ends: what each address was asked for, what it sent, and every fault of its own.
"""

import asyncio
import contextlib
import json
import ssl
import struct
import sys
import traceback
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from socket import SO_LINGER, SOL_SOCKET

import trustme

from tests.fetch.hostile.acts import Act, Fault, Flood, Reset, Wait, whole
from tests.fetch.hostile.faults import FAULTS

_LEFT = (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, TimeoutError)  # the client's doing, and its right

_GLANCE_S = 0.05  # between two looks whether the client is still there


def address(number: int) -> str:
    return f"127.77.{number // 200}.{number % 200 + 1}"


class Hostile:
    """Plays the faults, and keeps a record."""

    def __init__(self, folder: Path) -> None:
        self.faults = {address(number): fault for number, fault in enumerate(FAULTS)}
        self.contexts = _contexts(folder)
        self.errors: list[str] = []
        self.requests: dict[str, list[str]] = defaultdict(list)
        self.sent: dict[str, int] = defaultdict(int)
        self.open: dict[str, set[asyncio.StreamReader]] = defaultdict(set)
        self.busiest: dict[str, int] = defaultdict(int)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        where = writer.get_extra_info("sockname")[0]
        try:
            await self._serve(where, reader, writer)
        except _LEFT:
            pass
        except asyncio.CancelledError:
            raise
        except BaseException:  # noqa: BLE001 - the edge of a connection: the report tells of it
            self.errors.append(f"{where}: {traceback.format_exc()}")
        finally:
            with contextlib.suppress(*_LEFT, RuntimeError):
                writer.close()

    async def _serve(self, where: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fault = self.faults[where]
        if fault.tls and not await self._secure(fault.tls, writer):
            return
        while True:
            request = await reader.readuntil(b"\r\n\r\n")
            path = request.split(b" ", 2)[1].decode("latin-1")
            self.requests[where].append(path)
            self.open[where].add(reader)
            there = sum(not one.at_eof() for one in self.open[where])  # who has left is no longer served
            self.busiest[where] = max(self.busiest[where], there)
            try:
                acts = self._acts(fault, path)
                for act in acts:
                    await self._do(where, act, reader, writer)
                    if reader.at_eof():
                        return
            finally:
                self.open[where].discard(reader)
            if not (len(acts) == 1 and isinstance(acts[0], bytes) and b"\r\nContent-Length:" in acts[0]):
                return

    def _acts(self, fault: Fault, path: str) -> tuple[Act, ...]:
        if path == "/robots.txt":
            return fault.robots or (whole(b"", status="404 Not Found"),)
        if path in fault.others:
            return fault.others[path]
        # what nobody has linked to is not there, so that faults are told from sites that answer everything
        return fault.acts if path == fault.path or fault.everywhere else (whole(b"", status="404 Not Found"),)

    async def _secure(self, kind: str, writer: asyncio.StreamWriter) -> bool:
        """TLS, or what is there in its place."""
        if kind == "plain words":
            writer.write(whole())
            await writer.drain()
            return False
        if kind == "rubbish":
            writer.write(bytes(range(256)) * 8)
            await writer.drain()
            await asyncio.sleep(0.2)
            return False
        if kind == "silence":
            await asyncio.sleep(30)
            return False
        await writer.start_tls(self.contexts[kind])
        return True

    async def _do(self, where: str, act: Act, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        match act:
            case bytes():
                writer.write(act)
                self.sent[where] += len(act)
                await writer.drain()
            case Wait(seconds=seconds):
                for _ in range(round(seconds / _GLANCE_S)):
                    await asyncio.sleep(_GLANCE_S)
                    if reader.at_eof():
                        return
            case Flood():
                await self._flood(where, act, reader, writer)
            case Reset():
                await asyncio.sleep(0.05)  # for what was sent before to arrive
                raw = writer.get_extra_info("socket")
                raw.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
                writer.transport.abort()

    async def _flood(
        self, where: str, flood: Flood, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        for _ in range(flood.most // len(flood.piece)):
            writer.write(flood.piece)
            await writer.drain()
            self.sent[where] += len(flood.piece)
            await asyncio.sleep(flood.pause_s)
            if reader.at_eof():
                return

    def report(self) -> str:
        return json.dumps(
            {"errors": self.errors, "requests": self.requests, "sent": self.sent, "busiest": self.busiest}
        )


def _contexts(folder: Path) -> dict[str, ssl.SSLContext]:
    """Certificates by what is wrong with them. The authority to trust is written into the folder."""
    ours, others = trustme.CA(), trustme.CA()
    ours.cert_pem.write_to_path(folder / "ca.pem")
    hosts = [address(number) for number, fault in enumerate(FAULTS) if fault.tls]
    made = {
        "good": ours.issue_cert(*hosts),
        "unknown authority": others.issue_cert(*hosts),
        "another host": ours.issue_cert("elsewhere.example"),
        "expired": ours.issue_cert(*hosts, not_after=datetime(2020, 1, 1, tzinfo=UTC)),
    }
    contexts = {}
    for kind, certificate in made.items():
        contexts[kind] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(contexts[kind])
    return contexts


async def main(folder: Path) -> None:
    hostile = Hostile(folder)
    server = await asyncio.start_server(hostile.serve, "0.0.0.0", 0, backlog=500)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()
    print(hostile.report(), flush=True)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
