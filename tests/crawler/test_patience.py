"""How long a host is left alone: as it asks, else as its archetype knows that it wants."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import SimpleNamespace
from typing import cast

import pytest
from scrapy import Request
from scrapy.http import Response

from catalogue.clock import system_clock
from catalogue.frontier import Run
from crawler.crawl import Crawl, Walk
from crawler.faults import PostponedError
from crawler.middlewares import FOR_ROBOTS, MAX_WAIT, WALK, Patience
from crawler.source import Source

URL = "https://www.contractsfinder.service.gov.uk/Published/Notices/OCDS/Search"


def request_of(walk: Mapping[str, object], **meta: object) -> Request:
    source = Source.model_validate(
        {"name": "service", "publisher": {"name": "A service"}, "walk": walk}
    )
    return Request(URL, meta={WALK: Walk(source, Run(1, 1, "service", resumed=False)), **meta})


SERVICE = request_of({"archetype": "ocds", "dialect": "contracts_finder"})
SITE = request_of({"archetype": "site", "url": "https://www.contractsfinder.service.gov.uk/"})


def waits(request: Request, status: int, retry_after: str = "") -> str:
    """What becomes of the next request after an answer: `passes`, `waits` or `postponed`."""

    async def ask() -> str:
        crawl = cast("Crawl", SimpleNamespace(stopping=asyncio.Event()))
        patience = Patience(crawl, system_clock)
        headers = {"Retry-After": retry_after} if retry_after else {}
        patience.process_response(request, Response(URL, status, headers=headers))
        asking = asyncio.ensure_future(patience.process_request(request))
        try:
            await asyncio.wait_for(asyncio.shield(asking), 0.05)
        except TimeoutError:
            crawl.stopping.set()
            with pytest.raises(PostponedError, match="stopping"):
                await asking
            return "waits"
        except PostponedError:
            return "postponed"
        return "passes"

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("request_", "status", "retry_after", "outcome"),
    [
        (SERVICE, 200, "", "passes"),
        (SERVICE, 403, "", "waits"),
        (SERVICE, 403, "200", "waits"),
        (SERVICE, 403, "3600", "postponed"),
        (SERVICE, 429, "", "waits"),
        (SITE, 403, "", "passes"),
        (SITE, 429, "", "waits"),
        (SITE, 429, str(int(MAX_WAIT) + 5), "postponed"),
        (SITE, 503, "", "passes"),
    ],
)
def test_a_host_is_left_alone_as_long_as_it_wants(
    request_: Request, status: int, retry_after: str, outcome: str
) -> None:
    assert waits(request_, status, retry_after) == outcome


def test_a_robots_txt_that_is_forbidden_is_no_sign_of_haste() -> None:
    walk = {"archetype": "ocds", "dialect": "contracts_finder"}
    assert waits(request_of(walk, **{FOR_ROBOTS: True}), 403) == "passes"
