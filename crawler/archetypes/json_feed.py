"""JSON Feed (jsonfeed.org), versions 1 and 1.1."""

from __future__ import annotations

import json
from collections.abc import Mapping

from crawler.archetypes.archetype import ListingError


def json_entries(body: bytes) -> list[dict[str, str]]:
    """The entries of a JSON Feed, in its order, as `id` and `link`; an entry about another page
    (`external_url`) leads to its own.

    Raises:
        ListingError: it is not one.
    """
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ListingError("The feed is not valid JSON.") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(feed.get("version")):
        raise ListingError("This is not a JSON Feed.")
    return [_entry(item) for item in items if isinstance(item, Mapping)]


def _entry(item: Mapping[str, object]) -> dict[str, str]:
    link = item.get("url") or item.get("external_url") or ""
    identity = item.get("id") or link
    return {"id": str(identity), "link": link if isinstance(link, str) else ""}
