"""The reading of claims stays above what `benchmarks/quality/claims.jsonl` was read with."""

from __future__ import annotations

import pytest

from benchmarks.quality.claims import LINES, PartLine, every_amount, scores
from tui.cli.evaluate.claims import readings
from tui.cli.evaluate.labelled import read


@pytest.fixture(scope="module")
def lines() -> dict[int, PartLine]:
    return read(LINES, PartLine)


def test_the_set_is_large_enough_and_a_third_of_it_are_traps(lines: dict[int, PartLine]) -> None:
    traps = [line for line in lines.values() if not line.labels()]

    assert len(lines) >= 150
    assert len(traps) >= len(lines) / 3
    assert {line.part for line in lines.values()} == {"tuned", "held"}


@pytest.mark.parametrize(
    ("part", "precision", "recall"), [("tuned", 0.98, 0.97), ("held", 0.95, 0.83)]
)
def test_figures_are_found_and_traps_are_left(
    lines: dict[int, PartLine], part: str, precision: float, recall: float
) -> None:
    chosen = {number: line for number, line in lines.items() if line.part == part}

    ours, baseline = scores(chosen, readings), scores(chosen, every_amount)

    assert ours["value"].precision >= precision
    assert ours["value"].recall >= recall
    assert ours["whole claim"].f1 > baseline["whole claim"].f1
