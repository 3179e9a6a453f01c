"""A row of the table: what a host does, and what is to become of a visit to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.crawler.hostile_server.wire import Behaviour, Site, feed, page

AFTER = "/after"
"""A page in order that every row's feed lists behind the hostile one."""


@dataclass(frozen=True)
class Row:
    """One kind of hostility, on a host of its own."""

    name: str
    outcomes: Mapping[str, str]
    """For each path the state of the last visit to it, and its fault: `fault timeout`; "" where
    it is never visited."""
    site: Site
    walk: Mapping[str, Any] = field(
        default_factory=lambda: {"archetype": "feed", "url": "{root}feed"}
    )
    requests: int = 12
    """Most requests that the host may see."""


def hostile(name: str, outcome: str, behaviour: Behaviour, **more: Any) -> Row:  # noqa: ANN401
    """A row whose feed leads to a hostile page and to one in order, which must be read."""
    site = {"/feed": feed("/row", AFTER), "/row": behaviour, AFTER: page("After")}
    return Row(name, {"/row": outcome, AFTER: "read"}, site, **more)


def robots(name: str, outcome: str, behaviour: Behaviour, **others: Behaviour) -> Row:
    """A row in which robots.txt is hostile, and one page asks what it allows."""
    site = {
        AFTER: page("After"),
        "/robots.txt": behaviour,
        **{f"/{path}": other for path, other in others.items()},
    }
    walk = {"archetype": "site", "url": "{root}after", "sitemap": False}
    return Row(f"robots.txt: {name}", {AFTER: outcome}, site, walk)


def listing(name: str, archetype: str, outcome: str, behaviour: Behaviour, after: str) -> Row:
    """A row in which a feed or a sitemap is hostile; `after` is what becomes of the page that it
    may list.
    """
    path = "/list.xml"
    walk = {"archetype": archetype, "url": "{root}list.xml"}
    site = {path: behaviour, AFTER: page("After")}
    return Row(f"{archetype}: {name}", {path: outcome, AFTER: after}, site, walk)
