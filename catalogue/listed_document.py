"""A document that stands whole in a listing, such as one notice in a package of a hundred."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from catalogue.drafts import Reading


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """One document of a listing: it is read where it stands, and never fetched by itself."""

    url: str
    """Its address: the same for the same document, whichever listing holds it."""
    reading: Reading
    raw_sha: str = ""
    """Name of its own body in the snapshot store; empty means that of the listing."""
    content_type: str = ""
    size: int = 0
    fetched_at: datetime | None = None
    """When it was fetched, where it stands in an archive; None means with the listing."""


@dataclass(frozen=True, slots=True)
class ListedFault:
    """What stands in a listing and could not be read."""

    url: str
    """Its address, or its place in the listing."""
    kind: str
    """Kind of fault, one word."""
    note: str
    """One line for a person."""
