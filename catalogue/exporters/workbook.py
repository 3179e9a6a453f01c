"""Excel: one workbook, a sheet for each kind of thing, nothing in it that Excel calculates.

Every text is a constant, marked as text (so that editing a cell does not turn it into a formula
either); there are no links. The bytes depend on the content alone: the times in the file are
those of the edition.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import BinaryIO, ClassVar

import xlsxwriter

from catalogue.exporters import wording
from catalogue.exporters.attribution import attributions
from catalogue.exporters.exporter import Edition
from catalogue.exporters.sheet import Cell, Columns, Sheet, Styles
from catalogue.rows import Provenance, ShortlistItemRow, ShortlistRow, ToolDetail

SAID: Columns = (
    ("In which words", 60),
    ("Said by", 26),
    ("Voice", 14),
    ("Where", 44),
    ("First seen", 12),
    ("Last seen", 12),
)
SHORTLIST: Columns = (
    ("#", 5),
    ("Tool", 24),
    ("Supplier", 24),
    ("Why it is on the list", 44),
    ("Added by", 14),
    ("Added on", 12),
    ("Use case", 24),
    ("Care setting", 20),
    ("Scope", 22),
    ("What it does", 50),
    ("Strongest evidence", 20),
    ("Independent evidence", 13),
    ("Claims", 9),
    ("Claims without evidence", 12),
    ("In use at", 34),
    ("Not stated", 40),
    ("Page", 36),
    ("Last seen", 12),
)
CLAIMS: Columns = (
    ("Tool", 24),
    ("Benefit claimed", 20),
    ("Figure", 24),
    ("What the evidence makes of it", 26),
    ("Which evidence", 60),
    ("Repeats, or is repeated", 36),
    ("How far it goes", 18),
    ("Where it stops", 36),
    ("What it assumes or costs", 36),
    *SAID,
)
EVIDENCE: Columns = (
    ("Tool", 24),
    ("Title", 40),
    ("Kind", 20),
    ("Strength", 20),
    ("Funded by", 18),
    ("Measured by", 18),
    ("Written by", 18),
    ("Independent of the supplier", 16),
    ("How it was measured", 18),
    ("Peer-reviewed", 14),
    ("Published", 12),
    ("What it did not find", 40),
    *SAID,
)
DEPLOYMENTS: Columns = (
    ("Tool", 24),
    ("Organisation", 32),
    ("Care setting", 20),
    ("Phase", 16),
    ("When", 20),
    ("Paid by", 20),
    ("Supplier bore", 24),
    *SAID,
)
VALUES: Columns = (
    ("Tool", 24),
    ("Property", 20),
    ("Value", 36),
    ("As written", 28),
    *SAID,
    ("Other sources say", 44),
)
ABOUT: Columns = (("Topic", 28), ("Text", 110))


class ExcelWorkbook:
    """A workbook with a sheet for each kind of thing."""

    NAME: ClassVar[str] = "xlsx"
    TITLE: ClassVar[str] = "Excel workbook"
    SUFFIX: ClassVar[str] = ".xlsx"

    def open(self, stream: BinaryIO, shortlist: ShortlistRow, edition: Edition) -> None:
        """Begin the workbook and its sheets."""
        self._shortlist = shortlist
        self._edition = edition
        self._publishers: set[str] = set()
        self._gaps: list[tuple[str, list[str]]] = []
        self._book = xlsxwriter.Workbook(
            stream,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._book.set_properties(
            {
                "title": f"Shortlist: {shortlist.name}"[:255],
                "author": edition.by[:255],
                "created": edition.at.astimezone(UTC).replace(tzinfo=None),
            }
        )
        notes = wording.NOTES
        styles = Styles.of(self._book)
        title = f"{shortlist.name}: {notes['The list']}"
        self._tools = Sheet(self._book, styles, "Shortlist", title, SHORTLIST, frozen=2)
        self._claims = Sheet(self._book, styles, "Claims", notes["Claims"], CLAIMS)
        self._evidence = Sheet(self._book, styles, "Evidence", notes["Evidence"], EVIDENCE)
        self._deployments = Sheet(
            self._book, styles, "Deployments", "Where public pages say it is used.", DEPLOYMENTS
        )
        self._values = Sheet(self._book, styles, "Values", notes["Values"], VALUES)
        self._about = Sheet(self._book, styles, "About", "What this workbook is.", ABOUT)

    def feed(self, item: ShortlistItemRow, detail: ToolDetail) -> None:
        """Write one tool to all sheets."""
        self._publishers |= {document.publisher for document in detail.documents}
        missing = wording.gaps(detail)
        self._gaps.append((detail.row.name, missing))
        self._tools.add(_tool(item, detail, missing))
        tool = detail.row.name
        for value in detail.values:
            others = "\n".join(f"{other} ({by.said_by})" for other, by in value.others)
            said = _said(value.provenance)
            self._values.add(
                [tool, value.label, wording.value(value), value.original, *said, others]
            )
        for claim in detail.claims:
            standing = wording.standing(claim)
            said = _said(claim.provenance)
            assumed = "\n".join(wording.assumptions(claim))
            weighed = ("\n".join(wording.bearings(claim)), wording.lineage(claim))
            ladder = (claim.rung, claim.stops)
            self._claims.add(
                [tool, claim.dimension, claim.figure, standing, *weighed, *ladder, assumed, *said]
            )
        for one in detail.evidence:
            who = (one.funder, one.measurer, one.author, wording.independence(one))
            strength = wording.strength(one.strength)
            said = _said(one.provenance)
            how = (
                one.measurement or "Not stated",
                wording.reviewed(one),
                one.published_on or "",
                "\n".join(wording.denials(one)),
            )
            self._evidence.add([tool, one.title, one.kind, strength, *who, *how, *said])
        for place in detail.deployments:
            said = _said(place.provenance)
            paid = (place.funding, place.supplier_paid)
            self._deployments.add(
                [tool, place.buyer, place.setting, place.phase, place.when, *paid, *said]
            )

    def close(self) -> None:
        """Write what the workbook says of itself, and all of it to the stream."""
        for topic, text in self._account():
            self._about.add([topic, text])
        for sheet in (self._tools, self._claims, self._evidence, self._deployments, self._values):
            sheet.end()
        self._book.close()

    def _account(self) -> Iterable[tuple[str, str]]:
        shortlist, edition = self._shortlist, self._edition
        yield "Shortlist", shortlist.name
        yield "Purpose", shortlist.purpose or "Not stated"
        yield "Search definition", shortlist.query or wording.BY_HAND
        yield "Begun", f"{shortlist.created_at:%Y-%m-%d} by {shortlist.created_by}"
        yield "Version of the list", str(shortlist.version)
        yield "Exported", f"{wording.moment(edition.at)} by {edition.by}"
        yield "The catalogue then", wording.holdings(edition.totals)
        yield from (
            (f"How to read: {topic}", sentence) for topic, sentence in wording.NOTES.items()
        )
        for tool, missing in self._gaps:
            yield f"Not stated: {tool}", "\n".join(missing) or "Nothing that was looked for"
        yield from (("Licence", one) for one in attributions(self._publishers, edition.sources))


def _tool(item: ShortlistItemRow, detail: ToolDetail, missing: Sequence[str]) -> list[Cell]:
    row = detail.row
    return [
        item.position,
        row.name,
        row.supplier,
        item.reason or "No reason given",
        item.added_by,
        item.added_at.date(),
        wording.use_case(row),
        row.setting or "Not stated",
        wording.scope(row),
        detail.summary or "Not stated",
        wording.strength(row.evidence),
        "Yes" if row.independent else "No",
        len(detail.claims),
        sum(claim.standing == "unsupported" for claim in detail.claims),
        "\n".join(dict.fromkeys(map(wording.place, detail.deployments))),
        "\n".join(missing),
        detail.homepage,
        row.last_seen,
    ]


def _said(provenance: Provenance | None) -> list[Cell]:
    if provenance is None:
        return [""] * len(SAID)
    return [
        provenance.quote,
        provenance.said_by,
        provenance.voice,
        provenance.url,
        provenance.first_seen,
        provenance.last_seen,
    ]
