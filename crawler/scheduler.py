"""Scrapy's queue, which here is a short one: the frontier in the catalogue is the real one."""

from __future__ import annotations

from collections import deque

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler


class Scheduler(BaseScheduler):
    """Hands requests out in the order in which the spider made them.

    There are few, each for an address that is leased to this crawl alone, so there is nothing to
    sort, to keep on disk or to hold against what was asked before.
    """

    def __init__(self) -> None:
        self._waiting: deque[Request] = deque()

    def has_pending_requests(self) -> bool:
        """Whether a request waits."""
        return bool(self._waiting)

    def enqueue_request(self, request: Request) -> bool:
        """Let a request wait for its turn; none is refused."""
        self._waiting.append(request)
        return True

    def next_request(self) -> Request | None:
        """The request that has waited longest."""
        return self._waiting.popleft() if self._waiting else None
