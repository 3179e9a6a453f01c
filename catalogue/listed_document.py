"""A document that stands whole in a listing, such as one notice in a package of a hundred."""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.drafts import Reading


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """One document of a listing: it is read where it stands, and never fetched by itself."""

    url: str
    """Its address: the same for the same document, whichever listing holds it."""
    reading: Reading
