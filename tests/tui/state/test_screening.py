"""Screening in plain words."""

from __future__ import annotations

from typing import Any

import pytest

from catalogue.screening_rows import (
    DecisionRow,
    ProgressRow,
    RankedBy,
    ReportRow,
    StandingRow,
    WhyRow,
)
from tests.builders import DAY
from tui.state import screening

EXCLUDED = DecisionRow(1, 7, "Ann", "exclude", "XR_NOT_AI", "Not AI", "", DAY)
PROGRESS = ProgressRow(pool=200, included=10, maybe=2, excluded=28, changed=0, left=160)


def report(progress: ProgressRow = PROGRESS, **changes: Any) -> ReportRow:  # noqa: ANN401
    values: dict[str, Any] = {
        "project": "Rotas",
        "question": "Which plan rotas?",
        "reviewer": "Ann",
        "progress": progress,
        "found": 12,
        "likely_left": 1.2,
        "left_low": 0,
        "left_high": 3,
        "recall_low": 0.8,
        "confidence": 0.95,
        "method": "order",
        "sampled": 0,
        "assumption": "The order is no worse than chance.",
        "out_of_turn": 0,
        "reasons": (("Not AI", 20), ("Wrong setting", 8)),
        "disagreements": (),
    }
    return ReportRow(**(values | changes))


def test_a_report_in_plain_words() -> None:
    bound = "With 95 % confidence at most 3 more relevant tools are left; at least 80 %"
    check = "Tools drawn at random ('--random') check this without trusting the order,"
    assert screening.report(report()) == [
        "Ann screened 40 of 200 tools: 10 included, 2 maybe, 28 excluded.",
        "Excluded as: Not AI 20, Wrong setting 8.",
        "About 1 more is likely left: a guess, as finds got rarer.",
        f"{bound} of them are found.",
        "This assumes: The order is no worse than chance. Maybe counts as relevant.",
        f"{check} and make the bound tighter.",
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"left_high": 0, "recall_low": 1.0},
            "With 95 % confidence no more relevant tool is left;",
        ),
        ({"left_high": 1}, "at most 1 more relevant tool is left"),
        ({"left_high": 160}, "nothing can be ruled out: all that wait may be relevant"),
        ({"left_low": 2, "sampled": 9}, "3 more relevant tools are left, and at least 2"),
        ({"left_low": 2, "sampled": 9}, "9 tools were drawn at random as a check."),
        ({"confidence": 0.999}, "With 99.9 % confidence"),
        ({"out_of_turn": 1}, "1 tool was decided on without being shown in turn"),
    ],
)
def test_a_report_says_how_sure_it_is(changes: dict[str, Any], words: str) -> None:
    assert words in "\n".join(screening.report(report(**changes)))


def test_a_report_says_when_nothing_can_be_said() -> None:
    none = ProgressRow(pool=1, included=0, maybe=0, excluded=0, changed=0, left=1)
    everything = ProgressRow(pool=1, included=0, maybe=1, excluded=0, changed=0, left=0)
    assert screening.report(report(none, reasons=()))[1:] == [
        "How many are relevant cannot be said before some are screened."
    ]
    assert screening.report(report(everything, reasons=()))[1:] == ["Nothing waits."]


def test_a_report_tells_of_changed_tools() -> None:
    changed = ProgressRow(pool=9, included=1, maybe=0, excluded=2, changed=2, left=6)
    assert "2 tools wait again: excluded once and changed since." in screening.report(
        report(changed)
    )
    assert screening.progress(changed).endswith("2 excluded · 2 changed since")


@pytest.mark.parametrize(
    ("by", "terms", "nearest", "told"),
    [
        ("question", ("plan", "ward"), "", "nearest to the question: it says plan, ward"),
        ("question", (), "Quill", "nearest to the question"),
        (
            "decisions",
            ("plan",),
            "Quill",
            "ranked by what you decided; of what you included it is most like Quill",
        ),
        ("decisions", (), "", "ranked by what you decided"),
        ("chance", (), "Quill", "drawn at random, to check what is left"),
    ],
)
def test_says_why_it_is_a_tools_turn(
    by: RankedBy, terms: tuple[str, ...], nearest: str, told: str
) -> None:
    assert screening.why_here(WhyRow(0.5, by, terms, nearest, None)) == told
    assert screening.why_here(WhyRow(0.5, by, terms, nearest, EXCLUDED)) == (
        f"changed since you excluded it on 5 Oct 2026 (Not AI); {told}"
    )


def test_says_on_which_tools_reviewers_disagree() -> None:
    assert screening.disagreements(report()) == ""
    standings = tuple(
        StandingRow(number, name, "Quillon Hythe Ltd", "disagreed", (EXCLUDED,))
        for number, name in enumerate(("Quill", "Rotaflow"))
    )
    told = screening.disagreements(report(disagreements=standings))
    assert told == "Reviewers disagree on 2 tools: Quill, Rotaflow."
