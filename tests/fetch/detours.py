"""A page that tries every way out of a browser that we know of, and a trap that counts what arrives."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.fetch.chromium import FRAME

TRAP = "127.0.0.9"  # an address that may not be asked


class Trap:
    """Counts whatever arrives at an address, by TCP and by UDP."""

    def __init__(self) -> None:
        self.connections = 0
        self.datagrams = 0
        self._stream = socket.create_server((TRAP, 0))
        self.port = self._stream.getsockname()[1]
        self._datagram = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._datagram.bind((TRAP, self.port))
        self._threads = [threading.Thread(target=one, daemon=True) for one in (self._accept, self._receive)]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        self._stream.shutdown(socket.SHUT_RDWR)
        self._datagram.sendto(b"end", (TRAP, self.port))
        for thread in self._threads:
            thread.join(5)
        self._stream.close()
        self._datagram.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._stream.accept()
            except OSError:
                return
            self.connections += 1
            connection.close()

    def _receive(self) -> None:
        while self._datagram.recvfrom(2048)[0] != b"end":
            self.datagrams += 1


@contextmanager
def open_trap() -> Iterator[Trap]:
    trap = Trap()
    try:
        yield trap
    finally:
        trap.close()


def detours(trap: str) -> bytes:
    """A page that tries every way out that we know of."""
    return (
        FRAME
        + f"""<link rel="dns-prefetch" href="http://{trap}"><link rel="preconnect" href="http://{trap}">
<link rel="prefetch" href="http://{trap}/prefetch">
<link rel="preload" as="font" href="http://{trap}/f.woff2" crossorigin>
<link rel="prerender" href="http://{trap}/prerender"><link rel="manifest" href="http://{trap}/m.json">
<link rel="icon" href="http://{trap}/icon.ico"><link rel="modulepreload" href="http://{trap}/m.js">
<script type="speculationrules">{{"prefetch": [{{"source": "list", "urls": ["http://{trap}/s1"]}}],
 "prerender": [{{"source": "list", "urls": ["http://{trap}/s2"]}}]}}</script>
<style>@import url("http://{trap}/i.css"); @font-face {{ font-family: x; src: url("http://{trap}/f.woff") }}
 body {{ font-family: x; background: url("http://{trap}/b.png") }}</style>
<iframe src="http://{trap}/frame"></iframe><iframe srcdoc="<img src='http://{trap}/inner'>"></iframe>
<object data="http://{trap}/object"></object><embed src="http://{trap}/embed"><img src="http://{trap}/img">
<video autoplay src="http://{trap}/video"></video><audio autoplay src="http://{trap}/audio"></audio>
<form id="form" target="frame" action="http://{trap}/form"></form><iframe name="frame"></iframe>
<a id="ping" ping="http://{trap}/ping" href="#x">x</a><a id="load" download href="http://{trap}/download">x</a>
<script>
const attempts = [
  () => fetch("http://{trap}/fetch"), () => fetch("http://{trap}/post", {{method: "POST", body: "x", keepalive: true}}),
  () => navigator.sendBeacon("http://{trap}/beacon", "x"), () => new EventSource("http://{trap}/events"),
  () => new WebSocket("ws://{trap}/socket"), () => document.getElementById("form").submit(),
  () => document.getElementById("ping").click(), () => document.getElementById("load").click(),
  () => window.open("http://{trap}/window"), () => navigator.serviceWorker.register("/worker.js"),
  () => new Worker("/worker.js"), () => new SharedWorker("/worker.js"),
  () => new Worker(URL.createObjectURL(new Blob(["fetch('http://{trap}/blob'); new WebSocket('ws://{trap}/blob')"]))),
  () => new WebTransport("https://{trap}/transport"),
  () => {{ const peer = new RTCPeerConnection({{iceServers: [{{urls: "stun:{trap}"}}]}}); peer.createDataChannel("x");
          return peer.createOffer().then(offer => peer.setLocalDescription(offer)); }},
  () => {{ const frame = document.createElement("iframe"); document.body.append(frame);
          const peer = new frame.contentWindow.RTCPeerConnection({{iceServers: [{{urls: "stun:{trap}"}}]}});
          peer.createDataChannel("x"); return peer.createOffer().then(offer => peer.setLocalDescription(offer)); }},
];
for (const attempt of attempts) try {{ Promise.resolve(attempt()).catch(() => 0) }} catch (error) {{}}
setTimeout(() => location.href = "http://{trap}/left", 1000);
</script>""".encode()
    )
