"""The style sheet, and the server that answers."""

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from sourcebook.errors import UsageError
from sourcebook.web.assets import read_assets
from sourcebook.web.server import serve
from tests.web.shelf import Shelf

ROOT = Path(__file__).parents[2]
SERVE = """
import sys
from sourcebook.web.server import serve
from tests.web.shelf import Shelf
serve(Shelf(), "127.0.0.1", 0, lambda address: print(address, flush=True))
print("ended", flush=True)
"""


def test_pages_name_the_style_sheet_by_its_digest(reader):
    address = reader.page("/").xpath("//link[@rel='stylesheet']/@href")[0]

    answer = reader.client.get(address)
    assert re.fullmatch(r"/static/sourcebook\.css\?v=[0-9a-f]{12}", address)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"


def test_an_old_digest_is_not_kept_and_an_unchanged_file_not_sent_again(reader):
    answer = reader.client.get("/static/sourcebook.css?v=000000000000")
    again = reader.client.get("/static/sourcebook.css", headers={"if-none-match": answer.headers["etag"]})

    assert answer.headers["cache-control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")


def test_the_style_sheet_loads_nothing():
    css = read_assets()["sourcebook.css"].body.decode()

    assert all(inside.startswith('"data:image/svg+xml,') for inside in css.split("url(")[1:])  # shapes, drawn here
    assert "@import" not in css
    assert css.count("{") == css.count("}")


def test_a_first_visit_is_small(reader):
    page = reader.client.get("/", headers={"accept-encoding": "gzip"})
    css = reader.client.get("/static/sourcebook.css", headers={"accept-encoding": "gzip"})

    assert page.headers["content-encoding"] == css.headers["content-encoding"] == "gzip"
    assert int(page.headers["content-length"]) + int(css.headers["content-length"]) < 20_000


def test_the_server_says_its_address_once_it_answers_and_prints_nothing_itself():
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        address = process.stdout.readline().strip()
        with urllib.request.urlopen(f"{address}/index.json", timeout=10) as answer:
            status = answer.status
        process.send_signal(signal.SIGINT)
        rest, said = process.communicate(timeout=10)
    finally:
        process.kill()
        process.wait()

    assert status == 200
    assert (rest, said) == ("ended\n", "")
    assert process.returncode == 0


def test_a_busy_port_is_refused_with_a_hint():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(UsageError, match=f"port {port} on '127.0.0.1' is in use already") as refused:
            serve(Shelf(), "127.0.0.1", port, print)

    assert "--port" in refused.value.hint


@pytest.mark.parametrize("host", ["192.0.2.1", "no such host", "x" * 300])
def test_an_address_that_is_not_ours_is_refused_with_a_hint(host):
    with pytest.raises(UsageError) as refused:
        serve(Shelf(), host, 0, print)

    assert "--host" in refused.value.hint


@pytest.mark.parametrize("port", [-1, 70_000])
def test_a_port_that_cannot_be_is_refused(port):
    with pytest.raises(UsageError):
        serve(Shelf(), "127.0.0.1", port, print)
