"""Reads files on this computer where a source names them, in place of a request."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit
from urllib.request import url2pathname

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from crawler.crawl import Crawl, Walk
from crawler.faults import RefusedError
from crawler.middlewares import WALK
from crawler.page import MAX_TABLE


class LocalFile:
    """Answers for the files that the source itself names, and for no other: what a page
    links to or redirects to on this computer is refused as every other scheme is.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it; raises NotConfigured where no source names a file."""
        walks = (source.walk for source in Crawl.of(crawler.spider).sources)
        if not any(seed.url.startswith("file:") for walk in walks for seed in walk.seeds()):
            raise NotConfigured
        return cls()

    def process_request(self, request: Request) -> Response | None:
        """Give the file's bytes, or none where the archetype reads it by itself; raise
        RefusedError where it cannot be read.
        """
        walk: Walk = request.meta[WALK]
        archetype = walk.source.walk
        if archetype.reads_itself(request.url):
            return Response(request.url, request=request)
        if urlsplit(request.url).scheme != "file" or request.url != archetype.url:
            return None
        path = Path(url2pathname(urlsplit(request.url).path))
        try:
            with path.open("rb") as file:
                body = file.read(MAX_TABLE + 1)
        except OSError as error:
            raise RefusedError("file", f"{path} cannot be read: {error.strerror}.") from error
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return Response(request.url, body=body, headers={"Content-Type": kind}, request=request)
