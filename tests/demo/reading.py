"""What a person sees of a page of the invented market."""

from __future__ import annotations

import json
from functools import cache
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from demo.market import Day, load_market
from demo.replies import Reply, answer


def get(day: Day, url: str, visit: int = 0) -> Reply:
    """The reply of the invented host."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    return answer(day, parts.hostname or "", target, visit)


@cache
def words(day: Day, url: str) -> str:
    """The visible words of a page, white space collapsed; of an API document, its body's."""
    reply = get(day, url)
    html = reply.body
    if reply.content_type.startswith("application/json"):
        item = json.loads(html)
        html = f"<p>{item['title']}</p><p>{item['description']}</p>{item['details']['body']}"
    tree = LexborHTMLParser(html)
    tree.strip_tags(["script", "style"])
    return " ".join(tree.text(separator=" ").split())


def addresses(day: Day) -> list[str]:
    """Every page that stands on this day."""
    return [host.base + page.path for host in load_market(day).values() for page in host.standing]
