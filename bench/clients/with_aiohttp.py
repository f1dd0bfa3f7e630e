"""Bare aiohttp, on uvloop as ours: `python with_aiohttp.py ADDRESSES`."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import uvloop

AT_ONCE = 32


async def _ask(session: aiohttp.ClientSession, urls: Iterator[str], sizes: list[int]) -> None:
    for url in urls:
        async with session.get(url) as response:
            body = await response.read()
            response.raise_for_status()
            sizes.append(len(body))


async def _main(urls: Iterator[str]) -> None:
    sizes: list[int] = []
    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(_ask(session, urls, sizes) for _ in range(AT_ONCE)))
    print(len(sizes), sum(sizes))


if __name__ == "__main__":
    uvloop.run(_main(iter(Path(sys.argv[1]).read_text().split())))
