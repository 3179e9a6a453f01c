from __future__ import annotations

import pytest

from crawler.extractors.claims import claims_of


@pytest.mark.parametrize(
    ("lines", "figures"),
    [
        ("43 min\nsaved per day", [(43, "day")]),
        ("43 min\nSaved per day", [(43, "day")]),
        ("43 min / saved per day", [(43, "day")]),
        (
            "Our impact\n43 min\nSaved per day\n30%\nFewer missed visits",
            [(43, "day"), (30, "NOT_STATED")],
        ),
        (
            "Reduction in calls\n12%\nReduction in e-mails\n30%",
            [(12, "NOT_STATED"), (30, "NOT_STATED")],
        ),
        (
            "12%\nReduction in calls\n30%\nReduction in e-mails",
            [(12, "NOT_STATED"), (30, "NOT_STATED")],
        ),
        ("24 hours\nOpen every day", []),
        ("30 minutes\nMeet the team", []),
    ],
)
def test_a_figure_alone_is_read_with_the_label_beside_it(
    lines: str, figures: list[tuple[float, str]]
) -> None:
    assert [(claim.high, claim.per) for claim in claims_of(lines)] == figures


def test_the_quote_is_figure_and_label_at_their_place() -> None:
    text = "Our impact\n43 min\nSaved per day\nContact"

    (claim,) = claims_of(text)

    assert claim.quote.text == "43 min Saved per day"
    assert claim.quote.place == "chars:11-31"
    assert text[11:31] == "43 min\nSaved per day"


def test_a_label_belongs_to_the_figure_that_it_stands_with() -> None:
    text = "Reduction in calls\n12%\nReduction in e-mails\n30%"

    assert [claim.metric for claim in claims_of(text)] == ["calls", "e-mails"]
