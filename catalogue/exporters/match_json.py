"""JSON of a match: everything, for another program. Keys are stable; new ones may be added."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any, BinaryIO, ClassVar

from catalogue.exporters import match_wording
from catalogue.match_rows import MatchReport

FORMAT = "horizonscan.match"
VERSION = 1
"""Grows when a key changes its meaning or goes."""


class MatchRecord:
    """The whole of a match as one object."""

    NAME: ClassVar[str] = "json"
    SUFFIX: ClassVar[str] = ".json"

    def write(self, stream: BinaryIO, report: MatchReport) -> None:
        """Write the record."""
        text = json.dumps(record(report), ensure_ascii=False, indent=2, default=_plain)
        stream.write(text.encode() + b"\n")


def record(report: MatchReport) -> dict[str, Any]:
    """The record of a match: what the file holds and `horizon match --json` prints."""
    needs = [
        {**asdict(need), "covered_by": covered, "partly_by": partly}
        for need, covered, partly in zip(report.needs, report.covered, report.partly, strict=True)
    ]
    return {
        "format": FORMAT,
        "version": VERSION,
        "requirements": report.title,
        "made_at": report.made_at,
        "query": report.query,
        "compared": report.compared,
        "notice": report.notice,
        "notes": dict(match_wording.NOTES),
        "needs": needs,
        "not_found": [need.number for need in report.uncovered()],
        "left_out": [asdict(one) for one in report.left_out],
        "tools": [
            {
                "rank": rank,
                "id": tool.row.id,
                "name": tool.row.name,
                "supplier": tool.row.supplier,
                "homepage": tool.homepage,
                "covered": tool.count("covered"),
                "partly": tool.count("partly"),
                "covers": [{**asdict(cover), "parts": dict(cover.parts)} for cover in tool.covers],
            }
            for rank, tool in enumerate(report.tools, 1)
        ],
    }


def _plain(value: object) -> str:
    if isinstance(value, date):  # of which a point in time is one
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in JSON")
