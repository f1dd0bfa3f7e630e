"""2,000 links against lychee, with its limits lifted and at an equal delay a host: wall time, start-up included.

The delay is measured twice. At 0.1 s, which nobody sets, start-up weighs most. At 1 s, which is what we leave between
two requests to a host unless told otherwise, a quarter of the links stands for a check as people run it. Links stand
on the pages one host after the other, as on pages that cite many sites.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import PEERS, Measurement
from bench.loopback import serving

LINKS = 2_000
RUNS = 5
LONG_RUNS = 3  # of those that mostly wait, and hardly differ
_ON_A_PAGE = 50


def measure() -> list[Measurement]:
    """How many times lychee's wall time we take. Both must find every link there."""
    with tempfile.TemporaryDirectory() as all_of_them, tempfile.TemporaryDirectory() as some, serving() as site:
        _write(Path(all_of_them), site.urls(LINKS))
        _write(Path(some), site.urls(LINKS // 4))
        return [
            _compared("links, limits lifted", Check(all_of_them, LINKS, 0.0, RUNS), 2),
            _compared("links, 0.1 s a host", Check(all_of_them, LINKS, 0.1, RUNS), 1),
            _compared("links, 1 s a host", Check(some, LINKS // 4, 1.0, LONG_RUNS), 1),
        ]


@dataclass(frozen=True, slots=True)
class Check:
    """What is checked, and how fast a host may be asked: 0 for as fast as it goes, many things at once."""

    folder: str
    links: int
    delay_s: float
    runs: int


def _compared(name: str, check: Check, bar: float) -> Measurement:
    at_once = 1 if check.delay_s else 1000
    flags = [f"--host-concurrency={at_once}", f"--host-request-interval={check.delay_s * 1000:.0f}ms"]
    peer = [str(PEERS / "lychee"), "--no-progress", "--max-concurrency=1000", *flags, check.folder]
    ours = [sys.executable, "-m", "sourcebook", "links", check.folder, "--allow-network=127.0.0.0/8"]
    ours += [f"--delay={check.delay_s}"]
    times = [(_wall_s(ours, f"{check.links:,} there"), _wall_s(peer, f"{check.links} OK")) for _ in range(check.runs)]
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
