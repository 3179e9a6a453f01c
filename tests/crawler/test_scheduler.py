"""The short queue between the spider and the downloader."""

from __future__ import annotations

from scrapy import Request

from crawler.scheduler import Scheduler


def test_what_waits_longest_comes_first_and_nothing_is_refused() -> None:
    queue = Scheduler()
    urls = ["http://a.example/", "http://b.example/", "http://a.example/"]
    assert all(queue.enqueue_request(Request(url)) for url in urls)
    assert queue.has_pending_requests()
    handed_out = [request.url for _ in urls if (request := queue.next_request())]
    assert handed_out == urls
    assert not queue.has_pending_requests()
    assert queue.next_request() is None
