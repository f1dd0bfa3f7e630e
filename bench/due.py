"""What is due, out of 100,000 sources over 5,000 hosts: found and handed to whoever asks, with what is known of it."""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from bench import Measurement
from sourcebook import corpus, ids, wiring
from sourcebook.config import Config
from sourcebook.library.hosts import with_hosts
from sourcebook.place import Place
from sourcebook.store import Store, open_store
from sourcebook.types.builds import Step
from sourcebook.types.captures import Capture, Outcome
from sourcebook.types.fetching import Pause, RobotsFile
from sourcebook.types.sources import Source

SOURCES = 100_000
HOSTS = 5_000
A_SECOND = 5_000
MOST_MORE_MB = 40.0  # the page cache of SQLite grows to 32
_NOW = datetime(2026, 7, 1, tzinfo=UTC)
_ON_A_PAGE = 100


def measure() -> list[Measurement]:
    """Sources a CPU-second, and how much more memory all of them take than the first thousand."""
    with tempfile.TemporaryDirectory() as folder:
        _fill(Path(folder))
        program = [sys.executable, "-m", "bench.due", folder]
        cpu_s, due, more_mb = map(float, subprocess.check_output(program, text=True).split())
    rate = SOURCES / cpu_s
    more = more_mb / MOST_MORE_MB
    unit = f"sources looked at a CPU-s, {due:,.0f} of them due; peer: the bar"
    return [
        Measurement(f"due of {SOURCES:,}", rate, A_SECOND, unit, rate / A_SECOND, "≥ 1", rate >= A_SECOND),
        Measurement("due, memory of the rest", more_mb, MOST_MORE_MB, "MB, peer: the bar", more, "≤ 1", more <= 1),
    ]


def _fill(folder: Path) -> None:
    """Nine in ten were asked for before, half of those long enough ago; what is known of each host stands beside."""
    store = open_store(folder)
    sources = [_source(number) for number in range(SOURCES)]
    for start in range(0, SOURCES, 5_000):
        store.sources.add(sources[start : start + 5_000])
        store.captures.restore([capture for number in range(start, start + 5_000) for capture in _captures(number)])
    with store.write():
        for start in range(0, SOURCES, _ON_A_PAGE):
            _cite(store, sources[start : start + _ON_A_PAGE], start)
        for host in range(HOSTS):
            robots = RobotsFile(f"https://site{host}.example", _NOW, "User-agent: *\nDisallow: /private/\n")
            store.derived.save(Step.ROBOTS, robots.site, _NOW.isoformat(), robots)
            if host % 50 == 0:
                pause = Pause(f"site{host}.example", _NOW + timedelta(hours=1), 1, "status 429 1 times in a row")
                store.derived.save(Step.PAUSE, pause.host, _NOW.isoformat(), pause)
    store.close()


def _source(number: int) -> Source:
    url = f"https://site{number % HOSTS}.example/articles/{number}"
    return Source(ids.resource_id(url), ids.stable_id(url), url, url, _NOW - timedelta(days=400))


def _captures(number: int) -> Iterator[Capture]:
    source = _source(number)
    for attempt in range(number % 10 and 1 + number % 3):
        at = _NOW - timedelta(days=200 - 80 * attempt if number % 2 else 1 + attempt, seconds=number)
        outcome = Outcome.OK if number % 20 else Outcome.GONE
        digest = f"{number:064x}" if outcome is Outcome.OK else ""
        yield Capture(
            id=ids.capture_id(source.id, at),
            source_id=source.id,
            url=source.url,
            final_url=source.url,
            checked_at=at,
            captured_at=at,
            outcome=outcome,
            reason="status 200",
            origin="web",
            status=200,
            media_type="text/html",
            etag=f'"{number}"',
            size_bytes=65_000,
            body_digest=digest,
        )


def _cite(store: Store, sources: list[Source], number: int) -> None:
    text = f"# Page {number}\n\n" + "\n".join(f"It was so ([in {source.id}]({source.url}))." for source in sources)
    page = corpus.parse(f"page{number}.md", text.encode(), Config().corpus)
    by_url = {source.url: source.id for source in sources}
    store.pages.save(page, "", [by_url.get(citation.url, "") for citation in page.citations])


def _main(folder: Path) -> None:
    library = wiring.open_library(Place(folder, None), Config())
    library.parts = replace(library.parts, clock=lambda: _NOW)
    began = time.process_time()
    due, early_mb = 0, 0.0
    for due, _ in enumerate(with_hosts(library.parts, library.sources_due()), 1):  # as the fetcher is given them
        if due == 1_000:
            early_mb = _peak_mb()
    print(time.process_time() - began, due, _peak_mb() - early_mb)
    library.close()


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
