"""The main text of web pages against trafilatura's defaults: CPU time, and F1 over words by set, on the same pages.

Set BENCH_READING to a listing as `bench/grow.py` takes them to measure on pages of your own.
"""

import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import trafilatura

from bench import Measurement
from bench.grow import Gold, gold_of, score
from bench.made_up_web import write_pages_to_read
from sourcebook.errors import StepError
from sourcebook.extract import About, extract


def measure() -> list[Measurement]:
    """Both readers on each page, one after the other, so that what else the machine does meets both."""
    with tempfile.TemporaryDirectory() as folder:
        listing = Path(os.environ.get("BENCH_READING") or write_pages_to_read(Path(folder)))
        pages = [(gold, (listing.parent / gold["path"]).read_bytes()) for gold in gold_of(listing)]
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
    cpu = Measurement("reading", ours, theirs, "CPU-ms a page, peer: trafilatura", ours / theirs, "≤ 1", ours <= theirs)
    return [cpu, *(_quality(name, found) for name, found in sorted(scores.items()))]


def _quality(name: str, scores: Sequence[tuple[float, float]]) -> Measurement:
    ours, theirs = (sum(both[number] for both in scores) / len(scores) for number in (0, 1))
    return Measurement(f"text of {name}", ours, theirs, "F1, peer: trafilatura", ours / theirs, "≥ 1", ours >= theirs)


def _ours(gold: Gold, body: bytes) -> str:
    try:
        return extract(body, About(gold["url"], "text/html")).text
    except StepError:
        return ""


def _theirs(gold: Gold, body: bytes) -> str:
    # with its fields, since ours has them too
    found = trafilatura.bare_extraction(body, url=gold["url"] or None, with_metadata=True)
    return getattr(found, "text", None) or ""
