"""A day of reading and writing at 50 requests a second, shortened to ten minutes, while builds run one after the other:
is every request answered, and is every word kept that was taken? Runs only when it is named: `python -m bench soak`."""

import asyncio
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import click

from bench import Measurement
from bench.made_up import made_up_knowledge_base
from sourcebook.store import open_store

SECONDS = 600
A_SECOND = 50
WRITTEN = 0.02  # of all requests: a word of people a second, far more than any library gets
PAGES, SOURCES = 160, 3_000
AT_FIRST = 60  # pages; one more comes before each build
_TICKS = os.sysconf("SC_CLK_TCK")
_COMMAND = (sys.executable, "-m", "sourcebook")
_SAID = ("supported", "partial", "unsupported", "contradicted", "dismiss")


@dataclass
class Tally:
    """What was asked, and what came of it."""

    statuses: Counter[str] = field(default_factory=Counter)
    taken: list[str] = field(default_factory=list)  # the reasons of the words that were taken: each has its own
    refused: int = 0
    lost: list[str] = field(default_factory=list)  # requests that were not answered as they should be
    times: list[float] = field(default_factory=list)  # seconds that a reader waited
    builds: list[int] = field(default_factory=list)  # how each ended


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to read and to write about."""

    address: str
    token: str
    reads: Sequence[tuple[float, Sequence[str]]]  # how often which addresses are asked for
    claims: Sequence[tuple[str, str]]  # a claim and its source
    sources: Sequence[str]


def measure() -> list[Measurement]:
    """Requests that were answered, and words that were kept, of all that there were."""
    return soak(SECONDS)


def soak(seconds: int) -> list[Measurement]:
    """The same for so many seconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = made_up_knowledge_base(folder, PAGES, SOURCES, SOURCES)
        reserve = _set_aside(made.pages, folder / "reserve")
        _build(made.pages, made.archive)
        with _served(made.pages) as (address, process):
            before = _used(process.pid)
            tally = asyncio.run(_run(address, seconds, lambda: _grow(made.pages, made.archive, reserve)))
            after = _used(process.pid)
        kept = _kept(made.pages / ".sourcebook", tally.taken)
        _tell(tally, before, after)
        whole = subprocess.run((*_COMMAND, "archive", "verify", str(made.pages)), check=False).returncode
    answered = sum(tally.statuses.values()) - len(tally.lost)
    asked = answered + len(tally.lost)
    slow = sorted(tally.times)[int(0.95 * len(tally.times))] * 1_000
    return [
        _all("requests answered", answered, asked, "of those that were sent"),
        _all("words kept", kept, len(tally.taken), "of those that were taken; in the database and in text"),
        _all("words taken", len(tally.taken), len(tally.taken) + tally.refused, "of those that were said"),
        _all("builds that ended well", tally.builds.count(0), len(tally.builds), "of those that ran meanwhile"),
        _all("archive whole", int(whole == 0), 1, "as `archive verify` says"),
        Measurement("a reader's wait", slow, 1_000.0, "ms, p95; peer: a second", slow / 1_000, "no bar", holds=None),
    ]


def _all(name: str, ours: int, peer: int, unit: str) -> Measurement:
    ratio = ours / peer if peer else 0.0
    return Measurement(name, float(ours), float(peer), unit, ratio, "= 1", ours == peer and peer > 0)


def _set_aside(pages: Path, reserve: Path) -> Iterator[tuple[Path, Path]]:
    """Take the last pages away; where each is now, and where it belongs."""
    reserve.mkdir()
    places = []
    for number in range(AT_FIRST, PAGES):
        (page,) = pages.rglob(f"page{number}.md")
        places.append((Path(shutil.move(page, reserve / page.name)), page))
    return iter(places)


def _build(pages: Path, archive: Path) -> int:
    made = (*_COMMAND, "build", str(pages), "--from-archive", str(archive), "--json")
    return subprocess.run(made, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode


def _grow(pages: Path, archive: Path, reserve: Iterator[tuple[Path, Path]]) -> int:
    """One page more, a change in another, and a build of it."""
    for now, then in itertools.islice(reserve, 1):
        shutil.move(now, then)
    page = random.choice(list(pages.rglob("*.md")))
    page.write_text(page.read_text("utf-8") + f"\nWritten at {time.time()}.\n", encoding="utf-8")
    return _build(pages, archive)


@contextmanager
def _served(pages: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The web app of a library, in a process of its own."""
    made = (*_COMMAND, "serve", str(pages), "--port", "0", "--json")
    process = subprocess.Popen(made, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield json.loads(process.stdout.readline() if process.stdout else "")["address"], process
    finally:
        process.terminate()
        process.wait(20)


async def _run(address: str, seconds: int, grow: Callable[[], int]) -> Tally:
    tally, chance = Tally(), random.Random(5)
    limits = aiohttp.ClientTimeout(total=120)
    async with aiohttp.ClientSession(timeout=limits, connector=aiohttp.TCPConnector(limit=64)) as session:
        found = await _found(session, address)
        ends = time.monotonic() + seconds
        building = asyncio.create_task(_keep_building(tally, ends, grow))
        asked: set[asyncio.Task[None]] = set()
        for number in range(seconds * A_SECOND):
            await asyncio.sleep(max(0.0, ends - seconds + number / A_SECOND - time.monotonic()))
            writes = chance.random() < WRITTEN
            one = _write(session, found, tally, chance, number) if writes else _read(session, found, tally, chance)
            task = asyncio.create_task(one)
            asked.add(task)
            task.add_done_callback(asked.discard)
        await asyncio.gather(*asked, building)
    return tally


async def _keep_building(tally: Tally, ends: float, grow: Callable[[], int]) -> None:
    while time.monotonic() < ends:
        tally.builds.append(await asyncio.to_thread(grow))


async def _found(session: aiohttp.ClientSession, address: str) -> Found:
    """What the web app itself says there is."""
    sources = [row["source_id"] for row in await _rows(session, f"{address}/sources.json?rows=200")]
    pages = [row["page_id"] for row in await _rows(session, f"{address}/pages.json?rows=200")]
    claims = [(row["claim_id"], row["source_id"]) for row in await _rows(session, f"{address}/claims.json?rows=200")]
    async with session.get(f"{address}/sources/{sources[0]}") as answer:
        token = re.search(r'name="token" value="([^"]+)"', await answer.text())
    if token is None:
        raise RuntimeError("nobody may write to the web app")
    lists = ("/sources?sort=title", "/claims?verdict=unsupported", "/captures", "/venues", "/pages", "/problems", "/")
    words = [f"/search?q={word}" for word in ("committee", "safeguard+report", "winter", "budget+meeting")]
    read = [f"/sources/{one}" for one in sources]
    told = [*(f"/sources/{one}.json" for one in sources), "/api/v1/sources", "/api/v1/claims"]
    shown = [f"/pages/{one}" for one in pages]
    taken = ["/export/sources.csv?credibility=unrated"]
    reads = ((57, read), (18, lists), (7, told), (15, shown), (2.9, words), (0.1, taken))
    return Found(address, token[1], reads, claims, sources)


async def _rows(session: aiohttp.ClientSession, address: str) -> Sequence[dict[str, str]]:
    async with session.get(address) as answer:
        rows: Sequence[dict[str, str]] = (await answer.json())["rows"]
        return rows


async def _read(session: aiohttp.ClientSession, found: Found, tally: Tally, chance: random.Random) -> None:
    weights, kinds = zip(*found.reads, strict=True)
    address = chance.choice(chance.choices(kinds, weights)[0])
    start = time.monotonic()
    try:
        async with session.get(f"{found.address}{address}") as answer:
            body = await answer.read()
            tally.statuses[f"read {answer.status}"] += 1
            if answer.status != 200 or not body:
                tally.lost.append(f"{answer.status} {address}")
    except (aiohttp.ClientError, TimeoutError) as error:
        tally.statuses["read failed"] += 1
        tally.lost.append(f"{error!r} {address}")
    tally.times.append(time.monotonic() - start)


async def _write(
    session: aiohttp.ClientSession, found: Found, tally: Tally, chance: random.Random, number: int
) -> None:
    """A word on a verdict, and now and then one on a source. What is said no to in words is refused, not lost."""
    why = f"soak {number}"
    if chance.random() < 0.95:
        claim, source = chance.choice(found.claims)
        address, said = "/reviews", {"claim": claim, "source": source, "said": chance.choice(_SAID)}
    else:
        source = chance.choice(found.sources)
        address, said = f"/sources/{source}/corrections", {"field": "title", "value": f"Title {number}"}
    form = {**said, "why": why, "who": "soak", "token": found.token}
    try:
        async with session.post(
            f"{found.address}{address}", data=form, headers={"origin": found.address}, allow_redirects=False
        ) as answer:
            await answer.read()
            tally.statuses[f"write {answer.status}"] += 1
            if answer.status == 303:
                tally.taken.append(why)
            elif 400 <= answer.status < 500:
                tally.refused += 1
            else:
                tally.lost.append(f"{answer.status} {address} {why}")
    except (aiohttp.ClientError, TimeoutError) as error:
        tally.statuses["write failed"] += 1
        tally.lost.append(f"{error!r} {address} {why}")


def _kept(library: Path, taken: Sequence[str]) -> int:
    """How many of those words are in the database and in the text beside it."""
    store = open_store(library, create=False)
    known = {review.why for review in store.reviews.all()}
    store.close()
    written = {json.loads(line)["why"] for line in (library / "reviews.jsonl").read_text("utf-8").splitlines()}
    return sum(why in known and why in written for why in taken)


def _used(process: int) -> tuple[float, float]:
    """CPU-seconds and megabytes of a process."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return (int(fields[11]) + int(fields[12])) / _TICKS, int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _tell(tally: Tally, before: tuple[float, float], after: tuple[float, float]) -> None:
    """What no bar holds, but whoever runs it wants to see."""
    asked = sum(tally.statuses.values())
    times = sorted(tally.times)
    click.echo(f"{asked} requests: {dict(sorted(tally.statuses.items()))}; {len(tally.builds)} builds {tally.builds}")
    click.echo(f"wait: median {times[len(times) // 2] * 1_000:.0f} ms, longest {times[-1] * 1_000:.0f} ms")
    click.echo(f"server: {after[0] - before[0]:.1f} CPU-s, {before[1]:.0f} MB before and {after[1]:.0f} MB after")
    for one in tally.lost[:10]:
        click.echo(f"lost: {one}")
