"""What a crawl is compared with: bare Scrapy, and Scrapy with trafilatura, storing nothing.

python -m benchmarks.crawl.cost_spider http://127.0.0.1:8000/ --extract
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import trafilatura
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response, TextResponse
from scrapy.spiders import SitemapSpider


class Bare(SitemapSpider):
    """Downloads every page of the sitemap that robots.txt names."""

    name = "bare"
    pages = 0

    def parse(self, response: Response) -> Iterator[object]:
        """Count the page."""
        if isinstance(response, TextResponse):
            self.take(response)
            self.pages += 1
        yield from ()

    def take(self, response: TextResponse) -> None:
        """Do nothing with the page."""


class Extracting(Bare):
    """Extracts text and metadata of every page, too."""

    name = "extracting"

    def take(self, response: TextResponse) -> None:
        """Extract, and throw away."""
        trafilatura.bare_extraction(response.text, url=response.url, with_metadata=True)


def main() -> None:
    """Crawl one site; prints how many pages were had."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root")
    parser.add_argument("--extract", action="store_true")
    given = parser.parse_args()
    process = AsyncCrawlerProcess({"LOG_LEVEL": "WARNING", "TELNETCONSOLE_ENABLED": False})
    crawler = process.create_crawler(Extracting if given.extract else Bare)
    process.crawl(crawler, sitemap_urls=[f"{given.root}robots.txt"])
    process.start()
    assert isinstance(crawler.spider, Bare)
    print(crawler.spider.pages)


if __name__ == "__main__":
    main()
