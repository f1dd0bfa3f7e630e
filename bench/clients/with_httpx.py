"""httpx: `python with_httpx.py ADDRESSES`."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx

AT_ONCE = 32


async def _ask(client: httpx.AsyncClient, urls: Iterator[str], sizes: list[int]) -> None:
    for url in urls:
        response = await client.get(url)
        response.raise_for_status()
        sizes.append(len(response.content))


async def _main(urls: Iterator[str]) -> None:
    sizes: list[int] = []
    async with httpx.AsyncClient() as client:
        await asyncio.gather(*(_ask(client, urls, sizes) for _ in range(AT_ONCE)))
    print(len(sizes), sum(sizes))


if __name__ == "__main__":
    asyncio.run(_main(iter(Path(sys.argv[1]).read_text().split())))
