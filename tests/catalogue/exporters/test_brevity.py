"""No export gives more of a closed page than a quote."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from catalogue.exporters import EXPORTERS
from catalogue.exporters.brevity import brief
from catalogue.rows import Provenance, SourceRow, ToolDetail, ValueRow
from tests.catalogue.exporters.sample import EDITION, ROTAFLOW, alone, written

LONG = "RotaFlow finds shifts that nobody covers, and says so. " * 20


def source(licence: str, publisher: str) -> SourceRow:
    return replace(EDITION.sources[0], publisher=publisher, licence=licence)


def long_worded() -> tuple[ToolDetail, Provenance]:
    """A tool all of whose values are long."""
    said = next(row.provenance for row in ROTAFLOW.values if row.provenance is not None)
    values = tuple(
        replace(row, value=LONG, original=LONG, others=((LONG, said),)) for row in ROTAFLOW.values
    )
    return replace(ROTAFLOW, values=values), said


def lengths(rows: tuple[ValueRow, ...], said: Provenance) -> set[int]:
    texts = [
        text
        for row in rows
        if row.provenance == said
        for text in (row.value, row.original, *(other for other, _ in row.others))
    ]
    return set(map(len, texts))


@pytest.mark.parametrize(
    ("licences", "whole"),
    [
        (["OGL-UK-3.0"], True),
        (["all-rights-reserved"], False),
        (["OGL-UK-3.0", "all-rights-reserved"], False),
        ([], False),
    ],
)
def test_only_a_publisher_that_allows_more_is_given_whole(licences: list[str], whole: bool) -> None:
    detail, said = long_worded()
    sources = [source(licence, said.said_by) for licence in licences]
    found = lengths(brief(detail, sources).values, said)
    assert (found == {len(LONG)}) if whole else max(found) <= 300


@pytest.mark.parametrize("format_name", [name for name in EXPORTERS if name != "xlsx"])
def test_no_format_has_more_than_a_quote(format_name: str, tmp_path: Path) -> None:
    detail, _ = long_worded()
    path = tmp_path / "shortlist"
    told = written(format_name, path, shortlist=alone(detail), details=[detail]).decode()
    words = " ".join(told.split())
    assert LONG[:100] in words
    assert LONG[:301] not in words
