"""Exporter: what a format has to be able to do, and what every export says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, ClassVar, Protocol

from catalogue.rows import ShortlistItemRow, ShortlistRow, SourceRow, ToolDetail, Totals


@dataclass(frozen=True, slots=True)
class Edition:
    """When, by whom and out of what an export is made: nothing in it is looked up later."""

    at: datetime
    by: str
    totals: Totals
    sources: tuple[SourceRow, ...]
    """All sources of the catalogue: the licences of what is quoted are read from them."""


class Exporter(Protocol):
    """One format. `open` once, `feed` for each tool in the order of the shortlist, `close` once."""

    NAME: ClassVar[str]
    TITLE: ClassVar[str]
    SUFFIX: ClassVar[str]

    def open(self, stream: BinaryIO, shortlist: ShortlistRow, edition: Edition) -> None:
        """Begin to write to `stream`, which the caller opened and will close."""

    def feed(self, item: ShortlistItemRow, detail: ToolDetail) -> None:
        """Write one tool, or keep what is needed of it until `close`."""

    def close(self) -> None:
        """Write what is left."""
