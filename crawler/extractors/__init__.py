"""How to read a kind of page: pure functions, page view in, drafts out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from catalogue.drafts import AnyDraft
from catalogue.errors import SourceError, nearest
from crawler.page import ReadRequest
from crawler.view.page_view import PageView

Extractor = Callable[[PageView, ReadRequest], Iterator[AnyDraft]]

EXTRACTORS: dict[str, Extractor] = {}
"""All extractors by name."""


def extractor(name: str) -> Extractor:
    """The extractor with this name.

    Raises:
        SourceError: there is none; the message names the nearest.
    """
    try:
        return EXTRACTORS[name]
    except KeyError:
        raise SourceError(f"There is no extractor '{name}'.", nearest(name, EXTRACTORS)) from None
