"""In a network in which every address leads to a trap, no private one is asked: not directly, nor by any detour."""

import ipaddress
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.fetch.trap import PUBLIC

_NAMESPACE = ["unshare", "--map-root-user", "--net", "--mount"]


def _why_not() -> str:
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        return "no unshare or no ip on this machine: install util-linux and iproute2"
    tried = subprocess.run([*_NAMESPACE, "ip", "link", "set", "lo", "up"], capture_output=True, text=True, check=False)
    return "" if tried.returncode == 0 else f"this machine makes no network namespaces: {tried.stderr.strip()}"


pytestmark = pytest.mark.skipif(bool(_why_not()), reason=_why_not() or "can")

PRIVATE = [
    "10.0.0.1", "10.255.255.254", "172.16.0.1", "172.31.9.9", "192.168.0.1", "192.168.255.1", "169.254.169.254",
    "100.64.0.1", "127.0.0.1", "127.1.2.3", "0.0.0.0", "192.0.0.8", "198.18.0.1", "198.51.100.1", "203.0.113.1",
    "192.0.2.1", "192.88.99.1", "240.0.0.1",
    "::1", "fc00::1", "fd12:3456::1", "fec0::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a00:1",
    "64:ff9b::7f00:1", "2002:a00:1::1", "2001:db8::1", "100::1", "3fff::1", "2001:10::1",
]  # fmt: skip
DIRECT = [
    *(f"http://[{one}]/" if ":" in one else f"http://{one}/" for one in PRIVATE),
    *(f"http://[{one}]:8080/" if ":" in one else f"http://{one}:8080/" for one in PRIVATE[:4]),
    "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/",
    "http://10.1/", "http://0xa000001/", "http://167772161/", "http://012.0.0.1/", "http://192.168.257/",
    "http://localhost/", "http://LOCALHOST./", "http://[::]/", "http://[0:0:0:0:0:ffff:127.0.0.1]/",
    "http://user@10.0.0.1/", "http://10.0.0.1%2f@10.0.0.2/", "https://10.0.0.1/", "https://[::1]/", "http://１２７.0.0.1/",
]  # fmt: skip
BY_REDIRECT = [f"http://public.test/{number}?{quote(one, safe='')}" for number, one in enumerate(DIRECT)]


def _name(verb: str, address: str) -> str:
    return f"http://{verb}-{ipaddress.ip_address(address).packed.hex()}.test/page"


BY_NAME = [_name("to", one) for one in PRIVATE]
BY_REBINDING = [_name("rebind", one) for one in PRIVATE]


def asked(client: str, addresses: list[str], folder: Path) -> dict[str, Any]:
    """Which of its own addresses the trap was reached on, and what the client said."""
    trap = Path(__file__).with_name("trap.py")
    done = subprocess.run(
        [*_NAMESPACE, sys.executable, str(trap), client, str(folder)],
        input="\n".join(addresses),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_there_are_enough_forms() -> None:
    assert len(DIRECT) >= 50


@pytest.mark.parametrize(
    ("addresses", "least_asked"),
    [
        pytest.param(DIRECT, 0, id="directly"),
        pytest.param(BY_REDIRECT, len(BY_REDIRECT), id="by redirect"),
        pytest.param(BY_NAME, 0, id="by name"),
        pytest.param(BY_REBINDING, 1, id="by a name that changes its mind"),
    ],
)
def test_no_private_address_is_connected_to(tmp_path: Path, addresses: list[str], least_asked: int) -> None:
    found = asked("guarded", addresses, tmp_path)
    elsewhere = [one for one in found["reached"] if one != PUBLIC]

    assert elsewhere == []
    assert len(found["reached"]) >= least_asked
    assert len(found["rows"]) == len(addresses)
    assert not [row for row in found["rows"] if row["outcome"] == "ok"]


def test_a_client_that_looks_at_no_address_does_reach_the_trap(tmp_path: Path) -> None:
    reached = asked("unguarded", [*DIRECT, *BY_NAME, *BY_REDIRECT[:20]], tmp_path)["reached"]
    elsewhere = {one for one in reached if one != PUBLIC}

    assert {"10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "fc00::1"} <= elsewhere
    assert len(elsewhere) >= 20
