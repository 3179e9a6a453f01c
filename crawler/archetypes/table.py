"""A table that somebody keeps: a CSV file or a workbook, on the web or on this computer."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from catalogue.errors import nearest
from catalogue.frontier import Found
from crawler.address import clean, host_of, same_site
from crawler.archetypes.archetype import Archetype, Listing, ListingError
from crawler.page import CSV_TYPES, VAGUE_TYPES, WORKBOOK_TYPES


class Table(Archetype):
    """Reads one table, row by row, by the headings of its columns."""

    title: ClassVar[str] = "a table (CSV or XLSX), by the headings of its columns"
    extractors: ClassVar[tuple[str, ...]] = ("table_rows",)
    told: ClassVar[frozenset[str]] = frozenset(
        {"columns", "rows_are", "sheet", "registry", "self_certified"}
    )
    page_types: ClassVar[frozenset[str]] = CSV_TYPES | WORKBOOK_TYPES | VAGUE_TYPES

    archetype: Literal["table"] = "table"
    url: str = ""
    """Address of the table; may be left out where `file` is given."""
    file: str = ""
    """Path of a table on this computer, from the root or from `~`; it is read without any
    network."""
    rows_are: Literal["tool", "supplier", "listing"] = "tool"
    """What each row is about."""
    columns: dict[str, str] = Field(min_length=1)
    """The heading of the column for each field: `name` (needed), `homepage`, `number` (Companies
    House); of tools also `supplier`, `former_name` and any property of tools (`use_case`,
    `setting`, `summary`, `price` ...); of listings also `tool`."""
    sheet: str = ""
    """Name of the sheet of a workbook; empty means the first."""
    registry: str = ""
    """Name of the registry that the rows are listed on."""
    self_certified: bool = False
    """Whether suppliers certify themselves what the registry asks."""

    @model_validator(mode="before")
    @classmethod
    def _address_of_a_file(cls, options: Any) -> Any:  # noqa: ANN401 (what the file holds)
        """Let a file be known by its address, as everything else is."""
        if not isinstance(options, dict) or not options.get("file"):
            return options
        path = Path(str(options["file"])).expanduser()
        if not path.is_absolute():
            raise ValueError("file must be a path from the root or from ~")
        if options.get("url") not in (None, "", path.as_uri()):
            raise ValueError("url and file are both given: a table is at one place")
        return {**options, "url": path.as_uri()}

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        # What reads pages is heavy, and a crawl has its reader for it; few sources need it here.
        from crawler.extractors.table_rows import fields_of  # noqa: PLC0415

        if not self.file and not clean(self.url):
            raise ValueError("give url, an address that starts with http:// or https://, or file")
        fields = fields_of(self.rows_are)
        for field in self.columns:
            if field not in fields:
                raise ValueError(
                    f"a {self.rows_are} has no field '{field}'. {nearest(field, fields)}"
                )
        if "name" not in self.columns:
            raise ValueError("columns must say which heading the `name` stands under")
        if self.rows_are == "listing" and not self.registry:
            raise ValueError("registry is missing: rows that are listings are listed on one")
        return self

    @property
    def page_budget(self) -> int:
        """One table."""
        return 1

    @property
    def hosts(self) -> frozenset[str]:
        """The host of the table; none for a file."""
        return frozenset() if self.file else frozenset({host_of(self.url)})

    def seeds(self) -> tuple[Found, ...]:
        """The table."""
        return (Found(self.url if self.file else clean(self.url), 0, "page"),)

    def leads(self, listing: Listing) -> tuple[Found, ...]:
        """Nothing: a table is read, it does not only list."""
        raise ListingError(f"A table has no listing at {listing.url}.")

    def elsewhere(self, url: str) -> bool:
        """Whether an address is on another site."""
        return not self.file and not same_site(url, self.url)
