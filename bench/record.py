"""The page of a record that nobody has opened before, over the records of the bundled demo: how many are made a
CPU-second, and how large they are. Asked for in the event loop that `sourcebook serve` has."""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from bench import Measurement
from bench.asking import ask
from sourcebook.config import Config
from sourcebook.rate import load_venues
from sourcebook.records import Records
from sourcebook.store import open_store
from sourcebook.web.app import make_app

LEAST_A_SECOND = 1_000.0
MOST_KB = 20.0
ROUNDS = 10  # the fastest counts: the others measure what else the machine was doing


def measure() -> list[Measurement]:
    """Records a CPU-second, each of them at its first view, and the largest page of all."""
    with tempfile.TemporaryDirectory() as folder:
        made = [sys.executable, "-m", "sourcebook", "demo", "--folder", folder, "--no-serve"]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        store = open_store(Path(folder) / ".sourcebook", create=False)
        records = Records(store, Config(), load_venues(), lambda: datetime.now(UTC), "demo")
        addresses = [f"/sources/{one}" for one in store.sources.ids()]
        app = make_app(records)
        with asyncio.Runner(loop_factory=uvicorn.Config(app).get_loop_factory()) as runner:
            speed, largest = runner.run(_measured(app, addresses))
        store.close()
    ratio, size = speed / LEAST_A_SECOND, largest / 1_000 / MOST_KB
    return [
        Measurement(
            "a record at first view", speed, LEAST_A_SECOND, "a CPU-second; peer: the bar", ratio, "≥ 1", ratio >= 1
        ),
        Measurement(
            "the largest page of a record", largest / 1_000, MOST_KB, "KB, plain; peer: the bar", size, "≤ 1", size <= 1
        ),
    ]


async def _measured(app: Starlette, addresses: Sequence[str]) -> tuple[float, int]:
    """The fastest round of all records, and the size of the largest."""
    fastest, sizes = float("inf"), [0]
    for number in range(ROUNDS):
        came_from = f"http://localhost/sources?page={number + 2}"  # another one each time: no page is kept for it yet
        start = time.process_time()
        sizes += [len(await ask(app, address, came_from)) for address in addresses]
        fastest = min(fastest, time.process_time() - start)
    return len(addresses) / fastest, max(sizes)
