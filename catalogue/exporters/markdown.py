"""Markdown: a report to read, to paste into a paper, or to turn into a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, ClassVar

from catalogue.exporters import wording
from catalogue.exporters.attribution import attributions
from catalogue.exporters.exporter import Edition
from catalogue.rows import (
    ClaimRow,
    DeploymentRow,
    DocumentRow,
    EvidenceRow,
    Provenance,
    ShortlistItemRow,
    ShortlistRow,
    ToolDetail,
    ValueRow,
)
from catalogue.text import one_line

OVERVIEW = ("", "Tool", "Supplier", "Use case", "Strongest evidence", "Claims", "In use at")


class MarkdownReport:
    """An overview, then a chapter for each tool."""

    NAME: ClassVar[str] = "markdown"
    TITLE: ClassVar[str] = "Markdown report"
    SUFFIX: ClassVar[str] = ".md"

    def open(self, stream: BinaryIO, shortlist: ShortlistRow, edition: Edition) -> None:
        """Begin the report."""
        self._stream = stream
        self._shortlist = shortlist
        self._edition = edition
        self._overview: list[tuple[str, ...]] = []
        self._chapters: list[str] = []
        self._publishers: set[str] = set()

    def feed(self, item: ShortlistItemRow, detail: ToolDetail) -> None:
        """Write the chapter of one tool."""
        row = detail.row
        self._publishers |= {document.publisher for document in detail.documents}
        self._overview.append(
            (
                str(item.position),
                escaped(row.name),
                escaped(row.supplier),
                escaped(wording.use_case(row)),
                wording.strength(row.evidence) + (", independent" if row.independent else ""),
                str(len(detail.claims)),
                str(len({place.buyer for place in detail.deployments})),
            )
        )
        self._chapters += ["", *_chapter(item, detail)]

    def close(self) -> None:
        """Write the report."""
        shortlist, edition = self._shortlist, self._edition
        count = len(shortlist.items)
        lines = [
            f"# Shortlist: {escaped(shortlist.name)}",
            "",
            *([escaped(shortlist.purpose), ""] if shortlist.purpose else []),
            (
                f"{count} {'tool' if count == 1 else 'tools'}. Version {shortlist.version} of the "
                f"list, begun by {escaped(shortlist.created_by)} on "
                f"{shortlist.created_at:%Y-%m-%d}, exported by {escaped(edition.by)} on "
                f"{wording.moment(edition.at)}."
            ),
            "",
            f"Search definition: {escaped(shortlist.query or wording.BY_HAND)}",
            "",
            "## How to read this",
            "",
            *(f"- **{topic}.** {sentence}" for topic, sentence in wording.NOTES.items()),
            "",
            "## Overview",
            "",
            *table(OVERVIEW, self._overview),
            *self._chapters,
            "",
            "## Where this comes from",
            "",
            f"The catalogue then held {wording.holdings(edition.totals)}.",
            "",
            *(f"- {escaped(one)}" for one in attributions(self._publishers, edition.sources)),
        ]
        self._stream.write(("\n".join(lines).rstrip() + "\n").encode())


def _chapter(item: ShortlistItemRow, detail: ToolDetail) -> Iterator[str]:
    row = detail.row
    sources = {document.url: number for number, document in enumerate(detail.documents, 1)}
    yield f"## {item.position}. {escaped(row.name)} ({escaped(row.supplier)})"
    yield ""
    yield (
        f"**Why it is on the list:** {escaped(item.reason) or 'No reason given.'} "
        f"({escaped(item.added_by)}, {item.added_at:%Y-%m-%d})"
    )
    yield ""
    yield (
        f"**Use case:** {escaped(wording.use_case(row))}. "
        f"**Care setting:** {escaped(row.setting) or 'Not stated'}. "
        f"**Scope:** {escaped(wording.scope(row))}."
    )
    yield from _section("What its sources say", _values(detail.values, sources))
    yield from _section("Claims (not evidence)", _claims(detail.claims, sources))
    yield from _section("Evidence", _evidence(detail.evidence, sources))
    yield from _section("Where it is used or tried", _deployments(detail.deployments, sources))
    yield from _section("Not stated", [f"- {escaped(gap)}" for gap in wording.gaps(detail)])
    yield from _section("Sources", _documents(detail.documents))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield from ("", f"### {title}", "")
    yield from list(lines) or ["Nothing was found."]


def _values(rows: Sequence[ValueRow], sources: dict[str, int]) -> Iterator[str]:
    for row in rows:
        if row.provenance is None:
            continue
        yield f"- **{escaped(row.label)}:** {escaped(wording.value(row))}"
        yield _said(row.provenance, sources)
        for other, provenance in row.others:
            yield f"    - Another source says: {escaped(other)}"
            yield f"    {_said(provenance, sources)}"


def _claims(rows: Sequence[ClaimRow], sources: dict[str, int]) -> Iterator[str]:
    for row in rows:
        figure = f", {escaped(row.figure)}" if row.figure else ""
        yield f"- **{escaped(row.dimension)}{figure}:** {wording.standing(row)}"
        yield _said(row.provenance, sources)
        told = (*wording.bearings(row), wording.lineage(row), row.stops)
        yield from (f"    - {escaped(one[:1].upper() + one[1:])}" for one in told if one)
        yield from (f"    - {escaped(one)}" for one in wording.assumptions(row))


def _evidence(rows: Sequence[EvidenceRow], sources: dict[str, int]) -> Iterator[str]:
    for row in rows:
        yield (
            f"- **{escaped(row.title)}:** {escaped(row.kind)}, strength "
            f"{wording.strength(row.strength)}. Funded by: {escaped(row.funder)}. Measured by: "
            f"{escaped(row.measurer)}. Written by: {escaped(row.author)}. Independent of the "
            f"supplier: {wording.independence(row)}."
            f"{_study(row)}"
        )
        yield _said(row.provenance, sources)
        yield from (f"    - {escaped(one)}" for one in wording.denials(row))


def _study(row: EvidenceRow) -> str:
    """How evidence was measured, whether peers reviewed it and when it came out, where known."""
    how = f" How: {escaped(row.measurement)}." if row.measurement else ""
    known = "" if row.peer_reviewed is None else f" Peer-reviewed: {wording.reviewed(row)}."
    published = f" Published: {row.published_on}." if row.published_on else ""
    return how + known + published


def _deployments(rows: Sequence[DeploymentRow], sources: dict[str, int]) -> Iterator[str]:
    for row in rows:
        setting = f", {escaped(row.setting)}" if row.setting else ""
        when = f", {escaped(row.when)}" if row.when else ""
        bore = f" **{escaped(row.supplier_paid).capitalize()}.**" if row.supplier_paid else ""
        yield (
            f"- **{escaped(row.buyer)}**{setting}: {escaped(row.phase)}{when}. "
            f"Paid by: {escaped(row.funding)}.{bore}"
        )
        yield _said(row.provenance, sources)


def _documents(rows: Sequence[DocumentRow]) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        published = f", published {row.published_on}" if row.published_on else ""
        yield (
            f"{number}. {escaped(row.title)}, {escaped(row.publisher)} ({escaped(row.voice)})"
            f"{published}, last seen {row.last_seen}: {link(row.url)}"
        )


def _said(provenance: Provenance, sources: dict[str, int]) -> str:
    number = sources.get(provenance.url)
    where = f"source {number}" if number else link(provenance.url)
    return (
        f'    - "{escaped(provenance.quote)}" {escaped(provenance.said_by)} '
        f"({escaped(provenance.voice)}), {where}, {_seen(provenance)}"
    )


def _seen(provenance: Provenance) -> str:
    if provenance.first_seen == provenance.last_seen:
        return f"seen {provenance.last_seen}"
    return f"seen {provenance.first_seen} to {provenance.last_seen}"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table; its cells are escaped already."""
    yield f"| {' | '.join(header)} |"
    yield "|" + " --- |" * len(header)
    for row in rows:
        yield f"| {' | '.join(row)} |"


_SPECIAL = re.compile(r"([\\`*_\[\]|~$])")
_AT_START = re.compile(r"^(\d*)([#+\-=:.)])")
_ADDRESS = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=www)\.", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s<>\"`\\|]+")


def escaped(text: str) -> str:
    """The text on one line, with nothing in it that Markdown or HTML would act on."""
    line = one_line(text)
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    line = _SPECIAL.sub(r"\\\1", line)
    line = _AT_START.sub(r"\1\\\2", line)
    return _ADDRESS.sub(r"\\\g<0>", line)


def link(url: str) -> str:
    """A web address as a link that shows itself; anything else as text."""
    return f"<{url}>" if _WEB.fullmatch(url) else escaped(url)
