"""Fetching against bare aiohttp, httpx and Scrapy, on a site on loopback: pages per CPU-second, start-up included.

Every client runs alone on one core, and only its own CPU time counts. All hear the same answers, half of them packed,
and must have every page whole.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import PEERS, Measurement
from bench.loopback import Site, serving
from bench.pinned import Run, run_pinned

PAGES = 2_000
RUNS = 5  # the least of so many is taken: what else the machine does only ever adds
MOST_MB = 120.0
_CLIENTS = Path(__file__).parent / "clients"
_SETTINGS = '[fetch]\nallow_networks = ["127.0.0.0/8"]\ndelay_s = 0\n'


def measure() -> list[Measurement]:
    """Asking alone against each peer, asking and keeping against Scrapy that only asks, and the memory of both."""
    with tempfile.TemporaryDirectory() as folder, serving() as site:
        addresses = Path(folder) / "addresses.txt"
        addresses.write_text("\n".join(site.urls(PAGES)))
        peer = {name: [str(_CLIENTS / f"with_{name}.py"), str(addresses)] for name in ("aiohttp", "httpx", "scrapy")}
        libraries = _cited(folder, site, 2 * RUNS)
        rounds = [
            {
                "aiohttp": run_pinned([sys.executable, *peer["aiohttp"]]),
                "ours": run_pinned([sys.executable, str(_CLIENTS / "ours.py"), str(addresses)]),
                "httpx": run_pinned([str(PEERS / "python"), *peer["httpx"]]),
                "scrapy": run_pinned([str(PEERS / "python"), *peer["scrapy"]]),
                "kept": run_pinned([sys.executable, str(_CLIENTS / "ours_kept.py"), str(addresses), str(kept)]),
                "built": run_pinned([sys.executable, str(_CLIENTS / "ours_built.py"), str(built)]),
            }
            for kept, built in zip(libraries[::2], libraries[1::2], strict=True)
        ]
    runs = {name: min((one[name] for one in rounds), key=lambda run: run.cpu_s) for name in rounds[0]}
    if len({run.said for run in runs.values()}) != 1:
        raise RuntimeError(f"not everybody had the same pages: { {name: run.said for name, run in runs.items()} }")
    return [
        _rate("fetch", runs["ours"], "bare aiohttp", runs["aiohttp"], 0.7),
        _rate("fetch", runs["ours"], "httpx", runs["httpx"], 4),
        _rate("fetch", runs["ours"], "Scrapy", runs["scrapy"], 6),
        _rate("fetch and keep", runs["kept"], "Scrapy, fetch alone", runs["scrapy"], 3),
        _rate("the same, start of a build too", runs["built"], "Scrapy, fetch alone", runs["scrapy"], 2),
        _memory("fetch, peak memory", runs["ours"]),
        _memory("fetch and keep, peak memory", runs["kept"]),
    ]


def _rate(name: str, ours: Run, whose: str, peer: Run, bar: float) -> Measurement:
    ratio = peer.cpu_s / ours.cpu_s
    rates = PAGES / ours.cpu_s, PAGES / peer.cpu_s
    return Measurement(name, *rates, f"pages/CPU-s, peer: {whose}", ratio, f"≥ {bar:g}", ratio >= bar)


def _memory(name: str, run: Run) -> Measurement:
    ratio = run.peak_mb / MOST_MB
    return Measurement(name, run.peak_mb, MOST_MB, "MB, peer: the bar", ratio, "≤ 1", ratio <= 1)


def _cited(folder: str, site: Site, count: int) -> list[Path]:
    """So many folders of pages, each with a library that knows the sources and has asked for none."""
    first = Path(folder) / "pages0"
    first.mkdir()
    (first / "sourcebook.toml").write_text(_SETTINGS, encoding="utf-8")
    urls = site.urls(PAGES)
    for page in range(0, PAGES, 50):
        links = "\n\n".join(f"It was so [in {page}]({url})." for url in urls[page : page + 50])
        (first / f"page{page}.md").write_text(f"# Page {page}\n\n{links}\n", encoding="utf-8")
    program = [sys.executable, "-m", "sourcebook", "build", str(first), "--offline"]
    subprocess.run(program, check=True, capture_output=True)
    copies = [first.with_name(f"pages{number}") for number in range(1, count)]
    return [first, *(Path(shutil.copytree(first, copy)) for copy in copies)]
