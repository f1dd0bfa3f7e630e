"""Whom we believe over TLS: those that the system trusts, read when they are first needed."""

import asyncio
import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from tests.fetch.site import article, http

# what the system trusts is named after everything is loaded; another user of aiohttp in the same process is first
_ASK = """
import asyncio, os, sys
from datetime import UTC, datetime
from sourcebook.config import FetchSettings
from sourcebook.fetch.web import WebFetcher
from sourcebook.types.fetching import Fetched, Wanted
import aiohttp

url, os.environ["SSL_CERT_FILE"] = sys.argv[1:]

async def other():
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status

try:
    print(asyncio.run(other()))
except aiohttp.ClientConnectorCertificateError:
    print("not trusted")
settings = FetchSettings(allow_networks=("127.0.0.0/8",), delay_s=0.0)
fetcher = WebFetcher(settings, lambda: datetime.now(UTC))
print(*(one.outcome for one in fetcher.fetch([Wanted("a", url)]) if isinstance(one, Fetched)))
"""


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def url(authority: trustme.CA) -> Iterator[str]:
    """A page of a site that this authority has certified."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(_answer, "127.0.0.1", 0, ssl=context))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    server.close()
    loop.close()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(http(article()))
    await writer.drain()
    writer.close()


def _asked(url: str, trusted: Path) -> list[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SSL_CERT")}
    ran = subprocess.run(
        [sys.executable, "-c", _ASK, url, str(trusted)], capture_output=True, text=True, check=True, env=environment
    )
    return ran.stdout.split("\n")[:2]


def test_whom_the_system_trusts_is_read_at_the_first_https_address(
    url: str, authority: trustme.CA, tmp_path: Path
) -> None:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")

    assert _asked(url, tmp_path / "ca.pem") == ["200", "ok"]


def test_nobody_else_is_believed(url: str, tmp_path: Path) -> None:
    trustme.CA().cert_pem.write_to_path(tmp_path / "others.pem")

    assert _asked(url, tmp_path / "others.pem") == ["not trusted", "unreachable"]
