"""How to walk each kind of platform; a source names one of these under `walk:`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Final

from crawler.archetypes.archetype import Archetype, Listed, Listing, ListingError

__all__ = ["ARCHETYPES", "Archetype", "Listed", "Listing", "ListingError"]

_CLASSES: Final = {
    "site": "Site",
    "sitemap": "Sitemap",
    "feed": "Feed",
    "wordpress": "WordPress",
    "archive": "Archive",
    "govuk": "GovUk",
    "marketplace": "Marketplace",
    "ocds": "Ocds",
    "registry": "Registry",
    "table": "Table",
    "companies": "Companies",
    "papers": "Papers",
    "modelcard": "ModelCard",
}
"""The class in the module that has an archetype's name."""


class _Archetypes(Mapping[str, type[Archetype]]):
    """Imports an archetype when it is asked for: a crawl needs one or two of them, and each
    brings along what reads its platform.
    """

    def __getitem__(self, name: str) -> type[Archetype]:
        return _imported(name)

    def __contains__(self, name: object) -> bool:
        return name in _CLASSES

    def __iter__(self) -> Iterator[str]:
        return iter(_CLASSES)

    def __len__(self) -> int:
        return len(_CLASSES)


@cache
def _imported(name: str) -> type[Archetype]:
    found: type[Archetype] = getattr(import_module(f"{__name__}.{name}"), _CLASSES[name])
    return found


ARCHETYPES: Final[Mapping[str, type[Archetype]]] = _Archetypes()
"""The archetypes by the name that source files use."""
