"""Scrapy, with nothing on that a fetch does not need: `python with_scrapy.py ADDRESSES`."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess

AT_ONCE = 32


class _Pages(scrapy.Spider):  # type: ignore[misc] # installed apart, see bench/peers.lock
    name = "pages"
    sizes: list[int] = []  # noqa: RUF012 - of the one spider

    async def start(self) -> AsyncIterator[Any]:
        for url in Path(sys.argv[1]).read_text().split():
            yield scrapy.Request(url, dont_filter=True)

    def parse(self, response: Any) -> None:
        self.sizes.append(len(response.body))


if __name__ == "__main__":
    process = CrawlerProcess(
        {
            "CONCURRENT_REQUESTS": AT_ONCE,
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "COOKIES_ENABLED": False,
            "DOWNLOAD_DELAY": 0,
        }
    )
    process.crawl(_Pages)
    process.start()
    print(len(_Pages.sizes), sum(_Pages.sizes))
