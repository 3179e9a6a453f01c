"""robots.txt, read as RFC 9309 says."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, Self

from protego import Protego

from crawler.address import clean

PRODUCT: Final = "horizonscan"
"""The name we answer to in robots.txt."""

MAX_BYTES: Final = 512 * 1024
"""How much of a robots.txt is read (RFC 9309 section 2.5 asks for 500 KiB at least)."""

MAX_DELAY: Final = 60.0
"""Longest Crawl-delay that is kept, in seconds: beyond it a crawl would never end."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Robots:
    """What one host allows us."""

    rules: Protego | None = None
    """None means that there are no rules."""
    closed: str = ""
    """Why everything is forbidden, as a sentence; "" when the rules decide."""

    @classmethod
    def of_answer(cls, status: int, body: bytes) -> Self:
        """Understand the answer to a request for robots.txt.

        2xx: its rules. 4xx: there are none (section 2.3.1.3), but 429 asks us to stay away for
        now. Anything else: everything is forbidden until it is reachable (section 2.3.1.4); a
        redirect that is left over ended nowhere.
        """
        match status // 100:
            case 2:
                return cls(Protego.parse(_decode(body[:MAX_BYTES])))
            case 4 if status != HTTPStatus.TOO_MANY_REQUESTS:
                return cls()
        return cls(closed=f"robots.txt answers {status}, so nothing is fetched this time.")

    @classmethod
    def unreachable(cls, reason: str) -> Self:
        """No answer at all: everything is forbidden for now."""
        return cls(closed=f"robots.txt cannot be reached ({reason}), so nothing is fetched.")

    def refusal(self, url: str) -> str:
        """Why an address may not be fetched, as a sentence; "" when it may."""
        if self.closed:
            return self.closed
        if self.rules is None or self.rules.can_fetch(url, PRODUCT):
            return ""
        return "robots.txt forbids this address."

    @property
    def delay(self) -> float:
        """Seconds that the host asks for between two requests, at most `MAX_DELAY`; 0 when it
        does not say.
        """
        asked = self.rules.crawl_delay(PRODUCT) if self.rules else None
        return min(max(float(asked or 0), 0.0), MAX_DELAY)


def sitemaps(body: bytes, base: str) -> list[str]:
    """The addresses on the `Sitemap:` lines of a robots.txt, in order, each once."""
    named = (clean(url, base) for url in Protego.parse(_decode(body[:MAX_BYTES])).sitemaps)
    return list(dict.fromkeys(url for url in named if url))


def _decode(body: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if body.startswith(mark)), "utf-8")
    return body.decode(encoding, errors="ignore").replace("\0", "")
