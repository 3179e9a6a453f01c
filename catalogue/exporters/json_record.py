"""JSON: everything, for another program. Keys are stable; new ones may be added."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, BinaryIO, ClassVar

from catalogue.exporters import wording
from catalogue.exporters.attribution import attributions
from catalogue.exporters.exporter import Edition
from catalogue.rows import ShortlistItemRow, ShortlistRow, ToolDetail

FORMAT = "horizonscan.shortlist"
VERSION = 1
"""Grows when a key changes its meaning or goes."""


class JsonRecord:
    """The whole of what is known of each tool, as one object."""

    NAME: ClassVar[str] = "json"
    TITLE: ClassVar[str] = "JSON, everything, for another program"
    SUFFIX: ClassVar[str] = ".json"

    def open(self, stream: BinaryIO, shortlist: ShortlistRow, edition: Edition) -> None:
        """Begin the record."""
        self._stream = stream
        self._shortlist = shortlist
        self._edition = edition
        self._tools: list[dict[str, Any]] = []
        self._publishers: set[str] = set()

    def feed(self, item: ShortlistItemRow, detail: ToolDetail) -> None:
        """Add one tool."""
        self._publishers |= {document.publisher for document in detail.documents}
        known = asdict(detail)
        row = known.pop("row")
        del row["shortlists"]
        self._tools.append(
            {
                "position": item.position,
                "reason": item.reason,
                "added_by": item.added_by,
                "added_at": item.added_at,
                "tool": row,
                **known,
                "not_stated": wording.gaps(detail),
            }
        )

    def close(self) -> None:
        """Write the record."""
        shortlist = asdict(self._shortlist)
        del shortlist["items"]
        record = {
            "format": FORMAT,
            "version": VERSION,
            "exported_at": self._edition.at,
            "exported_by": self._edition.by,
            "notes": dict(wording.NOTES),
            "attributions": attributions(self._publishers, self._edition.sources),
            "catalogue": asdict(self._edition.totals),
            "shortlist": shortlist,
            "tools": self._tools,
        }
        text = json.dumps(record, ensure_ascii=False, indent=2, default=_plain)
        self._stream.write(text.encode() + b"\n")


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in JSON")
