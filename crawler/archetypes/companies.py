"""Registers of organisations: Companies House for suppliers, the ODS for buyers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Annotated, Any, ClassVar, Literal, Self
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from pydantic import AfterValidator, Field, model_validator

from catalogue.drafts import Reading
from catalogue.frontier import Found
from catalogue.listed_document import ListedDocument
from crawler.address import clean
from crawler.archetypes.archetype import (
    Archetype,
    Listed,
    Listing,
    ListingError,
    WebAddress,
    each_once,
)

ROOTS: Mapping[str, str] = {
    "companies_house": "https://api.company-information.service.gov.uk/",
    "ods": "https://directory.spineservices.nhs.uk/ORD/2-0-0/",
}
"""Where each register answers."""

PAGE_SIZE = 1_000
"""Organisations asked for at a time: the most that the ODS gives."""


def _number(words: str) -> str:
    number = words.replace(" ", "").upper()
    number = number.zfill(8) if number.isdigit() else number
    if not re.fullmatch(r"\d{8}|[A-Z]{2}\d{6}", number):
        raise ValueError(f"'{words}' is no Companies House number")
    return number


Number = Annotated[str, AfterValidator(_number)]


class Companies(Archetype):
    """Looks up organisations in a register: at Companies House the suppliers that the catalogue
    knows by number, at the ODS the NHS organisations with certain roles.
    """

    title: ClassVar[str] = "a register of organisations (Companies House, ODS)"
    extractors: ClassVar[tuple[str, ...]] = ("company_profile",)

    archetype: Literal["companies"] = "companies"
    of: Literal["companies_house", "ods"]
    """Which register: `companies_house` needs a `key`, `ods` does not."""
    url: WebAddress = ROOTS["companies_house"]
    """Root of the register; may be left out."""
    numbers: tuple[Number, ...] = ()
    """Numbers of companies to look up beside those of the suppliers in the catalogue."""
    known: bool = True
    """Whether the suppliers are looked up that the catalogue knows by number."""
    roles: tuple[str, ...] = ()
    """Codes of the primary roles at the ODS: RO197 (trust), RO318 (integrated care board),
    RO177 (prescribing cost centre)."""
    status: Literal["Active", "Inactive", ""] = "Active"
    """Status at the ODS; empty means both."""
    max_pages: int = Field(default=2_000, ge=1, le=20_000)
    """Most addresses that one run visits."""

    @model_validator(mode="before")
    @classmethod
    def _at_its_root(cls, options: Any) -> Any:  # noqa: ANN401 (what the file holds)
        """Fill in where the register answers."""
        if not isinstance(options, dict) or options.get("of") not in ROOTS:
            return options
        return {"url": ROOTS[options["of"]], **options}

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        house = self.of == "companies_house"
        if house and self.roles:
            raise ValueError("roles are of the ods: Companies House is asked by number")
        if not house and self.numbers:
            raise ValueError("numbers are of Companies House: the ods is asked by roles")
        if not house and not self.roles:
            raise ValueError("roles are missing: without them the whole of the ods is meant")
        if house and not self.known and not self.numbers:
            raise ValueError("numbers are missing, and known is false: nobody is looked up")
        return self

    @property
    def page_budget(self) -> int:
        """Most pages that one run visits."""
        return self.max_pages

    @property
    def looks_up(self) -> str:
        """The scheme of the numbers in the catalogue that are looked up."""
        return "GB-COH" if self.of == "companies_house" and self.known else ""

    def seeds(self) -> tuple[Found, ...]:
        """The companies that the file names, or the first page of each role."""
        if self.of == "companies_house":
            return self.seeds_of(self.numbers)
        return each_once(Found(self._role(role, 0), 0, "list") for role in self.roles)

    def seeds_of(self, identifiers: Iterable[str]) -> tuple[Found, ...]:
        """The profiles of companies by their numbers."""
        return each_once(
            Found(urljoin(clean(self.url), f"company/{number}"), 0, "page")
            for number in identifiers
        )

    def leads(self, listing: Listing) -> tuple[Found, ...]:
        """The next page of a role."""
        return self.listed(listing).found

    def listed(self, listing: Listing) -> Listed:
        """The organisations on a page of the ODS, as one document, and the next page where this
        one is full.
        """
        # What reads pages is heavy, and a crawl has its reader for it; few sources need it here.
        from crawler.extractors.company_profile import ods_organisations  # noqa: PLC0415
        from crawler.view.main_text import readable  # noqa: PLC0415

        try:
            found = json.loads(listing.body)["Organisations"]
            drafts = tuple(ods_organisations(found))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ListingError("This is not an answer of the ODS.") from error
        asked = dict(parse_qsl(urlsplit(listing.url).query))
        role = asked.get("PrimaryRoleId", "")
        further = self._role(role, int(asked.get("Offset", "0")) + PAGE_SIZE)
        text = readable("\n".join(f"{one.name.text}, {one.identifiers[0][1]}" for one in drafts))
        told = "\n".join(one.model_dump_json() for one in drafts)
        document = ListedDocument(
            url=f"{listing.url}#organisations",
            reading=Reading(
                title=f"Organisations with the role {role} in the ODS",
                text=text,
                text_sha=sha256(told.encode()).hexdigest(),
                kind="listing",
                drafts=drafts,
            ),
        )
        return Listed(
            found=(Found(further, 0, "list"),) if len(found) >= PAGE_SIZE else (),
            documents=(document,) if drafts else (),
            note=f"{len(found)} organisations, {len(drafts)} with name and code.",
        )

    def _role(self, role: str, offset: int) -> str:
        asked = [("PrimaryRoleId", role), ("Limit", str(PAGE_SIZE))]
        asked += [("Status", self.status)] if self.status else []
        asked += [("Offset", str(offset))] if offset else []
        return urljoin(clean(self.url), f"organisations?{urlencode(asked)}")
