"""Scrapy's HTTP/1.1, with an end to the headers of an answer.

Twisted limits the length of a header line and not the number of lines: 200,000 headers took
208 MB and four seconds. The parser is reached as Scrapy's own handler reaches it, by the factory
of the connection pool.
"""

from __future__ import annotations

from typing import Final

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError
from scrapy.http import Response
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.web._newclient import HTTP11ClientProtocol
from twisted.web._newclient import Request as TxRequest
from twisted.web.client import _HTTP11ClientFactory
from twisted.web.iweb import IResponse

MAX_HEADER_LINES: Final = 500
"""Most lines in the head of an answer, those of 1xx answers before it included."""

KEPT: Final = 4
"""Most idle connections kept to one host. Only one is in use at a time, but an answer is passed on
a few moments before its connection is put back: with one kept, each fifth request made a new one.
"""


class TooManyHeadersError(DownloadCancelledError):
    """The head of an answer does not end."""


class _BoundedParser(_LenientHTTPClientParser):
    """Counts the lines that come before the body."""

    _lines = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 (Twisted's name)
        self._lines += 1
        if self._lines > MAX_HEADER_LINES:
            raise TooManyHeadersError(f"The answer has more than {MAX_HEADER_LINES} headers.")
        super().lineReceived(line)


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    """A connection whose parser counts."""

    def request(self, request: TxRequest) -> Deferred[IResponse]:
        answered = super().request(request)
        assert self._parser is not None  # noqa: S101 (super() made it)
        self._parser.__class__ = _BoundedParser  # as super() does: no other way leads to it
        return answered


class _BoundedFactory(_HTTP11ClientFactory):
    """Makes connections whose parsers count."""

    noisy = False

    def buildProtocol(  # noqa: N802 (Twisted's name)
        self, addr: IAddress | None
    ) -> HTTP11ClientProtocol:
        del addr
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]  # Twisted's


class BoundedHandler(HTTP11DownloadHandler):
    """Downloads http and https."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory  # noqa: SLF001 (as super() does)
        self._pool.maxPersistentPerHost = KEPT

    async def download_request(self, request: Request) -> Response:
        """Download; raises TooManyHeadersError by its own name."""
        try:
            return await super().download_request(request)
        except DownloadFailedError as error:
            for reason in getattr(error.__cause__, "reasons", ()):
                if isinstance(reason.value, TooManyHeadersError):
                    raise reason.value from error
            raise
