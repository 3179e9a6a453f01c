"""What can go wrong with a visit: one word for each, one sentence, and whether it may pass."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from crawler.handler import TooManyHeadersError

_PASSING_STATUSES = frozenset(
    {
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_EARLY,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a visit gave nothing."""

    kind: str
    """One word: `timeout`, `dns`, `connection`, `too_large`, `redirect`, `http_503`, `robots`,
    `address`, `elsewhere`, `content_type`, `unreadable`, `memory`, `crash`, `listing`, or the kind
    of a `crawler.fault_pages.FaultPage`: `empty`, `soft_404`, `bot_wall` ..."""
    note: str
    """One line for a person."""
    passing: bool = False
    """Whether it may be gone when the address is tried again."""
    refused: bool = False
    """Whether it was our own decision not to fetch or read."""


class RefusedError(IgnoreRequest):
    """Raised by a middleware that will not let a request or an answer through."""

    def __init__(self, kind: str, note: str) -> None:
        super().__init__(note)
        self.fault = Fault(kind, note, refused=True)


_ENDS: Final = (
    (DownloadTimeoutError, "timeout", "The site did not answer in time.", True),
    (CannotResolveHostError, "dns", "The name cannot be resolved: {}", True),
    (DownloadConnectionRefusedError, "connection", "The connection was refused.", True),
    (ResponseDataLossError, "connection", "The answer broke off before its end.", True),
    (TooManyHeadersError, "too_large", "{}", False),
    (DownloadFailedError, "connection", "The connection failed: {}", True),
    (TunnelError, "connection", "The proxy opens no way: {}", True),
    (UnicodeError, "address", "The name of the host is not one.", False),
    (OSError, "connection", "The connection failed: {}", True),
    (
        DownloadCancelledError,
        "too_large",
        "The answer is longer than crawl.max_bytes allows.",
        False,
    ),
)
"""The exceptions that a request may end in: kind, sentence, and whether it may pass."""

_IGNORED: Final = (
    ("redirections", Fault("redirect", "The address redirects too often.")),
    (
        "decompression",
        Fault("too_large", "The answer unpacks to more than crawl.max_bytes allows."),
    ),
    ("", Fault("ignored", "The request was dropped.")),
)
"""What Scrapy's own middlewares drop, by a word in their message."""


class PostponedError(IgnoreRequest):
    """Raised for a request that is not to be made now: its lease is given back unused."""

    def __init__(self, note: str, seconds: float = 0.0) -> None:
        super().__init__(note)
        self.seconds = seconds
        """For how long the source is to be left alone; 0 when it may go on at any time."""


def of_status(status: int) -> Fault:
    """The fault of an answer that carries no page."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "unknown status"
    return Fault(f"http_{status}", f"The site answers {status} ({phrase}).", _may_pass(status))


def of_exception(error: BaseException) -> Fault:
    """The fault of a request that ended without an answer.

    Raises:
        BaseException: `error` itself, when it is none of those that a request may end in: that
            is a defect of ours and not a fault of the site.
    """
    if isinstance(error, RefusedError):
        return error.fault
    if type(error) is IgnoreRequest:
        return next(fault for words, fault in _IGNORED if words in str(error))
    for kinds, kind, sentence, passing in _ENDS:
        if isinstance(error, kinds):
            return Fault(kind, sentence.format(_line(error)), passing)
    raise error


def _may_pass(status: int) -> bool:
    return status in _PASSING_STATUSES


def _line(error: BaseException) -> str:
    """The first line of what an error says, shortened."""
    return (str(error).splitlines() or [type(error).__name__])[0][:160]
