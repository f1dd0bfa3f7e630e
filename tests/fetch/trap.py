"""Run by test_namespace.py in a network of its own, in which every address there is leads to a trap.

Asks for addresses on standard input with a client named on the command line, and prints one JSON line: which of our own
addresses were connected to. Names under `.test` are answered here: `public.test` is a public address, `to-<hex>.test`
is the one in its name, and `rebind-<hex>.test` is public when first asked for and the one in its name ever after.
"""

import ipaddress
import json
import os
import socket
import struct
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import unquote

PUBLIC = "93.184.215.14"
PORTS = (80, 443, 22, 8080)


def prepare(folder: Path) -> None:
    """Make every address one of our own, and ourselves the name server."""
    for command in (
        "ip link set lo up",
        "ip route add local 0.0.0.0/0 dev lo",
        "ip -6 route add local ::/0 dev lo",
    ):
        subprocess.run(command.split(), check=True)
    file = folder / "resolv.conf"
    file.write_text("nameserver 127.0.0.1\noptions timeout:2 attempts:1\n")
    subprocess.run(["mount", "--bind", str(file), "/etc/resolv.conf"], check=True)


class Names:
    """A name server for `.test`."""

    def __init__(self) -> None:
        self._asked: set[str] = set()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 53))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            query, client = self._socket.recvfrom(1500)
            self._socket.sendto(self._answer(query), client)

    def _answer(self, query: bytes) -> bytes:
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1 : at + 1 + query[at]].decode().lower())
            at += 1 + query[at]
        kind = struct.unpack("!H", query[at + 1 : at + 3])[0]
        address = self._address(".".join(labels))
        wanted = 1 if address.version == 4 else 28
        head = query[:2] + struct.pack("!HHHHH", 0x8180, 1, int(kind == wanted), 0, 0) + query[12 : at + 5]
        if kind != wanted:
            return head
        return head + struct.pack("!HHHIH", 0xC00C, kind, 1, 0, len(address.packed)) + address.packed

    def _address(self, name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
        verb, _, rest = name.removesuffix(".test").partition("-")
        if verb == "rebind" and name not in self._asked:
            self._asked.add(name)
            return ipaddress.ip_address(PUBLIC)
        if verb in {"to", "rebind"}:
            return ipaddress.ip_address(bytes.fromhex(rest))
        return ipaddress.ip_address(PUBLIC)


class Trap:
    """Takes every connection, on every address, and answers as a site whose pages lead wherever they are told to."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        for family, host in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
            for port in PORTS:
                listening = socket.socket(family, socket.SOCK_STREAM)
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                listening.bind((host, port))
                listening.listen(200)
                threading.Thread(target=self._accept, args=(listening,), daemon=True).start()

    def _accept(self, listening: socket.socket) -> None:
        while True:
            connection, _ = listening.accept()
            self.taken.append(connection.getsockname()[0])
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(5)
            try:
                path = connection.recv(65536).split(b" ")[1].decode()
                leads = unquote(path.partition("?")[2])
                head = f"HTTP/1.1 302 Found\r\nLocation: {leads}\r\n" if leads else "HTTP/1.1 404 Not Found\r\n"
                connection.sendall(f"{head}Content-Length: 0\r\nConnection: close\r\n\r\n".encode())
            except (OSError, IndexError):
                return


def ask_unguarded(addresses: list[str]) -> None:
    """What a client does that looks at no address."""
    for address in addresses:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (OSError, ValueError):  # an answer that is no page, or an address that it cannot read
            continue


def ask_guarded(addresses: list[str]) -> list[dict[str, object]]:
    """What `sourcebook fetch` does."""
    command = [sys.executable, "-m", "sourcebook", "fetch", "--delay", "0", "--deadline", "5"]
    done = subprocess.run(command, input="\n".join(addresses), capture_output=True, text=True, check=False, timeout=240)
    return [json.loads(line) for line in done.stdout.splitlines()]


def main() -> None:
    """Ask, and say who was reached."""
    prepare(Path(sys.argv[2]))
    Names()
    trap = Trap()
    addresses = sys.stdin.read().split()
    rows = ask_guarded(addresses) if sys.argv[1] == "guarded" else ask_unguarded(addresses) or []
    json.dump({"reached": trap.taken, "rows": rows}, sys.stdout)
    sys.stdout.flush()
    os._exit(0)  # the threads of the trap wait for ever


if __name__ == "__main__":
    main()
