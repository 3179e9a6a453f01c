"""How to walk each kind of platform; a source names one of these under `walk:`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from crawler.archetypes.archetype import Archetype, Listed, Listing, ListingError
from crawler.archetypes.archive import Archive
from crawler.archetypes.companies import Companies
from crawler.archetypes.feed import Feed
from crawler.archetypes.govuk import GovUk
from crawler.archetypes.marketplace import Marketplace
from crawler.archetypes.modelcard import ModelCard
from crawler.archetypes.ocds import Ocds
from crawler.archetypes.papers import Papers
from crawler.archetypes.registry import Registry
from crawler.archetypes.site import Site
from crawler.archetypes.sitemap import Sitemap
from crawler.archetypes.table import Table
from crawler.archetypes.wordpress import WordPress

__all__ = ["ARCHETYPES", "Archetype", "Listed", "Listing", "ListingError"]

ARCHETYPES: Mapping[str, type[Archetype]] = MappingProxyType(
    {
        "site": Site,
        "sitemap": Sitemap,
        "feed": Feed,
        "wordpress": WordPress,
        "archive": Archive,
        "govuk": GovUk,
        "marketplace": Marketplace,
        "ocds": Ocds,
        "registry": Registry,
        "table": Table,
        "companies": Companies,
        "papers": Papers,
        "modelcard": ModelCard,
    }
)
"""The archetypes by the name that source files use."""
