"""2,000 links against lychee, with its limits lifted and at an equal delay a host: wall time, start-up included.

Both run on one core, as the clients of `bench.fetch` do, and the site on the others. Where they have all cores, a
program of many threads is sooner done and ours, which asks in one, is not: that is measured too, and has no bar.

The delay is measured twice. At 0.1 s, which nobody sets, start-up weighs most. At 1 s, which is what we leave between
two requests to a host unless told otherwise, a quarter of the links stands for a check as people run it. Links stand
on the pages one host after the other, as on pages that cite many sites.
"""

import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import PEERS, Measurement
from bench.loopback import serving
from bench.pinned import Run, run, run_pinned

LINKS = 2_000
RUNS = 5
LONG_RUNS = 3  # of those that mostly wait, and hardly differ
_ON_A_PAGE = 50
_Runner = Callable[..., Run]


@dataclass(frozen=True, slots=True)
class Check:
    """What is checked, and how fast a host may be asked: 0 for as fast as it goes, many things at once."""

    folder: str
    links: int
    delay_s: float
    runs: int


def measure() -> list[Measurement]:
    """How many times lychee's wall time we take. Both must find every link there."""
    with tempfile.TemporaryDirectory() as all_of_them, tempfile.TemporaryDirectory() as some, serving() as site:
        _write(Path(all_of_them), site.urls(LINKS))
        _write(Path(some), site.urls(LINKS // 4))
        at_once = Check(all_of_them, LINKS, 0.0, RUNS)
        found = [
            _compared("links, limits lifted", at_once, run_pinned, 2),
            _compared("links, 0.1 s a host", Check(all_of_them, LINKS, 0.1, RUNS), run_pinned, 1),
            _compared("links, 1 s a host", Check(some, LINKS // 4, 1.0, LONG_RUNS), run_pinned, 1),
        ]
    with tempfile.TemporaryDirectory() as all_of_them, serving(on_all_cores=True) as site:
        _write(Path(all_of_them), site.urls(LINKS))
        at_once = Check(all_of_them, LINKS, 0.0, RUNS)
        return [*found, _compared("limits lifted, all cores", at_once, run)]


def _compared(name: str, check: Check, runner: _Runner, bar: float | None = None) -> Measurement:
    at_once = 1 if check.delay_s else 1000
    flags = [f"--host-concurrency={at_once}", f"--host-request-interval={check.delay_s * 1000:.0f}ms"]
    peer = [str(PEERS / "lychee"), "--no-progress", "--max-concurrency=1000", *flags, check.folder]
    ours = [sys.executable, "-m", "sourcebook", "links", check.folder, "--allow-network=127.0.0.0/8"]
    ours += [f"--delay={check.delay_s}"]
    times = [
        (_wall_s(runner, ours, f"{check.links:,} there"), _wall_s(runner, peer, f"{check.links} OK"))
        for _ in range(check.runs)
    ]
    our_s, peer_s = (min(one[side] for one in times) for side in (0, 1))
    said, holds = ("no bar", None) if bar is None else (f"≤ {bar:g}", our_s <= bar * peer_s)
    return Measurement(name, our_s, peer_s, "s, peer: lychee", our_s / peer_s, said, holds)


def _wall_s(runner: _Runner, command: Sequence[str], wanted: str) -> float:
    """How long a program takes. Raises RuntimeError unless it says what it should find."""
    ended = runner(command, errors_too=True)
    if wanted not in ended.said:
        raise RuntimeError(f"{command[0]!r} did not say {wanted!r}: {ended.said[-300:]}")
    return ended.wall_s


def _write(folder: Path, urls: Sequence[str]) -> None:
    for start in range(0, len(urls), _ON_A_PAGE):
        links = "\n".join(f"- It was so [in {start}]({url})." for url in urls[start : start + _ON_A_PAGE])
        (folder / f"page{start}.md").write_text(f"# Page {start}\n\n{links}\n", encoding="utf-8")
