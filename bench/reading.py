"""The reading of web pages against trafilatura: CPU time and memory, and F1 over words by set, on the same pages.

The peer is what `trafilatura.extract` gives by default, the text alone; ours is the whole Document, all its fields
included. Set BENCH_READING to a listing as `bench/grow.py` takes them to measure on pages of your own.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import trafilatura

from bench import Measurement
from bench.grow import Gold, gold_of, score
from bench.made_up_web import write_deep_pages, write_pages_to_read
from sourcebook.errors import StepError
from sourcebook.extract import About, extract

MOST_MEGABYTES = 150  # of a worker, whatever it reads


def measure() -> list[Measurement]:
    """Both readers on each page, one after the other, so that what else the machine does meets both."""
    with tempfile.TemporaryDirectory() as folder:
        listing = Path(os.environ.get("BENCH_READING") or write_pages_to_read(Path(folder)))
        pages = [(gold, (listing.parent / gold["path"]).read_bytes()) for gold in gold_of(listing)]
        paths = [listing.parent / gold["path"] for gold, _ in pages]
        deep = write_deep_pages(Path(folder))
        memory = [_memory("memory of a worker", paths), _memory("memory of a worker, deep", deep)]
    return [*_compared(pages), *memory]


def _compared(pages: Sequence[tuple[Gold, bytes]]) -> list[Measurement]:
    _ours(*pages[0])
    _theirs(*pages[0])  # neither pays for loading
    times = [0.0, 0.0]
    scores: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for gold, body in pages:
        both = []
        for number, read in enumerate((_ours, _theirs)):
            started = time.process_time()
            text = read(gold, body)
            times[number] += time.process_time() - started
            both.append(score(gold, text))
        scores[gold["set"]].append((both[0], both[1]))
    ours, theirs = (1000 * spent / len(pages) for spent in times)
    unit = "CPU-ms a page with all fields, peer: trafilatura's text alone"
    cpu = Measurement("reading", ours, theirs, unit, ours / theirs, "≤ 1", ours <= theirs)
    return [cpu, *(_quality(name, found) for name, found in sorted(scores.items()))]


def _quality(name: str, scores: Sequence[tuple[float, float]]) -> Measurement:
    ours, theirs = (sum(both[number] for both in scores) / len(scores) for number in (0, 1))
    return Measurement(f"text of {name}", ours, theirs, "F1, peer: trafilatura", ours / theirs, "≥ 1", ours >= theirs)


def _memory(name: str, paths: Sequence[Path]) -> Measurement:
    """The peak of a process that reads all of these files with each reader, in a process of its own."""
    ours, theirs = (_peak(reader, paths) for reader in ("ours", "theirs"))
    unit, bar = "MB at the peak, peer: trafilatura", f"≤ {MOST_MEGABYTES} MB"
    return Measurement(name, ours, theirs, unit, ours / theirs, bar, ours <= MOST_MEGABYTES)


def _peak(reader: str, paths: Sequence[Path]) -> float:
    command = [sys.executable, "-m", "bench.peak", reader]
    return float(subprocess.check_output(command, input="\n".join(map(str, paths)), text=True))


def _ours(gold: Gold, body: bytes) -> str:
    try:
        return extract(body, About(gold["url"], "text/html")).text
    except StepError:
        return ""


def _theirs(gold: Gold, body: bytes) -> str:
    return trafilatura.extract(body, url=gold["url"] or None) or ""
