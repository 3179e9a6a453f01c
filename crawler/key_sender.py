"""Sends a source's key to the hosts that its file names, and to no other."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.address import host_of
from crawler.crawl import Crawl, Walk
from crawler.keys import find_key, header_of
from crawler.middlewares import FOR_ROBOTS, WALK
from crawler.reach import is_loopback


class KeySender:
    """Adds the key to each request of a source that has one; a redirect that leads to another
    host, or from https to http, leaves without it.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it; raises NotConfigured where no source has a key."""
        if not any(source.key for source in Crawl.of(crawler.spider).sources):
            raise NotConfigured
        return cls()

    def process_request(self, request: Request) -> None:
        """Set the header, or take it off."""
        walk: Walk = request.meta[WALK]
        key = walk.source.key
        if key is None:
            return
        name, value = header_of(key, find_key(key))
        request.headers.pop(name, None)
        host = host_of(request.url)
        safe = request.url.startswith("https:") or is_loopback(host)
        if safe and host in walk.source.walk.hosts and FOR_ROBOTS not in request.meta:
            request.headers[name] = value
