"""2,000 links against lychee, with its limits lifted and at an equal delay a host: wall time, start-up included."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench import PEERS, Measurement
from bench.loopback import serving

LINKS = 2_000
RUNS = 5
DELAY_S = 0.1
_ON_A_PAGE = 50


def measure() -> list[Measurement]:
    """How many times lychee's wall time we take. Both must find every link there."""
    with tempfile.TemporaryDirectory() as folder, serving() as site:
        _write(Path(folder), site.urls(LINKS))
        lifted = ["--max-concurrency=1000", "--host-concurrency=1000", "--host-request-interval=0ms"]
        delayed = ["--max-concurrency=1000", "--host-concurrency=1", f"--host-request-interval={DELAY_S * 1000:.0f}ms"]
        return [
            _compared("links, limits lifted", (folder, 0.0), lifted, 2),
            _compared(f"links, {DELAY_S:g} s a host", (folder, DELAY_S), delayed, 1),
        ]


def _compared(name: str, asked: tuple[str, float], flags: Sequence[str], bar: float) -> Measurement:
    folder, delay_s = asked
    ours = [sys.executable, "-m", "sourcebook", "links", folder, "--allow-network=127.0.0.0/8", f"--delay={delay_s}"]
    peer = [str(PEERS / "lychee"), "--no-progress", *flags, folder]
    times = [(_wall_s(ours, f"{LINKS:,} there"), _wall_s(peer, f"{LINKS} OK")) for _ in range(RUNS)]
    our_s, peer_s = (min(one[side] for one in times) for side in (0, 1))
    return Measurement(name, our_s, peer_s, "s, peer: lychee", our_s / peer_s, f"≤ {bar:g}", our_s <= bar * peer_s)


def _wall_s(command: Sequence[str], wanted: str) -> float:
    """How long a program takes. Raises RuntimeError unless it says what it should find."""
    began = time.perf_counter()
    ended = subprocess.run(command, check=True, capture_output=True, text=True)
    took = time.perf_counter() - began
    if wanted not in ended.stdout + ended.stderr:
        raise RuntimeError(f"{command[0]!r} did not say {wanted!r}: {(ended.stdout + ended.stderr)[-300:]}")
    return took


def _write(folder: Path, urls: Sequence[str]) -> None:
    for start in range(0, len(urls), _ON_A_PAGE):
        links = "\n".join(f"- It was so [in {start}]({url})." for url in urls[start : start + _ON_A_PAGE])
        (folder / f"page{start}.md").write_text(f"# Page {start}\n\n{links}\n", encoding="utf-8")
