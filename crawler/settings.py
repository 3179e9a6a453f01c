"""Scrapy's settings, derived from ours; every default of Scrapy that is unsafe or rude is named
here with the value that replaces it.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any, Final

from catalogue.settings import Settings
from crawler.address import host_of
from crawler.reach import NAMED_HOSTS, is_loopback
from crawler.source import Source

PROXY: Final = "HORIZON_PROXY"
"""The Scrapy setting that holds the address of the proxy; "" for none."""

HOST_REQUESTS: Final = "HORIZON_HOST_REQUESTS"
"""The Scrapy setting that says how many requests one host is sent in one crawl."""

IN_FLIGHT: Final = 4
"""Most addresses that one source has under way at once: one being fetched, the others waiting
for the host, being read or being stored."""

DOWNLOADER_MIDDLEWARES: Final[dict[str, int]] = {
    # towards the spider
    "crawler.local_file.LocalFile": 10,
    "crawler.middlewares.ReachGuard": 50,
    "crawler.middlewares.RobotsGuard": 100,
    "crawler.middlewares.Patience": 200,
    "crawler.middlewares.HostBudget": 250,
    "crawler.middlewares.ConditionalGet": 300,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "crawler.key_sender.KeySender": 410,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
    "crawler.middlewares.BodyGuard": 595,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": 600,
    "crawler.middlewares.SettledProxy": 750,
    # towards the site
}
"""All that a request passes: Scrapy's own choice (`..._BASE`) is set aside, so that nothing of
it is loaded that is not wanted."""

ITEM_PIPELINES: Final[dict[str, int]] = {
    "crawler.pipelines.KeepSnapshot": 100,
    "crawler.pipelines.ReadListing": 200,
    "crawler.pipelines.ReadPage": 300,
    "crawler.pipelines.StoreVisit": 900,
}

EXTENSIONS: Final[dict[str, int]] = {"scrapy.extensions.memusage.MemoryUsage": 0}
"""All that Scrapy does besides; no door into the process (telnet, remote control), no files."""


def scrapy_settings(settings: Settings, sources: Iterable[Source]) -> dict[str, Any]:
    """The settings of one crawl of these sources."""
    crawl = settings.crawl
    delays: dict[str, float] = {}
    for source in sources:
        for host in source.walk.hosts:
            ours = 0.0 if is_loopback(host) else crawl.delay  # nobody to be polite to
            delays[host] = max(ours, source.walk.delay, delays.get(host, 0.0))
    proxy_host = {host_of(crawl.proxy)} if crawl.proxy else set()
    return {
        "BOT_NAME": "horizonscan",
        "DEFAULT_REQUEST_HEADERS": {
            "User-Agent": user_agent(crawl.contact),
            "Accept": "text/html,application/xhtml+xml,application/json,application/xml;q=0.9,"
            "*/*;q=0.5",
            "Accept-Language": "en-GB,en;q=0.8",
        },
        NAMED_HOSTS: sorted({*delays, *proxy_host}),
        PROXY: crawl.proxy,
        HOST_REQUESTS: crawl.host_requests,
        # Manners: one request at a time for each host, and never faster than we promise.
        "CONCURRENT_REQUESTS": crawl.hosts * IN_FLIGHT,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "CONCURRENT_ITEMS": 1,  # an answer gives one; Scrapy makes as many workers for each
        "DOWNLOAD_DELAY": crawl.delay,
        "DOWNLOAD_SLOTS": {host: {"delay": delay} for host, delay in delays.items()},
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "ROBOTSTXT_OBEY": False,  # RobotsGuard does it, as RFC 9309 says
        "REFERER_ENABLED": True,
        "REFERRER_POLICY": "no-referrer",
        # Limits.
        "DOWNLOAD_TIMEOUT": crawl.timeout,
        "DOWNLOAD_MAXSIZE": crawl.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "REDIRECT_MAX_TIMES": 5,
        "METAREFRESH_ENABLED": False,
        "DNS_TIMEOUT": min(crawl.timeout, 20.0),
        "MEMUSAGE_LIMIT_MB": 2048,
        # Safety.
        "TWISTED_DNS_RESOLVER": "crawler.reach.GuardedResolver",
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_HANDLERS": {
            **dict.fromkeys(("http", "https"), "crawler.handler.BoundedHandler"),
            **dict.fromkeys(("data", "file", "ftp", "s3"), None),
        },
        "COOKIES_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        # The catalogue is the queue, the memory and the one that tries again.
        "RETRY_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        "JOBDIR": None,
        "SCHEDULER": "crawler.scheduler.Scheduler",
        "HTTPERROR_ALLOW_ALL": True,
        "URLLENGTH_LIMIT": 0,
        "STATS_DUMP": False,
        "LOG_INSTALL_ROOT_HANDLER": False,  # the runner sets up logging
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",  # `Walk` counts
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "DOWNLOADER_MIDDLEWARES": DOWNLOADER_MIDDLEWARES,
        "SPIDER_MIDDLEWARES_BASE": {},  # every answer goes to the spider, which asks for no more
        "EXTENSIONS_BASE": {},
        "ITEM_PIPELINES": ITEM_PIPELINES,
        "EXTENSIONS": EXTENSIONS,
    }


def user_agent(contact: str) -> str:
    """How we introduce ourselves: name, version, and where we can be reached."""
    name = f"Horizonscan/{version('horizonscan')}"
    return f"{name} (+{contact})" if contact else name
