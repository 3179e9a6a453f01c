"""A registry: a page or a few that list suppliers in a table or list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from catalogue.errors import nearest
from catalogue.frontier import Found
from catalogue.vocabularies import load
from crawler.address import clean, same_site
from crawler.archetypes.archetype import Archetype, Listing, ListingError, each_once
from crawler.archetypes.pattern import Expression

FIELDS = ("name", "tool", "homepage", "number")
"""What a column of a registry may hold."""


class Registry(Archetype):
    """Visits the pages of a registry. Who joins it and who leaves it is news; to be listed is no
    approval.
    """

    title: ClassVar[str] = "a registry of suppliers, by its table or list"
    extractors: ClassVar[tuple[str, ...]] = ("registry_listing",)
    told: ClassVar[frozenset[str]] = frozenset(
        {"registry", "self_certified", "artefact", "columns", "heading"}
    )

    archetype: Literal["registry"] = "registry"
    registry: str = Field(min_length=1)
    """Name of the registry, as "listed on ..." says it."""
    self_certified: bool = False
    """Whether suppliers certify themselves; then every listing says so."""
    artefact: str = ""
    """ASR_ code of the certificate or assessment of which it is the register: whom it lists is
    shown as checked there, on the day of the visit. Only a regulator's or the government's can be
    one."""
    columns: dict[str, str] = Field(default_factory=dict)
    """Headings of the columns of its table: `name` (needed), `tool`, `homepage`, `number`
    (Companies House). None means that they are found by their usual headings."""
    heading: str = ""
    """Heading above its list, where it is a list and no table."""
    more: Expression | Literal[""] = ""
    """Regular expression: links to further pages of the registry."""
    max_pages: int = Field(default=20, ge=1, le=1_000)
    """Most pages that one run visits."""

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        for field in self.columns:
            if field not in FIELDS:
                raise ValueError(
                    f"a registry has no column for '{field}'. {nearest(field, FIELDS)}"
                )
        artefacts = load()["assurance_artefacts"]
        if self.artefact and self.artefact not in artefacts:
            near = nearest(self.artefact, (term.code for term in artefacts))
            raise ValueError(f"'{self.artefact}' is no assurance artefact. {near}")
        if self.columns and "name" not in self.columns:
            raise ValueError("columns must say which heading the suppliers' `name` stands under")
        if self.columns and self.heading:
            raise ValueError("columns are of a table, heading is of a list: give one of them")
        return self

    @property
    def page_budget(self) -> int:
        """Most pages that one run visits."""
        return self.max_pages

    def seeds(self) -> tuple[Found, ...]:
        """The registry's page."""
        return (Found(clean(self.url), 0, "page"),)

    def leads(self, listing: Listing) -> tuple[Found, ...]:
        """Nothing: its pages are read, none only lists others."""
        raise ListingError(f"A registry has no listing at {listing.url}.")

    def follow(self, links: Iterable[str], depth: int) -> tuple[Found, ...]:
        """The further pages of the registry."""
        if not self.more:
            return ()
        return each_once(
            Found(url, depth + 1, "page")
            for url in (clean(link, self.url) for link in links)
            if same_site(url, self.url) and re.search(self.more, url)
        )

    def elsewhere(self, url: str) -> bool:
        """Whether an address is on another site."""
        return not same_site(url, self.url)
